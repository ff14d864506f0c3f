"""What must hold of the register, read and judged: no number missing, no row that says what was never stated.

A row that somebody changed in the database no longer agrees with the statement that was signed of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, func, select

from runtime.cases.tables import counter
from runtime.product.register import OUT, Entry, every, statement_of
from runtime.product.statement import read_statement
from runtime.product.statement_key import StatementKeys
from runtime.product.tables import issued


class RegisterFaultKind(StrEnum):
    """What does not hold."""

    NUMBERS_MISSING = "numbers_missing"  # of a series and year: its rows are not one to the highest
    COUNTER_OFF = "counter_off"  # the counter is not where the highest number is
    STATEMENT_DIFFERS = "statement_differs"  # the row is not what the office stated when it was prepared
    PROOF_DIFFERS = "proof_differs"  # nor what it stated when it was issued


@dataclass(frozen=True, slots=True)
class RegisterFault:
    """One thing that does not hold, and of which number or series."""

    kind: RegisterFaultKind
    of: str


def register_faults(connection: Connection, daerah: str, keys: StatementKeys) -> Iterator[RegisterFault]:
    """Yield what does not hold of a city's register."""
    yield from _of_numbers(connection, daerah)
    for entry in every(connection, daerah):
        yield from _of_entry(entry, keys)


def _of_numbers(connection: Connection, daerah: str) -> Iterator[RegisterFault]:
    counted = select(counter.c.series, counter.c.year, counter.c.value).where(counter.c.daerah == daerah)
    counters = {(row.series, row.year): row.value for row in connection.execute(counted)}
    series = (
        select(issued.c.series, issued.c.year, func.count(), func.min(issued.c.sequence), func.max(issued.c.sequence))
        .where(issued.c.daerah == daerah)
        .group_by(issued.c.series, issued.c.year)
        .order_by(issued.c.series, issued.c.year)
    )
    seen = set()
    for name, year, rows, lowest, highest in connection.execute(series):
        seen.add((name, year))
        if (rows, lowest) != (highest, 1):
            yield RegisterFault(RegisterFaultKind.NUMBERS_MISSING, f"{name} {year}")
        if counters.get((name, year)) != highest:
            yield RegisterFault(RegisterFaultKind.COUNTER_OFF, f"{name} {year}")
    for name, year in sorted(counters.keys() - seen):
        if "/" in name:  # the series of a product, all of whose rows are gone
            yield RegisterFault(RegisterFaultKind.NUMBERS_MISSING, f"{name} {year}")


def _of_entry(entry: Entry, keys: StatementKeys) -> Iterator[RegisterFault]:
    if read_statement(entry.statement, keys) != statement_of(entry):
        yield RegisterFault(RegisterFaultKind.STATEMENT_DIFFERS, entry.number)
    if entry.state in OUT:
        proof = read_statement(entry.proof or "", keys)
        if proof != statement_of(entry, entry.pdf_sha256 or ""):
            yield RegisterFault(RegisterFaultKind.PROOF_DIFFERS, entry.number)
