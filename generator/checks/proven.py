"""What is found by proof: apart from the static checks, because these load z3.

A code of both lists is found statically where that is plain to see, and by proof in all other cases; its page stands
with the static check.
"""

from __future__ import annotations

from generator.checks import (
    ALL,
    alr03_no_reviewer,
    alr07_issued_against_a_review,
    alr10_option_never_issued,
    sla03_stages_exceed_promise,
    sla04_promise_too_long,
)
from generator.checks.check import Check

PROVEN: tuple[Check, ...] = (
    alr03_no_reviewer.CHECK,
    alr07_issued_against_a_review.CHECK,
    alr10_option_never_issued.CHECK,
    sla03_stages_exceed_promise.CHECK,
    sla04_promise_too_long.CHECK,
)
EVERY: tuple[Check, ...] = (*ALL, *(check for check in PROVEN if check.code not in {static.code for static in ALL}))
