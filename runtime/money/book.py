"""What events do to money: a bill is issued, replaced, paid, waived or cancelled, in the transaction of the event.

Gains that no event is without its bill and no bill without its event, whatever fails in between. Money once paid stays
with the case and the fee that it was paid for: a later bill takes it over, and what none needs is held.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, update

from rules.case_event import BillIssued, Ended, Event, Paid, Waived
from rules.case_state import ISSUED
from rules.city import City
from rules.permit import FeeKind
from runtime.cases.case_change import Change
from runtime.cases.codes import nomor as numbered
from runtime.cases.numbering import next_value
from runtime.clock import as_text
from runtime.money.bill_record import BillRecord, BillStatus, by_fee, new_code, of_case, standing
from runtime.money.ledger import Account, Cause, Movement, balance, write
from runtime.money.money_tables import bill, payment

SERIES = {FeeKind.RETRIBUTION.value: "SKRD", FeeKind.TAX.value: "SKPD"}
TREASURER = "bendahara"


class Outcome(StrEnum):
    """What a payment came to."""

    EXACT = "pas"
    SHORT = "kurang"
    OVER = "lebih"
    LATE = "terlambat"  # the bill that the bank named is not, or no longer, to be paid


@dataclass(frozen=True, slots=True)
class Told:
    """Events of a case that are being kept: the first has number `first_seq`. `zone` is the city's; `treasury` tells
    who minds a bill that an agency collects."""

    daerah: str
    nomor: str
    zone: str
    at: datetime
    first_seq: int
    events: Sequence[Event]
    treasury: Callable[[str | None], str]


def with_change(connection: Connection, change: Change) -> None:
    """Enter what a change of a case does to money: an effect of `Casework`."""
    city, key = change.case.city, change.case.key
    told = Told(key.daerah, key.nomor, city.zone, change.at, change.first_seq, change.events, partial(treasury, city))
    enter(connection, told)


def treasury(city: City, collector: str | None) -> str:
    """Return the agency whose treasurer minds a bill: the one that collects it where it has one, else the door."""
    own = {agency.code for agency in city.agencies if TREASURER in agency.roles}
    return collector if collector is not None and collector in own else city.door


def enter(connection: Connection, told: Told) -> None:
    """Enter into the book what these events do to money."""
    day = told.at.astimezone(ZoneInfo(told.zone)).date()
    for seq, event in enumerate(told.events, told.first_seq):
        cause = Cause(told.daerah, told.nomor, seq, told.at, day)
        match event:
            case BillIssued():
                _issue(connection, cause, event, told.treasury(event.collector))
            case Paid():
                _pay(connection, cause, event)
            case Waived():
                _waive(connection, cause, event)
            case Ended(status) if status != ISSUED:
                _cancel(connection, cause)
            case _:
                pass


def held(connection: Connection, daerah: str, nomor: str, fee: str = "") -> int:
    """Return how much money of a case for a fee no bill needs."""
    return balance(connection, daerah, nomor, Account.HELD, fee)


def _issue(connection: Connection, cause: Cause, event: BillIssued, agency: str) -> None:
    """Issue a bill in the place of the one before, and let money that is there pay it."""
    before = held(connection, cause.daerah, cause.nomor, event.fee)
    last = standing(connection, cause.daerah, cause.nomor, event.fee)
    undone, freed = ([], 0) if last is None else _undone(connection, last, BillStatus.REPLACED)
    applied = min(before + freed, event.due)
    series, year = SERIES[event.kind], cause.day.year
    sequence = next_value(connection, cause.daerah, series, year)
    status = BillStatus.NIL if event.due == 0 else BillStatus.SETTLED if applied == event.due else BillStatus.OPEN
    row = {
        "daerah": cause.daerah,
        "nomor": cause.nomor,
        "seq": cause.seq,
        "number": numbered(cause.daerah, series, year, sequence),
        "series": series,
        "year": year,
        "sequence": sequence,
        "agency": agency,
        "code": new_code(),
        "due": event.due,
        "paid": applied,
        "waived": 0,
        "cancelled": 0,
        "status": status.value,
        "digest": event.digest,
        "issued_at": as_text(cause.at),
        "fee": event.fee,
    }
    connection.execute(insert(bill).values(row))
    issued = (
        Movement(Account.OWED, Account.ASSESSED, event.due, cause.seq),
        Movement(Account.HELD, Account.OWED, applied, cause.seq),
    )
    write(connection, cause, (*undone, *issued))


def _pay(connection: Connection, cause: Cause, event: Paid) -> None:
    """Let money pay what is open of the bill that stands for its fee, and hold the rest."""
    last = standing(connection, cause.daerah, cause.nomor, event.fee)
    assert last is not None, "a case without a bill takes no payment"
    open_ = last.open
    applied = min(open_, event.amount)
    if applied:
        status = BillStatus.SETTLED if applied == open_ else BillStatus.OPEN
        _change(connection, last, paid=last.paid + applied, status=status)
    row = {
        "daerah": cause.daerah,
        "reference": event.reference,
        "nomor": cause.nomor,
        "seq": cause.seq,
        "bill": last.seq,
        "code": last.code,
        "amount": event.amount,
        "applied": applied,
        "outcome": _outcome(last, event.amount).value,
        "paid_at": as_text(event.paid_at),
        "recorded_at": as_text(cause.at),
        "day": cause.day.isoformat(),
    }
    connection.execute(insert(payment).values(row))
    movements = (
        Movement(Account.CASH, Account.OWED, applied, last.seq),
        Movement(Account.CASH, Account.HELD, event.amount - applied, last.seq),
    )
    write(connection, cause, movements, event.reference)


def _outcome(last: BillRecord, amount: int) -> Outcome:
    if last.status is BillStatus.CANCELLED:
        return Outcome.LATE
    if amount == last.open:
        return Outcome.EXACT
    return Outcome.SHORT if amount < last.open else Outcome.OVER


def _waive(connection: Connection, cause: Cause, event: Waived) -> None:
    last = standing(connection, cause.daerah, cause.nomor, event.fee)
    assert last is not None
    status = BillStatus.SETTLED if event.amount == last.open else BillStatus.OPEN
    _change(connection, last, waived=last.waived + event.amount, status=status)
    write(connection, cause, [Movement(Account.WAIVED, Account.OWED, event.amount, last.seq)])


def _cancel(connection: Connection, cause: Cause) -> None:
    """Cancel what is still to be paid when a case ends without a permit; what was paid of it is held."""
    last_ones = [bills[-1] for bills in by_fee(of_case(connection, cause.daerah, cause.nomor)).values()]
    undone = [_undone(connection, one, BillStatus.CANCELLED)[0] for one in last_ones if one.status is BillStatus.OPEN]
    write(connection, cause, [movement for movements in undone for movement in movements])


def _undone(connection: Connection, last: BillRecord, status: BillStatus) -> tuple[list[Movement], int]:
    """Take a bill back, all but what was waived of it; return the movements, and how much money it frees."""
    if last.status in (BillStatus.REPLACED, BillStatus.CANCELLED):
        return [], 0
    cancelled = last.due - last.waived
    _change(connection, last, paid=0, cancelled=cancelled, status=status)
    back = Movement(Account.OWED, Account.HELD, last.paid, last.seq)
    return [back, Movement(Account.CANCELLED, Account.OWED, cancelled, last.seq)], last.paid


def _change(connection: Connection, one: BillRecord, status: BillStatus, **amounts: int) -> None:
    key = (bill.c.daerah == one.daerah, bill.c.nomor == one.nomor, bill.c.seq == one.seq)
    connection.execute(update(bill).where(*key).values(status=status.value, **amounts))
