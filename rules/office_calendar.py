"""When the office is open: the city's week and hours, less the days off that had been decreed by a given day.

Gains one answer to "is this a working day, and if not, why"; loses nothing but speed for a city that changes under way:
a calendar is built from a city as it is now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from rules.city import City, Holiday
from rules.memo import Known

_ONE_DAY = timedelta(days=1)
MOST_DAYS = 4_000  # whose hours are remembered


@dataclass(frozen=True, slots=True)
class Working:
    """The office is open, in these spans of minutes after midnight."""

    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class NotInWeek:
    """The office never opens on this day of the week."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """The office would be open, were it not for this holiday."""

    holiday: Holiday


Day = Working | NotInWeek | DayOff


class OfficeCalendar:
    """The working time of one city. `known_on`: only what had been decreed by that day counts."""

    def __init__(self, city: City, known_on: date | None = None) -> None:
        """Read the city's openings and days off."""
        assert city.openings, "an office has hours"
        known = [h for h in city.holidays if known_on is None or h.decreed <= known_on.isoformat()]
        self.zone = ZoneInfo(city.zone)
        self._holidays = {date.fromisoformat(h.date): h for h in known}
        self._week = tuple(
            tuple(sorted((o.opens, o.closes) for o in city.openings if o.weekday == weekday)) for weekday in range(7)
        )
        decreed_later = {h.date[:4] for h in city.holidays} - {h.date[:4] for h in known}
        self._spans: Known[date, tuple[tuple[datetime, datetime], ...]] = Known(MOST_DAYS)
        self._decreed = {year for year in city.decreed_years if f"{year:04d}" not in decreed_later}

    def day(self, day: date) -> Day:
        """Tell what kind of day it is."""
        spans = self._week[day.weekday()]
        if not spans:
            return NotInWeek()
        holiday = self._holidays.get(day)
        return Working(spans) if holiday is None else DayOff(holiday)

    def works(self, day: date) -> bool:
        """Tell whether it is a working day."""
        return isinstance(self.day(day), Working)

    def decreed(self, day: date) -> bool:
        """Tell whether the days off of its year are decreed."""
        return day.year in self._decreed

    def spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return from when to when the office is open that day."""
        known = self._spans.get(day)
        return self._spans.keep(day, self._open(day)) if known is None else known

    def _open(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        match self.day(day):
            case Working(spans):
                return tuple((self.at(day, opens), self.at(day, closes)) for opens, closes in spans)
            case NotInWeek() | DayOff():
                return ()
            case other:
                assert_never(other)

    def closing(self, day: date) -> datetime:
        """Return when the office closes on a working day; at 24.00 that is still the same day."""
        return min(self.spans(day)[-1][1], self.end_of(day))

    def at(self, day: date, minutes: int) -> datetime:
        """Return the moment so many minutes after midnight."""
        return datetime.combine(day, time(), self.zone) + timedelta(minutes=minutes)

    def end_of(self, day: date) -> datetime:
        """Return the last second of a day."""
        return datetime.combine(day, time(23, 59, 59), self.zone)

    def counted_from(self, moment: datetime) -> datetime:
        """Return when something done at this moment counts as done: then, if the office is open, else when it opens."""
        local = moment.astimezone(self.zone)
        day = local.date()
        while True:
            for opens, closes in self.spans(day):
                if local < closes:
                    return max(local, opens)
            day += _ONE_DAY

    def working_days_after(self, day: date) -> Iterator[date]:
        """Yield the working days after a day, for ever."""
        while True:
            day += _ONE_DAY
            if self.works(day):
                yield day

    def working_days(self, first: date, last: date) -> int:
        """Return how many working days there are, both ends included."""
        days = (last - first).days + 1
        return sum(self.works(first + timedelta(days=n)) for n in range(days))

    def office_time(self, start: datetime, end: datetime) -> timedelta:
        """Return how long the office was open between two moments."""
        first, last = start.astimezone(self.zone), end.astimezone(self.zone)
        total, day = timedelta(), first.date()
        while day <= last.date():
            for opens, closes in self.spans(day):
                total += max(timedelta(), min(last, closes) - max(first, opens))
            day += _ONE_DAY
        return total
