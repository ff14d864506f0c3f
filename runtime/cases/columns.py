"""What the tables are made of: the one set of them, the city that begins every key, and moments.

Moments are text as `clock.as_text` writes them and JSON is text too, so that SQLite and PostgreSQL keep the same bytes
and a number never passes through a float.
"""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String

metadata = MetaData()


def city() -> Column[str]:
    """Return the column of the city's code."""
    return Column("daerah", String(64), nullable=False)


def moment(name: str, *, nullable: bool = False) -> Column[str]:
    """Return a column of moments."""
    return Column(name, String(27), nullable=nullable)


def digest(name: str, *, nullable: bool = False) -> Column[str]:
    """Return a column of SHA-256 digests, in hexadecimal."""
    return Column(name, String(64), nullable=nullable)
