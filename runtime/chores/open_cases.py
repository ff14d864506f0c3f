"""Which cases a chore has to look at, by what their rows say; none is opened for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, func, select

from rules.case_state import HolderKind
from runtime.cases.database import Database
from runtime.cases.journal_tables import case_file
from runtime.clock import as_text

STOPPED = (HolderKind.APPLICANT.value, HolderKind.OUTSIDE.value)  # while they hold a case its clock stands still
AT_A_TIME = 200


def of_status(database: Database, daerah: str, status: str) -> Iterator[str]:
    """Yield the numbers of open cases in this status, in their order."""
    after = ""
    while True:
        query = select(case_file.c.nomor).where(
            case_file.c.daerah == daerah,
            case_file.c.ended_at.is_(None),
            case_file.c.status == status,
            case_file.c.nomor > after,
        )
        found = _read(database, query.order_by(case_file.c.nomor).limit(AT_A_TIME))
        yield from found
        if len(found) < AT_A_TIME:
            return
        after = found[-1]


def _read(database: Database, query: Select[tuple[str]]) -> list[str]:
    return database.read(lambda connection: [str(row[0]) for row in connection.execute(query)])


def past_limit(database: Database, daerah: str, now: datetime) -> tuple[str, ...]:
    """Return the numbers of cases whose legal limit has passed with a running clock."""
    query = select(case_file.c.nomor).where(
        case_file.c.daerah == daerah,
        case_file.c.ended_at.is_(None),
        case_file.c.legal_due_at < as_text(now),
        case_file.c.holder_kind.not_in(STOPPED),
    )
    return tuple(_read(database, query.order_by(case_file.c.nomor)))


def how_many_open(database: Database, daerah: str) -> int:
    """Return how many cases are not ended."""
    query = select(func.count()).where(case_file.c.daerah == daerah, case_file.c.ended_at.is_(None))
    return database.read(lambda connection: connection.execute(query).scalar_one())
