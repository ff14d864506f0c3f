"""Everything that can be asked of this service, as acts: what a route does, and what the matrix allows or not.

An act is the smallest thing that one role may do and another may not; several pages may stand for one act.
"""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """One thing that can be done."""

    # anybody
    BROWSE = "browse"  # what is offered, the law and the cost of it, what an answer would lead to
    CHECK_PERMIT = "check_permit"  # is this permit genuine, and does it still hold?
    PUBLIC_FIGURES = "public_figures"  # days by holder, without personal data
    OPEN_BY_CODE = "open_by_code"  # nomor and code become a session
    OBJECT = "object"  # to what a public notice announces
    BANK_CALLBACK = "bank_callback"  # a payment notice: its signature is its proof
    SIGN_IN = "sign_in"

    # the applicant
    APPLY = "apply"  # draft, documents, reading over, filing
    READ_RECEIPT = "read_receipt"
    REPAIR = "repair"  # answer a return, on its fields alone
    WITHDRAW = "withdraw"
    PAY = "pay"
    FETCH_PRODUCT = "fetch_product"
    COMPLAIN = "complain"

    # every officer
    OWN_DESK = "own_desk"  # one's own account, post, session; the first page of the office
    LIST_CASES = "list_cases"
    READ_CASE = "read_case"
    READ_DOCUMENT = "read_document"
    NOTE = "note"  # among officers, with attachments

    # work on a case
    WORK = "work"  # take a file of the own post, plan its visit and report it
    HAND_OVER = "hand_over"  # the letter, at the counter, for what must be handed in
    PAUSE = "pause"  # let files of the own desk wait for what has run out, and go on
    DECIDE_ANEW = "decide_anew"  # have decided again what the engine could not
    ASSIST = "assist"  # type for an applicant who can not
    ANSWER_OBJECTION = "answer_objection"  # and read who objects, which nobody else does
    VERIFY = "verify"  # complete, or return
    RECOMMEND = "recommend"  # recommend, refuse or return as a reviewer; notes and visit reports
    COUNTERSIGN = "countersign"
    INITIAL = "initial"  # paraf
    APPROVE = "approve"
    SIGN = "sign"
    ASSIGN = "assign"
    PROPOSE_REVOKE = "propose_revoke"
    REVOKE = "revoke"

    # money
    LIST_BILLS = "list_bills"  # open bills, what came in today, what does not fit, daily sums
    READ_BILL = "read_bill"
    RECEIVE_CASH = "receive_cash"
    PROPOSE_WAIVER = "propose_waiver"
    WAIVE_FIRST = "waive_first"
    WAIVE_SECOND = "waive_second"
    RETURN_MONEY = "return_money"  # what no bill needs

    # complaints
    HANDLE_COMPLAINT = "handle_complaint"
    ANSWER_COMPLAINT = "answer_complaint"
    OVERSEE_COMPLAINT = "oversee_complaint"

    # the service itself
    READ_PEOPLE = "read_people"
    PROPOSE_PEOPLE = "propose_people"
    APPROVE_PEOPLE = "approve_people"
    PROPOSE_CATALOG = "propose_catalog"
    APPROVE_CATALOG = "approve_catalog"
    READ_CATALOG_CHANGE = "read_catalog_change"
    READ_AUDIT = "read_audit"
    EXPORT = "export"
    SEE_ALARMS = "see_alarms"
    ANSWER_ALARM = "answer_alarm"  # say that one sees to it
    FIGURES = "figures"


# What needs a second factor given a few minutes ago, and not only this morning.
FRESH = frozenset(
    {
        Act.SIGN,
        Act.REVOKE,
        Act.WAIVE_FIRST,
        Act.WAIVE_SECOND,
        Act.RETURN_MONEY,
        Act.PROPOSE_PEOPLE,
        Act.APPROVE_PEOPLE,
        Act.APPROVE_CATALOG,
        Act.EXPORT,
    }
)

# What an officer whose own application it is may still do: look at it, as at any other.
ONLY_READS = frozenset({Act.OWN_DESK, Act.LIST_CASES, Act.LIST_BILLS, Act.READ_CASE, Act.READ_DOCUMENT, Act.READ_BILL})
