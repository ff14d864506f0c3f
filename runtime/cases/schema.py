"""Bring a database to the schema that this program knows, or refuse it.

Gains a quick start: Alembic is loaded only where there is a step to take.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect

from runtime.cases.store_fault import DurabilityError

HEAD = "0015"
TRIAL = 1  # the user_version of the databases that were made before there were migrations


class SchemaError(DurabilityError):
    """The database has a schema that this program can not use."""


def schema_of(connection: Connection) -> str | None:
    """Return the name of the last step that a database has taken, None for an empty one."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" in tables:
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
    if "submission" in tables:
        raise SchemaError(
            f"the database is of the trial schema {TRIAL}, which had no encryption and can not be carried over: "
            "move satupintu.sqlite and berkas out of the data folder, then start again on an empty one"
        )
    return None


def bring_up(connection: Connection) -> None:
    """Take the steps that are missing, in the transaction that the caller has begun, alone; SchemaError."""
    found = schema_of(connection)
    if found == HEAD:
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    if found is not None and found not in {
        step.revision for step in ScriptDirectory.from_config(config).walk_revisions()
    }:
        raise SchemaError(f"the database has schema {found}, this program knows {HEAD}")
    command.upgrade(config, HEAD)
