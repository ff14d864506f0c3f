"""A whole race on one store: racers begin together, and afterwards everything is looked at."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from generator.model import Catalog
from runtime.audit.inspection import Report
from tests.faults.looked_over import look_over
from tests.faults.race_log import RaceLog, Tried, read_logs
from tests.faults.race_office import RaceOffice, race_clock, race_office
from tests.faults.race_review import Review, reviewed
from tests.faults.racer import NAMES, Front, Racer
from tests.kupang_office import CITY

RACERS = 4
PATIENCE = 3600.0


@dataclass
class Race:
    """A race in a folder; `url` is a PostgreSQL, None for SQLite."""

    folder: Path
    releases: Path
    catalog: Catalog
    url: str | None
    began: int = field(default_factory=time.monotonic_ns)

    def __post_init__(self) -> None:
        self.logs = self.folder / "logs"
        self.data = self.folder / "data"
        self.logs.mkdir(parents=True)

    @contextmanager
    def office(self) -> Iterator[RaceOffice]:
        """Open the office in this process."""
        with race_office(self.data, self.releases, self.catalog, race_clock(self.began), self.url) as office:
            yield office

    def in_one_process(self, count: int, harm: Callable[[RaceOffice], RaceOffice] = lambda office: office) -> None:
        """Race in one process, as a server on SQLite does: many who wait at once on one event loop, one who writes.
        `harm` makes the office careless."""
        with self.office() as office, ExitStack() as logs:
            harmed, front = harm(office), Front(self.logs / "front")
            racers = [
                Racer(harmed, name, logs.enter_context(RaceLog(self.logs / f"{name}.log", name)), front)
                for name in NAMES
            ]
            asyncio.run(_all(racers, count // len(NAMES)))

    def start(self, name: str, count: int) -> subprocess.Popen[str]:
        """Start a racer as a process of its own; it waits for `go`."""
        command = [sys.executable, "-m", "tests.faults.racer", self.data, self.releases, self.url or "-", self.logs]
        more = [name, count, self.began]
        return subprocess.Popen(
            list(map(str, [*command, *more])), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def between_processes(self, count: int) -> None:
        """Race between processes on one database."""
        racers = [self.start(name, count // RACERS) for name in NAMES[:RACERS]]
        for each in racers:
            wait_until_ready(each)
        for each in racers:
            go(each)
        for each in racers:
            with each:
                assert each.wait(PATIENCE) == 0

    def tried(self) -> list[Tried]:
        """Return all that racers have noted."""
        return list(read_logs(sorted(self.logs.glob("*.log"))))

    def review(self) -> Review:
        """Compare what was told with what is kept."""
        with self.office() as office:
            return reviewed(office.store, office.casework, self.tried())

    def audit(self, review: Review) -> Report:
        """Look at all that is kept, with what racers were told as the client's own book."""
        with self.office() as office:
            asyncio.run(office.store.checkpoints.take(CITY))
        return look_over(self.data, self.releases, self.url, race_clock(self.began), review.told)


async def _all(racers: Sequence[Racer], count: int) -> None:
    await asyncio.gather(*(racer.run(count) for racer in racers))


def wait_until_ready(racer: subprocess.Popen[str]) -> None:
    """Wait until a racer has opened its office."""
    assert racer.stdout is not None
    assert racer.stdout.readline() == "ready\n"


def go(racer: subprocess.Popen[str]) -> None:
    """Let it begin."""
    assert racer.stdin is not None
    racer.stdin.write("go\n")
    racer.stdin.flush()
