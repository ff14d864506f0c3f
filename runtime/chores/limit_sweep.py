"""Cases past their legal limit: put before people, never granted (facts 3.3, C6; security T28).

The first sweep notes what it saw, a second on another working day flags it. A sweep that would note or flag more than
twenty cases, or more than one in twenty, stops and calls: a clock or a calendar is more likely wrong than an office
that late. One single case is no such sign, however few there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from rules.case_event import DeemedFlagged
from rules.city import City
from rules.command import SeeLimit
from rules.office_calendar import OfficeCalendar
from runtime.cases.case_change import Change
from runtime.cases.casework import Casework
from runtime.cases.store import Store
from runtime.chores.alarms import AlarmKind, call
from runtime.chores.each_case import act_on_each
from runtime.chores.open_cases import how_many_open, past_limit

MOST, SHARE = 20, 0.05


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: how many it noted for the first time, and how many it flagged."""

    noted: int
    flagged: int


@dataclass(frozen=True, slots=True)
class Halted:
    """A sweep that did nothing, because it would have done too much."""

    would: int
    open: int


async def sweep(store: Store, casework: Casework, city: City, now: datetime) -> Swept | Halted | None:
    """Look for cases past their limit; None on a day on which the office does not work."""
    calendar = OfficeCalendar(city)
    day = now.astimezone(calendar.zone).date()
    if not calendar.works(day):
        return None
    due = tuple(
        nomor
        for nomor in past_limit(store.database, city.code, now)
        if _to_do(casework, city.code, nomor, day.isoformat())
    )
    total = how_many_open(store.database, city.code)
    if len(due) > MOST or (len(due) > 1 and len(due) > SHARE * total):
        detail = {"would": len(due), "open": total}
        await store.database.write(
            lambda connection: call(connection, city.code, AlarmKind.SWEEP_HALTED, day.isoformat(), detail, now)
        )
        return Halted(len(due), total)
    kept = await act_on_each(casework, city.code, due, SeeLimit(day.isoformat()), during=_call)
    flagged = sum(any(isinstance(event, DeemedFlagged) for event in one.events) for one in kept)
    return Swept(len(kept) - flagged, flagged)


def _to_do(casework: Casework, daerah: str, nomor: str, day: str) -> bool:
    """Tell whether a case is to be noted or flagged on this day."""
    state = casework.state(daerah, nomor)
    return state is not None and state.deemed is None and (state.limit_passed is None or state.limit_passed < day)


def _call(connection: Connection, change: Change) -> None:
    """Call for the head where a case is flagged."""
    if any(isinstance(event, DeemedFlagged) for event in change.events):
        key = change.case.key
        call(connection, key.daerah, AlarmKind.DEEMED, key.nomor, {}, change.at)
