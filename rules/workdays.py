"""The legal clock: until when something must be done, and the story of how that date came about.

Gains one rule for every length of time. What is done while the office is closed counts as done when it opens next; that
day is day 0, and the day on which a stopped clock resumes is day 0 again, while the day on which it stopped has been
used: a pause costs the days after the day it began, up to the day it ended, and nothing when it held no office time.

| unit | counts | ends |
|---|---|---|
| `menit`, `jam kerja` | time the office is open, to the second | when the last of it has passed |
| `hari kerja` | working days after day 0 | when the office closes |
| `hari kalender` | all days after day 0 | 23.59.59, also on a day off |
| `bulan`, `tahun` | to the same day of the month, or its last day | 23.59.59, also on a day off |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import assert_never

from rules.city import City
from rules.duration import LONGEST, Duration, Unit
from rules.memo import remembered
from rules.months import months_after
from rules.office_calendar import DayOff, NotInWeek, OfficeCalendar, Working
from rules.story import Began, Due, HolidaySkipped, Paused, Provisional, Story, WeekendSkipped
from rules.words import Words

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count, and why. `restarts` (`ulang`): the whole duration starts anew when it ends; else
    (`lanjut`) what remained runs on."""

    start: datetime
    end: datetime
    reason: Words
    restarts: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last moment, in the city's zone. `provisional`: it rests on a year whose days off are not decreed yet."""

    at: datetime
    provisional: bool
    story: Story

    @property
    def day(self) -> date:
        """Return the day it is due."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class _Stop:
    """A pause as it is counted: never before its clock started, over when the office is open again."""

    pause: Pause
    start: datetime
    resumed: datetime

    def days(self) -> Iterator[date]:
        """Yield the days it costs, working or not."""
        day = self.start.date()
        while day < self.resumed.date():
            day += _ONE_DAY
            yield day


def deadline(
    city: City, start: datetime, duration: Duration, pauses: Iterable[Pause] = (), known_on: date | None = None
) -> Deadline:
    """Tell when a duration that starts now ends, by the days off decreed until `known_on` (None: all there are)."""
    assert 0 <= duration.amount <= LONGEST[duration.unit], "the reader bounds durations"
    calendar = _as_decreed_today(city) if known_on is None else OfficeCalendar(city, known_on)
    counted, stops, told = calendar.counted_from(start), tuple[_Stop, ...](), list[_Stop]()
    pauses = tuple(pauses)
    if not pauses and duration.unit not in {Unit.MINUTE, Unit.WORKING_HOUR}:
        filed = start.astimezone(calendar.zone)
        at, provisional, rest = _by_days(calendar, filed.date(), counted.date(), duration)
        return Deadline(at, provisional, (Began(filed, counted, duration), *rest))
    at = _end(calendar, counted, duration, stops)
    for pause in sorted(pauses, key=lambda p: (p.start, p.end)):
        begun = max(pause.start.astimezone(calendar.zone), counted)
        idle = not pause.restarts and not calendar.office_time(begun, pause.end)
        if pause.end <= counted or pause.start >= at or idle:
            continue
        stop = _Stop(pause, begun, calendar.counted_from(pause.end))
        told.append(stop)
        if pause.restarts:
            counted, stops = stop.resumed, tuple(s for s in stops if s.pause.end > pause.end)
        else:
            stops = (*stops, stop)
        at = _end(calendar, counted, duration, stops)
    story = tuple(_story(calendar, start.astimezone(calendar.zone), duration, counted, told, at))
    return Deadline(at, any(isinstance(entry, Provisional) for entry in story), story)


@lru_cache(maxsize=4096)
def _by_days(calendar: OfficeCalendar, filed: date, counted: date, duration: Duration) -> tuple[datetime, bool, Story]:
    """Return end, whether it is provisional, and story but for its beginning, of a duration that nothing pauses: all
    who file on a day share them."""
    begun = calendar.spans(counted)[0][0]
    at = _end(calendar, begun, duration, ())
    filed_at = begun if filed == counted else calendar.end_of(filed)
    story = _story(calendar, filed_at, duration, begun, [], at)[1:]
    return at, any(isinstance(entry, Provisional) for entry in story), story


@remembered
def _as_decreed_today(city: City) -> OfficeCalendar:
    return OfficeCalendar(city)


def remaining(city: City, due: Deadline, unit: Unit, stopped_at: datetime, known_on: date | None = None) -> Duration:
    """Tell how much is left of a duration in `unit` whose clock stops now; months and years in calendar days."""
    calendar = OfficeCalendar(city, known_on)
    stopped = stopped_at.astimezone(calendar.zone)
    match unit:
        case Unit.MINUTE | Unit.WORKING_HOUR:
            left = calendar.office_time(stopped, due.at)
            return Duration(-(-left // timedelta(minutes=1)), Unit.MINUTE)
        case Unit.WORKING_DAY:
            return Duration(calendar.working_days(stopped.date() + _ONE_DAY, due.day), Unit.WORKING_DAY)
        case Unit.CALENDAR_DAY | Unit.MONTH | Unit.YEAR:
            return Duration(max(0, (due.day - stopped.date()).days), Unit.CALENDAR_DAY)
        case _:
            assert_never(unit)


def working_minutes_between(city: City, start: datetime, end: datetime, known_on: date | None = None) -> int:
    """Return how many whole minutes the office was open between two moments."""
    return OfficeCalendar(city, known_on).office_time(start, end) // timedelta(minutes=1)


def _end(calendar: OfficeCalendar, counted: datetime, duration: Duration, stops: tuple[_Stop, ...]) -> datetime:
    first, amount = counted.date(), duration.amount
    paused = {day for stop in stops for day in stop.days() if day > first}
    match duration.unit:
        case Unit.MINUTE:
            return _after_office_time(calendar, counted, timedelta(minutes=amount), stops)
        case Unit.WORKING_HOUR:
            return _after_office_time(calendar, counted, timedelta(hours=amount), stops)
        case Unit.WORKING_DAY:
            count = amount + sum(calendar.works(day) for day in paused)
            last = next(islice(calendar.working_days_after(first), count - 1, None)) if count else first
            return calendar.closing(last)
        case Unit.CALENDAR_DAY:
            return calendar.end_of(first + timedelta(days=amount + len(paused)))
        case Unit.MONTH | Unit.YEAR:
            months = amount if duration.unit is Unit.MONTH else 12 * amount
            return calendar.end_of(months_after(first, months) + timedelta(days=len(paused)))
        case _:
            assert_never(duration.unit)


def _after_office_time(
    calendar: OfficeCalendar, counted: datetime, length: timedelta, stops: tuple[_Stop, ...]
) -> datetime:
    """Return the moment when the office has been open so long, pauses left out."""
    left, reached = length, counted
    for opens, closes in _running(calendar, counted, stops):
        reached = opens + left
        if reached <= closes:
            return reached
        left -= closes - opens
    raise AssertionError("an office opens again")


def _running(
    calendar: OfficeCalendar, counted: datetime, stops: tuple[_Stop, ...]
) -> Iterator[tuple[datetime, datetime]]:
    """Yield, for ever, the spans of office time in which the clock runs."""
    day = counted.date()
    while True:
        for opens, closes in calendar.spans(day):
            begun = max(opens, counted)
            for stop in stops:  # in the order in which they begin
                if begun < stop.start < closes:
                    yield begun, stop.start
                if stop.start < closes:
                    begun = max(begun, stop.resumed)
            if begun < closes:
                yield begun, closes
        day += _ONE_DAY


def _story(
    calendar: OfficeCalendar,
    filed: datetime,
    duration: Duration,
    counted: datetime,
    stops: list[_Stop],
    at: datetime,
) -> Story:
    """Tell each day that was passed over, and why, in the order of time."""
    began = calendar.counted_from(filed)
    office_days = duration.unit in {Unit.MINUTE, Unit.WORKING_HOUR, Unit.WORKING_DAY}
    paused = {day for stop in stops for day in stop.days()}
    told: list[tuple[date, Paused | WeekendSkipped | HolidaySkipped]] = []
    for stop in stops:
        pause = stop.pause
        lost = sum(calendar.works(day) or not office_days for day in stop.days())
        told.append((stop.start.date(), Paused(stop.start, stop.resumed, pause.reason, pause.restarts, lost)))
    undecreed: date | None = None
    day = filed.date()
    while day <= at.date():
        looked_at = office_days or day <= began.date() or day in paused
        if looked_at and undecreed is None and not calendar.decreed(day):
            undecreed = day
        passed_over = day <= began.date() or (office_days and day > counted.date() and day not in paused)
        if passed_over:
            match calendar.day(day):
                case NotInWeek():
                    last = told[-1][1] if told else None
                    if isinstance(last, WeekendSkipped) and last.last == day - _ONE_DAY:
                        told[-1] = (told[-1][0], WeekendSkipped(last.first, day))
                    else:
                        told.append((day, WeekendSkipped(day, day)))
                case DayOff(holiday):
                    told.append((day, HolidaySkipped(day, holiday)))
                case Working():
                    pass
                case other:
                    assert_never(other)
        day += _ONE_DAY
    told.sort(key=lambda entry: entry[0])
    provisional = () if undecreed is None else (Provisional(undecreed),)
    return (Began(filed, began, duration), *(entry for _, entry in told), *provisional, Due(at))
