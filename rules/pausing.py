"""A desk that lets a case wait because something has run out, for a reason of its closed list, and goes on again.

Gains a promise that tells why it moved, and minutes that stay with who paused. It can not become a way around the
clock: a reason can be used so often in one case, for so long, and the legal limit runs on unless a law says otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rules.case_clock import open_desk_due
from rules.case_event import DeskPaused, DeskResumed
from rules.case_state import AtStage, CaseState, Desk
from rules.city import City
from rules.command import (
    DeskClosed,
    EndPause,
    NoMorePauses,
    NothingToDo,
    NotNow,
    NotYourDesk,
    Pause,
    PausedNow,
    PauseTooLong,
    Refusal,
    Resume,
    TimeLeft,
)
from rules.desk_work import belongs
from rules.onward import Onward
from rules.permit import PauseReason, Permit
from rules.telling import Telling
from rules.workdays import deadline


def pause(command: Pause, story: Telling, permit: Permit) -> Refusal | None:
    """Let a desk wait."""
    desk = _own_desk(command.stage, command.place, story)
    if not isinstance(desk, Desk):
        return desk
    if desk.paused is not None:
        return PausedNow(desk.paused.until)
    reason = permit.pause_reason(command.stage, command.place, command.reason)
    if reason is None or (isinstance(story.state.position, AtStage) and story.state.position.outside):
        return NotNow(story.state.status)
    if used(desk, reason) >= reason.times:
        return NoMorePauses(reason.times)
    until = longest(story.city, reason, story.at)
    if not _today(story) <= command.expected <= _day(story, until):
        return PauseTooLong(until)
    limit = reason.limit_stops is not None
    story.add(DeskPaused(command.place, reason.code, command.expected, until, limit))
    return None


def resume(command: Resume, story: Telling, permit: Permit, onward: Onward) -> Refusal | None:
    """Let a desk that waited go on."""
    desk = _own_desk(command.stage, command.place, story)
    if not isinstance(desk, Desk):
        return desk
    if desk.paused is None:
        return NothingToDo()
    _go_on(desk, story, permit, onward, overdue=False)
    return None


def end_pause(command: EndPause, story: Telling, permit: Permit, onward: Onward) -> Refusal | None:
    """Let a desk go on whose longest time to wait is over."""
    desk = story.state.desk(command.stage, command.place)
    if desk is None or desk.paused is None:
        return NothingToDo()
    if story.at <= desk.paused.until:
        return TimeLeft(desk.paused.until)
    _go_on(desk, story, permit, onward, overdue=True)
    return None


def used(desk: Desk, reason: PauseReason) -> int:
    """Return how often a desk has let this case wait for a reason."""
    return sum(pause.reason == reason.code for pause in desk.pauses)


def longest(city: City, reason: PauseReason, at: datetime) -> datetime:
    """Return until when a pause that begins now can last."""
    return deadline(city, at, reason.at_most).at.astimezone(UTC)


def due_after_pause(city: City, permit: Permit, desk: Desk, at: datetime) -> datetime | None:
    """Return until when a desk should answer whose pause ends now."""
    ended = tuple(replace(pause, ended=pause.ended or at) for pause in desk.pauses)
    due = open_desk_due(city, permit, replace(desk, pauses=ended))
    return None if due is None else due.at.astimezone(UTC)


def overdue(state: CaseState, now: datetime) -> tuple[Desk, ...]:
    """Return the desks whose longest time to wait is over."""
    return tuple(desk for desk in state.paused_desks if desk.paused is not None and desk.paused.until < now)


def _own_desk(stage: str, place: int, story: Telling) -> Desk | Refusal:
    """Return the open desk at a place where it is the actor's, whoever it was given to: stock runs out for all."""
    state = story.state
    desk = state.desk(stage, place)
    if not isinstance(state.position, AtStage):
        return NotNow(state.status)
    if desk is None or not desk.open or state.position.stage != stage:
        return DeskClosed(None if desk is None or desk.answer is None else desk.answer.person)
    return desk if belongs(desk, state, story.by, leading=True) else NotYourDesk()


def _go_on(desk: Desk, story: Telling, permit: Permit, onward: Onward, overdue: bool) -> None:
    story.add(DeskResumed(desk.place, due_after_pause(story.city, permit, desk, story.at), overdue))
    onward.say_dues(story, story.state.promised)


def _today(story: Telling) -> str:
    return _day(story, story.at)


def _day(story: Telling, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(story.city.zone)).date().isoformat()
