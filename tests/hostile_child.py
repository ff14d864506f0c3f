"""Read hostile catalogs in a process of its own, and tell what was found and what it cost.

Run as `python -m tests.hostile_child FOLDER`: each folder in it is a catalog with one hostile file. Prints one JSON
object per catalog: its name, the findings, the processor seconds, and the most memory used so far, in bytes.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from generator.reading.catalog_folder import read_catalog
from generator.render.sources import Sources
from generator.render.text import as_text

ADDRESS_SPACE = 600 * 1024 * 1024  # mapped, not used: what is used is measured


def greatest_memory() -> int:
    """Return the most bytes this program has held. What `getrusage` tells begins with what its parent held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def main() -> None:
    """Read every catalog of the folder named on the command line."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    for root in sorted(Path(sys.argv[1]).iterdir()):
        begun = time.process_time()
        _, findings = read_catalog(root)
        for lang in ("id", "en"):
            as_text(findings, Sources(root), "en" if lang == "en" else "id")
        seconds = time.process_time() - begun
        found = [
            {"code": f.code, "file": f.at.place.file, "line": f.at.place.line, "column": f.at.place.column}
            for f in findings
        ]
        memory = greatest_memory()
        print(json.dumps({"name": root.name, "found": found, "seconds": seconds, "memory": memory}), flush=True)


if __name__ == "__main__":
    main()
