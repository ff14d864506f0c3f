"""A check of the catalog: the first, one where nothing changed, one where a permit did, and one without proofs.

`python -m bench.check [MOST]`. The catalog of Kota Kupang, and 40 and 400 permits grown from it (at most MOST): each is
checked by a process of its own that keeps its proofs in a folder of its own. CPU seconds of the process with its
helpers, seconds by the clock beside them, and how both grow.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.catalog import CATALOG, COMMAND, grown
from bench.report import heading, ratio, row

SIZES = (40, 400)
ROUNDS = 3
ADDED = "\n# Satu baris lagi.\nsumber: [Disunting]\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, and seconds by the clock."""

    cpu: float
    clock: float


def cost(arguments: list[str], kept: Path) -> Cost:
    """Check in a process of its own, which keeps what it proves in `kept`."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(kept)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(COMMAND), "check", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=kept,
        env=environment,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - began)


def median(costs: list[Cost]) -> Cost:
    """Return the median of each."""
    return Cost(statistics.median(each.cpu for each in costs), statistics.median(each.clock for each in costs))


def edits(catalog: Path) -> Iterator[None]:
    """Change one permit, another each time."""
    for permit in sorted(catalog.glob("*/izin/*/*.yaml")):
        text = permit.read_text(encoding="utf-8")
        kept = "\n".join(line for line in text.split("\n") if not line.startswith("sumber:"))
        permit.write_text(kept + ADDED, encoding="utf-8")
        yield


def measured(name: str, catalog: Path, folder: Path) -> dict[str, Cost]:
    """Measure every way of checking one catalog."""
    kept = folder / "kept"
    first: list[Cost] = []
    for _ in range(ROUNDS if "400" not in name else 1):
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        first.append(cost([str(catalog)], kept))
    unchanged = [cost([str(catalog)], kept) for _ in range(ROUNDS)]
    edited = [cost([str(catalog)], kept) for _, _ in zip(range(ROUNDS), edits(catalog), strict=False)]
    fast = [cost(["--cepat", str(catalog)], kept) for _, _ in zip(range(ROUNDS), edits(catalog), strict=False)]
    again = [cost(["--cepat", str(catalog)], kept) for _ in range(ROUNDS)]
    made = {
        "first": first,
        "unchanged": unchanged,
        "one permit edited": edited,
        "--cepat": fast,
        "--cepat, unchanged": again,
    }
    found = {way: median(costs) for way, costs in made.items()}
    heading(f"check, {name} (CPU seconds; by the clock)")
    for way, each in found.items():
        row(way, f"{each.cpu:.2f}; {each.clock:.2f}")
    return found


def main(most: int) -> None:
    """Measure, and print each figure beside its target."""
    with tempfile.TemporaryDirectory(prefix="satupintu-bench-") as name:
        folder = Path(name)
        real = Path(shutil.copytree(CATALOG, folder / "catalog", ignore=shutil.ignore_patterns(".*")))
        kupang = measured("the catalog of Kota Kupang", real, folder)
        ratio("first / 10 s", kupang["first"].clock / 10, most=1.0)
        ratio("unchanged / 1 s", kupang["unchanged"].cpu, most=1.0)
        ratio("one permit edited / 1.5 s", kupang["one permit edited"].cpu / 1.5, most=1.0)
        ratio("--cepat / 1 s", kupang["--cepat"].cpu, most=1.0)
        grew = {
            size: measured(f"{size} permits", grown(folder / str(size), size), folder) for size in SIZES if size <= most
        }
        if 400 in grew:
            heading("growth of CPU seconds from 40 to 400 permits")
            for way, few in grew[40].items():
                ratio(way, grew[400][way].cpu / few.cpu, most=11.0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1])
