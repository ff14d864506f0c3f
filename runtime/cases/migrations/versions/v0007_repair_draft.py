"""Repairs that are being written."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, String

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "repair_draft",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("round", Integer(), nullable=False),
        Column("revision", Integer(), nullable=False),
        Column("sealed", LargeBinary(), nullable=False),
        Column("changed_at", String(length=27), nullable=False),
        PrimaryKeyConstraint("daerah", "nomor"),
    )
