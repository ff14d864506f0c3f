"""PostgreSQL: refused where it could lose something; works that met are done again; what is not known is said."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import TypeVar

import pytest
from psycopg.errors import UniqueViolation
from sqlalchemy import Connection, insert, make_url, select, text, update
from sqlalchemy.exc import IntegrityError

from runtime.cases import patient_connection
from runtime.cases.journal_tables import ONLY_GROW
from runtime.cases.postgres_database import CONNECTED_WITHIN, QUIET_FOR, TIMES, PostgresDatabase
from runtime.cases.prepared import Prepared, in_one_go
from runtime.cases.store_fault import DurabilityError, StoreUnavailableError, StoreUncertainError
from runtime.cases.tables import counter
from tests.postgres import Cluster

T = TypeVar("T")
PATIENCE = 30


def opened(url: str, *, careless: bool = True) -> PostgresDatabase:
    return PostgresDatabase(make_url(url).difference_update_query(["fsync"]), careless=careless)


@pytest.fixture
def database(postgres_url: str) -> Iterator[PostgresDatabase]:
    with opened(postgres_url) as database:
        yield database


def adding(year: int, value: int = 0) -> Callable[[Connection], int]:
    def work(connection: Connection) -> int:
        connection.execute(insert(counter).values(daerah="kota-uji", series="x", year=year, value=value))
        return year

    return work


def raising(year: int) -> Callable[[Connection], int]:
    one = update(counter).where(counter.c.year == year).values(value=counter.c.value + 1)
    return lambda connection: connection.execute(one.returning(counter.c.value)).scalar_one()


def values(connection: Connection) -> dict[int, int]:
    return {row.year: row.value for row in connection.execute(select(counter.c.year, counter.c.value))}


def test_what_is_told_in_one_go_is_kept_whole_or_not_at_all(database: PostgresDatabase) -> None:
    row = {"daerah": "kota-uji", "series": "x", "value": 7}
    add, look = Prepared(insert(counter)), Prepared(select(counter.c.year).order_by(counter.c.year))

    def work(*years: int) -> Callable[[Connection], list[tuple[object, ...]]]:
        def told(connection: Connection) -> list[tuple[object, ...]]:
            with in_one_go(connection):
                add.run(connection, {**row, "year": years[0]})
                seen = look.run(connection, {})
                add.each(connection, [{**row, "year": year} for year in years[1:]])
            return seen

        return told

    assert database.submit(work(2026, 2027, 2028)).result(PATIENCE) == [(2026,)]
    with pytest.raises(UniqueViolation):
        database.submit(work(2029, 2030, 2026)).result(PATIENCE)
    with pytest.raises(UniqueViolation):
        database.submit(work(2028, 2031)).result(PATIENCE)
    assert database.read(values) == {2026: 7, 2027: 7, 2028: 7}


def test_a_server_that_could_lose_what_it_acknowledged_is_refused_by_name(postgres_url: str, cluster: Cluster) -> None:
    with pytest.raises(DurabilityError, match=r"^fsync is off$"):
        opened(postgres_url, careless=False)
    name = make_url(postgres_url).database
    cluster.tell(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with pytest.raises(DurabilityError, match=r"^fsync is off; synchronous_commit is off$"):
        opened(postgres_url, careless=False)


def test_a_database_of_another_encoding_is_refused(cluster: Cluster) -> None:
    cluster.tell("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(DurabilityError, match=r"^the encoding of the database is LATIN1, not UTF8$"):
        opened(cluster.url("latin"))
    cluster.tell("DROP DATABASE latin")


def test_no_connection_waits_for_ever(database: PostgresDatabase) -> None:
    def settings(connection: Connection) -> dict[str, str]:
        return {name: str(connection.exec_driver_sql(f"SHOW {name}").scalar_one()) for name in TIMES}

    assert database.read(settings) == database.submit(settings).result(PATIENCE) == TIMES


def test_readers_cannot_write(database: PostgresDatabase) -> None:
    with pytest.raises(Exception, match="read-only transaction"):
        database.read(adding(1))


def test_a_work_that_fails_is_undone_and_told(database: PostgresDatabase) -> None:
    def half(connection: Connection) -> None:
        adding(1)(connection)
        raise ZeroDivisionError("half way")

    with pytest.raises(ZeroDivisionError, match="half way"):
        database.submit(half).result(PATIENCE)
    assert database.read(values) == {}


def test_a_key_that_is_there_is_told_as_what_it_is(database: PostgresDatabase) -> None:
    database.submit(adding(1)).result(PATIENCE)
    with pytest.raises(IntegrityError):
        database.submit(adding(1)).result(PATIENCE)


def test_a_work_that_goes_on_after_a_failed_statement_is_not_acknowledged(database: PostgresDatabase) -> None:
    database.submit(adding(1)).result(PATIENCE)

    def careless(connection: Connection) -> str:
        adding(2)(connection)
        try:
            adding(1)(connection)
        except IntegrityError:
            return "all is well"
        raise AssertionError("it is there already")

    with pytest.raises(StoreUnavailableError, match="went on after a statement had failed"):
        database.submit(careless).result(PATIENCE)
    assert database.read(values) == {1: 0}


def test_works_that_wait_for_each_other_in_a_circle_are_both_done(database: PostgresDatabase) -> None:
    for year in (1, 2):
        database.submit(adding(year)).result(PATIENCE)
    meeting = threading.Barrier(2)
    met: list[int] = []

    def crossing(first: int, second: int) -> Callable[[Connection], None]:
        def work(connection: Connection) -> None:
            raising(first)(connection)
            met.append(first)
            if len(met) <= 2:
                meeting.wait(PATIENCE)
            raising(second)(connection)

        return work

    for waiting in [database.submit(crossing(1, 2)), database.submit(crossing(2, 1))]:
        waiting.result(PATIENCE)
    assert database.read(values) == {1: 2, 2: 2}
    assert len(met) == 3, "one of them was done again"


def test_works_that_can_not_be_put_in_an_order_are_done_again(database: PostgresDatabase) -> None:
    for year in (1, 2):
        database.submit(adding(year)).result(PATIENCE)
    meeting = threading.Barrier(2)
    tries: list[int] = []

    def sum_into(year: int) -> Callable[[Connection], int]:
        def work(connection: Connection) -> int:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
            total = sum(values(connection).values())
            tries.append(year)
            if len(tries) <= 2:
                meeting.wait(PATIENCE)
            raised = update(counter).where(counter.c.year == year).values(value=total + 1)
            connection.execute(raised)
            return total + 1

        return work

    answers = [waiting.result(PATIENCE) for waiting in [database.submit(sum_into(1)), database.submit(sum_into(2))]]
    assert sorted(answers) == [1, 2]
    assert len(tries) == 3


def test_what_is_locked_by_another_is_waited_for_three_seconds_and_then_given_up(database: PostgresDatabase) -> None:
    database.submit(adding(1)).result(PATIENCE)
    held, enough = threading.Event(), threading.Event()

    def hold(connection: Connection) -> None:
        raising(1)(connection)
        held.set()
        enough.wait(PATIENCE)

    holding = database.submit(hold)
    assert held.wait(PATIENCE)
    began = time.monotonic()
    with pytest.raises(StoreUnavailableError, match="lock timeout"):
        database.submit(raising(1)).result(PATIENCE)
    assert 2.5 < time.monotonic() - began < 10
    enough.set()
    holding.result(PATIENCE)
    assert database.read(values) == {1: 1}


def test_a_closed_store_takes_nothing_more(postgres_url: str) -> None:
    database = opened(postgres_url)
    waiting = [database.submit(adding(year)) for year in range(20)]
    database.close()
    assert [future.result(0) for future in waiting] == list(range(20))
    with pytest.raises(StoreUnavailableError, match=r"^the store is closed$"):
        database.submit(adding(99))


def test_many_at_once_are_all_done(database: PostgresDatabase) -> None:
    database.submit(adding(1)).result(PATIENCE)

    async def clients() -> list[int]:
        return await asyncio.gather(*(database.write(raising(1)) for _ in range(200)))

    assert sorted(asyncio.run(clients())) == list(range(1, 201))


def test_a_connection_that_died_meanwhile_is_replaced_unseen(database: PostgresDatabase, cluster: Cluster) -> None:
    database.submit(adding(1)).result(PATIENCE)
    assert database.read(values) == {1: 0}
    cluster.tell("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'satupintu'")
    assert database.submit(raising(1)).result(PATIENCE) == 1
    assert database.read(values) == {1: 1}


def test_a_connection_that_dies_in_a_work_keeps_nothing_and_says_that_it_may_be_asked_again(
    database: PostgresDatabase, cluster: Cluster
) -> None:
    def dying(connection: Connection) -> None:
        adding(1)(connection)
        mine = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        cluster.tell(f"SELECT pg_terminate_backend({mine})")
        raising(1)(connection)

    with pytest.raises(StoreUnavailableError) as fault:
        database.submit(dying).result(PATIENCE)
    assert not isinstance(fault.value, StoreUncertainError)
    assert database.read(values) == {}


def test_a_connection_that_dies_at_the_commit_says_that_nobody_knows(
    database: PostgresDatabase, cluster: Cluster
) -> None:
    def dying(connection: Connection) -> None:
        adding(1)(connection)
        mine = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        cluster.tell(f"SELECT pg_terminate_backend({mine})")

    with pytest.raises(StoreUncertainError, match="the commit failed"):
        database.submit(dying).result(PATIENCE)


def test_a_server_that_is_killed_and_comes_back_lost_nothing_and_is_used_again(own_cluster: Cluster) -> None:
    """The server's own durable settings, on a cluster without `fsync`: what dies is a process, not the machine."""
    with own_cluster.database() as url, opened(url) as database:
        kept: list[int] = []
        refused: list[BaseException] = []
        going = threading.Event()

        def client(number: int) -> None:
            for at in range(200):
                if going.is_set():
                    return
                try:
                    kept.append(database.submit(adding(1000 + number * 1000 + at)).result(PATIENCE))
                except StoreUnavailableError as fault:
                    refused.append(fault)

        clients = [threading.Thread(target=client, args=(number,)) for number in range(4)]
        for thread in clients:
            thread.start()
        while len(kept) < 50:
            time.sleep(0.005)
        own_cluster.kill()
        going.set()
        for thread in clients:
            thread.join(PATIENCE)
        with pytest.raises(StoreUnavailableError):
            database.read(values)
        own_cluster.start()
        found = database.read(values)
        assert set(kept) <= set(found)
        assert refused
        assert database.submit(adding(99)).result(PATIENCE) == 99


