"""Money: bills, payments and ledger come to the same, and the cases say so too; each reference of a bank once (I5)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from runtime.audit.audited import Audited, AuditedCase
from runtime.audit.breach import Breach
from runtime.money.bill_record import by_fee
from runtime.money.bill_record import of_case as of_case_kept
from runtime.money.money_tables import bill, payment
from runtime.money.sums import faults


def of_city(audited: Audited, daerah: str) -> Iterator[Breach]:
    """Look at the books of a city."""
    for found in audited.store.database.read(lambda connection: list(faults(connection, daerah))):
        yield Breach("I5", daerah, "buku", found)
    series = select(bill.c.series, bill.c.year, bill.c.sequence).where(bill.c.daerah == daerah)
    taken: dict[tuple[str, int], list[int]] = {}
    for row in audited.store.database.read(lambda connection: connection.execute(series).all()):
        taken.setdefault((str(row.series), int(row.year)), []).append(int(row.sequence))
    for (kind, year), numbers in sorted(taken.items()):
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield Breach("I5", daerah, f"{kind} {year}", "numbers of bills have a gap, or are there twice")


def of_case(audited: Audited, case: AuditedCase) -> Iterator[Breach]:
    """Compare what a case says is owed and paid with its bills and payments."""
    if not case.states:
        return
    daerah, nomor = case.key.daerah, case.key.nomor
    billed = by_fee(audited.store.database.read(lambda connection: of_case_kept(connection, daerah, nomor)))
    accounts = {account.fee: account for account in case.states[-1].accounts}
    if accounts.keys() != billed.keys():
        yield Breach("I5", daerah, nomor, "the case and the book do not agree whether there is a bill")
    paid = select(payment.c.reference, payment.c.amount, payment.c.bill).where(
        payment.c.daerah == daerah, payment.c.nomor == nomor
    )
    rows = audited.store.database.read(lambda connection: connection.execute(paid).all())
    for fee, account in accounts.items():
        bills = billed.get(fee, ())
        own = [row for row in rows if int(row.bill) in {one.seq for one in bills}]
        if bills and bills[-1].due != account.due:
            yield Breach("I5", daerah, nomor, f"the case owes {account.due}, the bill says {bills[-1].due}")
        if sorted(str(row.reference) for row in own) != sorted(account.references):
            yield Breach("I5", daerah, nomor, "payments of the case and of the book are not the same")
        if sum(int(row.amount) for row in own) != account.paid:
            yield Breach("I5", daerah, nomor, "what was paid is not what the book has")
