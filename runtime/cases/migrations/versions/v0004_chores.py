"""Chores: who does them now, and what somebody has to be called for."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, String, Text, text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "lease",
        Column("daerah", String(length=64), nullable=False),
        Column("name", String(length=32), nullable=False),
        Column("holder", String(length=64), nullable=False),
        Column("until", String(length=27), nullable=False),
        PrimaryKeyConstraint("daerah", "name"),
    )
    op.create_table(
        "alarm",
        Column("daerah", String(length=64), nullable=False),
        Column("id", String(length=32), nullable=False),
        Column("kind", String(length=32), nullable=False),
        Column("subject", String(length=64), nullable=False),
        Column("detail", Text(), nullable=False),
        Column("at", String(length=27), nullable=False),
        Column("seen_at", String(length=27)),
        Column("seen_by", String(length=64)),
        PrimaryKeyConstraint("daerah", "id"),
    )
    op.create_index(
        "alarm_open",
        "alarm",
        ["daerah", "kind", "subject"],
        unique=True,
        sqlite_where=text("seen_at IS NULL"),
        postgresql_where=text("seen_at IS NULL"),
    )
