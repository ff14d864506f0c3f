"""Letting go of what is open, by law: one person proposes it, another confirms it or does not.

The reason stands sealed beside the note that proposes; the waiver itself is an event of the case, whose amount nobody
types. A proposal falls when its bill is paid, replaced or cancelled first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, insert, select, update

from rules.case_event import Actor, Waived
from rules.citation import Citation
from rules.command import Note, NothingToDo, Refusal, TwoPeopleNeeded, UnknownLaw, Waive
from runtime.cases.case_change import Change, Kept, Said
from runtime.cases.casework import Casework
from runtime.cases.store import Store
from runtime.clock import as_text, from_text
from runtime.money.bill_record import BillStatus, standing
from runtime.money.money_tables import bill, waiver


class WaiverStatus(StrEnum):
    """What has become of a proposal."""

    PROPOSED = "diusulkan"
    CONFIRMED = "disetujui"
    DECLINED = "ditolak"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A proposal, and what has become of it; `seq` is the note that gives its reason, `fee` what its bill is for."""

    nomor: str
    seq: int
    bill: int
    citation: Citation
    amount: int
    proposed_by: str
    proposed_at: datetime
    status: WaiverStatus
    fee: str = ""


class Waivers:
    """The waivers of one store."""

    def __init__(self, store: Store, casework: Casework) -> None:
        """Decide them on these cases."""
        self._store = store
        self._casework = casework

    async def propose(
        self, daerah: str, nomor: str, citation: Citation, reason: str, by: Actor, fee: str = ""
    ) -> Kept | Refusal:
        """Propose to waive what is open of the bill that stands for a fee; NothingToDo where nothing is, or it is
        proposed already. LookupError where there is no such case."""
        case = self._casework.open(daerah, nomor)
        if case is None:
            raise LookupError(nomor)
        if citation.regulation not in {law.code for law in case.city.regulations}:
            return UnknownLaw()

        def during(connection: Connection, change: Change) -> None:
            last = standing(connection, daerah, nomor, fee)
            if last is None or last.status is not BillStatus.OPEN:
                raise _NothingOpenError
            same = (waiver.c.nomor == nomor, waiver.c.bill == last.seq)
            if connection.execute(select(waiver.c.seq).where(*_open(daerah), *same)).first() is not None:
                raise _NothingOpenError
            row = {
                "daerah": daerah,
                "nomor": nomor,
                "seq": change.first_seq,
                "bill": last.seq,
                "regulation": citation.regulation,
                "article": citation.article,
                "proposed_by": by.person,
                "proposed_at": as_text(change.at),
                "amount": last.open,
                "status": WaiverStatus.PROPOSED.value,
            }
            connection.execute(
                update(waiver).where(*_undecided(daerah, nomor, fee)).values(status=WaiverStatus.DECLINED.value)
            )
            connection.execute(insert(waiver).values(row))

        try:
            return await self._casework.act(daerah, nomor, Note(), by, Said(note=reason), during=during)
        except _NothingOpenError:
            return NothingToDo()

    async def confirm(self, daerah: str, nomor: str, seq: int, by: Actor) -> Kept | Refusal:
        """Waive what is open now, as was proposed; NothingToDo where that proposal is not open any more."""
        proposed = self._proposed(daerah, nomor, seq)
        if proposed is None:
            return NothingToDo()

        def during(connection: Connection, change: Change) -> None:
            (waived,) = [event for event in change.events if isinstance(event, Waived)]
            decided = _decided(WaiverStatus.CONFIRMED, by, change.at)
            last = standing(connection, daerah, nomor, proposed.fee)
            assert last is not None
            key = (*_undecided(daerah, nomor, proposed.fee), waiver.c.seq == seq, waiver.c.bill == last.seq)
            if connection.execute(update(waiver).where(*key).values(amount=waived.amount, **decided)).rowcount != 1:
                raise _NothingOpenError

        try:
            command = Waive(proposed.citation, proposed.proposed_by, proposed.fee)
            return await self._casework.act(daerah, nomor, command, by, during=during)
        except _NothingOpenError:
            return NothingToDo()

    async def decline(self, daerah: str, nomor: str, seq: int, reason: str, by: Actor) -> Kept | Refusal:
        """Do not waive what was proposed, and say why; who proposed it can not decide it this way either."""
        proposed = self._proposed(daerah, nomor, seq)
        if proposed is None:
            return NothingToDo()
        if proposed.proposed_by == by.person:
            return TwoPeopleNeeded()

        def during(connection: Connection, change: Change) -> None:
            decided = _decided(WaiverStatus.DECLINED, by, change.at)
            key = (*_open(daerah), waiver.c.nomor == nomor, waiver.c.seq == seq)
            if connection.execute(update(waiver).where(*key).values(**decided)).rowcount != 1:
                raise _NothingOpenError

        try:
            return await self._casework.act(daerah, nomor, Note(), by, Said(note=reason), during=during)
        except _NothingOpenError:
            return NothingToDo()

    def open_ones(self, daerah: str, agency: str | None = None) -> Sequence[Waiver]:
        """Return what is proposed and still to be decided in a city, the oldest first, of the bills that the treasurer
        of an agency minds."""
        return self._found(*_open(daerah, agency))

    def of_case(self, daerah: str, nomor: str) -> Sequence[Waiver]:
        """Return every proposal in a case that did not fall with its bill."""
        decided = waiver.c.status != WaiverStatus.PROPOSED.value
        return self._found(waiver.c.daerah == daerah, waiver.c.nomor == nomor, decided | and_(*_open(daerah)))

    def _proposed(self, daerah: str, nomor: str, seq: int) -> Waiver | None:
        found = self._found(*_open(daerah), waiver.c.nomor == nomor, waiver.c.seq == seq)
        return found[0] if found else None

    def _found(self, *where: ColumnElement[bool]) -> Sequence[Waiver]:
        of_bill = (bill.c.daerah == waiver.c.daerah) & (bill.c.nomor == waiver.c.nomor) & (bill.c.seq == waiver.c.bill)
        query = (
            select(waiver, bill.c.fee).join(bill, of_bill).where(*where).order_by(waiver.c.proposed_at, waiver.c.nomor)
        )
        rows = self._store.database.read(lambda connection: connection.execute(query).mappings().all())
        return [_waiver(row) for row in rows]


