"""When a folder changes: its files' times and sizes, looked at again and again.

Own polling and not the kernel's notices: it also works on network drives and in containers, and needs no package. A
look at 4,000 files takes under 0.1 s; looking never takes more than a tenth of the time. A change is told when the
folder has been still for one look, so that a save in several steps, or a checkout of another branch, is one change.
It loses up to two looks of time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

Look = dict[str, tuple[int, int, int]]

EVERY = 0.3  # seconds between two looks


def look(folder: Path) -> Look:
    """Return the time, size and identity of every file, by its path; hidden files and those of editors left out."""
    found: Look = {}
    pending = [str(folder)]
    while pending:
        try:
            entries = list(os.scandir(pending.pop()))
        except OSError:
            continue  # it went away while we looked; the next look tells
        for entry in entries:
            if entry.name.startswith((".", "#")) or entry.name.endswith("~"):
                continue
            try:
                if entry.is_dir():
                    pending.append(entry.path)
                    continue
                status = entry.stat()
            except OSError:
                continue
            found[os.path.relpath(entry.path, folder)] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def changes(folder: Path, since: Look, stop: Event, every: float = EVERY) -> Iterator[tuple[str, ...]]:
    """Yield the paths that changed since the last time, whenever some did, until `stop` is set."""
    told = seen = since
    took = 0.0
    while not stop.wait(max(every, 9 * took)):
        began = time.perf_counter()
        now = look(folder)
        took = time.perf_counter() - began
        if now == seen != told:
            yield tuple(sorted(path for path in now.keys() | told.keys() if now.get(path) != told.get(path)))
            told = now
        seen = now
