"""A length of legal time: a number and the unit it is counted in (facts, clock rule C7)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What is counted; the value is the words an officer writes after the number."""

    MINUTE = "menit"
    WORKING_HOUR = "jam kerja"
    WORKING_DAY = "hari kerja"
    CALENDAR_DAY = "hari kalender"
    MONTH = "bulan"
    YEAR = "tahun"


@dataclass(frozen=True, slots=True)
class Duration:
    """`amount` whole units; half a working day is written as four working hours."""

    amount: int
    unit: Unit


# The longest anything is promised; the reader refuses more, so that no date runs off the calendar.
LONGEST = {
    Unit.MINUTE: 100_000,
    Unit.WORKING_HOUR: 10_000,
    Unit.WORKING_DAY: 5_000,
    Unit.CALENDAR_DAY: 36_500,
    Unit.MONTH: 1_200,
    Unit.YEAR: 100,
}
