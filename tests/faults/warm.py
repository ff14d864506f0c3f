"""What a process that is forked need not read again: the program with all that it loads late, and the catalog."""

from __future__ import annotations

import gc
import importlib

for name in (
    "alembic.command",
    "runtime.product.pades",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "tests.faults.life",
    "tests.faults.sample_server",
):
    importlib.import_module(name)
gc.collect()
gc.freeze()  # what all of them share is looked through by none
