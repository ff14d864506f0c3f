"""What somebody has to be called for: kept until a person has seen it, one of each kind and subject at a time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from runtime import json_text
from runtime.cases.database import Database
from runtime.chores.tables import alarm
from runtime.clock import as_text, from_text
from runtime.json_text import Json


class AlarmKind(StrEnum):
    """Why somebody is called."""

    SWEEP_HALTED = "sapuan_berhenti"
    DEEMED = "fiktif_positif"
    ENGINE = "mesin_aturan"
    SIGNATURE = "tanda_tangan"
    CLOCK = "jam"
    CHORE = "pekerjaan"


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm that nobody has seen yet."""

    id: str
    kind: AlarmKind
    subject: str
    detail: Mapping[str, Json]
    at: datetime


def call(
    connection: Connection, daerah: str, kind: AlarmKind, subject: str, detail: Mapping[str, Json], at: datetime
) -> bool:
    """Call for somebody, inside a work; False where it was called for already and nobody has come yet."""
    key = alarm.c.daerah == daerah, alarm.c.kind == kind.value, alarm.c.subject == subject
    if connection.execute(select(alarm.c.id).where(*key, alarm.c.seen_at.is_(None))).one_or_none() is not None:
        return False
    row = {"kind": kind.value, "subject": subject, "detail": json_text.write(detail), "at": as_text(at)}
    connection.execute(insert(alarm).values(daerah=daerah, id=secrets.token_hex(16), **row))
    return True


def unseen(database: Database, daerah: str) -> tuple[Alarm, ...]:
    """Return the alarms that nobody has seen, the oldest first."""
    query = select(alarm).where(alarm.c.daerah == daerah, alarm.c.seen_at.is_(None)).order_by(alarm.c.at, alarm.c.id)
    rows = database.read(lambda connection: connection.execute(query).all())
    found = []
    for row in rows:
        detail = json_text.read(row.detail)
        assert isinstance(detail, dict)
        found.append(Alarm(row.id, AlarmKind(row.kind), row.subject, detail, from_text(row.at)))
    return tuple(found)


def seen(connection: Connection, daerah: str, alarm_id: str, by: str, at: datetime) -> None:
    """Note who has seen an alarm."""
    key = alarm.c.daerah == daerah, alarm.c.id == alarm_id, alarm.c.seen_at.is_(None)
    connection.execute(update(alarm).where(*key).values(seen_at=as_text(at), seen_by=by))
