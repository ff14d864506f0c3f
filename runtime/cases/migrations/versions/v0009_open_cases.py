"""The cases that are not ended, by their legal limit: few among all there ever were."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the index."""
    op.create_index("case_file_open", "case_file", ["daerah", "ended_at", "legal_due_at"])
