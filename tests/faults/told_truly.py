"""Whether what somebody was told is true of a state: each refusal read as the sentence that it is, apart from the
lifecycle that made it."""

from __future__ import annotations

from typing import assert_never

from rules.case_event import Actor
from rules.case_state import AtStage, CaseState, Desk, InRepair
from rules.command import (
    AnotherRound,
    Approve,
    AskSignature,
    Assign,
    BeyondTheList,
    CollectedAlready,
    Command,
    DeskClosed,
    GivenToAnother,
    NeedsProduct,
    NoMorePauses,
    NoMoreRounds,
    NotAnsweredYet,
    NotHandedIn,
    NothingListed,
    NothingToDo,
    NoticeOver,
    NoticeRuns,
    NotNow,
    NotYourDesk,
    ObjectionsOpen,
    OneDutyEach,
    PaidAlready,
    PausedNow,
    PauseTooLong,
    Pay,
    PlanVisit,
    RaisedTooLate,
    Refusal,
    Refuse,
    ReportVisit,
    Return,
    Signing,
    Stranded,
    TimeLeft,
    TwoPeopleNeeded,
    UnknownLaw,
    VisitNotReported,
)


def told_truly(why: Refusal, command: Command, by: Actor, state: CaseState) -> bool:
    """Tell whether a refusal is true of a state."""
    desk, position = _desk(command, by, state), state.position
    match why:
        case NotNow(status):
            return state.status == status
        case DeskClosed(person):
            answered = None if desk is None or desk.answer is None else desk.answer.person
            return answered == person and not (desk is not None and _asked(desk, state))
        case AnotherRound():
            return getattr(command, "round", state.rounds) != state.rounds
        case GivenToAnother(person):
            assigned = desk is not None and desk.person == person != by.person
            return assigned or (isinstance(position, AtStage) and position.signing == person)
        case Signing():
            return isinstance(position, AtStage) and position.signing is not None
        case PaidAlready():
            account = state.account
            return isinstance(command, Pay) and account is not None and command.reference in account.references
        case NoMoreRounds(at_most):
            return state.rounds >= at_most
        case RaisedTooLate():
            return state.rounds > 0
        case VisitNotReported():
            return desk is not None and desk.inspection and not desk.reported
        case OneDutyEach(duty):
            return any(done.person == by.person and done.duty == duty for done in state.duties)
        case NothingToDo():
            return state.account is not None and state.account.open == 0
        case TimeLeft():
            return isinstance(position, InRepair)
        case (
            NotYourDesk()
            | NotAnsweredYet()
            | NothingListed()
            | BeyondTheList()
            | NoticeRuns()
            | NoticeOver()
            | ObjectionsOpen()
            | UnknownLaw()
            | TwoPeopleNeeded()
            | NeedsProduct()
            | PausedNow()
            | NoMorePauses()
            | PauseTooLong()
            | NotHandedIn()
            | CollectedAlready()
            | Stranded()
        ):
            return False  # no racer should come by it
        case _:
            assert_never(why)


def _desk(command: Command, by: Actor, state: CaseState) -> Desk | None:
    match command:
        case Approve() | Return() | Refuse() | Assign() | PlanVisit() | ReportVisit():
            return state.desk(command.stage, command.place)
        case AskSignature(stage):
            own = (desk for desk in state.open_desks if desk.stage == stage and desk.agency == by.agency)
            return next(own, None)
        case _:
            return None


def _asked(desk: Desk, state: CaseState) -> bool:
    return desk.open and isinstance(state.position, AtStage) and state.position.stage == desk.stage
