"""The steps of the schema come to what the tables say, on both databases, and are taken once."""

from __future__ import annotations

import importlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from pysqlite3 import dbapi2
from sqlalchemy import Connection, Engine, Inspector, create_engine, inspect
from sqlalchemy.pool import NullPool

import runtime.cases.migrations
from runtime.cases import sqlite_database
from runtime.cases.columns import metadata
from runtime.cases.database import open_database
from runtime.cases.schema import HEAD, bring_up
from tests.postgres import Cluster

RUNTIME = Path(runtime.__file__).parent
for module in sorted(RUNTIME.rglob("*tables.py")):
    importlib.import_module(".".join(("runtime", *module.relative_to(RUNTIME).with_suffix("").parts)))

NOT_OURS = {"alembic_version"}


@pytest.fixture(autouse=True)
def step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the steps themselves, where other tests take what they came to."""
    monkeypatch.setattr(sqlite_database, "bring_up", bring_up)


def described(connection: Connection) -> dict[str, object]:
    """Say all that there is of the tables, but not what the database calls a constraint that has no name of ours."""
    inspector: Inspector = inspect(connection)

    def table(name: str) -> dict[str, object]:
        columns = {c["name"]: (str(c["type"]), c["nullable"], c.get("default")) for c in inspector.get_columns(name)}
        return {
            "columns in their order": list(columns.items()),
            "key": inspector.get_pk_constraint(name)["constrained_columns"],
            "foreign": sorted(
                (tuple(f["constrained_columns"]), f["referred_table"], tuple(f["referred_columns"]), str(f["options"]))
                for f in inspector.get_foreign_keys(name)
            ),
            "unique": sorted(
                (str(u["name"]), tuple(u["column_names"])) for u in inspector.get_unique_constraints(name)
            ),
            "checks": sorted((str(c["name"]), c["sqltext"]) for c in inspector.get_check_constraints(name)),
            "indexes": sorted(
                (str(i["name"]), tuple(i["column_names"]), i["unique"]) for i in inspector.get_indexes(name)
            ),
        }

    return {name: table(name) for name in sorted(set(inspector.get_table_names()) - NOT_OURS)}


def described_of(engine: Engine) -> dict[str, object]:
    with engine.connect() as connection:
        found = described(connection)
    engine.dispose()
    return found


def test_the_steps_come_to_what_the_tables_say_on_sqlite(tmp_path: Path) -> None:
    open_database(tmp_path).close()
    stepped = create_engine(f"sqlite:///{tmp_path}/satupintu.sqlite", module=dbapi2, poolclass=NullPool)
    told = create_engine(f"sqlite:///{tmp_path}/told.sqlite", module=dbapi2, poolclass=NullPool)
    metadata.create_all(told)
    assert described_of(stepped) == described_of(told)


def test_the_steps_come_to_what_the_tables_say_on_postgres(postgres_url: str, cluster: Cluster) -> None:
    with cluster.database("template0") as empty:
        told = create_engine(empty.removesuffix("?fsync=off"), poolclass=NullPool)
        metadata.create_all(told)
        stepped = create_engine(postgres_url.removesuffix("?fsync=off"), poolclass=NullPool)
        assert described_of(stepped) == described_of(told)


def test_every_key_begins_with_the_city() -> None:
    for table in metadata.sorted_tables:
        keys = [table.primary_key.columns, *(index.columns for index in table.indexes)]
        keys += [
            one.columns for one in table.constraints if one not in (table.primary_key,) and hasattr(one, "columns")
        ]
        firsts = {next(iter(columns)).name for columns in keys if len(columns)}
        checked = {name for name in firsts if name not in ("format", "state")}  # what a check looks at is no key
        assert checked == {"daerah"}, table.name


def test_the_steps_stand_in_one_row_and_end_where_the_program_says() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(runtime.cases.migrations.__file__).parent))
    steps = ScriptDirectory.from_config(config)
    assert steps.get_heads() == [HEAD]
    revisions = [step.revision for step in steps.walk_revisions()]
    assert sorted(revisions) == [f"{number:04d}" for number in range(1, len(revisions) + 1)]


def test_a_start_without_a_step_to_take_does_not_load_what_takes_steps(tmp_path: Path) -> None:
    open_database(tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from runtime.cases.database import open_database;"
        "open_database(Path(sys.argv[1])).close(); print('alembic' in sys.modules, 'psycopg' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"]


def test_names_that_files_once_had_are_overwritten(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(runtime.cases.migrations.__file__).parent))
    before = create_engine(f"sqlite:///{tmp_path}/satupintu.sqlite", module=dbapi2, poolclass=NullPool)
    with before.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0009")
        connection.exec_driver_sql(
            "INSERT INTO upload (daerah, id, document, name, format, size, sha256, created_at)"
            " VALUES ('kota-uji', 'a', 'ktp', 'KTP Maria Canary.pdf', 'pdf', 1, 'b', '2026-03-02T01:00:00.000000Z')"
        )
    before.dispose()
    assert b"Maria Canary" in (tmp_path / "satupintu.sqlite").read_bytes()
    open_database(tmp_path).close()
    assert not [path for path in tmp_path.iterdir() if b"Maria Canary" in path.read_bytes()]


def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "satupintu.sqlite") as other:
        other.execute("CREATE TABLE outbox (a)")  # in the way of the first step
    other.close()
    with pytest.raises(Exception, match="outbox already exists"):
        open_database(tmp_path)
    with sqlite3.connect(tmp_path / "satupintu.sqlite") as other:
        assert [name for (name,) in other.execute("SELECT name FROM sqlite_master")] == ["outbox"]
    other.close()
