"""SQLite, for one process: a file opened with durable settings that are read back, one writer, readers that never wait.

Gains answers that survive a power cut; a SQLite that could lose or corrupt them refuses to start.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Self, TypeVar

from pysqlite3 import dbapi2
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from runtime.cases.schema import bring_up
from runtime.cases.store_fault import DurabilityError
from runtime.cases.writer import Work, Writer

T = TypeVar("T")

# Below 3.51.3 a write-ahead log with two connections can corrupt the file (the WAL-reset bug).
OLDEST_SQLITE = (3, 51, 3)

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: in a write-ahead log, NORMAL loses acknowledged commits when the power goes
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "trusted_schema": 0,
    "journal_size_limit": 64 * 1024 * 1024,
    "secure_delete": 1,  # what is deleted, above all a key, is overwritten
}


class InUseError(RuntimeError):
    """Another process serves this data folder."""


class SqliteDatabase:
    """An open database, from construction to `close`; the data folder is locked for this process, unless it is opened
    `beside` the process that holds it."""

    def __init__(self, folder: Path, module: ModuleType = dbapi2, *, beside: bool = False) -> None:
        """Open or create `satupintu.sqlite` in the folder; DurabilityError or InUseError when it must not be used."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = None if beside else _locked(folder / "satupintu.lock")
        path = folder / "satupintu.sqlite"
        path.touch(mode=0o600)
        self.writing, self._reading = _engine(path, module), _engine(path, module)
        self._engines = (self.writing, self._reading)
        event.listen(self._reading, "connect", _read_only)
        self._own = threading.local()
        self._readers: list[Connection] = []
        try:
            self._prepare(self.writing)
            self.writer = Writer(self.writing)
        except BaseException:
            self._release()
            raise

    async def write(self, work: Work[T]) -> T:
        """Do a work in the next commit and return its answer after that commit."""
        return await self.writer.write(work)

    def submit(self, work: Work[T]) -> Future[T]:
        """Do a work in the next commit, for a thread that waits without an event loop."""
        return self.writer.submit(work)

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on this thread's own reading connection; it reads its rows to the end."""
        connection = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = self._reading.connect()
            self._readers.append(connection)
        return query(connection)

    def snapshot(self, query: Callable[[Connection], T]) -> T:
        """Run queries that see all at one moment, however long they take and whatever is written meanwhile."""
        with self._reading.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            answer = query(connection)
            connection.exec_driver_sql("ROLLBACK")
            return answer

    def close(self) -> None:
        """Commit what waits, fold the log into the file, and let go of the folder."""
        self.writer.close()
        for reader in self._readers:
            reader.close()
        if self._lock is not None:
            with self._engines[0].connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._release()

    def __enter__(self) -> Self:
        """Use the open database."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _prepare(self, engine: Engine) -> None:
        with engine.connect() as connection:
            assert_durable(connection)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            bring_up(connection)
            connection.exec_driver_sql("COMMIT")

    def _release(self) -> None:
        for engine in self._engines:
            engine.dispose()
        if self._lock is not None:
            os.close(self._lock)


def assert_durable(connection: Connection) -> None:
    """Read the settings back; DurabilityError names every one that is not as it must be."""
    version = str(connection.exec_driver_sql("SELECT sqlite_version()").scalar_one())
    if tuple(int(part) for part in version.split(".")) < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise DurabilityError(f"SQLite {version} can corrupt a write-ahead log; {oldest} or newer is needed")
    found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in PRAGMAS}
    wrong = [f"{name} is {found[name]}, not {value}" for name, value in PRAGMAS.items() if found[name] != value]
    if wrong:
        raise DurabilityError("; ".join(wrong))


def reading_engine(path: Path, module: ModuleType = dbapi2) -> Engine:
    """Return an engine that opens a database file only to read it, beside whoever writes it."""
    address = f"sqlite:///file:{path.absolute()}?mode=ro&uri=true"
    engine = create_engine(address, module=module, poolclass=NullPool, hide_parameters=True)
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _engine(path: Path, module: ModuleType) -> Engine:
    # The writer's connection is opened by one thread and used by another, one after the other.
    arguments = {"check_same_thread": False}
    engine = create_engine(
        f"sqlite:///{path}", module=module, connect_args=arguments, poolclass=NullPool, hide_parameters=True
    )
    event.listen(engine, "connect", _settle)
    return engine.execution_options(isolation_level="AUTOCOMMIT")  # transactions are begun and ended by name


def _settle(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001 - the event's signature
    """Turn off the driver's own transactions, and set what must be set on each connection."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()


def _read_only(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:  # noqa: ARG001
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only = 1")
    cursor.close()


def _locked(path: Path) -> int:
    """Return the descriptor of a lock file that is held as long as this process lives."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        os.close(descriptor)
        raise InUseError(f"{path.parent} is served by another process; SQLite is for one process") from problem
    return descriptor
