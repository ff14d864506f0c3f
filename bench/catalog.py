"""The generator: how fast its command starts, checks and builds, and how both grow with the number of permits.

`python -m bench.catalog [MOST]`. Catalogs of 40, 400 and 4,000 permits (at most MOST) are made from the seven of Kota
Kupang under other names; each is read, checked and built in a process of its own, which tells its CPU time and its
greatest memory. Starts are interleaved with those of a bare `python -c pass`, and medians are compared.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.report import heading, ratio, row

ROOT = Path(__file__).parent.parent
CATALOG = ROOT / "catalog"
COMMAND = Path(sys.executable).with_name("satupintu")
ROUNDS = 15
SIZES = (40, 400, 4_000)


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


def starts(arguments: list[str]) -> tuple[float, float]:
    """Return the median CPU seconds of a command and of `python -c pass`, in turns."""
    times: dict[str, list[float]] = {"command": [], "pass": []}
    for _ in range(ROUNDS):
        for name, command in (("command", arguments), ("pass", [sys.executable, "-c", "pass"])):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times["command"]), statistics.median(times["pass"])


def in_a_process(what: str, folder: Path, out: Path) -> dict[str, float]:
    """Run one of the measurements below in a process of its own and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.catalog", what, str(folder), str(out)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def measure_build(folder: Path, out: Path) -> dict[str, float]:
    """Read, check and build a catalog."""
    from generator.build import build
    from generator.examination import examine

    began = time.process_time()
    examined = examine(folder)
    checked = time.process_time()
    assert examined.sound is not None, examined.findings[:3]
    build(examined.sound, out)
    built = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"check": checked - began, "build": built - checked, "memory": memory}


def measure_load(folder: Path) -> dict[str, float]:
    """Read the same files by the bare C loader of PyYAML, and only their bytes."""
    import yaml

    paths = [Path(parent) / name for parent, _, names in os.walk(folder) for name in names if name.endswith(".yaml")]
    began = time.process_time()
    contents = [path.read_bytes() for path in paths]
    read = time.process_time()
    for content in contents:
        yaml.load(content, Loader=yaml.CSafeLoader)
    return {"bytes": read - began, "load": time.process_time() - read}


def main(most: int) -> None:
    """Measure all, and print each ratio beside its target."""
    heading("starting (CPU, beside `python -c pass`)")
    for name, arguments, target in (
        ("satupintu --help", ["--help"], 5.0),
        ("satupintu check --cepat, the catalog of Kota Kupang", ["check", "--cepat", str(CATALOG)], 14.0),
    ):
        command, bare = starts([str(COMMAND), *arguments])
        row(name, f"{command * 1000:.0f} ms against {bare * 1000:.0f} ms")
        ratio("", command / bare, most=target)
    with tempfile.TemporaryDirectory(prefix="satupintu-bench-") as name:
        folder = Path(name)
        built: dict[int, dict[str, float]] = {}
        for size in (size for size in SIZES if size <= most):
            catalog = grown(folder / str(size), size)
            bare_load = in_a_process("load", catalog, folder)
            cold = built[size] = in_a_process("build", catalog, folder / f"build-{size}")
            again = in_a_process("build", catalog, folder / f"build-{size}")
            heading(f"{size:,} permits (CPU seconds)")
            row("read and check", f"{cold['check']:.2f}")
            row("build", f"{cold['build']:.2f}")
            row("the same, nothing changed", f"{again['check'] + again['build']:.2f}")
            row("bare CSafeLoader of the same files", f"{bare_load['load']:.2f}")
            row("greatest memory", f"{cold['memory']:.0f} MB")
            total = cold["check"] + cold["build"]
            ratio("all of it / bare CSafeLoader", total / bare_load["load"], most=1.5)
        heading("growth")
        small = built[SIZES[0]]
        for size, large in list(built.items())[1:]:
            total = large["check"] + large["build"]
            growth = total / (small["check"] + small["build"])
            ratio(f"time({size:,}) / time({SIZES[0]})", growth, most=0.65 * size)
            ratio(f"memory({size:,}) / memory({SIZES[0]})", large["memory"] / small["memory"], most=2.0)
        if 400 in built and 4_000 in built:
            totals = [built[size]["check"] + built[size]["build"] for size in (400, 4_000)]
            ratio("time(4,000) / time(400)", totals[1] / totals[0], most=10.5)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", folder, out]:
            print(json.dumps(measure_build(Path(folder), Path(out))))
        case ["load", folder, _]:
            print(json.dumps(measure_load(Path(folder))))
        case [most]:
            main(int(most))
        case _:
            main(SIZES[-1])
