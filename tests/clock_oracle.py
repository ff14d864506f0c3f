"""The legal clock once more, written apart and slowly: a walk through the days, asking of each whether it counts.

The clock is a counter: it begins at the next opening, counts a day when it is over and the office worked, stands still
from a stop to the next opening after it, and is done on the first closing at which it has counted enough and runs.
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from rules.city import City
from rules.duration import Duration, Unit

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Halt:
    """From when to when the clock stands still; `anew`: it forgets what it has counted."""

    start: datetime
    end: datetime
    anew: bool = False


@dataclass
class Office:
    """When an office is open, in its own time; `off` are its holidays."""

    zone: ZoneInfo
    hours: dict[int, list[tuple[int, int]]]
    off: frozenset[date]
    _open: dict[date, list[tuple[datetime, datetime]]] = field(default_factory=dict)

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return when it is open on a day."""
        if day not in self._open:
            midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
            hours = [] if day in self.off else self.hours.get(day.weekday(), [])
            self._open[day] = [(midnight + a * MINUTE, midnight + b * MINUTE) for a, b in hours]
        return self._open[day]

    def local(self, moment: datetime) -> datetime:
        """Return a moment in its own time."""
        return moment.astimezone(self.zone)


def office_of(city: City) -> Office:
    """Read when a city's office is open."""
    hours: dict[int, list[tuple[int, int]]] = {}
    for opening in sorted(city.openings, key=lambda o: (o.weekday, o.opens)):
        hours.setdefault(opening.weekday, []).append((opening.opens, opening.closes))
    return Office(ZoneInfo(city.zone), hours, frozenset(date.fromisoformat(h.date) for h in city.holidays))


def days_from(day: date) -> Iterator[date]:
    """Yield a day and every day after it."""
    while True:
        yield day
        day += DAY


def next_open(office: Office, moment: datetime) -> datetime:
    """Return the first moment from this one on at which the office is open."""
    at = office.local(moment)
    for day in days_from(at.date()):
        for opens, closes in office.spans(day):
            if at < closes:
                return max(at, opens)
    raise AssertionError


def office_time(office: Office, start: datetime, end: datetime) -> timedelta:
    """Add up how long the office was open."""
    first, last = office.local(start), office.local(end)
    total = timedelta()
    for day in days_from(first.date()):
        if day > last.date():
            return total
        for opens, closes in office.spans(day):
            lasted = min(closes, last) - max(opens, first)
            if lasted > timedelta():
                total += lasted
    raise AssertionError


def minutes_ticked(office: Office, start: datetime, end: datetime) -> int:
    """Count the minutes at whose beginning the office is open, one by one; both moments are whole minutes."""
    at, last, ticked = office.local(start), office.local(end), 0
    while at < last:
        ticked += any(opens <= at < closes for opens, closes in office.spans(at.date()))
        at += MINUTE
    return ticked


def due(office: Office, start: datetime, duration: Duration, halts: Iterable[Halt] = ()) -> datetime:
    """Return until when a duration runs, in UTC."""
    begun = next_open(office, start)
    stops: list[tuple[datetime, datetime]] = []
    done = _done(office, begun, duration, stops)
    for halt in sorted(halts, key=lambda h: (h.start, h.end)):
        first, last = max(office.local(halt.start), begun), office.local(halt.end)
        if last <= begun or office.local(halt.start) >= done:
            continue
        if halt.anew:
            begun, stops = next_open(office, last), []
        elif office_time(office, first, last) == timedelta():
            continue
        else:
            stops.append((first, next_open(office, last)))
        done = _done(office, begun, duration, stops)
    return done.astimezone(UTC)


def _done(office: Office, begun: datetime, duration: Duration, stops: list[tuple[datetime, datetime]]) -> datetime:
    match duration.unit:
        case Unit.MINUTE:
            return _ticked(office, begun, timedelta(minutes=duration.amount), stops)
        case Unit.WORKING_HOUR:
            return _ticked(office, begun, timedelta(hours=duration.amount), stops)
        case Unit.WORKING_DAY:
            return _counted(office, begun, duration.amount, stops, True)
        case Unit.CALENDAR_DAY:
            return _counted(office, begun, duration.amount, stops, False)
        case Unit.MONTH | Unit.YEAR:
            months = duration.amount * (12 if duration.unit is Unit.YEAR else 1)
            span = (_months_on(begun.date(), months) - begun.date()).days
            return _counted(office, begun, span, stops, False)


def _counted(
    office: Office, begun: datetime, amount: int, stops: list[tuple[datetime, datetime]], office_days: bool
) -> datetime:
    counted, lost = 0, {day for first, last in stops for day in _after(first.date(), last.date())}
    for day in days_from(begun.date()):
        spans = office.spans(day)
        if day > begun.date() and day not in lost and (spans or not office_days):
            counted += 1
        if office_days and not spans:
            continue
        evening = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=office.zone)
        end = min(spans[-1][1], evening) if office_days else evening
        if counted >= amount and not any(first < end < last for first, last in stops):
            return end
    raise AssertionError


def _after(first: date, last: date) -> Iterator[date]:
    """Yield the days after the first up to the last."""
    while first < last:
        first += DAY
        yield first


def _ticked(office: Office, begun: datetime, length: timedelta, stops: list[tuple[datetime, datetime]]) -> datetime:
    left = length
    for day in days_from(begun.date()):
        for opens, closes in office.spans(day):
            marks = sorted({max(opens, begun), closes, *(m for stop in stops for m in stop if opens < m < closes)})
            for start, end in itertools.pairwise(marks):
                if start < begun or any(first <= start < last for first, last in stops):
                    continue
                if left <= end - start:
                    return start + left
                left -= end - start
    raise AssertionError


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
