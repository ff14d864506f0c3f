"""A bill as it is kept: number, billing code, what has become of it. Its lines stand sealed beside its event."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, select

from runtime.clock import from_text
from runtime.money.money_tables import bill

CODE_DIGITS = 18


class BillStatus(StrEnum):
    """What has become of a bill. `SETTLED`: nothing of it is open, by money or by waiver."""

    OPEN = "terbuka"
    SETTLED = "lunas"
    REPLACED = "diganti"
    CANCELLED = "dibatalkan"
    NIL = "nihil"


@dataclass(frozen=True, slots=True)
class BillRecord:
    """A bill, in whole rupiah. `seq` is the event that issued it; the treasurer of `agency` minds it; `fee` is the code
    of what it is for, where a case has several fees."""

    daerah: str
    nomor: str
    seq: int
    number: str
    series: str
    agency: str
    code: str
    due: int
    paid: int
    waived: int
    cancelled: int
    status: BillStatus
    digest: str
    issued_at: datetime
    fee: str = ""

    @property
    def open(self) -> int:
        """Return what is still to be paid."""
        return self.due - self.paid - self.waived - self.cancelled


def bill_of(row: RowMapping | Mapping[str, object]) -> BillRecord:
    """Read a bill from its row."""
    return BillRecord(
        daerah=str(row["daerah"]),
        nomor=str(row["nomor"]),
        seq=_whole(row["seq"]),
        number=str(row["number"]),
        series=str(row["series"]),
        agency=str(row["agency"]),
        code=str(row["code"]),
        due=_whole(row["due"]),
        paid=_whole(row["paid"]),
        waived=_whole(row["waived"]),
        cancelled=_whole(row["cancelled"]),
        status=BillStatus(str(row["status"])),
        digest=str(row["digest"]),
        issued_at=from_text(str(row["issued_at"])),
        fee=str(row["fee"]),
    )


def standing(connection: Connection, daerah: str, nomor: str, fee: str = "") -> BillRecord | None:
    """Return the last bill of a case for a fee, None where there is none."""
    same = (bill.c.daerah == daerah, bill.c.nomor == nomor, bill.c.fee == fee)
    newest = select(bill).where(*same).order_by(bill.c.seq.desc()).limit(1)
    row = connection.execute(newest).mappings().one_or_none()
    return None if row is None else bill_of(row)


def of_case(connection: Connection, daerah: str, nomor: str) -> tuple[BillRecord, ...]:
    """Return all bills of a case, the last one last."""
    query = select(bill).where(bill.c.daerah == daerah, bill.c.nomor == nomor).order_by(bill.c.seq)
    return tuple(bill_of(row) for row in connection.execute(query).mappings())


def by_fee(bills: Iterable[BillRecord]) -> dict[str, tuple[BillRecord, ...]]:
    """Return the bills of a case by what they are for, the last one of each last."""
    found: dict[str, tuple[BillRecord, ...]] = {}
    for one in bills:
        found[one.fee] = (*found.get(one.fee, ()), one)
    return found


def open_ones(connection: Connection, daerah: str, agency: str | None, most: int) -> tuple[BillRecord, ...]:
    """Return the bills still to be paid that the treasurer of an agency minds, None for all; the oldest first."""
    query = select(bill).where(bill.c.daerah == daerah, bill.c.status == BillStatus.OPEN.value)
    mine = query if agency is None else query.where(bill.c.agency == agency)
    rows = connection.execute(mine.order_by(bill.c.issued_at, bill.c.nomor).limit(most)).mappings()
    return tuple(bill_of(row) for row in rows)


def known_by(connection: Connection, daerah: str, code: str) -> BillRecord | None:
    """Return the bill that a bank knows by this code, None where there is none."""
    row = connection.execute(select(bill).where(bill.c.daerah == daerah, bill.c.code == code)).mappings().one_or_none()
    return None if row is None else bill_of(row)


def new_code() -> str:
    """Make a billing code that nobody can guess; its last digit shows a slip of the pen (Luhn)."""
    digits = f"{secrets.randbelow(10 ** (CODE_DIGITS - 1)):0{CODE_DIGITS - 1}d}"
    return digits + str(-_weighed(digits + "0") % 10)


def read_code(typed: str) -> str | None:
    """Return a billing code as it is stored, None where what was typed is none."""
    digits = "".join(sign for sign in typed[:64] if sign not in " .-")
    right = len(digits) == CODE_DIGITS and digits.isascii() and digits.isdecimal() and _weighed(digits) % 10 == 0
    return digits if right else None


def _weighed(digits: str) -> int:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled)


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
