"""A case may have several fees, each with its own bills: those there are belong to the only one."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, String

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Say of each bill which fee it is of."""
    op.add_column("bill", Column("fee", String(length=64), nullable=False, server_default=""))