def test_a_server_that_stands_still_is_not_waited_for_and_then_not_asked_for_a_while(
    own_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patient_connection, "LONGEST", 2.0)
    with own_cluster.database() as url, opened(url) as database:
        database.submit(adding(1)).result(PATIENCE)
        assert database.read(values) == {1: 0}
        own_cluster.pause(on=True)
        began = time.monotonic()
        with pytest.raises(StoreUnavailableError, match="the store can not be read"):
            database.read(values)
        waited = time.monotonic() - began
        assert 2.0 <= waited < 2.0 + CONNECTED_WITHIN + 2
        for ask in (lambda: database.read(values), lambda: database.submit(raising(1)).result(PATIENCE)):
            with pytest.raises(StoreUnavailableError, match=r"^the database did not answer a moment ago$"):
                ask()
        assert time.monotonic() - began < waited + 1
        own_cluster.pause(on=False)
        time.sleep(QUIET_FOR)
        assert database.submit(raising(1)).result(PATIENCE) == 1
        assert database.read(values) == {1: 1}


def test_a_commit_that_is_not_answered_is_uncertain(own_cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient_connection, "LONGEST", 2.0)
    with own_cluster.database() as url, opened(url) as database:

        def standing_still(connection: Connection) -> None:
            adding(1)(connection)
            own_cluster.pause(on=True)

        with pytest.raises(StoreUncertainError, match="the commit failed"):
            database.submit(standing_still).result(PATIENCE)
        own_cluster.pause(on=False)


@pytest.mark.parametrize("table", ONLY_GROW)
def test_what_only_grows_can_not_be_emptied_either(database: PostgresDatabase, table: str) -> None:
    with pytest.raises(Exception, match=f"{table} only grows"):
        database.submit(lambda c: c.exec_driver_sql(f"TRUNCATE {table} CASCADE").close()).result(PATIENCE)


def test_two_processes_that_start_at_once_on_an_empty_database_make_one_schema(cluster: Cluster) -> None:
    with cluster.database("template0") as url:
        made: list[Future[None]] = []

        def start() -> None:
            done: Future[None] = Future()
            made.append(done)
            opened(url).close()
            done.set_result(None)

        threads = [threading.Thread(target=start) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        assert all(done.done() for done in made)
        with opened(url) as database:
            assert database.read(lambda c: c.execute(text("SELECT count(*) FROM alembic_version")).scalar_one()) == 1
