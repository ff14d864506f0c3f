"""Times that run out: repairs that never came, and public notices that are over.

Only cases whose time is over by their state are opened; whether it is indeed, their lifecycle says.
"""

from __future__ import annotations

from datetime import datetime

from rules.case_state import AtStage, CaseState, InRepair
from rules.command import EndNotice, Expire
from runtime.cases.casework import Casework
from runtime.cases.database import Database
from runtime.chores.each_case import act_on_each
from runtime.chores.open_states import numbers_of


async def expire_repairs(casework: Casework, database: Database, daerah: str) -> int:
    """End the cases whose time to repair is over; return how many."""
    return len(await act_on_each(casework, daerah, await _over(casework, database, daerah, "perbaikan"), Expire()))


async def end_notices(casework: Casework, database: Database, daerah: str) -> int:
    """Let cases go on whose public notice is over; return how many."""
    return len(await act_on_each(casework, daerah, await _over(casework, database, daerah, "peninjauan"), EndNotice()))


async def _over(casework: Casework, database: Database, daerah: str, status: str) -> tuple[str, ...]:
    now = casework.now()

    def over(state: CaseState) -> bool:
        until = _until(state)
        return until is not None and until < now

    return await numbers_of(database, daerah, over, status)


def _until(state: CaseState) -> datetime | None:
    """Return until when the applicant may repair, or a notice that nobody has to answer runs."""
    match state.position:
        case InRepair(due=due):
            return due
        case AtStage(notice_until=until) if not state.open_desks:
            return until
        case _:
            return None
