"""What is kept of ended cases for figures."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "ended_case",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("permit", String(length=64), nullable=False),
        Column("status", String(length=32), nullable=False),
        Column("days", Integer(), nullable=False),
        Column("returns", Integer(), nullable=False),
        Column("ended_at", String(length=27), nullable=False),
        PrimaryKeyConstraint("daerah", "nomor"),
    )
    op.create_index("ended_case_when", "ended_case", ["daerah", "ended_at", "permit"])
    op.create_table(
        "holder_minutes",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("holder_kind", String(length=32), nullable=False),
        Column("agency", String(length=64), nullable=False),
        Column("minutes", Integer(), nullable=False),
        Column("ended_at", String(length=27), nullable=False),
        PrimaryKeyConstraint("daerah", "nomor", "holder_kind", "agency"),
    )
    op.create_index("holder_minutes_when", "holder_minutes", ["daerah", "ended_at", "holder_kind", "agency", "minutes"])
