"""How often each answer of the survey of satisfaction was given."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "survey_count",
        Column("daerah", String(length=64), nullable=False),
        Column("permit", String(length=64), nullable=False),
        Column("month", String(length=7), nullable=False),
        Column("what", String(length=16), nullable=False),
        Column("answer", String(length=32), nullable=False),
        Column("times", Integer(), nullable=False),
        PrimaryKeyConstraint("daerah", "permit", "month", "what", "answer"),
    )
