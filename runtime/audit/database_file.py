"""The database itself: its pages, keys and indexes are whole (I14)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from runtime.audit.audited import Audited
from runtime.audit.breach import Breach


def whole(audited: Audited) -> Iterator[Breach]:
    """Have the database look through itself."""
    for found in audited.store.database.read(lambda connection: tuple(_found(connection))):
        yield Breach("I14", "-", "database", found)


def _found(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        _check_indexes(connection)
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield str(said)
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"a row of {row[0]} points to nothing in {row[2]}"


def _check_indexes(connection: Connection) -> None:
    """Look with amcheck, where the server has it and lets us; a broken index is the server's own error."""
    available = connection.exec_driver_sql("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'").one_or_none()
    if available is None:
        return
    query = (
        "SELECT c.oid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE a.amname = 'btree' AND n.nspname = current_schema() AND i.indisvalid"
    )
    for (index,) in connection.exec_driver_sql(query).all():
        connection.exec_driver_sql(f"SELECT bt_index_check('{index}')")
