"""The tables of money: bills, what came in, what was waived, and the ledger that both are written into.

`ledger` and `closing` only grow: a trigger refuses every change. Amounts are whole rupiah. The lines of a bill are
personal and stand sealed beside the event `seq` that issued it; here is what their digest was.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from runtime.cases.columns import city, digest, metadata, moment


def _nomor() -> Column[str]:
    return Column("nomor", String(32), nullable=False)


def _rupiah(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


bill = Table(
    "bill",
    metadata,
    city(),
    _nomor(),
    Column("seq", Integer, nullable=False),  # of the event that issued it
    Column("number", String(32), nullable=False),
    Column("series", String(8), nullable=False),  # SKRD for a retribution, SKPD for a tax
    Column("year", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("agency", String(64), nullable=False),  # whose treasurer minds it
    Column("code", String(18), nullable=False),  # what a bank knows it by
    _rupiah("due"),
    _rupiah("paid"),
    _rupiah("waived"),
    _rupiah("cancelled"),
    Column("status", String(16), nullable=False),
    digest("digest"),  # of all its lines and inputs
    moment("issued_at"),
    Column("fee", String(64), nullable=False, server_default=""),  # which of several, by its code
    PrimaryKeyConstraint("daerah", "nomor", "seq"),
    UniqueConstraint("daerah", "series", "year", "sequence", name="bill_number_once"),
    UniqueConstraint("daerah", "code", name="bill_code_once"),
    CheckConstraint(
        "paid >= 0 AND waived >= 0 AND cancelled >= 0 AND paid + waived + cancelled <= due", name="bill_adds_up"
    ),
    Index("bill_agency", "daerah", "agency", "status", "issued_at"),
)

ledger = Table(
    "ledger",
    metadata,
    city(),
    _nomor(),
    Column("seq", Integer, nullable=False),  # of the event that moved the money
    Column("line", Integer, nullable=False),
    moment("at"),
    Column("day", String(10), nullable=False),  # in the city
    Column("account", String(16), nullable=False),
    _rupiah("debit"),
    _rupiah("credit"),
    Column("bill", Integer, nullable=False),  # the event that issued the bill it concerns
    Column("reference", String(64)),  # the bank's
    PrimaryKeyConstraint("daerah", "nomor", "seq", "line"),
    CheckConstraint("(debit > 0 AND credit = 0) OR (debit = 0 AND credit > 0)", name="ledger_one_side"),
    Index("ledger_day", "daerah", "day", "account"),
)

payment = Table(
    "payment",
    metadata,
    city(),
    Column("reference", String(64), nullable=False),  # the bank's, each once
    _nomor(),
    Column("seq", Integer, nullable=False),  # of the event that recorded it
    Column("bill", Integer, nullable=False),  # the event that issued the bill that stood then
    Column("code", String(18), nullable=False),  # the bill that the bank named
    _rupiah("amount"),
    _rupiah("applied"),  # of it, to the bill; the rest is held
    Column("outcome", String(16), nullable=False),
    moment("paid_at"),
    moment("recorded_at"),
    Column("day", String(10), nullable=False),
    PrimaryKeyConstraint("daerah", "reference"),
    CheckConstraint("amount > 0 AND applied >= 0 AND applied <= amount", name="payment_adds_up"),
    Index("payment_case", "daerah", "nomor", "seq"),
    Index("payment_day", "daerah", "day"),
)

waiver = Table(
    "waiver",
    metadata,
    city(),
    _nomor(),
    Column("seq", Integer, nullable=False),  # of the note that gives the reason
    Column("bill", Integer, nullable=False),
    Column("regulation", String(64), nullable=False),
    Column("article", String(64)),
    Column("proposed_by", String(64), nullable=False),
    moment("proposed_at"),
    _rupiah("amount"),  # what was open when it was proposed, then what was waived
    Column("status", String(16), nullable=False),
    Column("decided_by", String(64)),
    moment("decided_at", nullable=True),
    PrimaryKeyConstraint("daerah", "nomor", "seq"),
    Index("waiver_status", "daerah", "status"),
)

closing = Table(
    "closing",
    metadata,
    city(),
    Column("day", String(10), nullable=False),
    _rupiah("billed"),
    _rupiah("paid"),
    _rupiah("waived"),
    _rupiah("cancelled"),
    _rupiah("open"),
    _rupiah("received"),
    _rupiah("returned"),
    _rupiah("held"),
    Column("lines", Integer, nullable=False),  # of the ledger on this day
    digest("digest"),  # of these lines
    moment("closed_at"),
    PrimaryKeyConstraint("daerah", "day"),
    CheckConstraint("billed = paid + waived + cancelled + open", name="closing_bills_add_up"),
    CheckConstraint("received = paid + returned + held", name="closing_money_adds_up"),
)
