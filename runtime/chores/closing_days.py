"""Closing the days of money: each day on which money moved is summed once it is over, and never again."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from rules.city import City
from runtime.cases.store import Store
from runtime.money.sums import close_days

NOT_BEFORE = time(0, 10)  # what was begun before midnight is long since written


async def close_money(store: Store, city: City, now: datetime) -> int:
    """Close every day that is over, and return how many."""
    local = now.astimezone(ZoneInfo(city.zone))
    if local.time() < NOT_BEFORE:
        return 0
    closed = await store.database.write(lambda connection: close_days(connection, city.code, local.date(), now))
    return len(closed)
