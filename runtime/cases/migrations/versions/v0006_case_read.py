"""Which officer opened which case."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, String

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "case_read",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("at", String(length=27), nullable=False),
        Column("nip", String(length=18), nullable=False),
        Column("agency", String(length=64), nullable=False),
        Column("role", String(length=32), nullable=False),
        PrimaryKeyConstraint("daerah", "nomor", "at", "nip"),
    )
    op.create_index("case_read_person", "case_read", ["daerah", "nip", "at"])
