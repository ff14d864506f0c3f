"""How a case goes on: the way is walked anew, money that is due before is waited for, the next stage opened, or the
permit issued and the case ended."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Literal, assert_never

from rules.bill import Bill, Undetermined
from rules.case_clock import dues
from rules.case_event import BillIssued, Completed, Ended, Issued, LeftToPerson, PaymentAwaited, Verdict
from rules.case_state import ISSUED, AtStage, AwaitingPayment, CaseState
from rules.codec import written
from rules.collecting import brought
from rules.conclusion import Conclusions
from rules.decider import Decider
from rules.duration import Duration
from rules.fee_amounts import all_pending
from rules.kind import Facts
from rules.permit import FeeKind, PayWhen
from rules.route import Promises, ToEnd, ToStage, Way, way
from rules.stage_opening import opened
from rules.telling import Telling
from rules.transition import Transitions, Undecided

APPROVED = Verdict.APPROVED


class Onward:
    """The way on of the cases of one permit version."""

    def __init__(self, decider: Decider, transitions: Transitions) -> None:
        """Walk by these rules."""
        self.permit = decider.permit
        self._decider = decider
        self.transitions = transitions

    def go_on(
        self,
        story: Telling,
        valid_until: str | None = None,
        concluded: Conclusions | None = None,
        *,
        moved: bool = False,
    ) -> None:
        """Walk the way anew and open what comes next; `concluded` of the facts as they are now, where it is known. A
        case that has `moved` to another version goes on where it is, if that is where the way leads."""
        facts = story.facts
        found = way(self._decider, self.transitions, story.state, facts, concluded)
        if story.state.completed_at is None and self._past_completeness(story.state, found):
            story.add(Completed())
        match found:
            case Undecided(reason):
                self.leave_to_person(story, reason)
                return
            case ToStage(before_issue=before_issue):
                owed = self._owed(story, facts, PayWhen.BEFORE) if before_issue else 0
                if owed == 0 and not (moved and _is_there(story.state, found)):
                    story.add(opened(story.city, self.permit, story.state, found, story.at))
            case ToEnd(status):
                owed = self._owed(story, facts, PayWhen.BEFORE) if status == ISSUED else 0
                if owed == 0:
                    owed = self._conclude(story, status, facts, valid_until)
            case _:
                assert_never(found)
        if isinstance(owed, Undetermined):
            story.add(LeftToPerson(f"the bill can not be made: {', '.join(type(p).__name__ for p in owed.pending)}"))
        elif owed and not (moved and isinstance(story.state.position, AwaitingPayment)):
            story.add(PaymentAwaited())
        if not story.state.ended:
            self.say_dues(story, found.promised or story.state.promised, found.products)

    def leave_to_person(self, story: Telling, reason: str, closing: str | None = None) -> None:
        """Have a person see to it, with dates that count what time stood still before."""
        story.add(LeftToPerson(reason, closing))
        self.say_dues(story, story.state.promised)

    def checks_completeness(self, stage: str) -> bool:
        """Tell whether the one door finds a file complete at this stage: the first, if the door's people look at it."""
        first, door = self.permit.stages[0], self._decider.city.door
        looked_at = any(reviewer.agency == door for reviewer in first.reviewers)
        only_looks = not first.signature and not first.outside and not first.objections
        return stage == first.code and looked_at and only_looks

    def _past_completeness(self, state: CaseState, found: Way) -> bool:
        """Tell whether the file is past the stage that finds it complete, also where nobody was asked at it."""
        first = self.permit.stages[0].code
        match found:
            case ToStage(stage):
                return state.root == first != stage.code
            case ToEnd():
                return state.root == first
            case Undecided():
                return False
            case _:
                assert_never(found)

    def _conclude(
        self, story: Telling, status: str, facts: Facts, valid_until: str | None
    ) -> Undetermined | Literal[0]:
        """Issue and end, unless a bill that is paid afterwards can not be made."""
        if status == ISSUED:
            afterwards = self._owed(story, facts, PayWhen.AFTER)
            if isinstance(afterwards, Undetermined):
                return afterwards
            bring = brought(self._decider.bring(self._decider.concluded(facts), facts))
            story.add(Issued(story.state.products, valid_until, bring))
        story.add(Ended(status))
        return 0

    def say_dues(self, story: Telling, promised: Duration | None, products: Promises | None = None) -> None:
        """Say until when promise, limit and products run, where that is another than was said."""
        state = story.state
        again = dues(story.city, self.permit, state, promised, products=products).event(state.calendar)
        said = (state.promised, state.promise, state.legal, state.product_dues)
        if (again.promised, again.promise, again.legal, again.products) != said:
            story.add(again)

    def _owed(self, story: Telling, facts: Facts, when: PayWhen) -> int | Undetermined:
        """Assess what is to be paid before the permit is issued, or after, and tell how much is still to come. A bill
        of an earlier version that stands is assessed no more, nor is what this version has in its place."""
        codes = {fee.code for fee in self.permit.fees}
        stand = {account.fee for account in story.state.accounts if account.stands_on is not None}
        assessed = set() if stand - codes else {fee.code for fee in self.permit.fees if fee.pay is when} - stand
        made = self._decider.decide(facts, story.state.filed_at).bills if assessed else ()
        bills = [bill for bill in made if bill.code in assessed]
        if pending := all_pending([bill.due for bill in bills]):
            return Undetermined(pending)
        for bill in bills:
            self._assess(story, bill)
        gone = [one for one in story.state.accounts if one.fee not in codes | stand and one.due]
        for account in gone:  # nothing is owed any more for what this version does not charge
            kind, code = FeeKind(account.kind), account.fee
            self._assess(story, Bill(0, Fraction(0), (), None, kind=kind, collector=account.collector, code=code))
        return story.state.owed

    def _assess(self, story: Telling, bill: Bill) -> None:
        """Keep a bill where it is new or another."""
        assert isinstance(bill.due, int)
        known, digest = story.state.account_of(bill.code), bill_digest(bill)
        if known is None or known.digest != digest:  # also where other lines come to the same sum
            story.issue(BillIssued(bill.due, bill.kind.value, bill.collector, digest, bill.code), bill)


def _is_there(state: CaseState, found: ToStage) -> bool:
    """Tell whether a case is at this stage, with the same desks asked; one that has answered but not approved waits for
    the others."""
    position = state.position
    stage = found.stage
    if not isinstance(position, AtStage) or (position.stage, position.signature) != (stage.code, stage.signature):
        return False
    noticed = position.notice_until is not None
    if position.outside != stage.outside or noticed != (stage.notice is not None and stage.code not in state.noticed):
        return False
    here = [desk for desk in state.desks if desk.stage == position.stage]
    looking = {desk.place for desk in here if desk.open or (desk.answer and desk.answer.verdict is not APPROVED)}
    return (noticed or any(desk.open for desk in here)) and looking == {look.place for look in found.looks}


def bill_digest(bill: Bill) -> str:
    """Return the sha256 of a bill with all its lines and inputs."""
    return hashlib.sha256(written(Bill, bill).encode()).hexdigest()
