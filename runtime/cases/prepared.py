"""A statement of SQLAlchemy Core, compiled once and then run on the driver itself.

Gains most of what a statement costs: Core takes about a tenth of a millisecond for each, the driver a hundredth. The
text is still Core's own for the dialect at hand; loses its conversion of types, of which these tables need none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

from sqlalchemy import Connection, UpdateBase
from sqlalchemy.sql import ClauseElement

from runtime.cases.store_fault import StoreUnavailableError

Row = tuple[object, ...]


class _Text(NamedTuple):
    sql: str
    names: tuple[str, ...] | None  # in the order of their marks; None where the marks are names
    constants: Mapping[str, object]
    gives_rows: bool


def in_one_go(connection: Connection) -> AbstractContextManager[object]:
    """Return a block in which the database, where it is reached by a network, is told several statements before it is
    waited for; only those that give rows are waited for, and the end of the block is where others fail.

    Inside stand `Prepared` statements alone: Core looks for an answer to each.
    """
    if connection.dialect.name != "postgresql":
        return nullcontext()
    driver = connection.connection.driver_connection
    assert driver is not None
    pipeline: AbstractContextManager[object] = driver.pipeline()
    return pipeline


class Prepared:
    """One statement; its `bindparam`s are the names of the values it is run with."""

    def __init__(self, statement: ClauseElement) -> None:
        """Keep the statement; it is compiled when a connection first tells for which database."""
        self._statement = statement
        self._texts: dict[str, _Text] = {}

    def run(self, connection: Connection, values: Mapping[str, object]) -> list[Row]:
        """Run it and return its rows, none where it gives none; StoreUnavailableError when the database can not."""
        text = self._texts.get(connection.dialect.name) or self._compiled(connection)
        driver = connection.connection.driver_connection
        assert driver is not None
        given = {**text.constants, **values} if text.constants else values
        marks = given if text.names is None else tuple([given[name] for name in text.names])
        try:
            cursor = driver.execute(text.sql, marks)
            rows: list[Row] = cursor.fetchall() if text.gives_rows else []
        except connection.dialect.loaded_dbapi.OperationalError as problem:
            raise StoreUnavailableError(f"the store can not do this: {problem}") from problem
        return rows

    def each(self, connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
        """Run it for each row, in one go; StoreUnavailableError when the database can not."""
        if len(rows) < 2:
            for row in rows:
                self.run(connection, row)
            return
        text = self._texts.get(connection.dialect.name) or self._compiled(connection)
        driver = connection.connection.driver_connection
        assert driver is not None
        whole = [{**text.constants, **row} for row in rows] if text.constants else rows
        names = text.names
        marks = whole if names is None else [tuple([row[name] for name in names]) for row in whole]
        try:
            driver.cursor().executemany(text.sql, marks)
        except connection.dialect.loaded_dbapi.OperationalError as problem:
            raise StoreUnavailableError(f"the store can not do this: {problem}") from problem

    def one(self, connection: Connection, values: Mapping[str, object]) -> Row | None:
        """Run it and return its only row, None where there is none."""
        rows = self.run(connection, values)
        assert len(rows) < 2
        return rows[0] if rows else None

    def _compiled(self, connection: Connection) -> _Text:
        compiled = self._statement.compile(dialect=connection.dialect)
        names = getattr(compiled, "positiontup", None)
        given = {name: value for name, value in compiled.params.items() if value is not None}
        gives_rows = not isinstance(self._statement, UpdateBase) or bool(self._statement.returning_column_descriptions)
        text = _Text(str(compiled), names and tuple(names), given, gives_rows)
        self._texts[connection.dialect.name] = text
        return text
