"""Power cuts: what was acknowledged is there afterwards, whatever the disk has kept of what was not synced.

What a process does to its files is recorded by a small library beside it (`disk_recorder.c`), and from the record a
test makes what a disk may hold after a cut at any moment (`power_cut.py`); nothing is really cut.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from runtime.audit.requests import Acknowledged
from runtime.cases.store import Store
from runtime.clock import fixed
from tests.faults.looked_over import look_over
from tests.faults.power_cut import Disk, Record, read_records, recorder, recording
from tests.kupang_office import CITY, FILED, kupang_catalog, published
from tests.postgres import TEMPLATE, Cluster
from tests.sample_files import DRAFT

FILINGS = 30
CUTS = [8, pytest.param(1_000, marks=pytest.mark.long)]


@dataclass(frozen=True, slots=True)
class Told:
    """What was told before a cut: numbers by key, and the ids of files that were taken."""

    filed: dict[str, str]
    given: tuple[str, ...]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), kupang_catalog())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorder(tmp_path_factory.mktemp("perekam"))


def recorded(folder: Path, library: Path, releases: Path, *careless: str) -> Sequence[Record]:
    """File until all is filed, and return what was done to the disk."""
    disk, log = folder / "disk", folder / "log"
    (disk / "data").mkdir(parents=True)
    command = [sys.executable, "-m", "tests.faults.power_child", str(disk), str(releases), "-", str(FILINGS)]
    subprocess.run([*command, *careless], env={**os.environ, **recording(library, disk, log)}, check=True, timeout=120)
    return tuple(read_records(log))


@pytest.fixture(scope="module")
def records(library: Path, releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Record]:
    return recorded(tmp_path_factory.mktemp("listrik"), library, releases)


@dataclass(frozen=True, slots=True)
class Served:
    """A PostgreSQL whose server has ended, what it and its client did to the disk, and what was there before."""

    cluster: Cluster
    before: Disk
    records: Sequence[Record]
    url: str


@contextmanager
def served(binaries: Path, releases: Path, *, durable: bool) -> Iterator[Served]:
    """File into a PostgreSQL, and kill it; `durable`: it syncs what it acknowledges."""
    cluster = Cluster(binaries, durable=durable)
    out = Path(tempfile.mkdtemp(prefix="listrik-"))
    try:
        out.chmod(0o755)  # the server is somebody else's process
        cluster.start()
        cluster.make_template()
        cluster.tell(f"CREATE DATABASE listrik TEMPLATE {TEMPLATE}")
        cluster.stop()
        client = cluster.folder / "klien"
        (client / "data").mkdir(parents=True)
        disk, environment = Disk(cluster.folder), recording(recorder(out), cluster.folder, out / "log")
        cluster.start(environment)
        url = cluster.url("listrik")
        command = [sys.executable, "-m", "tests.faults.power_child", str(client), str(releases), url, str(FILINGS)]
        subprocess.run(command, env={**os.environ, **environment}, check=True, timeout=120)
        cluster.kill()
        yield Served(cluster, disk, tuple(read_records(out / "log")), url)
    finally:
        cluster.destroy()
        shutil.rmtree(out)


def told_by(records: Sequence[Record]) -> Told:
    """Return what these records say was told."""
    lines = b"".join(one.content for one in records if one.operation == "W" and one.path.endswith("/told")).decode()
    words = [line.split() for line in lines.splitlines()]
    filed = {key: nomor for kind, key, nomor in words if kind == "filed"}
    return Told(filed, tuple(key for kind, key, _ in words if kind == "given"))


def begun(records: Sequence[Record]) -> int:
    """Return how much was done before the first answer."""
    return next(number for number, one in enumerate(records) if one.path.endswith("/told") and one.operation == "W")


def cuts(
    records: Sequence[Record],
    folder: Path,
    count: int,
    *,
    keeps: bool = True,
    starting: bool = False,
    before: Disk | None = None,
) -> Iterator[tuple[Path, Told]]:
    """Cut the power at so many moments, of the start or of what follows it; `keeps`: the disk may keep some of what was
    not synced, else nothing of it."""
    chance, disk, done = random.Random(count), before or Disk(), 0
    moments = range(begun(records)) if starting else range(begun(records), len(records) + 1)
    for number, moment in enumerate(sorted(chance.choices(moments, k=count))):
        for record in records[done:moment]:
            disk.take(record)
        done = moment
        after = folder / f"{number}"
        disk.cut(after, random.Random(moment) if keeps and number % 3 else None)
        yield after / "data", told_by(records[:moment])
        shutil.rmtree(after)


def lost(data: Path, told: Told, url: str | None = None) -> list[str]:
    """Start on what the disk has kept, and return what was acknowledged and is not there."""
    with Store(data, fixed(FILED), url=url) as store:
        gone = [nomor for nomor in told.filed.values() if store.submissions.find(CITY, nomor) is None]
        shelf = store.shelf
        kept = {one.id: one for one in shelf.of_draft(CITY, DRAFT)}
        for file in told.given:
            if file not in kept or not asyncio.run(shelf.open(CITY, kept[file])):
                gone.append(file)
    return gone


@pytest.mark.parametrize("count", CUTS)
def test_what_was_acknowledged_is_there_after_a_power_cut_and_nothing_is_half(
    tmp_path: Path, records: Sequence[Record], releases: Path, count: int
) -> None:
    assert len(told_by(records).filed) == FILINGS
    for data, told in cuts(records, tmp_path / "sesudah", count):
        assert lost(data, told) == []
        book = [Acknowledged(CITY, key, nomor) for key, nomor in told.filed.items()]
        report = look_over(data, releases, None, fixed(FILED), book)
        assert report.breaches == ()


@pytest.mark.parametrize("count", [6, pytest.param(300, marks=pytest.mark.long)])
def test_a_start_whose_power_was_cut_is_begun_again(tmp_path: Path, records: Sequence[Record], count: int) -> None:
    for data, told in cuts(records, tmp_path / "sesudah", count, starting=True):
        assert told == Told({}, ())
        data.mkdir(parents=True, exist_ok=True)
        assert lost(data, told) == []


def test_an_operator_who_lets_sqlite_sync_less_loses_what_was_acknowledged(
    tmp_path: Path, library: Path, releases: Path
) -> None:
    records = recorded(tmp_path, library, releases, "normal")
    assert any(lost(data, told) for data, told in cuts(records, tmp_path / "sesudah", 6, keeps=False))


@pytest.mark.parametrize("count", [2, pytest.param(100, marks=pytest.mark.long)])
def test_what_postgres_has_acknowledged_is_there_after_a_power_cut(
    tmp_path: Path, cluster: Cluster, releases: Path, count: int
) -> None:
    with served(cluster.binaries, releases, durable=True) as pg:
        assert len(told_by(pg.records).filed) == FILINGS
        for data, told in cuts(pg.records, tmp_path / "sesudah", count, before=pg.before):
            (data / "postmaster.pid").unlink(missing_ok=True)  # of a machine that is off
            client = data.parent / "klien" / "data"
            pg.cluster.hold(data)
            pg.cluster.start()
            assert lost(client, told, pg.url) == []
            book = [Acknowledged(CITY, key, nomor) for key, nomor in told.filed.items()]
            assert look_over(client, releases, pg.url, fixed(FILED), book).breaches == ()
            pg.cluster.kill()


@pytest.mark.long
def test_a_postgres_that_syncs_nothing_loses_what_it_has_acknowledged(
    tmp_path: Path, cluster: Cluster, releases: Path
) -> None:
    with served(cluster.binaries, releases, durable=False) as pg:
        for data, told in cuts(pg.records, tmp_path / "sesudah", 1, keeps=False, before=pg.before):
            (data / "postmaster.pid").unlink(missing_ok=True)
            pg.cluster.hold(data)
            pg.cluster.start()
            assert set(lost(data.parent / "klien" / "data", told, pg.url)) >= set(told.filed.values())
            pg.cluster.kill()
