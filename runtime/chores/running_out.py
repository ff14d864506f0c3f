"""Times that run out: repairs that never came, and public notices that are over."""

from __future__ import annotations

from rules.case_event import SYSTEM
from rules.command import Command, EndNotice, Expire
from runtime.cases.casework import Casework, Kept
from runtime.cases.database import Database
from runtime.chores.open_cases import of_status


async def expire_repairs(casework: Casework, database: Database, daerah: str) -> int:
    """End the cases whose time to repair is over; return how many."""
    return await _each(casework, database, daerah, "perbaikan", Expire())


async def end_notices(casework: Casework, database: Database, daerah: str) -> int:
    """Let cases go on whose public notice is over; return how many."""
    return await _each(casework, database, daerah, "peninjauan", EndNotice())


async def _each(casework: Casework, database: Database, daerah: str, status: str, command: Command) -> int:
    """Try it on each: whoever's time is not over refuses."""
    done = 0
    for nomor in of_status(database, daerah, status):
        done += isinstance(await casework.act(daerah, nomor, command, SYSTEM), Kept)
    return done