class _NothingOpenError(Exception):
    """Undoes the transaction: what was to be decided is not there any more."""


def _open(daerah: str, agency: str | None = None) -> tuple[ColumnElement[bool], ...]:
    """Return the condition of proposals that wait for a decision: their bill is still to be paid."""
    its = bill.alias()
    unpaid = select(its.c.seq).where(
        its.c.daerah == waiver.c.daerah,
        its.c.nomor == waiver.c.nomor,
        its.c.seq == waiver.c.bill,
        its.c.status == BillStatus.OPEN.value,
        *(() if agency is None else (its.c.agency == agency,)),
    )
    return (waiver.c.daerah == daerah, waiver.c.status == WaiverStatus.PROPOSED.value, unpaid.exists())


def _undecided(daerah: str, nomor: str, fee: str) -> tuple[ColumnElement[bool], ...]:
    """Return the condition of what nobody has decided of a fee of a case, whatever has become of its bill."""
    here = (waiver.c.daerah == daerah, waiver.c.nomor == nomor, waiver.c.status == WaiverStatus.PROPOSED.value)
    of_fee = select(bill.c.seq).where(bill.c.daerah == daerah, bill.c.nomor == nomor, bill.c.fee == fee)
    return (*here, waiver.c.bill.in_(of_fee))


def _decided(status: WaiverStatus, by: Actor, at: datetime) -> dict[str, str]:
    return {"status": status.value, "decided_by": by.person, "decided_at": as_text(at)}


def _waiver(row: RowMapping) -> Waiver:
    return Waiver(
        nomor=row["nomor"],
        seq=row["seq"],
        bill=row["bill"],
        citation=Citation(row["regulation"], row["article"]),
        amount=row["amount"],
        proposed_by=row["proposed_by"],
        proposed_at=from_text(row["proposed_at"]),
        status=WaiverStatus(row["status"]),
        fee=row["fee"],
    )
