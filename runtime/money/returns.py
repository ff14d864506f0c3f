"""Money that no bill needs, and its way back to who paid it, once the case has ended and no later bill can need it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from rules.case_event import Actor
from rules.command import Note, NothingToDo, NotNow, Refusal
from runtime.cases.case_change import Change, Kept, Said
from runtime.cases.casework import Casework
from runtime.cases.journal_tables import case_file
from runtime.cases.store import Store
from runtime.clock import from_text
from runtime.money.bill_record import standing
from runtime.money.book import held
from runtime.money.ledger import Account, Cause, Movement, write
from runtime.money.money_tables import bill, ledger


@dataclass(frozen=True, slots=True)
class HeldMoney:
    """Money of a case that no bill needs, paid for one of its fees, whose last bill `agency` minds; it can be returned
    once the case has `ended_at`."""

    nomor: str
    agency: str
    amount: int
    ended_at: datetime | None
    fee: str = ""


class Returns:
    """What is held in one store."""

    def __init__(self, store: Store, casework: Casework) -> None:
        """Return it on these cases."""
        self._store = store
        self._casework = casework

    def held(self, daerah: str) -> Sequence[HeldMoney]:
        """Return what is held in a city, by case and fee."""
        amount = func.sum(ledger.c.credit - ledger.c.debit)
        first = (bill.c.daerah == ledger.c.daerah) & (bill.c.nomor == ledger.c.nomor) & (bill.c.seq == ledger.c.bill)
        of = (case_file.c.daerah == ledger.c.daerah) & (case_file.c.nomor == ledger.c.nomor)
        query = (
            select(ledger.c.nomor, amount, func.max(case_file.c.ended_at), bill.c.fee)
            .select_from(ledger.join(bill, first).join(case_file, of))
            .where(ledger.c.daerah == daerah, ledger.c.account == Account.HELD.value)
            .group_by(ledger.c.nomor, bill.c.fee)
            .having(amount != 0)
            .order_by(ledger.c.nomor, bill.c.fee)
        )
        bills = select(bill.c.nomor, bill.c.fee, bill.c.agency).where(bill.c.daerah == daerah).order_by(bill.c.seq)

        def look(connection: Connection) -> list[HeldMoney]:
            rows = connection.execute(query).all()
            those = bills.where(bill.c.nomor.in_([row[0] for row in rows]))
            minds = {(nomor, fee): agency for nomor, fee, agency in connection.execute(those)}  # the last bill's
            return [
                HeldMoney(nomor, minds[nomor, fee], int(total), None if ended is None else from_text(ended), fee)
                for nomor, total, ended, fee in rows
            ]

        return self._store.database.read(look)

    async def give_back(self, daerah: str, nomor: str, reference: str, by: Actor, fee: str = "") -> Kept | Refusal:
        """Write down that all that is held of a case for a fee was returned, under this reference of the bank's. NotNow
        while the case goes on, NothingToDo where nothing is held; LookupError where there is no such case."""
        case = self._casework.open(daerah, nomor) or self._casework.forgotten(daerah, nomor)
        if case is None:
            raise LookupError(nomor)
        said = Said() if case.forgotten else Said(more={"pengembalian": reference})  # the ledger has it too
        if not case.state.ended:
            return NotNow(case.state.status)

        def during(connection: Connection, change: Change) -> None:
            amount, last = held(connection, daerah, nomor, fee), standing(connection, daerah, nomor, fee)
            if last is None or amount <= 0:
                raise _NothingHeldError
            day = change.at.astimezone(ZoneInfo(change.case.city.zone)).date()
            cause = Cause(daerah, nomor, change.first_seq, change.at, day)
            write(connection, cause, [Movement(Account.HELD, Account.CASH, amount, last.seq)], reference)

        try:
            return await self._casework.act(daerah, nomor, Note(), by, said, during=during)
        except _NothingHeldError:
            return NothingToDo()


class _NothingHeldError(Exception):
    """Undoes the transaction: nothing is held any more."""
