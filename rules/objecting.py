"""Objections by people who are not part of a case: when one can be made, who is asked about it, what it holds up.

A stage that takes objections asks its desks only once its public notice is over, and only where somebody has objected.
"""

from __future__ import annotations

from rules.case_event import NoticeEnded, ObjectionAnswered, ObjectionMade
from rules.case_state import AtStage, CaseState
from rules.command import (
    AnswerObjection,
    NothingToDo,
    NoticeOver,
    Object,
    ObjectionsOpen,
    Refusal,
)
from rules.permit import Permit, Stage
from rules.telling import Telling


def asks_desks(state: CaseState, stage: Stage) -> bool:
    """Tell whether the desks of a stage are asked as the case stands: where it takes objections, only about these."""
    return not stage.objections or (stage.code in state.noticed and bool(state.objected(stage.code)))


def open_objections(state: CaseState, stage: str) -> tuple[int, ...]:
    """Return the numbers of the objections of a stage that nobody has answered yet."""
    return tuple(one.number for one in state.objected(stage) if one.answered is None)


def unanswered_objections(state: CaseState, stage: str) -> ObjectionsOpen | None:
    """Return what a desk must answer before it can decide anything."""
    numbers = open_objections(state, stage)
    return ObjectionsOpen(numbers) if numbers else None


def make(command: Object, permit: Permit, story: Telling) -> Refusal | None:
    """Take an objection while the notice runs."""
    position = story.state.position
    stage = next((one for one in permit.stages if one.code == command.stage and one.objections), None)
    if stage is None or not isinstance(position, AtStage) or position.stage != stage.code:
        return NoticeOver()
    if position.notice_until is None or story.at > position.notice_until:
        return NoticeOver(position.notice_until)
    story.add(ObjectionMade(len(story.state.objections) + 1, command.digest))
    return None


def answer(command: AnswerObjection, story: Telling) -> Refusal | None:
    """Answer an objection, once."""
    if command.number not in open_objections(story.state, command.stage):
        return NothingToDo()
    story.add(ObjectionAnswered(command.place, command.number))
    return None


def notice_over(story: Telling, stage: str) -> bool:
    """Note that a notice is over about which somebody has objected; tell whether anybody has."""
    if not story.state.objected(stage):
        return False
    story.add(NoticeEnded(stage))
    return True
