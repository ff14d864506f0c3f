"""Changes of people that one administrator proposes and another decides."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, String, Text

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "people_change",
        Column("daerah", String(length=64), nullable=False),
        Column("id", String(length=32), nullable=False),
        Column("kind", String(length=16), nullable=False),
        Column("nip", String(length=18), nullable=False),
        Column("name", String(length=120), nullable=False),
        Column("agency", String(length=64), nullable=False),
        Column("role", String(length=32), nullable=False),
        Column("reason", Text(), nullable=False),
        Column("proposed_by", String(length=18), nullable=False),
        Column("proposed_at", String(length=27), nullable=False),
        Column("status", String(length=16), nullable=False),
        Column("decided_by", String(length=18)),
        Column("decided_at", String(length=27)),
        PrimaryKeyConstraint("daerah", "id"),
    )
    op.create_index("people_change_status", "people_change", ["daerah", "status", "decided_at"])
