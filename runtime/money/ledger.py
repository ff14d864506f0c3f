"""The ledger: every movement of money on two sides, in whole rupiah, because of one event of a case.

What is owed (`piutang`) comes of an assessment (`ketetapan`) and goes by money (`kas`), by waiver (`pembebasan`) or by
cancelling (`pembatalan`). Money that no bill needs is held (`titipan`) until a later bill of the case needs it, or a
treasurer returns it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from runtime.clock import as_text
from runtime.money.money_tables import bill, ledger


class Account(StrEnum):
    """Where money stands."""

    OWED = "piutang"
    ASSESSED = "ketetapan"
    CASH = "kas"
    HELD = "titipan"
    WAIVED = "pembebasan"
    CANCELLED = "pembatalan"


@dataclass(frozen=True, slots=True)
class Movement:
    """An amount that comes to one account from another, for the bill that event `bill` issued."""

    to: Account
    of: Account
    amount: int
    bill: int


@dataclass(frozen=True, slots=True)
class Cause:
    """The event that moves money: of which case, which one, when, on which day in the city."""

    daerah: str
    nomor: str
    seq: int
    at: datetime
    day: date


def write(connection: Connection, cause: Cause, movements: Iterable[Movement], reference: str | None = None) -> None:
    """Write movements on both sides; one of nothing is none."""
    rows = [
        {"account": account.value, "debit": debit, "credit": credit, "bill": movement.bill}
        for movement in movements
        if movement.amount != 0
        for account, debit, credit in (
            (movement.to, movement.amount, 0),
            (movement.of, 0, movement.amount),
        )
    ]
    same = {
        "daerah": cause.daerah,
        "nomor": cause.nomor,
        "seq": cause.seq,
        "at": as_text(cause.at),
        "day": cause.day.isoformat(),
        "reference": reference,
    }
    if rows:
        connection.execute(insert(ledger), [{**same, **row, "line": line} for line, row in enumerate(rows)])


def balance(connection: Connection, daerah: str, nomor: str, account: Account, fee: str) -> int:
    """Return what of a case stands on one of the accounts of credit, `ketetapan` or `titipan`, for one of its fees."""
    total = func.coalesce(func.sum(ledger.c.credit - ledger.c.debit), 0)
    here = (ledger.c.daerah == daerah, ledger.c.nomor == nomor, ledger.c.account == account.value)
    of_fee = select(bill.c.seq).where(bill.c.daerah == daerah, bill.c.nomor == nomor, bill.c.fee == fee)
    return int(connection.execute(select(total).where(*here, ledger.c.bill.in_(of_fee))).scalar_one())
