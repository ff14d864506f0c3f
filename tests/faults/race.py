"""A whole race on one store: racers begin together, and afterwards everything is looked at."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path

from runtime.audit.inspection import Report
from tests.faults.forks import FORKS
from tests.faults.looked_over import look_over
from tests.faults.race_log import RaceLog, Tried, read_logs
from tests.faults.race_office import RaceOffice, race_clock
from tests.faults.race_review import Review, reviewed
from tests.faults.racer import NAMES, Course, Front, Racer, race
from tests.kupang_office import CITY

RACERS = 4
PATIENCE = 3600.0
SETTLED = 1.0  # by when a server has noticed whose line has gone


class Race:
    """A race in a folder; `url` is a PostgreSQL, None for SQLite."""

    def __init__(self, folder: Path, releases: Path, url: str | None) -> None:
        """Begin the clock."""
        self.logs = folder / "logs"
        self.logs.mkdir(parents=True)
        self.course = Course(folder / "data", releases, self.logs, url, time.monotonic_ns())

    def in_one_process(self, count: int, harm: Callable[[RaceOffice], RaceOffice] = lambda office: office) -> None:
        """Race in one process, as a server on SQLite does: many who wait at once on one event loop, one who writes.
        `harm` makes the office careless."""
        with self.course.office() as office, ExitStack() as logs:
            harmed, front = harm(office), Front(self.logs / "front")
            opened = [logs.enter_context(RaceLog(self.logs / f"{name}.log", name)) for name in NAMES]
            racers = [Racer(harmed, name, log, front) for name, log in zip(NAMES, opened, strict=True)]
            asyncio.run(_all(racers, count // len(NAMES)))

    def start(self, name: str, count: int, together: Barrier | None = None) -> ForkServerProcess:
        """Start a racer in a process of its own."""
        racer = FORKS.Process(target=race, args=(self.course, name, count, together))
        racer.start()
        return racer

    def between_processes(self, count: int) -> None:
        """Race between processes on one database."""
        together = FORKS.Barrier(RACERS)
        for racer in [self.start(name, count // RACERS, together) for name in NAMES[:RACERS]]:
            racer.join(PATIENCE)
            assert racer.exitcode == 0
            racer.close()

    def with_kills(self, kills: int, seed: int) -> None:
        """Race between two processes, and kill one or the other at random moments; others go on in its name."""
        chance = random.Random(seed)
        racers = {name: self.start(name, 1_000_000) for name in NAMES[:2]}
        for _ in range(kills):
            name = chance.choice(list(racers))
            lines = self._lines(name)
            while self._lines(name) < lines + 20:
                time.sleep(0.005)
                assert racers[name].exitcode is None, racers[name].exitcode
            time.sleep(chance.uniform(0, 0.1))
            self._kill(racers[name])
            racers[name] = self.start(name, 1_000_000)
        for racer in racers.values():
            self._kill(racer)
        time.sleep(SETTLED)

    def _kill(self, racer: ForkServerProcess) -> None:
        racer.kill()
        racer.join(PATIENCE)
        assert racer.exitcode == -signal.SIGKILL
        racer.close()

    def _lines(self, name: str) -> int:
        path = self.logs / f"{name}.log"
        return path.read_bytes().count(b"\n") if path.exists() else 0

    def tried(self) -> list[Tried]:
        """Return all that racers have noted."""
        return list(read_logs(sorted(self.logs.glob("*.log"))))

    def review(self) -> Review:
        """Compare what was told with what is kept."""
        with self.course.office() as office:
            return reviewed(office.store, office.casework, self.tried())

    def audit(self, review: Review) -> Report:
        """Look at all that is kept, with what racers were told as the client's own book."""
        course = self.course
        with self.course.office() as office:
            asyncio.run(office.store.checkpoints.take(CITY))
        return look_over(course.data, course.releases, course.url, race_clock(course.began), review.told)


async def _all(racers: Sequence[Racer], count: int) -> None:
    await asyncio.gather(*(racer.run(count) for racer in racers))
