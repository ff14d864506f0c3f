"""Times that run out: repairs that never came, and public notices that are over."""

from __future__ import annotations

from rules.command import EndNotice, Expire
from runtime.cases.casework import Casework
from runtime.cases.database import Database
from runtime.chores.each_case import act_on_each
from runtime.chores.open_cases import of_status


async def expire_repairs(casework: Casework, database: Database, daerah: str) -> int:
    """End the cases whose time to repair is over; return how many."""
    return len(await act_on_each(casework, daerah, of_status(database, daerah, "perbaikan"), Expire()))


async def end_notices(casework: Casework, database: Database, daerah: str) -> int:
    """Let cases go on whose public notice is over; return how many."""
    return len(await act_on_each(casework, daerah, of_status(database, daerah, "peninjauan"), EndNotice()))
