"""PostgreSQL, for any number of processes: a pool for those that write and one for those that read.

Gains several processes and the server's own group commit; loses the quick look into a file: a read waits for the
network. A work may be run again where the database says that it met another, so it touches nothing but the database.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

from runtime.cases.crash_point import reached
from runtime.cases.schema import bring_up
from runtime.cases.store_fault import DurabilityError, StoreUnavailableError, StoreUncertainError
from runtime.cases.writer import Work

T = TypeVar("T")

WRITERS = 8
READERS = 8
MOST_TRIES = 5
MUST_NOT_BE_OFF = ("fsync", "full_page_writes", "synchronous_commit")
SCHEMA_LOCK = 7_341_853  # any number that nobody else takes for an advisory lock of this database

# Two works met, or waited for each other in a circle: each may be tried again.
MET = frozenset({"40001", "40P01"})
SAME_KEY = "23505"  # another has written the same key a moment before: once more, and the work finds what it wrote
MOST_TRIES_FOR_A_KEY = 3
REFUSED_AT_COMMIT = frozenset({"40", "23"})  # the server says that it has undone it
IN_ERROR = 3  # psycopg's TransactionStatus
CONNECTED_WITHIN = 3  # seconds
# After a server that did not answer at all nobody asks it for a while: all would wait, one after another.
SILENT, QUIET_FOR = 1.0, 4.0
TIMES = {"lock_timeout": "3s", "statement_timeout": "10s", "idle_in_transaction_session_timeout": "30s"}


class PostgresDatabase:
    """An open database, from construction to `close`. `careless` allows a server that may lose what it acknowledged:
    for tests alone."""

    def __init__(self, url: URL, *, careless: bool = False) -> None:
        """Connect, and bring the schema up; DurabilityError when the server must not be used."""
        self.writing = _engine(url, WRITERS, read_only=False)
        self._reading = _engine(url, READERS, read_only=True).execution_options(isolation_level="AUTOCOMMIT")
        driver = self.writing.dialect.loaded_dbapi
        self._error, self._operational = driver.Error, driver.OperationalError
        self._quiet_until = 0.0
        self._threads = ThreadPoolExecutor(WRITERS, thread_name_prefix="store-writer")
        try:
            self._prepare(careless)
        except BaseException:
            self.close()
            raise

    async def write(self, work: Work[T]) -> T:
        """Do a work in a transaction of its own and return its answer after the commit."""
        return await asyncio.wrap_future(self.submit(work))

    def submit(self, work: Work[T]) -> Future[T]:
        """Do a work in a transaction of its own, for a thread that waits without an event loop."""
        try:
            return self._threads.submit(self._write, work)
        except RuntimeError as closed:
            raise StoreUnavailableError("the store is closed") from closed

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query, which can change nothing; it reads its rows to the end. StoreUnavailableError."""
        began = self._begun()
        try:
            with self._reading.connect() as connection:
                return query(connection)
        except StoreUnavailableError as problem:
            self._noted(problem, began)
            raise
        except (OperationalError, InterfaceError, TimeoutError) as problem:
            self._noted(problem, began)
            raise StoreUnavailableError(f"the store can not be read: {problem}") from problem

    def snapshot(self, query: Callable[[Connection], T]) -> T:
        """Run queries that see all at one moment, however long they take and whatever is written meanwhile."""
        try:
            with (
                self._reading.connect().execution_options(isolation_level="REPEATABLE READ") as connection,
                connection.begin(),
            ):
                return query(connection)
        except (OperationalError, InterfaceError, TimeoutError) as problem:
            raise StoreUnavailableError(f"the store can not be read: {problem}") from problem

    def close(self) -> None:
        """Wait for what is being written, and close the connections."""
        self._threads.shutdown()
        for engine in (self.writing, self._reading):
            engine.dispose()

    def __enter__(self) -> Self:
        """Use the open database."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _prepare(self, careless: bool) -> None:
        with self.writing.begin() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
            if encoding != "UTF8":
                raise DurabilityError(f"the encoding of the database is {encoding}, not UTF8")
            if not careless:
                assert_durable(connection)
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})")
            bring_up(connection)

    def _write(self, work: Work[T]) -> T:
        attempt = 1
        while True:
            began = self._begun()
            try:
                return self._once(work)
            except (DBAPIError, StoreUnavailableError, self._error) as problem:
                state = _sqlstate(problem)
                again = (state in MET and attempt < MOST_TRIES) or (
                    state == SAME_KEY and attempt < MOST_TRIES_FOR_A_KEY
                )
                if not again:
                    self._noted(problem, began)
                    if isinstance(problem, OperationalError | InterfaceError | self._operational):
                        raise StoreUnavailableError(f"the store can not write: {problem}") from problem
                    raise
            time.sleep(random.uniform(0.5, 1.5) * 0.01 * 2**attempt)
            attempt += 1

    def _begun(self) -> float:
        """Return the moment it is; StoreUnavailableError while nobody is to ask."""
        now = time.monotonic()
        if now < self._quiet_until:
            raise StoreUnavailableError("the database did not answer a moment ago")
        return now

    def _noted(self, problem: BaseException, began: float) -> None:
        """Note a fault: one that came without a word from the server, and not at once, keeps others from asking."""
        now = time.monotonic()
        if _sqlstate(problem) is None and not isinstance(problem, TimeoutError) and now - began > SILENT:
            self._quiet_until = now + QUIET_FOR

    def _once(self, work: Work[T]) -> T:
        try:
            connection = self.writing.connect()
        except TimeoutError as problem:
            raise StoreUnavailableError(f"too many write at once: {problem}") from problem
        with connection:
            transaction = connection.begin()
            driver = connection.connection.driver_connection
            assert driver is not None
            try:
                answer = work(connection)
            except BaseException:
                if driver.closed:
                    connection.invalidate()
                raise
            if driver.info.transaction_status == IN_ERROR:
                # COMMIT would answer without an error, and keep nothing.
                raise StoreUnavailableError("the work went on after a statement had failed")
            reached("before-commit")
            try:
                transaction.commit()
            except DBAPIError as problem:
                if (_sqlstate(problem) or "")[:2] in REFUSED_AT_COMMIT:
                    raise
                raise StoreUncertainError(f"the commit failed: {problem}") from problem
            reached("after-commit")
            return answer


def assert_durable(connection: Connection) -> None:
    """Read the server's settings; DurabilityError names every one that could lose something."""
    found = {name: str(connection.exec_driver_sql(f"SHOW {name}").scalar_one()) for name in MUST_NOT_BE_OFF}
    wrong = [f"{name} is off" for name, value in found.items() if value == "off"]
    if wrong:
        raise DurabilityError("; ".join(wrong))


def _engine(url: URL, size: int, *, read_only: bool) -> Engine:
    from runtime.cases.patient_connection import PatientConnection  # the driver is loaded only where it is used

    settings = {**TIMES, **({"default_transaction_read_only": "on"} if read_only else {})}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)

    def connect() -> PatientConnection:
        return PatientConnection.connect(
            address, options=options, connect_timeout=CONNECTED_WITHIN, application_name="satupintu"
        )

    return create_engine(
        url,
        creator=connect,
        pool_size=size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def _sqlstate(problem: BaseException) -> str | None:
    """Return the code that the server gave to a fault, wherever it is wrapped."""
    found: BaseException | None = problem
    while found is not None:
        state = getattr(found, "sqlstate", None)
        if isinstance(state, str):
            return state
        found = found.orig if isinstance(found, DBAPIError) else found.__cause__
    return None
