"""Money: bills, payments, waivers, the ledger and the days that were closed.

A table that only grows has triggers that refuse every change, whoever asks.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Integer,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
)

revision = "0003"
down_revision = "0002"

ONLY_GROW = ("ledger", "closing")


def upgrade() -> None:
    """Make the tables of money."""
    op.create_table(
        "bill",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("seq", Integer(), nullable=False),
        Column("number", String(length=32), nullable=False),
        Column("series", String(length=8), nullable=False),
        Column("year", Integer(), nullable=False),
        Column("sequence", Integer(), nullable=False),
        Column("agency", String(length=64), nullable=False),
        Column("code", String(length=18), nullable=False),
        Column("due", BigInteger(), nullable=False),
        Column("paid", BigInteger(), nullable=False),
        Column("waived", BigInteger(), nullable=False),
        Column("cancelled", BigInteger(), nullable=False),
        Column("status", String(length=16), nullable=False),
        Column("digest", String(length=64), nullable=False),
        Column("issued_at", String(length=27), nullable=False),
        PrimaryKeyConstraint("daerah", "nomor", "seq"),
        UniqueConstraint("daerah", "series", "year", "sequence", name="bill_number_once"),
        UniqueConstraint("daerah", "code", name="bill_code_once"),
        CheckConstraint(
            "paid >= 0 AND waived >= 0 AND cancelled >= 0 AND paid + waived + cancelled <= due", name="bill_adds_up"
        ),
    )
    op.create_index("bill_agency", "bill", ["daerah", "agency", "status", "issued_at"])
    op.create_table(
        "ledger",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("seq", Integer(), nullable=False),
        Column("line", Integer(), nullable=False),
        Column("at", String(length=27), nullable=False),
        Column("day", String(length=10), nullable=False),
        Column("account", String(length=16), nullable=False),
        Column("debit", BigInteger(), nullable=False),
        Column("credit", BigInteger(), nullable=False),
        Column("bill", Integer(), nullable=False),
        Column("reference", String(length=64)),
        PrimaryKeyConstraint("daerah", "nomor", "seq", "line"),
        CheckConstraint("(debit > 0 AND credit = 0) OR (debit = 0 AND credit > 0)", name="ledger_one_side"),
    )
    op.create_index("ledger_day", "ledger", ["daerah", "day", "account"])
    op.create_table(
        "payment",
        Column("daerah", String(length=64), nullable=False),
        Column("reference", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("seq", Integer(), nullable=False),
        Column("bill", Integer(), nullable=False),
        Column("code", String(length=18), nullable=False),
        Column("amount", BigInteger(), nullable=False),
        Column("applied", BigInteger(), nullable=False),
        Column("outcome", String(length=16), nullable=False),
        Column("paid_at", String(length=27), nullable=False),
        Column("recorded_at", String(length=27), nullable=False),
        Column("day", String(length=10), nullable=False),
        PrimaryKeyConstraint("daerah", "reference"),
        CheckConstraint("amount > 0 AND applied >= 0 AND applied <= amount", name="payment_adds_up"),
    )
    op.create_index("payment_case", "payment", ["daerah", "nomor", "seq"])
    op.create_index("payment_day", "payment", ["daerah", "day"])
    op.create_table(
        "waiver",
        Column("daerah", String(length=64), nullable=False),
        Column("nomor", String(length=32), nullable=False),
        Column("seq", Integer(), nullable=False),
        Column("bill", Integer(), nullable=False),
        Column("regulation", String(length=64), nullable=False),
        Column("article", String(length=64)),
        Column("proposed_by", String(length=64), nullable=False),
        Column("proposed_at", String(length=27), nullable=False),
        Column("amount", BigInteger(), nullable=False),
        Column("status", String(length=16), nullable=False),
        Column("decided_by", String(length=64)),
        Column("decided_at", String(length=27)),
        PrimaryKeyConstraint("daerah", "nomor", "seq"),
    )
    op.create_index("waiver_status", "waiver", ["daerah", "status"])
    op.create_table(
        "closing",
        Column("daerah", String(length=64), nullable=False),
        Column("day", String(length=10), nullable=False),
        Column("billed", BigInteger(), nullable=False),
        Column("paid", BigInteger(), nullable=False),
        Column("waived", BigInteger(), nullable=False),
        Column("cancelled", BigInteger(), nullable=False),
        Column("open", BigInteger(), nullable=False),
        Column("received", BigInteger(), nullable=False),
        Column("returned", BigInteger(), nullable=False),
        Column("held", BigInteger(), nullable=False),
        Column("lines", Integer(), nullable=False),
        Column("digest", String(length=64), nullable=False),
        Column("closed_at", String(length=27), nullable=False),
        PrimaryKeyConstraint("daerah", "day"),
        CheckConstraint("billed = paid + waived + cancelled + open", name="closing_bills_add_up"),
        CheckConstraint("received = paid + returned + held", name="closing_money_adds_up"),
    )
    for table in ONLY_GROW:
        _refuse_change(table)


def _refuse_change(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name, when, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{name} BEFORE {when} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        )
