"""Works that wait are committed together; one that fails is undone alone; an answer comes only after the commit."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from runtime.cases.sqlite_database import SqliteDatabase
from runtime.cases.store_fault import StoreUnavailableError
from runtime.cases.tables import counter
from runtime.cases.writer import Writer


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    with SqliteDatabase(tmp_path) as opened:
        yield opened


def adding(year: int) -> Callable[[Connection], int]:
    def work(connection: Connection) -> int:
        connection.execute(insert(counter).values(daerah="kota-uji", series="x", year=year, value=1))
        return year

    return work


def years(connection: Connection) -> list[int]:
    return list(connection.execute(select(counter.c.year).order_by(counter.c.year)).scalars())


def hold(writer: Writer) -> tuple[threading.Event, Future[None]]:
    """Keep the writer busy, so that what follows waits together."""
    gate, started = threading.Event(), threading.Event()

    def work(_: Connection) -> None:
        started.set()
        gate.wait(30)

    held = writer.submit(work)
    assert started.wait(30)
    return gate, held


def test_what_waits_shares_one_commit(database: SqliteDatabase) -> None:
    gate, held = hold(database.writer)
    waiting = [database.writer.submit(adding(year)) for year in range(50)]
    gate.set()
    held.result(30)
    assert [future.result(30) for future in waiting] == list(range(50))
    assert database.writer.commits == 2


def test_no_more_than_the_agreed_number_share_a_commit(database: SqliteDatabase) -> None:
    gate, _ = hold(database.writer)
    waiting = [database.writer.submit(adding(year)) for year in range(150)]
    gate.set()
    for future in waiting:
        future.result(30)
    assert database.writer.commits == 1 + 3


def test_one_that_fails_is_undone_and_told_and_the_others_are_kept(database: SqliteDatabase) -> None:
    def half(connection: Connection) -> None:
        adding(100)(connection)
        raise ZeroDivisionError("half way")

    gate, _ = hold(database.writer)
    first = database.writer.submit(adding(1))
    failing = database.writer.submit(half)
    twice = database.writer.submit(adding(1))
    last = database.writer.submit(adding(2))
    gate.set()
    assert (first.result(30), last.result(30)) == (1, 2)
    with pytest.raises(ZeroDivisionError, match="half way"):
        failing.result(30)
    with pytest.raises(IntegrityError):
        twice.result(30)
    assert database.read(years) == [1, 2]
    assert database.writer.commits == 2


def test_the_answer_comes_after_the_commit(database: SqliteDatabase, tmp_path: Path) -> None:
    for year in range(20):
        database.writer.submit(adding(year)).result(30)
        with sqlite3.connect(f"file:{tmp_path}/satupintu.sqlite?mode=ro", uri=True) as other:
            assert other.execute("SELECT count(*) FROM counter").fetchone() == (year + 1,)
        other.close()


def test_fifty_threads_lose_nothing_and_get_their_own_answers(database: SqliteDatabase) -> None:
    answers: dict[int, list[int]] = {}

    def client(number: int) -> None:
        answers[number] = [database.writer.submit(adding(number * 100 + at)).result(60) for at in range(10)]

    threads = [threading.Thread(target=client, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == {number: [number * 100 + at for at in range(10)] for number in range(50)}
    assert len(database.read(years)) == 500
    assert database.writer.commits < 500


def test_another_process_that_writes_for_a_moment_is_waited_for(database: SqliteDatabase, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "satupintu.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = database.writer.submit(adding(1))
    assert not waiting.done()
    other.execute("COMMIT")
    assert waiting.result(30) == 1
    other.close()


def test_a_store_that_cannot_write_says_so_and_keeps_nothing_and_goes_on_afterwards(tmp_path: Path) -> None:
    with SqliteDatabase(tmp_path) as database:
        database.writer.submit(adding(1)).result(30)

        def break_connection(connection: Connection) -> None:
            adding(2)(connection)
            connection.exec_driver_sql("COMMIT")  # what a fault of the disk looks like from above: no transaction left

        with pytest.raises(StoreUnavailableError):
            database.writer.submit(break_connection).result(30)
        assert database.writer.submit(adding(3)).result(30) == 3


def test_a_cancelled_waiter_is_not_done_and_harms_nobody(database: SqliteDatabase) -> None:
    gate, _ = hold(database.writer)
    cancelled = database.writer.submit(adding(1))
    kept = database.writer.submit(adding(2))
    assert cancelled.cancel()
    gate.set()
    assert kept.result(30) == 2
    assert database.read(years) == [2]


def test_a_closed_store_takes_nothing_more(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path)
    waiting = [database.writer.submit(adding(year)) for year in range(20)]
    database.close()
    assert [future.result(0) for future in waiting] == list(range(20))
    with pytest.raises(StoreUnavailableError, match=r"^the store is closed$"):
        database.writer.submit(adding(99))
    with SqliteDatabase(tmp_path) as again:
        assert again.read(years) == list(range(20))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_writer_that_ends_leaves_nobody_waiting(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path)
    gate, held = hold(database.writer)

    def ending(_: Connection) -> int:
        raise SystemExit

    waiting = [
        database.writer.submit(adding(2001)),
        database.writer.submit(ending),
        database.writer.submit(adding(2002)),
    ]
    gate.set()
    held.result(30)
    for future in waiting:
        with pytest.raises(StoreUnavailableError, match="the writer has failed"):
            future.result(30)
    with pytest.raises(StoreUnavailableError, match="the store is closed"):
        database.writer.submit(adding(2003))
    assert database.read(years) == []
    database.close()
