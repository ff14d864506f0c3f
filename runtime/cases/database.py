"""What everything is kept in: SQLite in the data folder, or PostgreSQL where a city has more than one process.

Both are used alike: `write` does a work in a transaction and answers after its commit, `read` runs a query.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url

from runtime.cases.postgres_database import PostgresDatabase
from runtime.cases.sqlite_database import SqliteDatabase

Database = SqliteDatabase | PostgresDatabase


def open_database(folder: Path, url: str | None = None, *, beside: bool = False) -> Database:
    """Open the database of a URL, or the file in the folder; DurabilityError or InUseError when it must not be used.

    `beside` opens the file also while a server holds it: for a command that writes a row or two. `?fsync=off` in the
    URL takes a server that may lose what it acknowledged: for tests alone.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if url is None:
        return SqliteDatabase(folder, beside=beside)
    address = make_url(url)
    careless = address.query.get("fsync") == "off"
    return PostgresDatabase(address.difference_update_query(["fsync"]), careless=careless)
