"""How a date came about: each day that was passed over and why, to be told in one sentence or in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from rules.city import Holiday
from rules.duration import Duration
from rules.memo import lasting
from rules.words import Words


@dataclass(frozen=True, slots=True)
class Began:
    """Done at `done`, which counts as `counted`, when the office was open next; `duration` runs from then."""

    done: datetime
    counted: datetime
    duration: Duration


@lasting
@dataclass(frozen=True, slots=True)
class WeekendSkipped:
    """Days of the week on which the office never opens."""

    first: date
    last: date


@lasting
@dataclass(frozen=True, slots=True)
class HolidaySkipped:
    """A day off, by its decree."""

    day: date
    holiday: Holiday


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock stood still, and this cost so many of the days that are counted."""

    start: datetime
    resumed: datetime
    reason: Words
    restarts: bool
    days: int


@dataclass(frozen=True, slots=True)
class Provisional:
    """From this day on the days off are not decreed yet, and only weekends were passed over."""

    since: date


@lasting
@dataclass(frozen=True, slots=True)
class Due:
    """The last moment."""

    at: datetime


Entry = Began | WeekendSkipped | HolidaySkipped | Paused | Provisional | Due
Story = tuple[Entry, ...]
