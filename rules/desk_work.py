"""The work of a desk: who may do it, when, and what it must hold before it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from rules.case_event import SYSTEM, Actor, DeskAnswered, RepairItem, RepairReason, Verdict
from rules.case_state import REFUSAL_STAGE, AtStage, CaseState, Desk
from rules.command import (
    AnotherRound,
    AnswerObjection,
    Approve,
    AskSignature,
    Assign,
    DeskClosed,
    GivenToAnother,
    NoMoreRounds,
    NotAnsweredYet,
    NothingListed,
    NoticeRuns,
    NotNow,
    NotYourDesk,
    OneDutyEach,
    PausedNow,
    PlanVisit,
    RaisedTooLate,
    Refusal,
    Refuse,
    ReportVisit,
    Return,
    VisitNotReported,
)
from rules.condition.decide import holds
from rules.duty import another_duty, duty_at
from rules.kind import Facts
from rules.objecting import unanswered_objections
from rules.permit import Permit
from rules.repair_list import refused_items

DeskCommand = Approve | Return | Refuse | AnswerObjection | AskSignature | Assign | PlanVisit | ReportVisit
WITHOUT_ROUND = (Assign, PlanVisit, ReportVisit, AnswerObjection)  # it is the same whatever was repaired meanwhile
LEADS = frozenset({"kepala", "verifikator"})  # may give a desk's work to somebody of the same agency
SPEAKS_FOR_OUTSIDE = frozenset({"front_office", "back_office", "verifikator"})


def answered(command: Approve | Return | Refuse) -> DeskAnswered:
    """Return the event of a desk's answer."""
    match command:
        case Approve(place=place, fields=fields, files=files):
            return DeskAnswered(place, Verdict.APPROVED, fields=fields, files=files)
        case Return(stage, place, items=items):
            own = tuple(replace(item, stage=stage, place=place) for item in items)  # whoever it was said to be from
            return DeskAnswered(place, Verdict.RETURNED, items=own)
        case Refuse(place=place, citation=citation):
            return DeskAnswered(place, Verdict.REFUSED, citation=citation)


def refusal_at_desk(permit: Permit, command: DeskCommand, state: CaseState, by: Actor, at: datetime) -> Refusal | None:
    """Return why this can not be done at a desk, None where it can."""
    if not isinstance(state.position, AtStage):
        return NotNow(state.status)
    desk = asked_desk(command, state, by)
    if desk is None or not desk.open or state.position.stage != desk.stage:
        return DeskClosed(None if desk is None or desk.answer is None else desk.answer.person)
    if not isinstance(command, WITHOUT_ROUND) and command.round != state.rounds:
        return AnotherRound()
    if not belongs(desk, state, by, leading=isinstance(command, Assign)):
        return NotYourDesk()
    if isinstance(command, Assign):
        return None
    if desk.person is not None and desk.person != by.person:
        return GivenToAnother(desk.person)
    if (duty := another_duty(state, by.person, duty_at(state, by.agency))) is not None:
        return OneDutyEach(duty)
    if desk.paused is not None and not isinstance(command, PlanVisit | ReportVisit | AnswerObjection):
        return PausedNow(desk.paused.until)
    if isinstance(command, Approve | Return | Refuse) and (still := unanswered_objections(state, desk.stage)):
        return still
    match command:
        case AnswerObjection():
            return None
        case Approve():
            return NotNow(state.status) if state.position.signature else _unfinished(state.position, desk, at)
        case Return(items=items):
            return _unreturnable(permit, state, desk, items)
        case AskSignature():
            return _unfinished(state.position, desk, at) if state.position.signature else NotNow(state.status)
        case Refuse():
            return NotNow(state.status) if desk.stage == REFUSAL_STAGE else None
        case PlanVisit() | ReportVisit():
            return None if desk.inspection else NotNow(state.status)


def asked_desk(command: DeskCommand, state: CaseState, by: Actor) -> Desk | None:
    """Return the desk a command is about; a signature is asked for at the signatory's own."""
    if not isinstance(command, AskSignature):
        return state.desk(command.stage, command.place)
    asked = [desk for desk in state.open_desks if desk.stage == command.stage]
    return next((desk for desk in asked if belongs(desk, state, by)), asked[0] if asked else None)


def belongs(desk: Desk, state: CaseState, by: Actor, leading: bool = False) -> bool:
    """Tell whether a desk is the actor's: of their agency and, where one is named, their role; `leading` is what those
    who lead an agency may do as well."""
    position = state.position
    if leading and by == SYSTEM:
        return True  # drawn by lot
    if isinstance(position, AtStage) and position.outside:
        return by.agency == state.door and by.role in SPEAKS_FOR_OUTSIDE
    if by.agency != desk.agency:
        return False
    return desk.role is None or by.role == desk.role or (leading and by.role in LEADS)


def unanswered(permit: Permit, command: Approve, facts: Facts) -> NotAnsweredYet | None:
    """Return which questions of a desk that approves are still to be answered: those that are shown, by the facts with
    its answers among them."""
    stage = next((stage for stage in permit.stages if stage.code == command.stage), None)
    fields = () if stage is None else stage.reviewers[command.place].officer_fields
    asked = [field for field in fields if not field.optional and holds(field.shown_when, facts)]
    missing = tuple(field.code for field in asked if field.code not in command.fields)
    return NotAnsweredYet(missing) if missing else None


def _unfinished(position: AtStage, desk: Desk, at: datetime) -> Refusal | None:
    """Return what must be over before a desk may let the file go on: a public notice, a visit."""
    if position.notice_until is not None and at <= position.notice_until:
        return NoticeRuns(position.notice_until)
    return VisitNotReported() if desk.inspection and not desk.reported else None


def _unreturnable(permit: Permit, state: CaseState, desk: Desk, items: tuple[RepairItem, ...]) -> Refusal | None:
    if desk.stage == REFUSAL_STAGE:
        return NotNow(state.status)
    if not items:
        return NothingListed()
    if any(item.reason is RepairReason.REGULATION for item in items):
        return NothingListed()  # a new version's reason, and no officer's
    if state.returns >= permit.repair.at_most:
        return NoMoreRounds(permit.repair.at_most)
    late = refused_items(state, desk, items)
    return RaisedTooLate(late) if late else None
