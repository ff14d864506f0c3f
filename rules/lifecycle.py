"""The life of a case: what a command makes happen in a state, or why it does not. Pure.

From `alur` alone, and the same for every permit: stages in a row and side by side, returns in one list, refusals by
letter, payment before or after, outside bodies, public notices, withdrawal, expiry, revocation. Where a file goes is
decided by the engine over facts, state and event (`rules.transition`); who may, and when, stands here.

Gains the laws that hold for every permit in one place; loses all words and values, which the events do not carry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import assert_never

from rules.case_clock import dues, moved, repair_due
from rules.case_event import (
    Actor,
    Assigned,
    Completed,
    DeemedFlagged,
    Downloaded,
    Ended,
    Event,
    Filed,
    LeftToPerson,
    LimitPassed,
    Noted,
    Paid,
    RepairAsked,
    Resubmitted,
    Revoked,
    SignatureAsked,
    SignatureFailed,
    Signed,
    StageClosed,
    Verdict,
    VisitPlanned,
    VisitReported,
    Waived,
)
from rules.case_state import (
    EXPIRED,
    ISSUED,
    WITHDRAWN,
    AtEnd,
    AtStage,
    AwaitingPayment,
    CaseState,
    InRepair,
    WithPerson,
)
from rules.city import City
from rules.command import (
    Approve,
    AskSignature,
    Assign,
    BeyondTheList,
    Command,
    CompleteSignature,
    DecideAnew,
    EndNotice,
    Expire,
    FailSignature,
    Fetch,
    MoveDues,
    Note,
    NothingToDo,
    NoticeRuns,
    NotNow,
    PaidAlready,
    Pay,
    PlanVisit,
    Refusal,
    Refuse,
    ReportVisit,
    Resubmit,
    Return,
    Revoke,
    SeeLimit,
    Signing,
    TimeLeft,
    TwoPeopleNeeded,
    UnknownLaw,
    Waive,
    Withdraw,
)
from rules.decider import Decider
from rules.desk_work import answered, refusal_at_desk
from rules.onward import Onward
from rules.repair_list import dropped
from rules.telling import FactsNow, Telling
from rules.transition import PAYMENT, PERSON, REPAIR, NotAllowed, Step, Transitions, Undecided


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened: the events in order, and the state after them."""

    events: tuple[Event, ...]
    state: CaseState


