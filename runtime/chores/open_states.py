"""Which open cases a chore has to do something with, where only their state can tell.

Gains that nobody waits for it: a few states at a time are read in a thread, and requests are answered in between.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from sqlalchemy import select

from rules.case_state import CaseState
from rules.codec import decode
from runtime.cases.database import Database
from runtime.cases.journal_tables import case_file

AT_A_TIME = 50


async def numbers_of(
    database: Database, daerah: str, wanted: Callable[[CaseState], bool], *statuses: str
) -> tuple[str, ...]:
    """Return the numbers of the open cases, of these statuses where any is named, whose state is wanted."""
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        some, after = await asyncio.to_thread(_some, database, daerah, wanted, statuses, after)
        found += some
    return tuple(found)


def _some(
    database: Database, daerah: str, wanted: Callable[[CaseState], bool], statuses: tuple[str, ...], after: str
) -> tuple[list[str], str | None]:
    """Look at the next few after a number; return those wanted, and the last number, None where no more follow."""
    query = select(case_file.c.nomor, case_file.c.state).where(
        case_file.c.daerah == daerah, case_file.c.ended_at.is_(None), case_file.c.nomor > after
    )
    if statuses:
        query = query.where(case_file.c.status.in_(statuses))
    rows = database.read(
        lambda connection: connection.execute(query.order_by(case_file.c.nomor).limit(AT_A_TIME)).all()
    )
    some = [str(row.nomor) for row in rows if wanted(_read(str(row.state)))]
    return some, str(rows[-1].nomor) if len(rows) == AT_A_TIME else None


def _read(text: str) -> CaseState:
    state = decode(CaseState, json.loads(text))
    assert isinstance(state, CaseState)
    return state
