"""Which release is served: the one that the link `current` names, swapped without dropping a request.

A request takes the release once and keeps it to its end. A case stays on the release it was filed under for as long as
it lives, so releases that were served before can be opened again by their digest. A release that is broken, or that its
canary refuses, is never swapped in: the last good one goes on serving and `problem` says why.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable
from pathlib import Path

from rules.city import City
from runtime.release import BrokenReleaseError, Release

CANARY_SECONDS = 120.0
KEPT = 3  # releases that requests begun before a swap may still be reading


class Releases:
    """The folder of built releases, and the one of them that is open."""

    def __init__(self, folder: Path) -> None:
        """Open what `current` names; BrokenReleaseError when there is nothing good to serve."""
        self._folder = folder
        self._past: deque[Release] = deque()
        self._pinned: dict[str, Release] = {}
        self._lock = threading.Lock()
        self.problem: str | None = None
        self.current = Release(folder / self._named())

    def of(self, digest: str) -> Release:
        """Return the release a case was filed under; BrokenReleaseError when it is not there as it was built."""
        current = self.current
        if current.digest == digest:
            return current
        with self._lock:
            if digest not in self._pinned:
                if not re.fullmatch(r"[0-9a-f]{64}", digest):
                    raise BrokenReleaseError(f"{digest[:80]} is not the digest of a release")
                self._pinned[digest] = Release(self._folder / digest)
            return self._pinned[digest]

    def city(self, digest: str, code: str) -> City | None:
        """Return a city as it is in a release, such as the one whose days off a case follows; None where it is gone."""
        try:
            found = self.of(digest).cities.get(code)
        except BrokenReleaseError:
            return None
        return None if found is None else found.city

    def need(self, needed: Iterable[tuple[str, str, str, str]]) -> None:
        """Make sure that every permit version open cases rest on is there: release, city, permit and version of each;
        BrokenReleaseError names what is not."""
        missing = []
        for digest, city, permit, version in needed:
            try:
                opened = self.of(digest).cities.get(city)
                if opened is None or opened.version(permit, version) is None:
                    missing.append(f"{digest[:12]}: {city}/{permit}/{version}")
            except BrokenReleaseError as problem:
                missing.append(str(problem))
        if missing:
            raise BrokenReleaseError("open cases need what is not there: " + "; ".join(dict.fromkeys(missing)))

    def refresh(self) -> bool:
        """Swap to another release if `current` now names one; tell whether it did. Blocking: call it in a thread."""
        try:
            named = self._named()
            if named == self.current.digest:
                self.problem = None
                return False
            canary(self._folder / named)
            fresh = Release(self._folder / named)
        except BrokenReleaseError as problem:
            self.problem = str(problem)
            return False
        self.problem = None
        self._past.append(self.current)
        self.current = fresh
        while len(self._past) > KEPT:
            self._past.popleft().close()
        return True

    def close(self) -> None:
        """Free what all open releases hold."""
        for release in (*self._past, *self._pinned.values(), self.current):
            release.close()

    def _named(self) -> str:
        try:
            return (self._folder / "current").readlink().name
        except OSError as problem:
            raise BrokenReleaseError(f"{self._folder}: no release is published ({problem.strerror})") from problem


def canary(release: Path, seconds: float = CANARY_SECONDS) -> None:
    """Open every file of a release and exercise its rules in a child process; BrokenReleaseError when that fails.

    The engine can crash or hang a process (`docs/adr`): here that is a refused release, not an outage.
    """
    try:
        child = subprocess.run(
            [sys.executable, "-m", "runtime.canary", str(release)], capture_output=True, text=True, timeout=seconds
        )
    except subprocess.TimeoutExpired as hung:
        raise BrokenReleaseError(f"{release.name}: the canary did not end within {seconds:g} s") from hung
    if child.returncode != 0:
        last = (child.stderr.strip().splitlines() or [f"ended by signal or status {child.returncode}"])[-1]
        raise BrokenReleaseError(f"{release.name}: the canary refused it: {last}")
