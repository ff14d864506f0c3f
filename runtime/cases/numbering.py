"""Numbers in series: each city counts each series anew each year, in the transaction that uses the number."""

from __future__ import annotations

from sqlalchemy import Connection, insert, update

from runtime.cases.codes import nomor
from runtime.cases.tables import counter


def next_nomor(connection: Connection, daerah: str, series: str, year: int) -> str:
    """Take the next number of a series; it is not used up when the transaction is undone."""
    key = (counter.c.daerah == daerah) & (counter.c.series == series) & (counter.c.year == year)
    raised = update(counter).where(key).values(value=counter.c.value + 1).returning(counter.c.value)
    value = connection.execute(raised).scalar_one_or_none()
    if value is None:
        value = 1
        connection.execute(insert(counter).values(daerah=daerah, series=series, year=year, value=value))
    return nomor(daerah, series, year, value)
