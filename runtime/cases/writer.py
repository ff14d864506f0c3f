"""One thread that writes: what waits is committed together, and each waiter is answered only after that commit.

Gains many times the commits of one transaction each, at the same durability; loses nothing: every piece of work stands
in a savepoint of its own, so that one that fails is undone and reported alone.
"""

from __future__ import annotations

import asyncio
import queue
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine

from runtime.cases.crash_point import reached
from runtime.cases.store_fault import StoreUnavailableError, StoreUncertainError

T = TypeVar("T")
Work = Callable[[Connection], T]

TOGETHER = 64
BUSY_RETRIES = 5


class _Job(Generic[T]):
    """A piece of work and who waits for it. As a context it undoes a failed work and keeps the fault for the waiter,
    whatever it is: a fault of one must not reach the others."""

    __slots__ = ("answer", "connection", "fault", "future", "work")

    def __init__(self, work: Work[T], future: Future[T] | asyncio.Future[T]) -> None:
        self.work = work
        self.future = future
        self.answer: tuple[T] | None = None
        self.fault: BaseException | None = None
        self.connection: Connection | None = None

    def wanted(self) -> bool:
        """Tell whether anybody still waits; from now on a thread that waits can not be told otherwise."""
        if isinstance(self.future, Future):
            return self.future.set_running_or_notify_cancel()
        return not self.future.cancelled()

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
        if self.future.done():
            return
        if self.fault is not None:
            self.future.set_exception(self.fault)
        else:
            assert self.answer is not None
            self.future.set_result(self.answer[0])


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Jobs that came together, and the event loop that waits for them, if it is one that does."""

    jobs: list[_Job[object]]
    loop: asyncio.AbstractEventLoop | None = None

    def settle(self) -> None:
        """Give the answers, those of a loop in one call into it."""
        if self.loop is None:
            _settle(self.jobs)
            return
        with suppress(RuntimeError):  # a loop that has been closed waits for nothing
            self.loop.call_soon_threadsafe(_settle, self.jobs)


class Writer:
    """The writing thread, from start to `close`. `together` bounds how many works share one commit."""

    def __init__(self, engine: Engine, together: int = TOGETHER) -> None:
        """Start the thread on a connection of its own."""
        self._engine = engine
        self._together = together
        self._waiting: queue.SimpleQueue[_Bundle | None] = queue.SimpleQueue()
        self._gathered: dict[asyncio.AbstractEventLoop, list[_Job[object]]] = {}
        self._closed = False
        self._lock = threading.Lock()
        self.commits = 0
        self._at_work: list[_Bundle] = []
        self._thread = threading.Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T]) -> Future[T]:
        """Queue a work; the future is done after the commit that holds it, or with the exception that undid it."""
        future: Future[T] = Future()
        self._put(_Bundle([_Job(work, future)]))  # type: ignore[arg-type]  # jobs of every type share the queue
        return future

    async def write(self, work: Work[T]) -> T:
        """Do a work and return its answer after the commit.

        Works that a loop asks for in one turn are handed over at the end of that turn, so that they share a commit.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        gathered = self._gathered.get(loop)
        if gathered is None:
            gathered = self._gathered[loop] = []
            loop.call_soon(self._hand_over, loop)
        gathered.append(_Job(work, future))  # type: ignore[arg-type]
        return await future

    def _hand_over(self, loop: asyncio.AbstractEventLoop) -> None:
        bundle = _Bundle(self._gathered.pop(loop), loop)
        try:
            self._put(bundle)
        except StoreUnavailableError as closed:
            _fail(bundle.jobs, closed)
            _settle(bundle.jobs)

    def _put(self, bundle: _Bundle) -> None:
        with self._lock:
            if self._closed:
                raise StoreUnavailableError("the store is closed")
            self._waiting.put(bundle)

    def close(self) -> None:
        """Commit what waits, then stop."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()

    def _serve(self) -> None:
        try:
            self._serve_bundles()
        finally:
            self._refuse_the_rest()

    def _refuse_the_rest(self) -> None:
        """Tell everybody who waits, and who comes later, that nobody writes any more: none after an ordinary end."""
        with self._lock:
            self._closed = True
        while not self._waiting.empty():
            if (bundle := self._waiting.get()) is not None:
                self._at_work.append(bundle)
        for bundle in self._at_work:
            _fail(bundle.jobs, StoreUncertainError("the writer has failed"))
            bundle.settle()

    def _serve_bundles(self) -> None:
        going = True
        connection = self._engine.connect()
        try:
            while going:
                bundles, going = self._next_bundles()
                self._at_work = bundles
                jobs = [job for bundle in bundles for job in bundle.jobs if job.wanted()]
                if jobs and not self._commit(connection, jobs):
                    connection.invalidate()
                    connection.close()
                    connection = self._engine.connect()
                for bundle in bundles:
                    bundle.settle()
                self._at_work = []
        finally:
            connection.close()

    def _next_bundles(self) -> tuple[list[_Bundle], bool]:
        """Wait for one bundle and take those that wait behind it; False when the end was among them."""
        bundles: list[_Bundle] = []
        count = 0
        bundle = self._waiting.get()
        while bundle is not None:
            bundles.append(bundle)
            count += len(bundle.jobs)
            if count >= self._together or self._waiting.empty():
                return bundles, True
            bundle = self._waiting.get()
        return bundles, False

    def _commit(self, connection: Connection, jobs: list[_Job[object]]) -> bool:
        """Run the jobs in one transaction; False when the connection can not be trusted any more."""
        error = connection.dialect.loaded_dbapi.Error
        try:
            self._begin(connection)
            for job in jobs:
                job.run(connection)
        except error as problem:
            return _fail(jobs, StoreUnavailableError(f"the store can not write: {problem}"))
        reached("before-commit")
        try:
            _tell(connection, "COMMIT")
        except error as problem:
            return _fail(jobs, StoreUncertainError(f"the commit failed: {problem}"))
        reached("after-commit")
        self.commits += 1
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
        job.fault = fault
    return False


def _settle(jobs: list[_Job[object]]) -> None:
    for job in jobs:
        job.settle()


def _tell(connection: Connection | None, sql: str) -> None:
    """Say something about the transaction to the driver itself: SQLAlchemy leaves it alone (AUTOCOMMIT)."""
    assert connection is not None
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(sql)
