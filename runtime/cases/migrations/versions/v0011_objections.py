"""Objections to what is announced, each under a key of its own."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, String, UniqueConstraint

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "objection",
        Column("daerah", String(length=64), nullable=False),
        Column("kode", String(length=32), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("person", String(length=32), nullable=False),
        Column("request", String(length=64), nullable=False),
        Column("sealed", LargeBinary(), nullable=False),
        Column("answer", LargeBinary(), nullable=True),
        Column("made_at", String(length=27), nullable=False),
        Column("answered_at", String(length=27), nullable=True),
        PrimaryKeyConstraint("daerah", "kode"),
        UniqueConstraint("daerah", "nomor", "number", name="objection_in_case"),
        UniqueConstraint("daerah", "request", name="objection_request"),
    )
