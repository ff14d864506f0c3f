"""Files are known by what they are for; what somebody once called them is overwritten, and kept no more."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Overwrite the names, as a column that is dropped may stay in a row, and drop them."""
    for table in ("upload", "submission_file"):
        op.execute(f"UPDATE {table} SET name = ''")
        op.drop_column(table, "name")
