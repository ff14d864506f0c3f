"""kill -9 at each of the twelve points at which a process can end, on both databases, anywhere in the life of a case:
whoever asks again is told what would have been told, the case goes on to its letter, and the audit finds nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from rules.case_event import Issued, Paid, Signed
from runtime.audit.requests import Acknowledged
from runtime.cases.crash_point import POINTS
from runtime.clock import fixed
from tests.faults.filing_office import PATIENCE, Office
from tests.faults.forks import FORKS
from tests.faults.life import BETWEEN, KEY, STEPS, live, told_in
from tests.faults.looked_over import look_over
from tests.faults.race_office import race_office
from tests.faults.racer import CATALOG
from tests.faults.sample_server import prepare
from tests.kupang_office import CITY, FILED, published

ROOT = Path(__file__).parent.parent.parent

# How often a life comes by each point. Those of a server are further down.
LIVED = {
    "before-begin": 9,
    "after-idempotency": 8,
    "after-projection": 9,
    "after-event": 9,
    "after-outbox": 9,
    "before-commit": 13,
    "after-commit": 13,
    "before-file-fsync": 1,
    "after-file-fsync": 1,
}
SERVED = {"mid-upload": 1, "before-response": 2, "after-response": 2}
RUNS = [0, 1, *(pytest.param(run, marks=pytest.mark.long) for run in range(2, 20))]


def test_the_points_are_all_there_are() -> None:
    assert sorted([*LIVED, *SERVED]) == sorted(POINTS)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), CATALOG)


@dataclass
class Lives:
    """The lives of one shop, one after another in one folder."""

    folder: Path
    releases: Path
    url: str | None
    turns: int = 0

    def live(self, point: str = "") -> None:
        """Live once more in a process of its own, to its end or to this point."""
        process = FORKS.Process(target=live, args=(self.folder, self.releases, self.url, self.turns, point))
        process.start()
        process.join(PATIENCE)
        assert process.exitcode == (-signal.SIGKILL if point else 0), (point, process.exitcode)
        process.close()
        self.turns += 1

    @property
    def told(self) -> dict[str, set[str]]:
        """Return what was told of each step."""
        found: dict[str, set[str]] = defaultdict(set)
        for step, answer in told_in(self.folder):
            found[step].add(answer)
        return found

    def check(self) -> None:
        """Check that all is there once, as it was told each time."""
        told, now = self.told, fixed(FILED + self.turns * BETWEEN)
        assert len(told) == STEPS
        assert {step: answers for step, answers in told.items() if len(answers) != 1} == {}
        (nomor,) = told["file"]
        report = look_over(self.folder / "data", self.releases, self.url, now, [Acknowledged(CITY, KEY, nomor)])
        assert report.breaches == ()
        assert (report.looked_at["cases"], report.looked_at["acknowledged"]) == (1, 1)
        with race_office(self.folder / "data", self.releases, CATALOG, now, self.url) as office:
            history = Counter(type(one.event) for one in office.casework.history(CITY, nomor))
            assert (history[Paid], history[Signed], history[Issued], history.total()) == (1, 1, 1, 25)
            assert office.state(nomor).products[0].sequence == 1


def cuts(passes: int, run: int) -> tuple[int, ...]:
    """Return at which pass of a point the lives of a run end: each is tried, and then two in a row."""
    if run < passes:
        return ((passes // 3 + run * passes // 2) % passes + 1,)
    return (1 + run % max(1, passes // 2), 1)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("point", LIVED)
def test_a_life_that_is_cut_off_anywhere_goes_on_as_it_would_have(
    tmp_path: Path, releases: Path, database_url: str | None, point: str, run: int
) -> None:
    lives = Lives(tmp_path, releases, database_url)
    for at in cuts(LIVED[point], run):
        lives.live(f"{point}:{at}")
    lives.live()
    lives.check()


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("point", SERVED)
def test_a_client_whose_server_is_cut_off_is_answered_by_the_next_as_it_would_have_been(
    tmp_path: Path, database_url: str | None, point: str, run: int
) -> None:
    prepare(tmp_path)
    office = Office(tmp_path, run, url=database_url)
    ends = cuts(SERVED[point], run)
    office.start(f"{point}:{ends[0]}")
    client = threading.Thread(target=office.file, args=(0,), daemon=True)
    client.start()
    for after in [*(f"{point}:{at}" for at in ends[1:]), ""]:
        assert office.ended() == -signal.SIGKILL, point
        office.start(after)
    client.join(PATIENCE)
    assert not client.is_alive()
    office.file(10)
    office.kill()
    assert office.ledger.wrong == []
    assert sorted(office.ledger.told.values()) == ["UJI-2026-000001", "UJI-2026-000002"]
    assert office.unanswered > 0
    report = office.audit()
    assert report.breaches == ()
    assert (report.looked_at["cases"], report.looked_at["acknowledged"]) == (2, 2)


def test_the_command_compares_with_the_book_of_a_client(tmp_path: Path, releases: Path) -> None:
    lives = Lives(tmp_path, releases, None)
    lives.live("after-commit:5")
    (nomor,) = lives.told["file"]

    def audit(nomor: str) -> subprocess.CompletedProcess[str]:
        book = tmp_path / "buku"
        book.write_text(json.dumps({"daerah": CITY, "kunci": KEY, "nomor": nomor}) + "\n")
        environment = {
            **os.environ,
            "SATUPINTU_DATA": str(tmp_path / "data"),
            "SATUPINTU_RILIS": str(releases),
            "SATUPINTU_JAM": (FILED + BETWEEN).isoformat(),
        }
        command = [sys.executable, "-m", "runtime.audit.command", "--buku", str(book)]
        return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)

    assert audit(nomor).returncode == 0
    lost = audit("KPG-2026-000007")
    assert lost.returncode == 1
    assert "I1" in lost.stdout
