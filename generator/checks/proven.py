"""What is found by proof: apart from the static checks, because these load z3.

A code of both lists is found statically where that is plain to see, and by proof in all other cases; its page stands
with the static check.
"""

from __future__ import annotations

from generator.checks import ALL
from generator.checks.check import Check

PROVEN: tuple[Check, ...] = ()
EVERY: tuple[Check, ...] = (*ALL, *(check for check in PROVEN if check.code not in {static.code for static in ALL}))
