"""Money: bills, payments and ledger come to the same, and the cases say so too; each reference of a bank once (I5)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from runtime.audit.audited import Audited, AuditedCase
from runtime.audit.breach import Breach
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
    account = case.states[-1].account
    daerah, nomor = case.key.daerah, case.key.nomor
    paid = select(payment.c.reference, payment.c.amount).where(payment.c.daerah == daerah, payment.c.nomor == nomor)
    rows = audited.store.database.read(lambda connection: connection.execute(paid).all())
    owed = select(bill.c.due).where(bill.c.daerah == daerah, bill.c.nomor == nomor).order_by(bill.c.seq.desc())
    bills = audited.store.database.read(lambda connection: [int(row[0]) for row in connection.execute(owed)])
    if (account is None) != (not bills):
        yield Breach("I5", daerah, nomor, "the case and the book do not agree whether there is a bill")
    if account is None:
        return
    if bills and bills[0] != account.due:
        yield Breach("I5", daerah, nomor, f"the case owes {account.due}, the bill says {bills[0]}")
    if sorted(str(row.reference) for row in rows) != sorted(account.references):
        yield Breach("I5", daerah, nomor, "payments of the case and of the book are not the same")
    if sum(int(row.amount) for row in rows) != account.paid:
        yield Breach("I5", daerah, nomor, "what was paid is not what the book has")
