"""A process ends at each point of a filing as by a power cut: afterwards it is there whole or not at all, and a retry
is answered as it would have been."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select

from runtime.cases.checkpoint import read_key
from runtime.cases.crash_point import POINTS
from runtime.cases.journal_tables import case_file, event, outbox, person_key
from runtime.cases.store import Store
from runtime.cases.tables import counter, submission
from runtime.cases.verification import misfits
from tests.sample_case import CITY, Hands, to_file
from tests.test_store_laws import file

ROOT = Path(__file__).parent.parent
FILING = ("before-begin", "after-idempotency", "after-projection", "after-event", "after-outbox", "before-commit")


def rows_of(store: Store, table: Table) -> int:
    return store.database.read(lambda c: c.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.mark.parametrize("point", [*FILING, "after-commit"])
def test_a_filing_that_is_cut_off_is_whole_or_not_at_all(tmp_path: Path, database_url: str | None, point: str) -> None:
    with Store(tmp_path, Hands(), url=database_url) as store:
        file(store, to_file("api:before"))
    program = (
        "import sys, pathlib; from runtime.cases.store import Store; from tests.sample_case import Hands, to_file;"
        "from tests.test_store_laws import file;"
        "folder, url = sys.argv[1:];"
        "file(Store(pathlib.Path(folder), Hands(), url=None if url == '-' else url), to_file('api:cut'))"
    )
    command = [sys.executable, "-c", program, str(tmp_path), database_url or "-"]
    done = subprocess.run(command, env={**os.environ, "SATUPINTU_TITIK_HENTI": point}, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL
    with Store(tmp_path, Hands(), url=database_url) as store:
        there = point == "after-commit"
        again = file(store, to_file("api:cut"))
        assert (again.nomor, again.again) == ("KPG-2026-000002", there)
        tables = (submission, case_file, event, outbox, person_key, counter)
        counts = {table.name: rows_of(store, table) for table in tables}
        assert counts == {"submission": 2, "case_file": 2, "event": 4, "outbox": 2, "person_key": 1, "counter": 1}
        key = read_key((tmp_path / "checkpoints.pub").read_bytes())
        assert store.database.snapshot(lambda connection: list(misfits(connection, CITY, key))) == []


def test_every_point_that_is_named_is_in_the_program_and_no_other() -> None:
    placed: set[str] = set()
    for path in [*(ROOT / "runtime").rglob("*.py"), ROOT / "tests" / "faults" / "sample_server.py"]:
        placed |= set(re.findall(r'(?<!_)reached\("([a-z-]+)"\)', path.read_text(encoding="utf-8")))
    assert placed == set(POINTS)
