"""In whose court a case is, and for how long: each working minute belongs to exactly one holder (service, law 3).

Side by side, the desk due last holds it (tie: the order of the catalog); the others are concurrent. A desk that
paused comes before all that work: the minutes of its pause are its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import assert_never

from rules.case_state import (
    AtEnd,
    AtStage,
    AwaitingPayment,
    CaseState,
    Desk,
    Holder,
    HolderKind,
    InRepair,
    PausedDesk,
    Span,
    Stop,
    WithPerson,
)
from rules.city import City
from rules.office_calendar import OfficeCalendar

_NEVER = datetime.max.replace(tzinfo=UTC)
FRONT_DESK = "front_office"
WAITING = frozenset({HolderKind.APPLICANT, HolderKind.OUTSIDE})  # while they hold it, the office's clock stands still


def holder_of(state: CaseState) -> Holder | None:
    """Return who holds the case in this state."""
    door = state.door
    match state.position:
        case AtStage(outside=True):
            asked = due_last(state.open_desks)
            return Holder(HolderKind.OUTSIDE, None if asked is None else asked.agency)
        case AtStage(signature=True):
            asked = due_last(state.paused_desks or state.open_desks)
            return Holder(HolderKind.SIGNATORY, door if asked is None else asked.agency)
        case AtStage():
            asked = due_last(state.paused_desks or state.open_desks)
            return Holder(HolderKind.FRONT_OFFICE, door) if asked is None else _of_desk(asked, door)
        case InRepair() | AwaitingPayment():
            return Holder(HolderKind.APPLICANT)
        case WithPerson():
            return Holder(HolderKind.FRONT_OFFICE, door)
        case AtEnd():
            return None
        case _:
            assert_never(state.position)


def due_last(desks: Iterable[Desk]) -> Desk | None:
    """Return the desk that is due last, the first in the catalog among equals; one without a date is later than all."""
    found: Desk | None = None
    for desk in desks:
        if found is None or (desk.due or _NEVER) > (found.due or _NEVER):
            found = desk
    return found


def _of_desk(desk: Desk, door: str) -> Holder:
    if desk.agency == door and desk.role == FRONT_DESK:
        return Holder(HolderKind.FRONT_OFFICE, door)
    return Holder(HolderKind.TREASURER if desk.role == "bendahara" else HolderKind.AGENCY, desk.agency)


def held(state: CaseState, seq: int, at: datetime, anew: bool = False) -> CaseState:
    """Note what an event did to the holder at a moment, and with it whether the clock stands still; a stop begins
    `anew` where the dates are said anew, so that one that lasts has never counted for a date yet."""
    holder = holder_of(state)
    return replace(state, seq=seq, spans=_spans(state, holder, at), stops=_stops(state, holder, at, anew))


def _spans(state: CaseState, holder: Holder | None, at: datetime) -> tuple[Span, ...]:
    if state.spans and state.spans[-1].holder == holder:
        return state.spans
    spans = tuple(span for span in state.spans if span.since != at)  # nobody held it for no time
    return spans if spans and spans[-1].holder == holder else (*spans, Span(at, holder))


def _stops(state: CaseState, holder: Holder | None, at: datetime, anew: bool) -> tuple[Stop, ...]:
    kind = None if holder is None else holder.kind
    stops, running, pause = state.stops, state.stopped, _pause(state)
    if running is not None and (anew or (running.holder, running.pause) != (kind, pause)):
        before = stops[:-1]
        stops = before if running.start == at else (*before, replace(running, end=at))
        running = None
    if kind is not None and (kind in WAITING or pause is not None) and running is None:
        stops = (*stops, Stop(at, None, kind, isinstance(state.position, InRepair), pause))
    return stops


def _pause(state: CaseState) -> PausedDesk | None:
    """Return for which desk the case waits: of several the one for which the legal limit waits too, then the first."""
    found = [
        PausedDesk(desk.stage, desk.place, desk.paused.reason, desk.paused.limit)
        for desk in state.paused_desks
        if desk.paused is not None
    ]
    return next((pause for pause in found if pause.limit), found[0] if found else None)


def minutes_by_holder(city: City, spans: Iterable[Span], until: datetime) -> dict[Holder, int]:
    """Return the working minutes of each holder from filing until a moment; together they are all there were.

    Whole minutes are cut at the same marks for everybody, so that nothing is lost or counted twice.
    """
    calendar, found = OfficeCalendar(city), dict[Holder, int]()
    marks = [span for span in spans if span.since <= until]
    passed, counted = timedelta(), 0
    for number, span in enumerate(marks):
        end = marks[number + 1].since if number + 1 < len(marks) else until
        passed += calendar.office_time(span.since, end)
        whole = passed // timedelta(minutes=1)
        if span.holder is not None:
            found[span.holder] = found.get(span.holder, 0) + whole - counted
        counted = whole
    return found
