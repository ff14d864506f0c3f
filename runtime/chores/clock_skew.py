"""The clock of this process beside the database's own: too far apart, somebody is called; much too far, nothing moves.

Where several processes share a database, one with a wrong clock would date events and deadlines wrongly for all
(security T28). SQLite has no clock of its own, and a demonstration's clock is wrong on purpose: neither is compared.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from runtime.cases.casework import Casework
from runtime.cases.store import Store
from runtime.chores.alarms import AlarmKind, call
from runtime.clock import Clock, system_clock

CALL, HALT = timedelta(seconds=2), timedelta(seconds=60)


async def compare(store: Store, casework: Casework, daerah: str, machine: Clock = system_clock) -> timedelta | None:
    """Compare the clocks, call where they differ, and let nothing happen to cases while they differ much; return by
    how much this one is ahead, None where there is nothing to compare with."""
    if store.clock is not system_clock and machine is system_clock:
        return None
    before = machine()
    theirs = store.database.read(_now)
    if theirs is None:
        return None
    ahead = before + (machine() - before) / 2 - theirs
    casework.halted = abs(ahead) > HALT
    if abs(ahead) > CALL:
        detail = {"seconds": round(ahead.total_seconds())}
        at = store.clock()
        await store.database.write(lambda connection: call(connection, daerah, AlarmKind.CLOCK, "jam", detail, at))
    return ahead


def _now(connection: Connection) -> datetime | None:
    if connection.dialect.name != "postgresql":
        return None
    now = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    assert isinstance(now, datetime)
    return now.astimezone(UTC)
