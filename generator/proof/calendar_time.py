"""Lengths in mixed units, laid out on the calendar of a city: when a way ends latest beside its promise.

Whoever holds the file takes all of their time, and answers in the last moment in which the office is open. Tried are
the first and the last moment of each day of the last year whose days off are decreed; where only working time counts, a
fortnight of it, as days off do not matter then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.city import City
from rules.duration import Duration, Unit
from rules.memo import remembered
from rules.office_calendar import OfficeCalendar
from rules.workdays import deadline

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_OFFICE_TIME = frozenset({Unit.MINUTE, Unit.WORKING_HOUR, Unit.WORKING_DAY})


@dataclass(frozen=True, slots=True)
class LaidOut:
    """One file: when its time begins, which of those side by side holds it longest at each stage, when the last
    answers, and until when it was promised."""

    begins: datetime
    longest: tuple[int, ...]
    ends: datetime
    promised: datetime

    @property
    def late(self) -> bool:
        """Tell whether the promise is broken, though nobody took longer than they may."""
        return self.ends > self.promised

    @property
    def days(self) -> int:
        """Return by how many days it ends after the promise; fewer than none where before."""
        return (self.ends.date() - self.promised.date()).days


def latest(city: City, way: Sequence[tuple[Duration, ...]], promised: Duration) -> LaidOut:
    """Return the beginning for which a way ends latest beside its promise; lengths of one stage run side by side."""
    plain = all(each.unit in _OFFICE_TIME for each in (*(one for stage in way for one in stage), promised))
    found = [laid_out(city, way, promised, begins) for begins in _beginnings(city, plain)]
    return max(found, key=lambda one: (one.late, one.days, one.ends - one.promised, -one.begins.timestamp()))


def laid_out(city: City, way: Sequence[tuple[Duration, ...]], promised: Duration, begins: datetime) -> LaidOut:
    """Lay a way out from the moment when its time begins."""
    calendar = calendar_of(city)
    at, longest = begins, list[int]()
    for stage in way:
        ends = [_answered(calendar, deadline(city, at, one).at) for one in stage]
        longest.append(max(range(len(ends)), key=lambda index: ends[index]))
        at = max(at, *ends)
    return LaidOut(begins, tuple(longest), at, deadline(city, begins, promised).at)


def _answered(calendar: OfficeCalendar, due: datetime) -> datetime:
    """Return the last moment up to a due one in which somebody is there to answer."""
    day = due.date()
    while not calendar.works(day) or calendar.spans(day)[0][0] > due:
        day -= _DAY
    return min(due, calendar.closing(day) - _SECOND)


def _beginnings(city: City, office_time: bool) -> Iterator[datetime]:
    calendar = calendar_of(city)
    first = date(max(city.decreed_years, default=2026), 1, 1)
    for number in range(14 if office_time else 365):
        day = first + number * _DAY
        if spans := calendar.spans(day):
            yield spans[0][0]
            yield spans[-1][1] - 60 * _SECOND


@remembered
def calendar_of(city: City) -> OfficeCalendar:
    """Return the calendar of a city, remembered."""
    return OfficeCalendar(city)
