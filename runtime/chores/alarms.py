"""What somebody has to be called for: kept until a person sees to it, one of each kind and subject at a time.

Whoever says that they see to it is left alone with it for a day; what is still so then calls again.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from runtime import json_text
from runtime.cases.database import Database
from runtime.chores.tables import alarm
from runtime.clock import as_text, from_text
from runtime.json_text import Json

AGAIN = timedelta(days=1)


class AlarmKind(StrEnum):
    """Why somebody is called."""

    SWEEP_HALTED = "sapuan_berhenti"
    DEEMED = "fiktif_positif"
    ENGINE = "mesin_aturan"
    CLOCK = "jam"
    CHORE = "pekerjaan"
    STRANDED = "tidak_ikut_pindah"
    PAUSE = "jeda_habis"
    LETTER = "surat_hilang"


@dataclass(frozen=True, slots=True)
class Seen:
    """Who has said that they see to an alarm, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm; `seen` is None while nobody sees to it."""

    id: str
    kind: AlarmKind
    subject: str
    detail: Mapping[str, Json]
    at: datetime
    seen: Seen | None = None


def call(
    connection: Connection, daerah: str, kind: AlarmKind, subject: str, detail: Mapping[str, Json], at: datetime
) -> bool:
    """Call for somebody, inside a work; False where it was called for already, and nobody has come yet or somebody
    came within the last day."""
    key = alarm.c.daerah == daerah, alarm.c.kind == kind.value, alarm.c.subject == subject
    still = or_(alarm.c.seen_at.is_(None), alarm.c.seen_at > as_text(at - AGAIN))
    if connection.execute(select(alarm.c.id).where(*key, still)).first() is not None:
        return False
    row = {"kind": kind.value, "subject": subject, "detail": json_text.write(detail), "at": as_text(at)}
    connection.execute(insert(alarm).values(daerah=daerah, id=secrets.token_hex(16), **row))
    return True


def unseen(database: Database, daerah: str) -> tuple[Alarm, ...]:
    """Return the alarms that nobody has seen, the oldest first."""
    query = select(alarm).where(alarm.c.daerah == daerah, alarm.c.seen_at.is_(None)).order_by(alarm.c.at, alarm.c.id)
    return tuple(_read(row) for row in database.read(lambda connection: connection.execute(query).all()))


def count_unseen(database: Database, daerah: str) -> int:
    """Return how many alarms nobody has seen."""
    query = select(func.count()).select_from(alarm).where(alarm.c.daerah == daerah, alarm.c.seen_at.is_(None))
    return database.read(lambda connection: connection.execute(query).scalar_one())


def last_seen(database: Database, daerah: str, most: int) -> tuple[Alarm, ...]:
    """Return the alarms that somebody has seen, the last one first."""
    query = select(alarm).where(alarm.c.daerah == daerah, alarm.c.seen_at.is_not(None))
    wanted = query.order_by(alarm.c.seen_at.desc(), alarm.c.id).limit(most)
    return tuple(_read(row) for row in database.read(lambda connection: connection.execute(wanted).all()))


def seen(connection: Connection, daerah: str, alarm_id: str, by: str, at: datetime) -> bool:
    """Note who sees to an alarm; False where somebody does already, or there is none."""
    key = alarm.c.daerah == daerah, alarm.c.id == alarm_id, alarm.c.seen_at.is_(None)
    return connection.execute(update(alarm).where(*key).values(seen_at=as_text(at), seen_by=by)).rowcount == 1


def _read(row: Row[*tuple[str, ...]]) -> Alarm:
    detail = json_text.read(row.detail)
    assert isinstance(detail, dict)
    came = None if row.seen_at is None else Seen(row.seen_by, from_text(row.seen_at))
    return Alarm(row.id, AlarmKind(row.kind), row.subject, detail, from_text(row.at), came)
