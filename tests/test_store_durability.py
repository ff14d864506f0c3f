"""The database promises to keep what it acknowledges, or does not start."""

from __future__ import annotations

import multiprocessing
import sqlite3
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import Connection, create_engine

from runtime.cases.schema import HEAD
from runtime.cases.sqlite_database import PRAGMAS, InUseError, SqliteDatabase, assert_durable
from runtime.cases.store_fault import DurabilityError


def settings_of(connection: Connection) -> dict[str, object]:
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in PRAGMAS}


def test_both_writer_and_readers_have_the_durable_settings(tmp_path: Path) -> None:
    with SqliteDatabase(tmp_path) as database:
        assert database.writer.submit(settings_of).result() == PRAGMAS
        assert database.read(settings_of) == PRAGMAS


@pytest.mark.parametrize(
    ("name", "bad", "said"),
    [
        ("synchronous", "NORMAL", "synchronous is 1, not 2"),
        ("synchronous", "OFF", "synchronous is 0, not 2"),
        ("journal_mode", "delete", "journal_mode is delete, not wal"),
        ("foreign_keys", "0", "foreign_keys is 0, not 1"),
        ("trusted_schema", "1", "trusted_schema is 1, not 0"),
        ("busy_timeout", "0", "busy_timeout is 0, not 10000"),
    ],
)
def test_a_setting_that_could_lose_something_is_refused_by_name(tmp_path: Path, name: str, bad: str, said: str) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.sqlite", module=dbapi2)
    with engine.connect() as connection:
        for pragma, value in {**PRAGMAS, name: bad}.items():
            connection.connection.cursor().execute(f"PRAGMA {pragma} = {value}")
        with pytest.raises(DurabilityError, match=f"^{said}$"):
            assert_durable(connection)
    engine.dispose()


@pytest.mark.skipif(sqlite3.sqlite_version_info >= (3, 51, 3), reason="the system's SQLite is new enough")
def test_a_sqlite_with_the_wal_reset_bug_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        DurabilityError, match=r"^SQLite 3\..* can corrupt a write-ahead log; 3\.51\.3 or newer is needed$"
    ):
        SqliteDatabase(tmp_path, module=sqlite3)


def test_a_database_of_a_later_schema_is_refused(tmp_path: Path) -> None:
    SqliteDatabase(tmp_path).close()
    with sqlite3.connect(tmp_path / "satupintu.sqlite") as other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    with pytest.raises(DurabilityError, match=rf"^the database has schema 9999, this program knows {HEAD}$"):
        SqliteDatabase(tmp_path)


def test_a_database_of_the_trial_is_refused_and_the_way_out_is_told(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "satupintu.sqlite") as trial:
        trial.execute("CREATE TABLE submission (daerah TEXT, nomor TEXT, answers TEXT)")
        trial.execute("PRAGMA user_version = 1")
    trial.close()
    with pytest.raises(DurabilityError) as refused:
        SqliteDatabase(tmp_path)
    assert str(refused.value) == (
        "the database is of the trial schema 1, which had no encryption and can not be carried over: "
        "move satupintu.sqlite and berkas out of the data folder, then start again on an empty one"
    )


def _try_to_open(folder: Path, said: multiprocessing.SimpleQueue[str]) -> None:
    try:
        SqliteDatabase(folder).close()
    except InUseError as problem:
        said.put(str(problem))
    else:
        said.put("opened")


def test_a_second_process_on_the_same_folder_is_refused_until_the_first_has_gone(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")

    def elsewhere() -> str:
        said: multiprocessing.SimpleQueue[str] = context.SimpleQueue()
        child = context.Process(target=_try_to_open, args=(tmp_path, said))
        child.start()
        child.join(60)
        return said.get()

    with SqliteDatabase(tmp_path):
        assert elsewhere() == f"{tmp_path} is served by another process; SQLite is for one process"
    assert elsewhere() == "opened"


def test_files_of_the_store_are_readable_by_nobody_else(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with SqliteDatabase(folder) as database:
        database.writer.submit(lambda connection: connection.exec_driver_sql("CREATE TABLE t (a)").close()).result()
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in [folder, *folder.iterdir()]}
    assert modes.pop("data") == "0o700"
    assert set(modes) >= {"satupintu.sqlite", "satupintu.sqlite-wal"}
    assert set(modes.values()) == {"0o600"}


def test_readers_cannot_write(tmp_path: Path) -> None:
    def write(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE t (a)")

    with SqliteDatabase(tmp_path) as database, pytest.raises(Exception, match="attempt to write a readonly database"):
        database.read(write)


def test_the_write_ahead_log_is_folded_in_and_does_not_grow_without_bound(tmp_path: Path) -> None:
    def fill(connection: Connection) -> None:
        connection.exec_driver_sql("INSERT INTO t VALUES (zeroblob(100000))")

    with SqliteDatabase(tmp_path) as database:
        database.writer.submit(lambda connection: connection.exec_driver_sql("CREATE TABLE t (a)").close()).result()
        for _ in range(400):
            database.writer.submit(fill).result()
        assert (tmp_path / "satupintu.sqlite-wal").stat().st_size < 16 * 1024 * 1024
    assert not (tmp_path / "satupintu.sqlite-wal").exists()
    assert (tmp_path / "satupintu.sqlite").stat().st_size > 40_000_000
