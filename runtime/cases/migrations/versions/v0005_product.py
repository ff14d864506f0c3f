"""The register of what is issued, and series that are named by permit and product."""

from __future__ import annotations

from alembic import op
from sqlalchemy import CheckConstraint, Column, Integer, PrimaryKeyConstraint, String, Text, UniqueConstraint

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table, and room for the names of series."""
    with op.batch_alter_table("counter") as counter:
        counter.alter_column("series", type_=String(length=160), existing_nullable=False)
    op.create_table(
        "issued",
        Column("daerah", String(length=64), nullable=False),
        Column("id", String(length=22), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("product", String(length=64), nullable=False),
        Column("item", Integer(), nullable=False),
        Column("permit", String(length=64), nullable=False),
        Column("title", Text(), nullable=False),
        Column("number", String(length=160), nullable=False),
        Column("series", String(length=160), nullable=False),
        Column("year", Integer(), nullable=False),
        Column("sequence", Integer(), nullable=False),
        Column("holder", String(length=200), nullable=False),
        Column("dated", String(length=10), nullable=False),
        Column("valid_until", String(length=10)),
        Column("valid_words", Text(), nullable=False),
        Column("state", String(length=16), nullable=False),
        Column("prepared_at", String(length=27), nullable=False),
        Column("issued_at", String(length=27)),
        Column("revoked_at", String(length=27)),
        Column("revoked_why", Text()),
        Column("signed_by", String(length=16)),
        Column("pdf_sha256", String(length=64)),
        Column("statement", Text(), nullable=False),
        Column("proof", Text()),
        PrimaryKeyConstraint("daerah", "id"),
        UniqueConstraint("daerah", "nomor", "product", "item", name="issued_once"),
        UniqueConstraint("daerah", "series", "year", "sequence", name="issued_number"),
        CheckConstraint("state IN ('disiapkan', 'berlaku', 'dicabut', 'batal')", name="issued_state"),
        CheckConstraint("(state IN ('disiapkan', 'batal')) = (pdf_sha256 IS NULL)", name="issued_file"),
    )


def downgrade() -> None:
    """Refuse: a number that was taken is never forgotten."""
    raise NotImplementedError
