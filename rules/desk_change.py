"""What events do to the desks of a case: asked, given to somebody, answered, asked anew.

Gains the part of the fold (`rules.case_fold`) that knows of desks; an event about a desk that is not there is a fault
of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from rules.case_event import (
    DeskAnswered,
    DeskAsked,
    DeskPaused,
    DeskResumed,
    DesksMoved,
    Happened,
    RepairItem,
    RepairReason,
    Resubmitted,
    StageClosed,
    StageOpened,
    Verdict,
)
from rules.case_state import (
    Account,
    Answer,
    Asked,
    AtStage,
    CaseState,
    Change,
    Desk,
    DeskPause,
    Duty,
    InRepair,
    Turn,
    WithPerson,
)
from rules.duty import MACHINES, duty_at


class ImpossibleEventError(ValueError):
    """An event that can not follow the state it is said to follow."""


def at_stage(state: CaseState) -> AtStage:
    """Return the stage the case is at; ImpossibleEventError where it is at none."""
    if not isinstance(state.position, AtStage):
        raise ImpossibleEventError("the case is at no stage")
    return state.position


def with_desk(state: CaseState, place: int, change: Callable[[Desk], Desk]) -> CaseState:
    """Change the desk at a place of the stage where the case is."""
    stage = at_stage(state).stage
    if state.desk(stage, place) is None:
        raise ImpossibleEventError(f"no desk {place} is asked at {stage}")
    desks = tuple(change(desk) if desk.key == (stage, place) else desk for desk in state.desks)
    return replace(state, desks=desks)


def opened(state: CaseState, event: StageOpened, at: datetime) -> CaseState:
    """Ask the desks of a stage."""
    known = {desk.key: desk for desk in state.desks}
    here = {(event.stage, asked.place) for asked in event.desks}
    known |= {key: _put_by(desk, at) for key, desk in known.items() if desk.open and key not in here}
    for asked in event.desks:
        known[event.stage, asked.place] = _asked(known.get((event.stage, asked.place)), event.stage, asked, at)
    position = AtStage(event.stage, event.signature, event.outside, event.notice_until, since=at)
    return replace(state, position=position, desks=tuple(known.values()))


def _asked(earlier: Desk | None, stage: str, asked: DeskAsked, at: datetime) -> Desk:
    if earlier is not None and earlier.open:  # asked since before the case moved to another version
        return replace(earlier, duration=asked.duration, due=asked.due, inspection=asked.inspection)
    turns = () if earlier is None else earlier.turns
    return Desk(
        stage=stage,
        place=asked.place,
        agency=asked.agency,
        role=asked.role,
        duration=asked.duration,
        due=asked.due,
        inspection=asked.inspection,
        turns=(*turns, Turn(at)),
        again=asked.again,
        person=None if earlier is None else earlier.person,
        looked=None if earlier is None else earlier.looked,
        pauses=() if earlier is None else _over(earlier.pauses, at),
    )


def paused(state: CaseState, event: DeskPaused, at: datetime) -> CaseState:
    """Let a desk wait."""

    def change(desk: Desk) -> Desk:
        if not desk.open or desk.paused is not None:
            raise ImpossibleEventError(f"desk {desk.place} of {desk.stage} is not at work")
        begun = DeskPause(event.reason, at, event.expected, event.until, event.limit)
        return replace(desk, pauses=(*desk.pauses, begun))

    return with_desk(state, event.place, change)


def resumed(state: CaseState, event: DeskResumed, at: datetime) -> CaseState:
    """Let a desk go on."""

    def change(desk: Desk) -> Desk:
        if desk.paused is None:
            raise ImpossibleEventError(f"desk {desk.place} of {desk.stage} is not paused")
        return replace(desk, pauses=_over(desk.pauses, at), due=event.due)

    return with_desk(state, event.place, change)


def _over(pauses: tuple[DeskPause, ...], at: datetime) -> tuple[DeskPause, ...]:
    return tuple(replace(pause, ended=at) if pause.ended is None else pause for pause in pauses)


def moved(state: CaseState, event: DesksMoved) -> CaseState:
    """Let the dates of open desks, of the repair and of a public notice be others."""
    dues = {moved.place: moved.due for moved in event.desks}
    position = state.position
    stage = position.stage if isinstance(position, AtStage) else None
    desks = tuple(
        replace(desk, due=dues[desk.place]) if desk.stage == stage and desk.place in dues else desk
        for desk in state.desks
    )
    if event.repair is not None and isinstance(position, InRepair):
        position = replace(position, due=event.repair)
    if event.notice is not None and isinstance(position, AtStage):
        position = replace(position, notice_until=event.notice)
    return replace(state, desks=desks, position=position)


def answered(state: CaseState, event: DeskAnswered, happened: Happened) -> CaseState:
    """Keep a desk's answer; what is approved by a signature is the signatory's answer, whoever brought it."""
    at, by, position = happened.at, happened.by, at_stage(state)
    signatory = position.signing
    answer = Answer(event.verdict, at, state.rounds, signatory or by.person, happened.seq, event.citation)

    def change(desk: Desk) -> Desk:
        if not desk.open:
            raise ImpossibleEventError(f"desk {desk.place} of {desk.stage} has answered already")
        if desk.paused is not None:
            raise ImpossibleEventError(f"desk {desk.place} of {desk.stage} is paused")
        turns = (*desk.turns[:-1], replace(desk.turns[-1], answered=at))
        return replace(desk, answer=answer, items=event.items, open=False, turns=turns, looked=state.rounds)

    state = replace(with_desk(state, event.place, change), accounts=still_assessed(state.accounts, event.fields))
    if event.verdict is Verdict.REFUSED:
        state = replace(state, refusal=event.citation)
    if event.place == position.signing_at:  # its signature is not waited for any more
        state = replace(state, position=replace(position, signing=None, signing_at=None, failed=None))
    if signatory is not None:  # whose duty was noted when they signed
        return state
    duty = duty_at(state, by.agency)
    if duty is None or by.role in MACHINES:
        return state
    return with_duty(state, Duty(by.person, duty))


def with_duty(state: CaseState, duty: Duty) -> CaseState:
    """Note that somebody has done one of the duties, once."""
    return state if duty in state.duties else replace(state, duties=(*state.duties, duty))


def closed(state: CaseState, event: StageClosed) -> CaseState:
    """Note what the answers of a stage come to: where a refusal leads, that a notice is over, who looks again."""
    if event.leads is not None:
        return replace(state, root=event.leads)
    if event.outcome is Verdict.APPROVED:
        noticed = at_stage(state).notice_until is not None and event.stage not in state.noticed
        return replace(state, noticed=(*state.noticed, event.stage)) if noticed else state
    if event.reopens is None:
        return state
    items = tuple(item for desk in state.desks if desk.key in _returned(state) for item in desk.items)
    gone = {desk.key for desk in state.desks if desk.stage == event.reopens} | _returned(state)
    asked = (*state.asked, Asked(state.rounds + 1, items, event.reopens))
    return replace(state, desks=_without(state, gone), rounds=state.rounds + 1, asked=asked)


def asked_to_repair(state: CaseState, items: tuple[RepairItem, ...], due: datetime, at: datetime) -> CaseState:
    """Let a list go out; a desk that is still asked is not any more, and a list of a new version is no return."""
    rounds, by_law = state.rounds + 1, any(item.reason is RepairReason.REGULATION for item in items)
    return replace(
        put_by(state, at),
        position=InRepair(items, due, at),
        rounds=rounds,
        law_rounds=state.law_rounds + by_law,
        asked=(*state.asked, Asked(rounds, items)),
    )


def put_by(state: CaseState, at: datetime) -> CaseState:
    """Ask nobody any more: a case that has moved to another version may not need who was asked."""
    return replace(state, desks=tuple(_put_by(desk, at) if desk.open else desk for desk in state.desks))


def _put_by(desk: Desk, at: datetime) -> Desk:
    return replace(desk, open=False, turns=(*desk.turns[:-1], replace(desk.turns[-1], answered=at)))


def resubmitted(state: CaseState, event: Resubmitted) -> CaseState:
    """Let fall the answers that no longer stand: those of who asked, and of whom the change concerns."""
    desks = _without(state, set(event.dropped) | _returned(state))
    change = Change(state.rounds, event.changed)
    accounts = still_assessed(state.accounts, {target.code for target in event.changed})
    return replace(state, desks=desks, changes=(*state.changes, change), position=WithPerson(""), accounts=accounts)


def still_assessed(accounts: tuple[Account, ...], changed: Collection[str]) -> tuple[Account, ...]:
    """Return accounts of which the bill of an earlier version stands no more where a question it rests on was answered
    anew."""
    return tuple(
        one if one.stands_on is None or set(changed).isdisjoint(one.stands_on) else replace(one, stands_on=None)
        for one in accounts
    )


def _returned(state: CaseState) -> set[tuple[str, int]]:
    return {desk.key for desk in state.desks if desk.answer and desk.answer.verdict is Verdict.RETURNED}


def _without(state: CaseState, gone: set[tuple[str, int]]) -> tuple[Desk, ...]:
    return tuple(replace(desk, answer=None, items=()) if desk.key in gone else desk for desk in state.desks)
