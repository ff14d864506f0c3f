"""What is issued may be provisional: it is replaced by another product, or ends with its case."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, String

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Let a row of the register say so, and by what it was replaced."""
    with op.batch_alter_table("issued") as issued:
        issued.add_column(Column("successor", String(length=22)))
        issued.drop_constraint("issued_state", type_="check")
        issued.create_check_constraint(
            "issued_state", "state IN ('disiapkan', 'berlaku', 'dicabut', 'digantikan', 'berakhir', 'batal')"
        )
