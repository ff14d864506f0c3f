"""Numbers in series: each city counts each series anew each year, in the transaction that uses the number."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, update

from runtime.cases.codes import nomor
from runtime.cases.prepared import Prepared
from runtime.cases.tables import counter

_KEY = (
    (counter.c.daerah == bindparam("daerah_"))
    & (counter.c.series == bindparam("series_"))
    & (counter.c.year == bindparam("year_"))
)
_RAISE = Prepared(update(counter).where(_KEY).values(value=counter.c.value + 1).returning(counter.c.value))
_FIRST = Prepared(insert(counter))


def next_nomor(connection: Connection, daerah: str, series: str, year: int) -> str:
    """Take the next number of a series; it is not used up when the transaction is undone."""
    return nomor(daerah, series, year, next_value(connection, daerah, series, year))


def next_value(connection: Connection, daerah: str, series: str, year: int) -> int:
    """Count one more in a series, and return how many that makes; undone with the transaction."""
    raised = _RAISE.one(connection, {"daerah_": daerah, "series_": series, "year_": year})
    if raised is None:
        _FIRST.run(connection, {"daerah": daerah, "series": series, "year": year, "value": 1})
        return 1
    value = raised[0]
    assert isinstance(value, int)
    return value
