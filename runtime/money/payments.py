"""What came in: each reference of a bank once, whatever has become of the case, and the case goes on where it can.

Gains that a call may be lost, late, repeated or doubled: the first is kept with its case in one transaction, every
other is answered as the first was.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, select, update

from rules.case_event import SYSTEM
from rules.command import PaidAlready, Pay, Refusal
from runtime.cases.case_change import Change, Effect, Kept, Once
from runtime.cases.case_entry import CaseKey, ChangedError
from runtime.cases.casework import Casework
from runtime.cases.open_case import ReleaseGoneError
from runtime.cases.store import Store
from runtime.cases.submission import KeyReusedError
from runtime.clock import as_text, from_text
from runtime.money.alone import record_alone
from runtime.money.bill_record import BillRecord, known_by
from runtime.money.book import Outcome
from runtime.money.money_tables import bill, payment

MOST_TRIES = 8


@dataclass(frozen=True, slots=True)
class BankCall:
    """A bank tells that money came in for a billing code, under a reference that is its own."""

    reference: str
    code: str
    amount: int
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payment as it was recorded. `held` of it no bill needed when it came; `fee` is what it was paid for."""

    reference: str
    nomor: str
    seq: int
    bill: int
    code: str
    amount: int
    applied: int
    outcome: Outcome
    paid_at: datetime
    recorded_at: datetime
    fee: str = ""

    @property
    def held(self) -> int:
        """Return how much of it no bill needed."""
        return self.amount - self.applied


@dataclass(frozen=True, slots=True)
class UnknownBill:
    """No bill has this code, so that the money can be nobody's: the bank keeps it with the payer."""


@dataclass(frozen=True, slots=True)
class ReferenceReused:
    """This reference belongs to another payment."""


class Payments:
    """The payments of one store."""

    def __init__(self, store: Store, casework: Casework) -> None:
        """Record them with these cases."""
        self._store = store
        self._casework = casework

    def bill(self, daerah: str, code: str) -> BillRecord | None:
        """Return the bill that a bank knows by this code, None where there is none."""
        return self._store.database.read(lambda connection: known_by(connection, daerah, code))

    async def take(self, daerah: str, call: BankCall) -> Receipt | UnknownBill | ReferenceReused:
        """Record a payment once, and answer after the commit; StoreUnavailableError or ChangedError where it is to be
        told again."""
        assert call.amount > 0
        if (known := self.receipt(daerah, call.reference)) is not None:
            return known if _same(known, call) else ReferenceReused()
        named = self.bill(daerah, call.code)
        if named is None:
            return UnknownBill()
        try:
            done = await self._paid(daerah, named, call)
        except KeyReusedError:
            return ReferenceReused()
        assert isinstance(done, Kept | PaidAlready), done
        receipt = self.receipt(daerah, call.reference)
        assert receipt is not None
        return receipt if _same(receipt, call) else ReferenceReused()

    async def _paid(self, daerah: str, named: BillRecord, call: BankCall) -> Kept | Refusal:
        """Let the case record it; where others are quicker, again: money may come in whatever order."""
        command, once = (
            Pay(call.reference, call.amount, call.paid_at, named.fee),
            Once(f"bayar:{call.reference}", _hash(call)),
        )
        during = _naming(call, named.seq)
        for left in reversed(range(MOST_TRIES)):
            try:
                return await self._casework.act(daerah, named.nomor, command, SYSTEM, only_once=once, during=during)
            except ReleaseGoneError as gone:
                return await self._alone(gone.key, command, once, call, named)
            except ChangedError:
                if not left:
                    raise
                await asyncio.sleep(random.uniform(0.02, 0.2))
        raise AssertionError("unreachable")

    async def _alone(
        self, key: CaseKey, command: Pay, only_once: Once, call: BankCall, named: BillRecord
    ) -> Kept | Refusal:
        """Record it though the rules of its case are gone: money is never lost."""

        def work(connection: Connection) -> Kept | Refusal:
            done = record_alone(connection, self._casework, key, command, only_once, self._store.clock())
            if isinstance(done, Kept) and not done.again:
                _name(connection, key.daerah, call, named.seq)
            return done

        return await self._store.database.write(work)

    def receipt(self, daerah: str, reference: str) -> Receipt | None:
        """Return the payment with this reference of the bank."""
        found = self._found(payment.c.daerah == daerah, payment.c.reference == reference)
        return found[0] if found else None

    def of_case(self, daerah: str, nomor: str) -> Sequence[Receipt]:
        """Return what came in for a case, in its order."""
        return self._found(payment.c.daerah == daerah, payment.c.nomor == nomor)

    def of_day(self, daerah: str, day: date, agency: str | None = None) -> Sequence[Receipt]:
        """Return what was recorded on a day in the city, for the bills that the treasurer of an agency minds."""
        return self._found(payment.c.daerah == daerah, payment.c.day == day.isoformat(), *_of(agency))

    def _found(self, *where: ColumnElement[bool]) -> Sequence[Receipt]:
        query = (
            select(payment, bill.c.fee)
            .join(bill, _its_bill())
            .where(*where)
            .order_by(payment.c.recorded_at, payment.c.seq)
        )
        rows = self._store.database.read(lambda connection: connection.execute(query).mappings().all())
        return [_receipt(row) for row in rows]


def _naming(call: BankCall, named: int) -> Effect:
    """Keep with the payment which bill the bank has named; one that was replaced by then makes it late."""

    def during(connection: Connection, change: Change) -> None:
        _name(connection, change.case.key.daerah, call, named)

    return during


def _name(connection: Connection, daerah: str, call: BankCall, named: int) -> None:
    key = (payment.c.daerah == daerah, payment.c.reference == call.reference)
    paid = connection.execute(select(payment.c.bill).where(*key)).scalar_one()
    late = {} if paid == named else {"outcome": Outcome.LATE.value}
    connection.execute(update(payment).where(*key).values(code=call.code, **late))


def _of(agency: str | None) -> tuple[ColumnElement[bool], ...]:
    if agency is None:
        return ()
    return (bill.c.agency == agency,)


def _its_bill() -> ColumnElement[bool]:
    return (bill.c.daerah == payment.c.daerah) & (bill.c.nomor == payment.c.nomor) & (bill.c.seq == payment.c.bill)


def _receipt(row: RowMapping) -> Receipt:
    return Receipt(
        reference=row["reference"],
        nomor=row["nomor"],
        seq=row["seq"],
        bill=row["bill"],
        code=row["code"],
        amount=row["amount"],
        applied=row["applied"],
        outcome=Outcome(row["outcome"]),
        paid_at=from_text(row["paid_at"]),
        recorded_at=from_text(row["recorded_at"]),
        fee=row["fee"],
    )


def _same(known: Receipt, call: BankCall) -> bool:
    return (known.code, known.amount, known.paid_at) == (call.code, call.amount, call.paid_at)


def _hash(call: BankCall) -> str:
    return hashlib.sha256(f"{call.code}\n{call.amount}\n{as_text(call.paid_at)}".encode()).hexdigest()
