"""Run the steps on the connection that is given: a program of Alembic's, started by `schema`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

connection = context.config.attributes["connection"]
assert isinstance(connection, Connection)
context.configure(connection=connection)
context.run_migrations()
