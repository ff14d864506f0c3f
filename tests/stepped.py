"""An SQLite file that has taken every step of the schema, once for a whole run: whoever wants a new one gets its tables
as they came out, in a tenth of the time. What the steps themselves do is looked at by `test_store_migrations`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from runtime.cases import sqlite_database
from runtime.cases.database import open_database
from runtime.cases.schema import HEAD, bring_up, schema_of


@contextmanager
def steps_taken_once(folder: Path) -> Iterator[None]:
    """Take the steps on a file in the folder, and give every new file its tables until the end."""
    open_database(folder).close()
    with sqlite_database.reading_engine(folder / "satupintu.sqlite").connect() as connection:
        found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
        tables = [str(sql) for (sql,) in found]

    def as_they_came_out(connection: Connection) -> None:
        if schema_of(connection) is not None or connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first():
            bring_up(connection)
            return
        for sql in tables:
            connection.exec_driver_sql(sql)
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite_database, "bring_up", as_they_came_out)
        yield
