"""What is kept, as it was at one moment: everything is read in one transaction, also while a server writes.

Gains figures that belong together; loses the right to write: whoever tries is refused.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, create_engine, make_url

from runtime.cases.database import Database
from runtime.cases.postgres_database import PostgresDatabase
from runtime.cases.schema import HEAD, SchemaError, schema_of
from runtime.cases.sqlite_database import SqliteDatabase, reading_engine
from runtime.cases.writer import Work

T = TypeVar("T")


class NothingKeptError(LookupError):
    """There is nothing to look at: the folder has no database."""


class OnlyReadError(RuntimeError):
    """Somebody who only looks was asked to write."""


class SqliteSnapshot(SqliteDatabase):
    """The database file at one moment, beside the server that writes it."""

    def __init__(self, folder: Path) -> None:
        """Open the file and begin to read."""
        path = folder / "satupintu.sqlite"
        if not path.is_file():
            raise NothingKeptError(f"{path} is not there")
        engine = reading_engine(path)
        self._engines = (engine, engine)
        self._connection = engine.connect()
        self._connection.exec_driver_sql("PRAGMA query_only = 1")
        self._connection.exec_driver_sql("PRAGMA foreign_keys = 1")
        self._turn = threading.RLock()
        self._connection.exec_driver_sql("BEGIN")
        _must_be_known(self._connection)

    async def write(self, work: Work[T]) -> T:
        """Refuse."""
        raise OnlyReadError(work)

    def submit(self, work: Work[T]) -> Future[T]:
        """Refuse."""
        raise OnlyReadError(work)

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query in the one transaction."""
        with self._turn:
            return query(self._connection)

    def close(self) -> None:
        """Stop reading."""
        self._connection.close()
        self._engines[0].dispose()


class PostgresSnapshot(PostgresDatabase):
    """The database of a server at one moment."""

    def __init__(self, url: URL) -> None:
        """Connect and begin to read."""
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._engine = create_engine(url.difference_update_query(["fsync"]), hide_parameters=True)
        self._connection = self._engine.connect().execution_options(**options)
        self._turn = threading.RLock()
        _must_be_known(self._connection)

    async def write(self, work: Work[T]) -> T:
        """Refuse."""
        raise OnlyReadError(work)

    def submit(self, work: Work[T]) -> Future[T]:
        """Refuse."""
        raise OnlyReadError(work)

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query in the one transaction."""
        with self._turn:
            return query(self._connection)

    def close(self) -> None:
        """Stop reading."""
        self._connection.close()
        self._engine.dispose()


def open_snapshot(folder: Path, url: str | None) -> Database:
    """Open what is kept in a data folder, or under a URL, to look at it; NothingKeptError or SchemaError."""
    return SqliteSnapshot(folder) if url is None else PostgresSnapshot(make_url(url))


def _must_be_known(connection: Connection) -> None:
    found = schema_of(connection)
    if found != HEAD:
        raise SchemaError(f"the database has schema {found}, this program knows {HEAD}")
