"""What is found in a catalog that was read: one file per code, listed here by hand in the order of the codes.

Each has a docstring that is its page, a sentence and the headings `Why this matters` and `Example`; `HALAMAN` is the
same page in Bahasa Indonesia; `CHECK` is what stands in the list.
"""

from __future__ import annotations

from generator.checks.check import Check

ALL: tuple[Check, ...] = ()
