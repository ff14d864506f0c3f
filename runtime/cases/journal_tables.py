"""The tables of a case's life: its events, what they come to, who is asked, what is to be sent, and the checkpoints.

`event`, `event_private`, `checkpoint` and `request` only grow: a trigger refuses every change. `case_file` and `desk`
say what the events come to, and can be made of them again.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from runtime.cases.columns import city, digest, metadata, moment

ONLY_GROW = ("event", "event_private", "checkpoint", "request")


def _nomor(*, nullable: bool = False) -> Column[str]:
    return Column("nomor", String(32), nullable=nullable)


case_file = Table(
    "case_file",
    metadata,
    city(),
    _nomor(),
    Column("permit", String(64), nullable=False),
    Column("version", String(10), nullable=False),
    Column("release", String(64), nullable=False),
    Column("person", String(32), nullable=False),  # under whose key its private parts are
    Column("state", Text, nullable=False),  # JSON: what the events come to, as `rules` folds them
    Column("seq", Integer, nullable=False),  # of the last event: who changes the case says which one was seen
    digest("hash"),  # of the last event
    Column("status", String(32), nullable=False),
    Column("stage", String(64)),
    Column("holder_kind", String(32), nullable=False),
    Column("holder_agency", String(64)),
    moment("due_at", nullable=True),
    moment("legal_due_at", nullable=True),
    moment("filed_at"),
    moment("changed_at"),
    moment("ended_at", nullable=True),
    PrimaryKeyConstraint("daerah", "nomor"),
    Index("case_file_status", "daerah", "status", "due_at"),
    Index("case_file_holder", "daerah", "holder_kind", "holder_agency", "due_at"),
    Index("case_file_person", "daerah", "person"),
    Index("case_file_open", "daerah", "ended_at", "legal_due_at"),
)

desk = Table(
    "desk",
    metadata,
    city(),
    _nomor(),
    Column("stage", String(64), nullable=False),
    Column("place", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("agency", String(64), nullable=False),
    Column("role", String(64), nullable=False),
    Column("person", String(64)),  # the officer who has taken it
    moment("opened_at"),
    moment("due_at", nullable=True),
    moment("answered_at", nullable=True),
    Column("verdict", String(32)),
    PrimaryKeyConstraint("daerah", "nomor", "stage", "place", "round"),
    ForeignKeyConstraint(["daerah", "nomor"], ["case_file.daerah", "case_file.nomor"]),
    Index("desk_agency", "daerah", "agency", "role", "answered_at", "due_at"),
    Index("desk_person", "daerah", "person", "answered_at", "due_at"),
)

event = Table(
    "event",
    metadata,
    city(),
    _nomor(),
    Column("seq", Integer, nullable=False),
    moment("at"),
    Column("actor", String(64), nullable=False),
    Column("role", String(64)),
    Column("agency", String(64)),
    Column("kind", String(64), nullable=False),
    Column("payload", Text, nullable=False),  # JSON, without anything personal: only commitments to it
    digest("hash_prev"),
    digest("hash"),
    PrimaryKeyConstraint("daerah", "nomor", "seq"),
)

event_private = Table(
    "event_private",
    metadata,
    city(),
    _nomor(),
    Column("seq", Integer, nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),  # values and salts, under the person's key
    PrimaryKeyConstraint("daerah", "nomor", "seq"),
    ForeignKeyConstraint(["daerah", "nomor", "seq"], ["event.daerah", "event.nomor", "event.seq"]),
)

uncovered = Table(
    "uncovered",  # events that no checkpoint covers yet
    metadata,
    city(),
    _nomor(),
    Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("daerah", "nomor", "seq"),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    city(),
    Column("number", Integer, nullable=False),
    moment("at"),
    Column("events", Integer, nullable=False),  # how many are covered, by this one and all before
    digest("root"),  # of the events that are new since the one before
    digest("previous"),  # the root of the one before
    Column("spans", Text, nullable=False),  # JSON: [nomor, first seq, last seq] of what is new
    Column("signature", String(128), nullable=False),
    PrimaryKeyConstraint("daerah", "number"),
)

person_key = Table(
    "person_key",
    metadata,
    city(),
    Column("person", String(32), nullable=False),
    Column("key_id", String(16), nullable=False),
    Column("wrapped", LargeBinary),  # None: destroyed, and with it everything under it
    moment("made_at"),
    moment("forgotten_at", nullable=True),
    PrimaryKeyConstraint("daerah", "person"),
)

person_index = Table(
    "person_index",
    metadata,
    city(),
    digest("blind"),  # of the NIK
    Column("person", String(32), nullable=False),
    PrimaryKeyConstraint("daerah", "blind"),
    Index("person_index_person", "daerah", "person"),
)

outbox = Table(
    "outbox",
    metadata,
    city(),
    Column("id", String(32), nullable=False),
    _nomor(),
    Column("seq", Integer, nullable=False),  # of the event that it tells of
    Column("channel", String(32), nullable=False),
    Column("dedupe", String(200), nullable=False),
    Column("body", LargeBinary, nullable=False),  # JSON, under the person's key
    moment("due_at"),
    Column("tries", Integer, nullable=False),
    moment("sent_at", nullable=True),
    moment("dead_at", nullable=True),
    PrimaryKeyConstraint("daerah", "id"),
    UniqueConstraint("daerah", "channel", "dedupe", name="outbox_once"),
    Index("outbox_due", "daerah", "sent_at", "dead_at", "due_at"),
    Index("outbox_case", "daerah", "nomor"),
)

request = Table(
    "request",  # what was asked for, and the first answer; never removed
    metadata,
    city(),
    Column("actor", String(64), nullable=False),
    Column("key", String(200), nullable=False),
    digest("request_hash"),
    Column("answer", Text, nullable=False),
    moment("at"),
    PrimaryKeyConstraint("daerah", "actor", "key"),
)
