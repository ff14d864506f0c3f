"""The tables of chores: who does them now, and what somebody has to be called for."""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table, Text, text

from runtime.cases.columns import city, metadata, moment

lease = Table(
    "lease",
    metadata,
    city(),
    Column("name", String(32), nullable=False),
    Column("holder", String(64), nullable=False),
    moment("until"),
    PrimaryKeyConstraint("daerah", "name"),
)

alarm = Table(
    "alarm",
    metadata,
    city(),
    Column("id", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(64), nullable=False),  # what it is about: a nomor, a day; one open alarm for each
    Column("detail", Text, nullable=False),  # JSON, nothing personal
    moment("at"),
    moment("seen_at", nullable=True),
    Column("seen_by", String(64)),
    PrimaryKeyConstraint("daerah", "id"),
    Index(
        "alarm_open",
        "daerah",
        "kind",
        "subject",
        unique=True,
        sqlite_where=text("seen_at IS NULL"),
        postgresql_where=text("seen_at IS NULL"),
    ),
)
