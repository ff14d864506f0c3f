"""What the clock alone makes happen to a case: dates that move with the calendar, a limit that is passed, a repair or a
public notice whose time is over.

Every sweep can run twice: the second finds nothing to do.
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from rules.case_clock import limit_runs_until, moved, moved_dues
from rules.case_event import DeemedFlagged, DuesSet, Ended, LimitPassed
from rules.case_state import EXPIRED, AtStage, InRepair
from rules.command import NothingToDo, NoticeRuns, NotNow, Refusal, TimeLeft
from rules.office_calendar import OfficeCalendar
from rules.permit import Permit
from rules.stage_closing import StageClosing
from rules.telling import Telling
from rules.transition import REPAIR, Step, Transitions


def move_dues(story: Telling, permit: Permit, release: str) -> Refusal | None:
    """Let open dates follow another calendar; say nothing where none moves."""
    state = story.state
    if state.ended:
        return NotNow(state.status)
    dues = moved_dues(story.city, permit, state, release)
    desks = moved(story.city, permit, state)
    if dues is None and desks is None:
        return NothingToDo()
    same = DuesSet(
        *(state.promised, state.promise, state.legal, release, state.provisional),
        moved=True,
        products=state.product_dues,
    )
    story.add(dues or same)
    if desks is not None:
        story.add(desks)
    return None


def see_limit(story: Telling, permit: Permit, day: str) -> Refusal | None:
    """Note on a working day that the limit is passed; on another one, put it before people. Nothing is granted."""
    state = story.state
    if state.ended or state.deemed is not None or not _is_today(story, day):
        return NothingToDo()
    until = limit_runs_until(story.city, permit, state, story.at)
    if until is None or story.at <= until:
        return NothingToDo()
    if state.limit_passed is None:
        story.add(LimitPassed(day))
    elif day > state.limit_passed:
        story.add(DeemedFlagged(day))
    else:
        return NothingToDo()
    return None


def _is_today(story: Telling, day: str) -> bool:
    """Tell whether this is the day in the city, and one on which it works."""
    today = story.at.astimezone(ZoneInfo(story.city.zone)).date()
    return day == today.isoformat() and OfficeCalendar(story.city).works(date.fromisoformat(day))


def expire(story: Telling, transitions: Transitions) -> Refusal | None:
    """End a case whose repair never came."""
    position = story.state.position
    if not isinstance(position, InRepair):
        return NotNow(story.state.status)
    if story.at <= position.due:
        return TimeLeft(position.due)
    target = transitions.target(REPAIR, Step.EXPIRE, story.facts)
    story.add(Ended(target.removeprefix(".") if isinstance(target, str) else EXPIRED))
    return None


def end_notice(story: Telling, closing: StageClosing) -> Refusal | None:
    """Go on after a public notice, to whoever answers the objections where there are any."""
    position = story.state.position
    if not isinstance(position, AtStage) or position.notice_until is None or story.state.open_desks:
        return NotNow(story.state.status)
    if story.at <= position.notice_until:
        return NoticeRuns(position.notice_until)
    closing.end_notice(story, position.stage)
    return None
