"""Sums of a city: what was billed is paid, waived, cancelled or open, to the rupiah, on every day.

The ledger gives them for any day; bills and payments, counted apart, must give the same for today. A closed day is kept
with its sums and the digest of its lines, and whoever changes one of them is seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select

from runtime import json_text
from runtime.clock import as_text
from runtime.money.ledger import Account
from runtime.money.money_tables import bill, closing, ledger, payment


@dataclass(frozen=True, slots=True)
class Sums:
    """Totals in whole rupiah. `paid` is what bills have of the money; `held` is not theirs."""

    billed: int = 0
    paid: int = 0
    waived: int = 0
    cancelled: int = 0
    open: int = 0
    received: int = 0
    returned: int = 0
    held: int = 0

    @property
    def add_up(self) -> bool:
        """Tell whether nothing is missing and nothing is there twice."""
        bills = self.billed == self.paid + self.waived + self.cancelled + self.open
        return bills and self.received == self.paid + self.returned + self.held

    def since(self, earlier: Sums) -> Sums:
        """Return what has changed since earlier sums."""
        return Sums(**{one.name: getattr(self, one.name) - getattr(earlier, one.name) for one in fields(Sums)})


def sums_until(connection: Connection, daerah: str, day: date) -> Sums:
    """Return the sums of all that was entered until the end of a day in the city, as the ledger has them."""
    return _sums(connection, daerah, ledger.c.day <= day.isoformat())


def sums(connection: Connection, daerah: str, day: date) -> Sums:
    """Return what one day has brought."""
    return _sums(connection, daerah, ledger.c.day == day.isoformat())


def _sums(connection: Connection, daerah: str, when: ColumnElement[bool]) -> Sums:
    debit, credit = func.coalesce(func.sum(ledger.c.debit), 0), func.coalesce(func.sum(ledger.c.credit), 0)
    query = select(ledger.c.account, debit, credit).where(ledger.c.daerah == daerah, when).group_by(ledger.c.account)
    found = {str(account): (int(debits), int(credits)) for account, debits, credits in connection.execute(query)}

    def side(account: Account) -> tuple[int, int]:
        return found.get(account.value, (0, 0))

    def debits(account: Account) -> int:
        return side(account)[0] - side(account)[1]

    received, returned = side(Account.CASH)
    held = -debits(Account.HELD)
    return Sums(
        billed=-debits(Account.ASSESSED),
        paid=received - returned - held,
        waived=debits(Account.WAIVED),
        cancelled=debits(Account.CANCELLED),
        open=debits(Account.OWED),
        received=received,
        returned=returned,
        held=held,
    )


def sums_of_bills(connection: Connection, daerah: str) -> Sums:
    """Return the sums as bills and payments have them now; what was returned only the ledger knows."""
    amounts = (bill.c.due, bill.c.paid, bill.c.waived, bill.c.cancelled)
    totals = select(*[func.coalesce(func.sum(amount), 0) for amount in amounts]).where(bill.c.daerah == daerah)
    billed, paid, waived, cancelled = (int(total) for total in connection.execute(totals).one())
    came = select(func.coalesce(func.sum(payment.c.amount), 0)).where(payment.c.daerah == daerah)
    received = int(connection.execute(came).scalar_one())
    went = select(func.coalesce(func.sum(ledger.c.credit), 0)).where(
        ledger.c.daerah == daerah, ledger.c.account == Account.CASH.value
    )
    returned = int(connection.execute(went).scalar_one())
    return Sums(
        billed=billed,
        paid=paid,
        waived=waived,
        cancelled=cancelled,
        open=billed - paid - waived - cancelled,
        received=received,
        returned=returned,
        held=received - returned - paid,
    )


def close_days(connection: Connection, daerah: str, today: date, at: datetime) -> tuple[date, ...]:
    """Close every day before today on which money moved and that is not closed yet; return them. Call it some minutes
    after midnight, when nothing of yesterday is still being written."""
    days = select(ledger.c.day).distinct().where(ledger.c.daerah == daerah, ledger.c.day < today.isoformat())
    closed = select(closing.c.day).where(closing.c.daerah == daerah)
    found = connection.execute(days.where(ledger.c.day.not_in(closed)).order_by(ledger.c.day)).scalars().all()
    new = tuple(date.fromisoformat(day) for day in found)
    for day in new:
        lines, digest = lines_of(connection, daerah, day)
        row = {"daerah": daerah, "day": day.isoformat(), "lines": lines, "digest": digest, "closed_at": as_text(at)}
        connection.execute(insert(closing).values({**row, **asdict(sums_until(connection, daerah, day))}))
    return new


def lines_of(connection: Connection, daerah: str, day: date) -> tuple[int, str]:
    """Return how many lines the ledger has of a day, and the digest of them."""
    order = (ledger.c.nomor, ledger.c.seq, ledger.c.line)
    query = select(ledger).where(ledger.c.daerah == daerah, ledger.c.day == day.isoformat()).order_by(*order)
    hashed, count = hashlib.sha256(), 0
    for row in connection.execute(query).mappings():
        hashed.update(json_text.write(dict(row)).encode() + b"\n")
        count += 1
    return count, hashed.hexdigest()


def faults(connection: Connection, daerah: str) -> Iterator[str]:
    """Yield what of a city's money does not add up: nothing, unless somebody has changed what was written."""
    whole = _sums(connection, daerah, ledger.c.day >= "")
    if not whole.add_up:
        yield f"the ledger does not add up: {whole}"
    if (counted := sums_of_bills(connection, daerah)) != whole:
        yield f"bills and payments come to {counted}, the ledger to {whole}"
    for row in connection.execute(select(closing).where(closing.c.daerah == daerah).order_by(closing.c.day)).mappings():
        day = date.fromisoformat(row["day"])
        kept = Sums(**{one.name: row[one.name] for one in fields(Sums)})
        if kept != (found := sums_until(connection, daerah, day)):
            yield f"{day} was closed with {kept}, and the ledger has {found}"
        if (row["lines"], row["digest"]) != lines_of(connection, daerah, day):
            yield f"lines of {day} are not those it was closed with"
