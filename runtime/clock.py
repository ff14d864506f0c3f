"""The clock as a value: a function that tells the moment it is, in UTC.

Gains demonstrations and tests on any day; nothing below the entry of the program reads the system's clock itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Tell the time of this machine."""
    return datetime.now(UTC)


def fixed(moment: datetime) -> Clock:
    """Return a clock that always tells the same moment."""
    assert moment.tzinfo is not None
    utc = moment.astimezone(UTC)
    return lambda: utc


def starting_at(moment: datetime) -> Clock:
    """Return a clock that tells `moment` now and goes on from there."""
    assert moment.tzinfo is not None
    utc, began = moment.astimezone(UTC), time.monotonic()
    return lambda: utc + timedelta(seconds=time.monotonic() - began)


def clock_for(starts: datetime | None) -> Clock:
    """Return the system's clock, or one that starts elsewhere."""
    return system_clock if starts is None else starting_at(starts)


def as_text(moment: datetime) -> str:
    """Write a moment as it is stored: UTC, always to the microsecond, so that text order is time order."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat(timespec="microseconds")[:26] + "Z"


def from_text(text: str) -> datetime:
    """Read a stored moment."""
    return datetime.fromisoformat(text)
