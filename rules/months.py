"""Months counted on the calendar: the same day some months on, or the last day of a month that is too short."""

from __future__ import annotations

import calendar
from datetime import date


def months_after(day: date, months: int) -> date:
    """Return the day `months` later: 31 January and one month is 28 February."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def full_months(first: date, second: date) -> int:
    """Return how many full months lie between two dates, negative when the second is earlier."""
    if second < first:
        return -full_months(second, first)
    months = (second.year - first.year) * 12 + second.month - first.month
    return months if months_after(first, months) <= second else months - 1
