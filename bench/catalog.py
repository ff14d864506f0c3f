"""The generator: how fast its command starts, checks and builds, and how both grow with the number of permits.

`python -m bench.catalog [MOST]`. Catalogs of 40, 400 and 4,000 permits (at most MOST) are made from the seven of Kota
Kupang under other names; each is read, checked and built in a process of its own, which tells its CPU time and its
greatest memory. Starts are interleaved with those of a bare `python -c pass`, and medians are compared. A check is
measured when nothing changed since the last one, and as the first of its catalog.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

from bench.report import heading, ratio, row

ROOT = Path(__file__).parent.parent
CATALOG = ROOT / "catalog"
COMMAND = Path(sys.executable).with_name("satupintu")
ROUNDS = 15
SIZES = (40, 400, 4_000)
BUILDS = {40: 7, 400: 3, 4_000: 1}  # of which the median counts: a build of many takes minutes, and swings less


def grown(folder: Path, size: int) -> Path:
    """Write a catalog of `size` permits: those of the real one in turn, each under a code of its own."""
    city = folder / "kota"
    source = next(path for path in sorted(CATALOG.iterdir()) if path.is_dir())
    shutil.copytree(source, city, ignore=shutil.ignore_patterns("izin", "contoh", ".*"))
    office = city / "daerah.yaml"
    office.write_text(office.read_text(encoding="utf-8").replace(source.name, "kota", 1), encoding="utf-8")
    permits = sorted((source / "izin").glob("*/*.yaml"))
    for number in range(size):
        permit = permits[number % len(permits)]
        old, new = permit.parent.name, f"{permit.parent.name}-{number}"
        target = city / "izin" / new / permit.name
        target.parent.mkdir(parents=True)
        text = permit.read_text(encoding="utf-8").replace(f"izin: {old}\n", f"izin: {new}\n", 1)
        target.write_text(text, encoding="utf-8")
    return folder


def cost(command: list[str], folder: Path = ROOT) -> tuple[float, float]:
    """Run a command in a folder; return its CPU seconds and its greatest memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def starts(arguments: list[str], folder: Path) -> tuple[float, float]:
    """Return the median CPU seconds of a command and of `python -c pass`, in turns."""
    turns = [(cost(arguments, folder)[0], cost([sys.executable, "-c", "pass"], folder)[0]) for _ in range(ROUNDS)]
    return statistics.median(turn[0] for turn in turns), statistics.median(turn[1] for turn in turns)


def loading(folder: Path) -> float:
    """Return the CPU seconds of reading the same files by the bare C loader of PyYAML."""
    paths = [Path(parent) / name for parent, _, names in os.walk(folder) for name in names if name.endswith(".yaml")]
    began = time.process_time()
    for path in paths:
        yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    return time.process_time() - began


READING = "import pathlib, sys; [path.read_bytes() for path in pathlib.Path(sys.argv[1]).rglob('*.yaml')]"


def starting(folder: Path) -> None:
    """Measure how fast a command is there, beside a bare `python -c pass`."""
    heading("starting (CPU, beside `python -c pass`)")
    few = str(grown(folder / "katalog", SIZES[0]))
    (folder / "kerja" / "build").mkdir(parents=True)  # where an unchanged catalog is known
    (folder / "baru").mkdir()
    for name, arguments, where, target in (
        ("satupintu --help", ["--help"], "kerja", 5.0),
        (f"satupintu check --cepat, {SIZES[0]} permits, unchanged", ["check", "--cepat", few], "kerja", 14.0),
        (f"satupintu check --cepat, {SIZES[0]} permits, for the first time", ["check", "--cepat", few], "baru", 14.0),
    ):
        command, bare = starts([str(COMMAND), *arguments], folder / where)
        row(name, f"{command * 1000:.0f} ms against {bare * 1000:.0f} ms")
        ratio("", command / bare, most=target)


def main(most: int) -> None:
    """Measure all, and print each ratio beside its target."""
    with tempfile.TemporaryDirectory(prefix="satupintu-bench-") as name:
        folder = Path(name)
        starting(folder / "mulai")
        built: dict[int, tuple[float, float]] = {}
        for size in (size for size in SIZES if size <= most):
            catalog = str(grown(folder / str(size), size))
            folders = [str(folder / f"build-{size}-{turn}") for turn in range(BUILDS[size])]
            build = [str(COMMAND), "build", catalog, "--ke", folders[0]]
            checked, _ = cost([str(COMMAND), "check", catalog, "--format", "json"])
            costs = [cost([*build[:-1], each]) for each in folders]
            built[size] = statistics.median(time for time, _ in costs), max(memory for _, memory in costs)
            again, _ = cost(build)
            reading, _ = cost([sys.executable, "-c", READING, catalog])
            bare_load = loading(Path(catalog))
            heading(f"{size:,} permits (CPU seconds of a whole process)")
            row("check", f"{checked:.2f}")
            row("build", f"{built[size][0]:.2f}")
            row("build again, nothing changed", f"{again:.2f}")
            row("a process that only reads the files", f"{reading:.2f}")
            row("bare CSafeLoader of the same files", f"{bare_load:.2f}")
            row("greatest memory of build", f"{built[size][1]:.0f} MB")
            ratio("build / bare CSafeLoader", built[size][0] / bare_load, most=1.5)
            ratio("build again / only reading the files", again / reading, most=4.0)
        heading("growth")
        time_of_few, memory_of_few = built[SIZES[0]]
        for size in (size for size in built if size != SIZES[0]):
            ratio(f"time({size:,}) / time({SIZES[0]})", built[size][0] / time_of_few, most=0.65 * size / SIZES[0])
            ratio(f"memory({size:,}) / memory({SIZES[0]})", built[size][1] / memory_of_few, most=2.0)
        if 400 in built and 4_000 in built:
            ratio("time(4,000) / time(400)", built[4_000][0] / built[400][0], most=10.5)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1])
