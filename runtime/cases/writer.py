"""One thread that writes: what waits is committed together, and each waiter is answered only after that commit.

Gains many times the commits of one transaction each, at the same durability; loses nothing: every piece of work stands
in a savepoint of its own, so that one that fails is undone and reported alone.
"""

from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine

from runtime.cases.store_fault import StoreUnavailableError, StoreUncertainError

T = TypeVar("T")
Work = Callable[[Connection], T]

TOGETHER = 64
BUSY_RETRIES = 5


class _Job(Generic[T]):
    """A piece of work and who waits for it. As a context it undoes a failed work and keeps the fault for the waiter,
    whatever it is: a fault of one must not reach the others."""

    __slots__ = ("answer", "connection", "fault", "future", "work")

    def __init__(self, work: Work[T]) -> None:
        self.work = work
        self.future: Future[T] = Future()
        self.answer: tuple[T] | None = None
        self.fault: BaseException | None = None
        self.connection: Connection | None = None

    def run(self, connection: Connection) -> None:
        self.connection, self.answer, self.fault = connection, None, None
        with self:
            self.answer = (self.work(connection),)

    def __enter__(self) -> None:
        _tell(self.connection, "SAVEPOINT work")

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.fault = fault
        if fault is not None:
            _tell(self.connection, "ROLLBACK TO work")
        _tell(self.connection, "RELEASE work")
        return isinstance(fault, Exception)

    def settle(self) -> None:
        if self.fault is not None:
            self.future.set_exception(self.fault)
        else:
            assert self.answer is not None
            self.future.set_result(self.answer[0])


class Writer:
    """The writing thread, from start to `close`. `together` bounds how many works share one commit."""

    def __init__(self, engine: Engine, together: int = TOGETHER) -> None:
        """Start the thread on a connection of its own."""
        self._engine = engine
        self._together = together
        self._waiting: queue.SimpleQueue[_Job[object] | None] = queue.SimpleQueue()
        self._closed = False
        self._lock = threading.Lock()
        self.commits = 0
        self._thread = threading.Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T]) -> Future[T]:
        """Queue a work; the future is done after the commit that holds it, or with the exception that undid it."""
        job = _Job(work)
        with self._lock:
            if self._closed:
                raise StoreUnavailableError("the store is closed")
            self._waiting.put(job)  # type: ignore[arg-type]  # jobs of every type share the queue
        return job.future

    def close(self) -> None:
        """Commit what waits, then stop."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        going = True
        connection = self._engine.connect()
        while going:
            jobs, going = self._next_jobs()
            jobs = [job for job in jobs if job.future.set_running_or_notify_cancel()]
            if jobs and not self._commit(connection, jobs):
                connection.invalidate()
                connection.close()
                connection = self._engine.connect()
        connection.close()

    def _next_jobs(self) -> tuple[list[_Job[object]], bool]:
        """Wait for one job and take those that wait behind it; False when the end was among them."""
        jobs: list[_Job[object]] = []
        job = self._waiting.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == self._together or self._waiting.empty():
                return jobs, True
            job = self._waiting.get()
        return jobs, False

    def _commit(self, connection: Connection, jobs: list[_Job[object]]) -> bool:
        """Run the jobs in one transaction and settle them; False when the connection can not be trusted any more."""
        error = connection.dialect.loaded_dbapi.Error
        try:
            self._begin(connection)
            for job in jobs:
                job.run(connection)
        except error as problem:
            return _fail(jobs, StoreUnavailableError(f"the store can not write: {problem}"))
        try:
            _tell(connection, "COMMIT")
        except error as problem:
            return _fail(jobs, StoreUncertainError(f"the commit failed: {problem}"))
        self.commits += 1
        for job in jobs:
            job.settle()
        return True

    def _begin(self, connection: Connection) -> None:
        """Take the write lock, trying again while another process holds it."""
        operational = connection.dialect.loaded_dbapi.OperationalError
        for attempt in range(BUSY_RETRIES):
            try:
                _tell(connection, "BEGIN IMMEDIATE")
            except operational:
                if attempt + 1 == BUSY_RETRIES:
                    raise
                time.sleep(random.uniform(0.5, 1.5) * 0.02 * 2**attempt)
            else:
                return


def _fail(jobs: list[_Job[object]], fault: StoreUnavailableError) -> bool:
    for job in jobs:
        job.future.set_exception(fault)
    return False


def _tell(connection: Connection | None, sql: str) -> None:
    """Say something about the transaction to the driver itself: SQLAlchemy leaves it alone (AUTOCOMMIT)."""
    assert connection is not None
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(sql)
