"""kill -9 while a file comes in: nothing is half there, what was acknowledged stays, and the sweep leaves no trace."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runtime.cases.store import Store
from runtime.clock import system_clock
from runtime.documents import janitor
from runtime.documents.file_state import FileState
from runtime.documents.inventory import FileTrouble, file_faults
from tests.sample_files import CITY, DRAFT
from tests.test_uploads import stored

# Where it ends, and what is found then: files in the quarantine, contents, rows and their states.
POINTS = {
    "mid-upload:1": (1, 0, []),
    "before-file-fsync:1": (1, 1, []),
    "after-file-fsync:1": (1, 1, []),
    "before-commit:1": (1, 1, []),  # of the row
    "after-commit:1": (1, 1, [FileState.QUARANTINED]),
    "before-commit:2": (1, 1, [FileState.QUARANTINED]),  # of the promotion
    "after-commit:2": (1, 1, [FileState.CLEAN]),
    "nowhere": (0, 1, [FileState.CLEAN]),
}


def give(folder: Path, point: str, form: str, url: str | None = None) -> str | None:
    """Give a file to a process that ends at this point; return the id that was told, None where none was."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faults.upload_child", str(folder), form, *filter(None, [url])],
        env={**os.environ, "SATUPINTU_TITIK_HENTI": point, "PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.PIPE,
        timeout=120,
        check=False,
    )
    told = ended.stdout.decode().strip()
    assert ended.returncode == (0 if point == "nowhere" else -signal.SIGKILL), (point, ended.returncode)
    return told or None


def quarantined(folder: Path) -> int:
    return len(list((folder / "karantina").iterdir()))


def grown_old(folder: Path) -> None:
    """Let more than an hour pass over what is there."""
    long_ago = time.time() - 7200
    for path in [*stored(folder), *(folder / "karantina").iterdir()]:
        os.utime(path, (long_ago, long_ago))


@pytest.mark.parametrize("point", list(POINTS))
def test_a_process_that_ends_while_a_file_comes_in_leaves_nothing_half(
    tmp_path: Path, database_url: str | None, point: str
) -> None:
    form = "pdf" if database_url is None else "jpeg"
    told = give(tmp_path, point, form, database_url)
    in_quarantine, contents, states = POINTS[point]
    if form == "jpeg" and in_quarantine and not point.startswith("mid-upload"):
        in_quarantine = 2  # as it came, and written anew
    with Store(tmp_path, system_clock, url=database_url) as store:
        assert (quarantined(tmp_path), len(stored(tmp_path))) == (in_quarantine, contents)
        found = store.shelf.of_draft(CITY, DRAFT)
        assert [file.state for file in found] == states
        assert (told is None) == (point != "nowhere")
        assert list(file_faults(store.shelf, CITY, datetime.now(UTC))) == []
        later = datetime.now(UTC) + timedelta(hours=2)
        orphans = [fault.trouble for fault in file_faults(store.shelf, CITY, later)]
        assert orphans == [FileTrouble.ORPHAN] * (contents - len(states))

        grown_old(tmp_path)
        asyncio.run(janitor.sweep(store.shelf, CITY))
        asyncio.run(janitor.rescan(store.shelf, CITY))
        assert (quarantined(tmp_path), len(stored(tmp_path))) == (0, len(states))
        assert list(file_faults(store.shelf, CITY, later)) == []
        for file in store.shelf.of_draft(CITY, DRAFT):
            assert file.state is FileState.CLEAN
            assert len(asyncio.run(store.shelf.open(CITY, file))) == file.size
    if point == "after-file-fsync:1":  # and whoever tries again is served
        assert give(tmp_path, "nowhere", form, database_url) is not None


@pytest.mark.long
def test_a_hundred_uploads_killed_at_random_moments_leave_nothing_half(tmp_path: Path) -> None:
    acknowledged: set[str] = set()
    for turn in range(100):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.upload_child", str(tmp_path), "jpeg" if turn % 2 else "pdf"],
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
            stdout=subprocess.PIPE,
        )
        time.sleep(0.4 + turn * 0.012)
        child.kill()
        said, _ = child.communicate()
        acknowledged |= set(said.decode().split())
    with Store(tmp_path, system_clock) as store:
        assert acknowledged <= {file.id for file in store.shelf.of_draft(CITY, DRAFT)}
        assert 0 < len(acknowledged) < 100
        grown_old(tmp_path)
        asyncio.run(janitor.sweep(store.shelf, CITY))
        asyncio.run(janitor.rescan(store.shelf, CITY))
        assert list(file_faults(store.shelf, CITY, datetime.now(UTC) + timedelta(hours=2))) == []
        assert quarantined(tmp_path) == 0
