"""Dates that move because the calendar has changed: every open case follows the days off decreed by now, and says so.

A case stays on the rules of its filing; a day off is no rule of a permit but of the office: it counts from its decree.
"""

from __future__ import annotations

from rules.case_state import CaseState
from rules.city import City
from rules.command import MoveDues
from runtime.cases.casework import Casework
from runtime.cases.database import Database
from runtime.chores.each_case import act_on_each
from runtime.chores.open_states import numbers_of
from runtime.release import Release


async def move_dates(casework: Casework, database: Database, daerah: str, release: Release) -> int:
    """Let the dates of open cases follow the calendar of this release; return how many moved."""
    city = release.cities[daerah].city
    now = calendar_of(city)
    same = {release.digest}  # releases whose calendar says the same: each is compared once
    other: set[str] = set()

    def follows_another(state: CaseState) -> bool:
        if state.calendar not in same | other:
            follows = casework.city(state.calendar, daerah)
            alike = follows is not None and calendar_of(follows) == now
            (same if alike else other).add(state.calendar)
        return state.calendar in other

    others = await numbers_of(database, daerah, follows_another)
    return len(await act_on_each(casework, daerah, others, MoveDues(release.digest), calendar=city))


def calendar_of(city: City) -> tuple[object, ...]:
    """Return what dates follow from: zone, hours, days off, and for which years they are decreed."""
    return city.zone, city.openings, city.holidays, city.decreed_years
