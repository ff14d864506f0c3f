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
    double_promise_by_proof,
    isi01_question_never_shown,
    isi03_no_application_passes,
    isi04_tests_a_hidden_question,
    isi09_everybody_refused,
    isi10_refusal_never_holds,
    missing_promise_by_proof,
    needless_condition_by_proof,
    ret01_no_fee,
    ret02_two_fees,
    ret03_fee_falls,
    ret04_bill_not_made,
    rut01_no_route,
    rut02_two_routes,
    sla03_stages_exceed_promise,
    sla04_promise_too_long,
    stranded_by_proof,
    syr01_document_never_required,
    tbl01_no_row,
    tbl02_two_rows,
    tbl03_row_never_applies,
    tbl04_row_covered_by_others,
    tbl05_what_the_rest_covers,
    ver05_what_differs,
    ver06_form_now_refused,
)
from generator.checks.check import Check

PROVEN: tuple[Check, ...] = (
    isi01_question_never_shown.CHECK,
    isi03_no_application_passes.CHECK,
    isi04_tests_a_hidden_question.CHECK,
    isi09_everybody_refused.CHECK,
    isi10_refusal_never_holds.CHECK,
    syr01_document_never_required.CHECK,
    alr03_no_reviewer.CHECK,
    alr07_issued_against_a_review.CHECK,
    alr10_option_never_issued.CHECK,
    sla03_stages_exceed_promise.CHECK,
    sla04_promise_too_long.CHECK,
    ret01_no_fee.CHECK,
    ret02_two_fees.CHECK,
    ret03_fee_falls.CHECK,
    ret04_bill_not_made.CHECK,
    rut01_no_route.CHECK,
    rut02_two_routes.CHECK,
    missing_promise_by_proof.CHECK,
    double_promise_by_proof.CHECK,
    needless_condition_by_proof.CHECK,
    tbl01_no_row.CHECK,
    tbl02_two_rows.CHECK,
    tbl03_row_never_applies.CHECK,
    tbl04_row_covered_by_others.CHECK,
    tbl05_what_the_rest_covers.CHECK,
    ver05_what_differs.CHECK,
    ver06_form_now_refused.CHECK,
    stranded_by_proof.CHECK,
)
EVERY: tuple[Check, ...] = (*ALL, *(check for check in PROVEN if check.code not in {static.code for static in ALL}))
