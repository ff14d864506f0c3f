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

from rules import collecting, objecting, pausing, signing, sweep
from rules.bill import Bill
from rules.case_clock import repair_due
from rules.case_event import (
    Actor,
    Assigned,
    Completed,
    Downloaded,
    Ended,
    Event,
    Filed,
    Noted,
    ProductRevoked,
    RepairAsked,
    RepairItem,
    Resubmitted,
    Revoked,
    Surveyed,
    VisitPlanned,
    VisitReported,
)
from rules.case_state import (
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
    AnswerObjection,
    AnswerSurvey,
    Approve,
    AskSignature,
    Assign,
    BeyondTheList,
    Collect,
    Command,
    CompleteSignature,
    DecideAnew,
    EndNotice,
    EndPause,
    Expire,
    FailSignature,
    Fetch,
    Move,
    MoveDues,
    Note,
    NotHandedIn,
    NothingToDo,
    NotNow,
    Object,
    Pause,
    Pay,
    PlanVisit,
    Refusal,
    Refuse,
    ReportVisit,
    Resubmit,
    Resume,
    Return,
    Revoke,
    SeeLimit,
    Signing,
    Stranded,
    UnknownLaw,
    Waive,
    Withdraw,
)
from rules.conclusion import Conclusions
from rules.decider import Decider
from rules.desk_work import DeskCommand, answered, refusal_at_desk, unanswered
from rules.onward import Onward
from rules.product_standing import Standing, stands
from rules.repair_list import announced_anew, dropped
from rules.settling import Settling
from rules.stage_closing import StageClosing
from rules.telling import FactsNow, Telling
from rules.transition import PAYMENT, PERSON, REPAIR, NotAllowed, Step, Transitions, Undecided
from rules.version_change import movable


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened: the events in order, the state after them, and the bills that were issued, in their order, with
    their lines."""

    events: tuple[Event, ...]
    state: CaseState
    bills: tuple[Bill, ...] = ()


class Lifecycle:
    """One permit version, compiled to lead cases through it."""

    def __init__(self, decider: Decider) -> None:
        """Compile its transitions beside its rules."""
        self.permit = decider.permit
        self._decider = decider
        self.transitions = Transitions(decider.permit)
        self._onward = Onward(decider, self.transitions)
        self._closing = StageClosing(decider.permit, self.transitions, self._onward)
        self._money = Settling(decider.city, self.transitions, self._onward)

    def close(self) -> None:
        """Free what the engine holds; the decider is its owner's."""
        self.transitions.close()

    def begin(
        self, release: str, facts_now: FactsNow, at: datetime, by: Actor, concluded: Conclusions | None = None
    ) -> Outcome:
        """File a case; `concluded` is what the rules say of its facts, where it is known already."""
        story = Telling(None, at, by, self._decider.city, facts_now)
        first = self.permit.stages[0]
        story.add(Filed(self.permit.code, self.permit.valid_from, release, first.code, self._decider.city.door))
        if not self._onward.checks_completeness(first.code):
            story.add(Completed())
        self._onward.go_on(story, concluded=concluded)
        return Outcome(tuple(story.events), story.state, tuple(story.bills))

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
        return Outcome(tuple(story.events), story.state, tuple(story.bills)) if refusal is None else refusal

    def record(self, command: Pay | Note, state: CaseState, at: datetime, by: Actor) -> Outcome | Refusal:
        """Record money that came in, or a note, for a case whose facts nobody can read any more. One that is open ends
        as if taken back, as nobody can decide it, and what comes in is held to be returned."""
        story = Telling(state, at, by, self._decider.city, lambda _: {})
        if isinstance(command, Note):
            story.add(Noted(command.place, command.files))
            return Outcome(tuple(story.events), story.state)
        if not state.ended:
            story.add(Ended(WITHDRAWN))
        refusal = self._money.record(command, story)
        return Outcome(tuple(story.events), story.state, tuple(story.bills)) if refusal is None else refusal

    def _do(self, command: Command, story: Telling) -> Refusal | None:
        state = story.state
        if isinstance(state.position, AtStage) and state.position.signing and not _while_signing(command):
            return Signing()
        match command:
            case (
                Approve()
                | Return()
                | Refuse()
                | AnswerObjection()
                | AskSignature()
                | Assign()
                | PlanVisit()
                | ReportVisit()
            ):
                return self._at_desk(command, story)
            case Note(_, place, files):
                story.add(Noted(place, files))
                return None
            case Resubmit():
                return self._resubmit(command, story)
            case DecideAnew():
                return self._decide_anew(story)
            case Withdraw():
                return self._end(story, Step.WITHDRAW)
            case Expire():
                return sweep.expire(story, self.transitions)
            case EndNotice():
                return sweep.end_notice(story, self._closing)
            case Object():
                return objecting.make(command, self.permit, story)
            case Pay():
                return self._money.pay(command, story)
            case Waive():
                return self._money.waive(command, story)
            case CompleteSignature():
                return signing.complete(command, story, self._closing)
            case FailSignature():
                return signing.fail(command, story)
            case Revoke(citation, str(product)):
                if not self._holds(state, product):
                    return NotNow(state.status)
                story.add(ProductRevoked(product, citation))
                return None
            case Revoke(citation):
                if self._target(story, Step.REVOKE) is None:
                    return NotNow(state.status)
                story.add(Revoked(citation))
                return None
            case Fetch(code, item):
                sent_out = ((one.product.code, one.product.item) for one in state.sent_out)
                early = (code, item) in sent_out
                if state.status != ISSUED and not early:
                    return NotNow(state.status)
                if state.withheld and not early:
                    return NotHandedIn(state.bring)
                story.add(Downloaded(code, item))
                return None
            case Collect():
                return collecting.collect(command, story, self.permit)
            case Pause():
                return pausing.pause(command, story, self.permit)
            case Resume():
                return pausing.resume(command, story, self.permit, self._onward)
            case EndPause():
                return pausing.end_pause(command, story, self.permit, self._onward)
            case AnswerSurvey():
                if state.status != ISSUED:
                    return NotNow(state.status)
                if state.surveyed:
                    return NothingToDo()
                story.add(Surveyed())
                return None
            case MoveDues(release):
                return sweep.move_dues(story, self.permit, release)
            case SeeLimit(day):
                return sweep.see_limit(story, self.permit, day)
            case Move():
                return self._move(command, story)
            case _:
                assert_never(command)

    def _holds(self, state: CaseState, product: str) -> bool:
        """Tell whether a product, by its id, is issued and holds."""
        found = next((one for one in state.issued if one.id == product), None)
        return found is not None and stands(self.permit, state, found).standing is Standing.VALID

    def _at_desk(
        self,
        command: DeskCommand,
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
            case AskSignature():
                refusal = signing.ask(command, story, self.permit)
            case AnswerObjection():
                return objecting.answer(command, story)
            case Refuse(citation=citation) if citation not in self.citations:
                return UnknownLaw()
            case Approve() | Return() | Refuse():
                story.add(answered(command))
                if isinstance(command, Approve):
                    refusal = unanswered(self.permit, command, story.facts)
                if refusal is None and not story.state.open_desks:
                    self._closing.close(story, command.stage)
            case _:
                assert_never(command)
        return refusal

    @property
    def citations(self) -> frozenset[object]:
        """Return the articles a refusal may rest on: those of the permit, and its rules of eligibility."""
        return frozenset((*self.permit.legal_basis, *(refusal.citation for refusal in self.permit.eligibility)))

    def _resubmit(self, command: Resubmit, story: Telling) -> Refusal | None:
        state = story.state
        if not isinstance(state.position, InRepair):
            return NotNow(state.status)
        if command.beyond:
            return BeyondTheList(command.beyond)
        target = self.transitions.target(REPAIR, Step.RESUBMIT, story.facts)
        if isinstance(target, NotAllowed):
            return NotNow(state.status)
        anew = announced_anew(self.permit, state, command.facts)
        story.add(Resubmitted(command.changed, dropped(self.permit, state, command.facts), anew))
        if isinstance(target, Undecided):
            self._onward.leave_to_person(story, target.reason)
        else:
            self._onward.go_on(story)
        return None

    def _move(self, command: Move, story: Telling) -> Refusal | None:
        """Let a case follow this version: with one list where it asks for more, else on from where its way leads."""
        if command.moved.version == story.state.version:
            return NothingToDo()
        if not movable(story.state):
            return NotNow(story.state.status)
        story.add(command.moved)
        first = self.permit.stages[0].code
        if story.state.completed_at is None and not self._onward.checks_completeness(first):
            story.add(Completed())
        if command.items:
            self._ask_for(story, (*command.items, *command.moved.items))
        elif not isinstance(story.state.position, InRepair):
            self._onward.go_on(story, moved=True)
        position = story.state.position
        return Stranded(position.reason) if isinstance(position, WithPerson) else None

    def _ask_for(self, story: Telling, items: tuple[RepairItem, ...]) -> None:
        """Send a list out that no desk alone asks for; who had a list already has no less time for it."""
        position, due = story.state.position, repair_due(story.city, self.permit, story.at).at.astimezone(UTC)
        until = max(due, position.due) if isinstance(position, InRepair) else due
        story.add(RepairAsked(items, until))
        self._onward.say_dues(story, story.state.promised)

    def _decide_anew(self, story: Telling) -> Refusal | None:
        """Have the engine decide again: close the stage whose outcome it could not tell, or walk on."""
        position = story.state.position
        if not isinstance(position, WithPerson):
            return NotNow(story.state.status)
        target = self.transitions.target(PERSON, Step.DECIDE, story.facts)
        if isinstance(target, Undecided):
            self._onward.leave_to_person(story, target.reason, position.closing)
        elif position.closing is not None:
            self._closing.close(story, position.closing)
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