class Lifecycle:
    """One permit version, compiled to lead cases through it."""

    def __init__(self, decider: Decider) -> None:
        """Compile its transitions beside its rules."""
        self.permit = decider.permit
        self._decider = decider
        self.transitions = Transitions(decider.permit)
        self._onward = Onward(decider, self.transitions)

    def close(self) -> None:
        """Free what the engine holds; the decider is its owner's."""
        self.transitions.close()

    def begin(self, release: str, facts_now: FactsNow, at: datetime, by: Actor) -> Outcome:
        """File a case."""
        story = Telling(None, at, by, self._decider.city, facts_now)
        first = self.permit.stages[0]
        story.add(Filed(self.permit.code, self.permit.valid_from, release, first.code, self._decider.city.door))
        if not self._checks_completeness(first.code):
            story.add(Completed())
        self._onward.go_on(story)
        return Outcome(tuple(story.events), story.state)

    def act(
        self,
        command: Command,
        state: CaseState,
        facts_now: FactsNow,
        at: datetime,
        by: Actor,
        calendar: City | None = None,
    ) -> Outcome | Refusal:
        """Say what a command makes happen, or why it does not. `calendar`: the city whose days off the dates follow
        (None: that of the release the case was filed under)."""
        story = Telling(state, at, by, calendar or self._decider.city, facts_now)
        refusal = self._do(command, story)
        return Outcome(tuple(story.events), story.state) if refusal is None else refusal

    def _do(self, command: Command, story: Telling) -> Refusal | None:
        state = story.state
        if isinstance(state.position, AtStage) and state.position.signing and not _while_signing(command):
            return Signing()
        match command:
            case Approve() | Return() | Refuse() | AskSignature() | Assign() | PlanVisit() | ReportVisit():
                return self._at_desk(command, story)
            case Note(_, place, files):
                story.add(Noted(place, files))
                return None
            case Resubmit():
                return self._resubmit(command, story)
            case DecideAnew():
                return self._step(story, PERSON, Step.DECIDE)
            case Withdraw():
                return self._end(story, Step.WITHDRAW)
            case Expire():
                return self._expire(story)
            case EndNotice():
                return self._end_notice(story)
            case Pay():
                return self._pay(command, story)
            case Waive():
                return self._waive(command, story)
            case CompleteSignature():
                return self._signed(command, story)
            case FailSignature(reason):
                if not isinstance(state.position, AtStage) or state.position.signing is None:
                    return NotNow(state.status)
                story.add(SignatureFailed(reason))
                return None
            case Revoke(citation):
                if self._target(story, Step.REVOKE) is None:
                    return NotNow(state.status)
                story.add(Revoked(citation))
                return None
            case Fetch(code, item):
                if state.status != ISSUED:
                    return NotNow(state.status)
                story.add(Downloaded(code, item))
                return None
            case MoveDues(release):
                return self._move(story, release)
            case SeeLimit(day):
                return _see_limit(story, day)
            case _:
                assert_never(command)

    def _at_desk(
        self,
        command: Approve | Return | Refuse | AskSignature | Assign | PlanVisit | ReportVisit,
        story: Telling,
    ) -> Refusal | None:
        refusal = refusal_at_desk(self.permit, command, story.state, story.by, story.at)
        if refusal is not None:
            return refusal
        match command:
            case Assign(_, place, person):
                story.add(Assigned(place, person))
            case PlanVisit(_, place, day):
                story.add(VisitPlanned(place, day))
            case ReportVisit(_, place, files):
                story.add(VisitReported(place, files))
            case AskSignature(products=products):
                story.add(SignatureAsked(story.by.person, products))
            case Refuse(citation=citation) if citation not in self.citations:
                return UnknownLaw()
            case Approve() | Return() | Refuse():
                story.add(answered(command))
                if not story.state.open_desks:
                    self._close(story)
            case _:
                assert_never(command)
        return None

    @property
    def citations(self) -> frozenset[object]:
        """Return the articles a refusal may rest on: those of the permit, and its rules of eligibility."""
        return frozenset((*self.permit.legal_basis, *(refusal.citation for refusal in self.permit.eligibility)))

    def _close(self, story: Telling) -> None:
        """Every desk of the stage has answered: any refusal refuses, else any return returns, else it is approved."""
        state = story.state
        assert isinstance(state.position, AtStage)
        stage = state.position.stage
        verdicts = {d.answer.verdict for d in state.desks if d.stage == stage and d.answer is not None}
        outcome = next(v for v in (Verdict.REFUSED, Verdict.RETURNED, Verdict.APPROVED) if v in verdicts)
        step = {Verdict.REFUSED: Step.REFUSE, Verdict.RETURNED: Step.RETURN, Verdict.APPROVED: Step.APPROVE}[outcome]
        target = self.transitions.target(stage, step, story.facts)
        match target:
            case Undecided(reason):
                story.add(LeftToPerson(reason))
                return
            case NotAllowed():
                story.add(LeftToPerson(f"no way on from {stage} by {step}"))
                return
            case str():
                pass
        match outcome:
            case Verdict.REFUSED:
                story.add(StageClosed(stage, outcome, leads=target))
                self._onward.go_on(story)
            case Verdict.RETURNED if target == REPAIR:
                story.add(StageClosed(stage, outcome))
                self._ask_repair(story, stage)
            case Verdict.RETURNED:
                story.add(StageClosed(stage, outcome, reopens=target))
                self._onward.go_on(story)
            case Verdict.APPROVED:
                story.add(StageClosed(stage, outcome))
                if state.completed_at is None and self._checks_completeness(stage):
                    story.add(Completed())
                self._onward.go_on(story)
            case _:
                assert_never(outcome)

    def _ask_repair(self, story: Telling, stage: str) -> None:
        """Send one list to the applicant, of all that the desks of the stage have asked for."""
        items = tuple(item for desk in story.state.desks if desk.stage == stage for item in desk.items)
        story.add(RepairAsked(items, repair_due(story.city, self.permit, story.at).at.astimezone(UTC)))

    def _resubmit(self, command: Resubmit, story: Telling) -> Refusal | None:
        state = story.state
        if not isinstance(state.position, InRepair):
            return NotNow(state.status)
        if command.beyond:
            return BeyondTheList(command.beyond)
        target = self.transitions.target(REPAIR, Step.RESUBMIT, story.facts)
        if isinstance(target, NotAllowed):
            return NotNow(state.status)
        story.add(Resubmitted(command.changed, dropped(self.permit, state, command.facts)))
        if isinstance(target, Undecided):
            story.add(LeftToPerson(target.reason))
        else:
            self._onward.go_on(story)
        return None

    def _step(self, story: Telling, at: str, step: Step) -> Refusal | None:
        if not isinstance(story.state.position, WithPerson):
            return NotNow(story.state.status)
        target = self.transitions.target(at, step, story.facts)
        if isinstance(target, Undecided):
            story.add(LeftToPerson(target.reason))
        else:
            self._onward.go_on(story)
        return None

    def _end(self, story: Telling, step: Step) -> Refusal | None:
        status = self._target(story, step)
        if status is None:
            return NotNow(story.state.status)
        story.add(Ended(status.removeprefix(".")))
        return None

    def _target(self, story: Telling, step: Step) -> str | None:
        """Return where the case goes by a step that does not depend on any answer; also when the engine can not tell,
        as what an applicant is entitled to must not wait for it."""
        state = story.state
        target = self.transitions.target(_name(state), step, story.facts)
        match target:
            case str():
                return target
            case NotAllowed():
                return None
            case Undecided():
                return f".{WITHDRAWN}" if step is Step.WITHDRAW and not state.ended else None
            case _:
                assert_never(target)

    def _expire(self, story: Telling) -> Refusal | None:
        position = story.state.position
        if not isinstance(position, InRepair):
            return NotNow(story.state.status)
        if story.at <= position.due:
            return TimeLeft(position.due)
        target = self.transitions.target(REPAIR, Step.EXPIRE, story.facts)
        story.add(Ended(target.removeprefix(".") if isinstance(target, str) else EXPIRED))
        return None

    def _end_notice(self, story: Telling) -> Refusal | None:
        position = story.state.position
        if not isinstance(position, AtStage) or position.notice_until is None or story.state.open_desks:
            return NotNow(story.state.status)
        if story.at <= position.notice_until:
            return NoticeRuns(position.notice_until)
        story.add(StageClosed(position.stage, Verdict.APPROVED))
        self._onward.go_on(story)
        return None

    def _pay(self, command: Pay, story: Telling) -> Refusal | None:
        """Record money that came in, whatever has become of the case; go on where it was waited for and is enough."""
        state = story.state
        if state.account is None:
            return NotNow(state.status)
        if command.reference in state.account.references:
            return PaidAlready()
        story.add(Paid(command.reference, command.amount, command.paid_at))
        self._go_on_when_settled(story)
        return None

    def _waive(self, command: Waive, story: Telling) -> Refusal | None:
        """Let go of what is still open, where a law of the city's register allows it and two people say so."""
        state = story.state
        if state.account is None or (state.ended and state.status != ISSUED):
            return NotNow(state.status)
        if state.account.open == 0:
            return NothingToDo()
        if command.citation.regulation not in {law.code for law in self._decider.city.regulations}:
            return UnknownLaw()
        if command.proposed_by == story.by.person:
            return TwoPeopleNeeded()
        story.add(Waived(state.account.open, command.citation, command.proposed_by))
        self._go_on_when_settled(story)
        return None

    def _go_on_when_settled(self, story: Telling) -> None:
        """Go on where money was waited for and nothing of it is open any more."""
        account = story.state.account
        assert account is not None
        if not isinstance(story.state.position, AwaitingPayment) or account.open > 0:
            return
        target = self.transitions.target(PAYMENT, Step.PAY, story.facts)
        if isinstance(target, Undecided):
            story.add(LeftToPerson(target.reason))
        else:
            self._onward.go_on(story)

    def _signed(self, command: CompleteSignature, story: Telling) -> Refusal | None:
        state = story.state
        position = state.position
        if not isinstance(position, AtStage) or not position.signature:
            return NotNow(state.status)
        if position.signing is None and not (command.wet and position.failed is not None):
            return NotNow(state.status)
        story.add(Signed(command.person, command.files, command.wet))
        for desk in state.open_desks:
            story.add(answered(Approve(desk.stage, desk.place, state.rounds)))
        story.add(StageClosed(position.stage, Verdict.APPROVED))
        self._onward.go_on(story, command.valid_until)
        return None

    def _move(self, story: Telling, release: str) -> Refusal | None:
        """Let open dates follow another calendar; say nothing where none moves."""
        state = story.state
        if state.ended:
            return NotNow(state.status)
        again = dues(story.city, self.permit, state, state.promised, story.at).event(release, moved=True)
        desks = moved(story.city, self.permit, state)
        if desks is None and (again.promise, again.legal) == (state.promise, state.legal):
            return NothingToDo()
        story.add(again)
        if desks is not None:
            story.add(desks)
        return None

    def _checks_completeness(self, stage: str) -> bool:
        """Tell whether the one door finds a file complete at this stage: the first, if it is the door's."""
        first = self.permit.stages[0]
        return stage == first.code and any(r.agency == self._decider.city.door for r in first.reviewers)


def _name(state: CaseState) -> str:
    """Return the state's name in the transitions."""
    match state.position:
        case AtStage(stage=stage):
            return stage
        case InRepair():
            return REPAIR
        case AwaitingPayment():
            return PAYMENT
        case WithPerson():
            return PERSON
        case AtEnd(status):
            return f".{status}"
        case _:
            assert_never(state.position)


def _while_signing(command: Command) -> bool:
    """Tell whether a command can be done while a signature is awaited."""
    return isinstance(command, CompleteSignature | FailSignature | Note | Pay | Waive | MoveDues | SeeLimit)


def _see_limit(story: Telling, day: str) -> Refusal | None:
    """Note that the limit is passed; on another working day, put it before people."""
    state = story.state
    if state.ended or state.legal is None or story.at <= state.legal or state.deemed is not None:
        return NothingToDo()
    if state.limit_passed is None:
        story.add(LimitPassed(day))
    elif day > state.limit_passed:
        story.add(DeemedFlagged(day))
    else:
        return NothingToDo()
    return None
