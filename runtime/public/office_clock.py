"""How long the office had been open by a moment: one number for each, so that time between two is a subtraction.

Gains minutes of thousands of cases at once; says the same as `rules.holder`, which walks the days in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from rules.case_state import Holder, Span
from rules.city import City
from rules.office_calendar import OfficeCalendar

_FIRST, _MINUTE = date(2020, 1, 1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """The minutes of a case up to the beginning of its last span, and what is needed to go on from there."""

    minutes: tuple[tuple[Holder, int], ...]
    last: Holder | None
    since: timedelta  # as the clock said at filing
    counted: int

    def until(self, passed: timedelta) -> dict[Holder, int]:
        """Return the minutes of each holder when the clock says this."""
        found = dict(self.minutes)
        if self.last is not None:
            whole = (passed - self.since) // _MINUTE
            found[self.last] = found.get(self.last, 0) + whole - self.counted
        return found


class OfficeClock:
    """The running sum of one city's office time, made day by day as far as it is asked for."""

    def __init__(self, city: City) -> None:
        """Begin with the first day of which anything is kept."""
        self._calendar = OfficeCalendar(city)
        self._before = [timedelta()]

    def passed(self, moment: datetime) -> timedelta:
        """Return how long the office had been open by a moment."""
        local = moment.astimezone(self._calendar.zone)
        number = (local.date() - _FIRST).days
        assert number >= 0, f"{moment} is before {_FIRST}"
        while len(self._before) <= number:
            day = _FIRST + timedelta(days=len(self._before) - 1)
            self._before.append(self._before[-1] + self._open_on(day, None))
        return self._before[number] + self._open_on(local.date(), local)

    def counted(self, spans: Iterable[Span]) -> Counted:
        """Return the minutes of a case's spans, all but the last, which may go on."""
        marks = tuple(spans)
        began, counted = self.passed(marks[0].since), 0
        found: dict[Holder, int] = {}
        for span, following in pairwise(marks):
            whole = (self.passed(following.since) - began) // _MINUTE
            if span.holder is not None:
                found[span.holder] = found.get(span.holder, 0) + whole - counted
            counted = whole
        return Counted(tuple(found.items()), marks[-1].holder, began, counted)

    def _open_on(self, day: date, until: datetime | None) -> timedelta:
        total = timedelta()
        for opens, closes in self._calendar.spans(day):
            end = closes if until is None else min(closes, until)
            total += max(timedelta(), end - opens)
        return total
