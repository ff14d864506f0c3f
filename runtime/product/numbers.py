"""Numbers without a gap: each product of a permit is counted for itself, in each city, each year anew."""

from __future__ import annotations

from sqlalchemy import Connection

from rules.product_number import product_series
from runtime.cases.numbering import next_value


def next_number(connection: Connection, daerah: str, permit: str, product: str, year: int) -> int:
    """Take the next number of a product in the transaction that uses it: undone, it is the next one's again."""
    return next_value(connection, daerah, product_series(permit, product), year)
