"""How a case, its desks, events and messages stand in their tables, both ways."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from rules.case_event import Actor
from runtime import json_text
from runtime.cases.case_entry import CaseKey, CaseRow, DeskRow, Entry, Message, Projection, StoredEvent
from runtime.cases.chain import SEALED
from runtime.cases.journal_tables import case_file, event
from runtime.cases.prepared import Prepared
from runtime.clock import as_text, from_text
from runtime.vault import DataKey

COMES_TO = tuple(field.name for field in fields(Projection))
_ASKED = tuple(field.name for field in fields(DeskRow))
CASE = (case_file.c.daerah == bindparam("daerah_")) & (case_file.c.nomor == bindparam("nomor_"))
_FIND = Prepared(
    select(*(case_file.c[name] for name in ("seq", "hash", "person", "changed_at", *COMES_TO))).where(CASE)
)
_LAST = 2**31 - 1
_EVENT = tuple(column.name for column in event.c)
_EVENTS = Prepared(
    select(event)
    .where(
        event.c.daerah == bindparam("daerah"),
        event.c.nomor == bindparam("nomor"),
        event.c.seq > bindparam("after_"),
        event.c.seq <= bindparam("until_"),
    )
    .order_by(event.c.seq)
)


def found_case(connection: Connection, key: CaseKey) -> CaseRow | None:
    """Return a case as it stands."""
    row = _FIND.one(connection, {"daerah_": key.daerah, "nomor_": key.nomor})
    if row is None:
        return None
    seq, head, person, changed_at, *come_to = row
    assert isinstance(seq, int)
    projection = projection_of(dict(zip(COMES_TO, come_to, strict=True)))
    return CaseRow(key, seq, str(head), str(person), from_text(str(changed_at)), projection)


def projection_of(row: Mapping[str, object]) -> Projection:
    """Read what the events of a case come to."""
    return Projection(
        permit=str(row["permit"]),
        version=str(row["version"]),
        release=str(row["release"]),
        state=str(row["state"]),
        status=str(row["status"]),
        stage=_optional(row["stage"]),
        holder_kind=str(row["holder_kind"]),
        holder_agency=_optional(row["holder_agency"]),
        due_at=_moment(row["due_at"]),
        legal_due_at=_moment(row["legal_due_at"]),
        filed_at=from_text(str(row["filed_at"])),
        ended_at=_moment(row["ended_at"]),
    )


def projection_row(projection: Projection) -> dict[str, object]:
    """Write what the events of a case come to."""
    return {name: _written(getattr(projection, name)) for name in COMES_TO}


def desk_of(row: Mapping[str, object]) -> DeskRow:
    """Read a desk."""
    place, round_ = row["place"], row["round"]
    assert isinstance(place, int)
    assert isinstance(round_, int)
    return DeskRow(
        stage=str(row["stage"]),
        place=place,
        round=round_,
        agency=str(row["agency"]),
        role=str(row["role"]),
        person=_optional(row["person"]),
        opened_at=from_text(str(row["opened_at"])),
        due_at=_moment(row["due_at"]),
        answered_at=_moment(row["answered_at"]),
        verdict=_optional(row["verdict"]),
    )


def desk_row(key: CaseKey, desk: DeskRow) -> dict[str, object]:
    """Write a desk."""
    return {"daerah": key.daerah, "nomor": key.nomor, **{name: _written(getattr(desk, name)) for name in _ASKED}}


def event_row(key: CaseKey, seq: int, at: datetime, actor: Actor, entry: Entry, hash_prev: str) -> dict[str, object]:
    """Write an event, all but its hash."""
    return {
        "daerah": key.daerah,
        "nomor": key.nomor,
        "seq": seq,
        "at": as_text(at),
        "actor": actor.person,
        "role": actor.role,
        "agency": actor.agency,
        "kind": entry.kind,
        "payload": entry.text(),
        "hash_prev": hash_prev,
    }


def found_events(connection: Connection, key: CaseKey, after: int = 0, until: int = _LAST) -> tuple[StoredEvent, ...]:
    """Return a case's events in their order."""
    which = {"daerah": key.daerah, "nomor": key.nomor, "after_": after, "until_": until}
    return tuple(event_of(dict(zip(_EVENT, row, strict=True))) for row in _EVENTS.run(connection, which))


def event_of(row: Mapping[str, object]) -> StoredEvent:
    """Read an event."""
    payload = json_text.read(str(row["payload"]))
    seq = row["seq"]
    assert isinstance(payload, dict)
    assert isinstance(seq, int)
    sealed = payload.pop(SEALED, None)
    values = sealed["values"] if isinstance(sealed, dict) else {}
    assert isinstance(values, dict)
    return StoredEvent(
        key=CaseKey(str(row["daerah"]), str(row["nomor"])),
        seq=seq,
        at=from_text(str(row["at"])),
        actor=Actor(str(row["actor"]), str(row["role"]), _optional(row["agency"])),
        kind=str(row["kind"]),
        payload=payload,
        commitments={name: str(value) for name, value in values.items()},
        hash=str(row["hash"]),
    )


def message_row(
    key: CaseKey, seq: int, place: int, at: datetime, message: Message, secret: DataKey
) -> dict[str, object]:
    """Write a message, sealed; `place` tells it from the others of the same event."""
    name = secrets.token_hex(16)
    return {
        "daerah": key.daerah,
        "id": name,
        "nomor": key.nomor,
        "seq": seq,
        "channel": message.channel,
        "dedupe": message.dedupe or f"{key.nomor}:{seq}:{place}",
        "body": secret.seal(json_text.write(message.body).encode(), "outbox", key.daerah, name),
        "due_at": as_text(message.due_at or at),
        "tries": 0,
        "sent_at": None,
        "dead_at": None,
    }


def _written(value: object) -> object:
    return as_text(value) if isinstance(value, datetime) else value


def _moment(value: object) -> datetime | None:
    return None if value is None else from_text(str(value))


def _optional(value: object) -> str | None:
    return None if value is None else str(value)
