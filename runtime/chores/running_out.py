"""Times that run out: repairs that never came, and public notices that are over.

Only cases whose time is over by their row are opened; whether it is indeed, their lifecycle says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rules.case_state import AtStage, CaseState, InRepair
from rules.command import EndNotice, Expire
from runtime.cases.casework import Casework
from runtime.cases.database import Database
from runtime.chores.each_case import act_on_each
from runtime.chores.open_cases import of_status


async def expire_repairs(casework: Casework, database: Database, daerah: str) -> int:
    """End the cases whose time to repair is over; return how many."""
    return len(await act_on_each(casework, daerah, _over(casework, database, daerah, "perbaikan"), Expire()))


async def end_notices(casework: Casework, database: Database, daerah: str) -> int:
    """Let cases go on whose public notice is over; return how many."""
    return len(await act_on_each(casework, daerah, _over(casework, database, daerah, "peninjauan"), EndNotice()))


def _over(casework: Casework, database: Database, daerah: str, status: str) -> Iterator[str]:
    now = casework.now()
    for nomor in of_status(database, daerah, status):
        state = casework.state(daerah, nomor)
        until = None if state is None else _until(state)
        if until is not None and until < now:
            yield nomor


def _until(state: CaseState) -> datetime | None:
    """Return until when the applicant may repair, or a notice that nobody has to answer runs."""
    match state.position:
        case InRepair(due=due):
            return due
        case AtStage(notice_until=until) if not state.open_desks:
            return until
        case _:
            return None
