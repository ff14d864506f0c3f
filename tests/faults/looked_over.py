"""The audit, as every test of a fault ends with it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from runtime.audit.audited import Audited
from runtime.audit.inspection import Report, inspect
from runtime.audit.requests import Acknowledged
from runtime.cases.checkpoint import read_key
from runtime.cases.snapshot import open_snapshot
from runtime.cases.store import Store
from runtime.clock import Clock
from runtime.product.statement_key import open_statement_keys
from runtime.releases import Releases


def look_over(data: Path, releases: Path, url: str | None, clock: Clock, book: Iterable[Acknowledged] = ()) -> Report:
    """Look through all that is kept, beside whoever has it open; `book` is what clients were told."""
    with (
        Store(data, clock, database=open_snapshot(data, url)) as store,
        closing(Releases(releases)) as opened,
    ):
        key = read_key((data / "checkpoints.pub").read_bytes())
        return inspect(Audited(store, opened, store.clock(), key, open_statement_keys(data)), book)
