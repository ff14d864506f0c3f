"""What events do to the objections of a case: one came, the notice is over, one was answered.

Gains the part of the fold (`rules.case_fold`) that knows of objections; who objected, and in which words, is not here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from rules.case_event import Happened, ObjectionAnswered, ObjectionMade
from rules.case_state import CaseState, Duty, Objection
from rules.desk_change import ImpossibleEventError, at_stage, with_duty
from rules.duty import MACHINES, duty_at


def objected(state: CaseState, event: ObjectionMade, at: datetime) -> CaseState:
    """Note an objection to what the stage announces where the case is."""
    position = at_stage(state)
    if position.notice_until is None or event.number != len(state.objections) + 1:
        raise ImpossibleEventError(f"objection {event.number} can not be made at {position.stage}")
    objection = Objection(event.number, position.stage, at)
    return replace(state, objections=(*state.objections, objection))


def notice_over(state: CaseState, stage: str) -> CaseState:
    """Note that the notice of a stage is over."""
    if at_stage(state).stage != stage or not state.objected(stage):
        raise ImpossibleEventError(f"nobody has objected at {stage}")
    return state if stage in state.noticed else replace(state, noticed=(*state.noticed, stage))


def objection_answered(state: CaseState, event: ObjectionAnswered, happened: Happened) -> CaseState:
    """Note that an objection was answered, by which event; whoever answered has the duty of their desk."""
    stage = at_stage(state).stage
    if not any(one.number == event.number and one.answered is None for one in state.objected(stage)):
        raise ImpossibleEventError(f"objection {event.number} is not open at {stage}")
    seq, by = happened.seq, happened.by
    objections = (replace(one, answered=seq) if one.number == event.number else one for one in state.objections)
    duty = duty_at(state, by.agency)
    state = replace(state, objections=tuple(objections))
    return state if duty is None or by.role in MACHINES else with_duty(state, Duty(by.person, duty))


def announced_anew(state: CaseState, stages: Collection[str]) -> CaseState:
    """Let a notice be given again, and its desks look again at what comes of it."""
    if not stages:
        return state
    desks = tuple(replace(desk, answer=None, items=()) if desk.stage in stages else desk for desk in state.desks)
    return replace(state, desks=desks, noticed=tuple(stage for stage in state.noticed if stage not in stages))
