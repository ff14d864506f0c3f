"""What was proven of permits, so that a permit that has not changed since is not proven again.

A proof is known by the digest of all it can see (the versions of a permit with their places, and what the city shares)
and of the program. Each is one small file of a folder of the user's own, outside of any catalog, with a sum over its
text; it is written aside and moved to its place. Gains a check in the time of the static one. Loses nothing: what does
not fit, is spoilt or cannot be written is as if it were not there, and who checks at the same time writes the same.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from decimal import DecimalException
from functools import cache
from pathlib import Path

from generator.cache_folder import cache_folder
from generator.finding import Finding
from generator.finding_kept import finding_of, written
from generator.known_builds import program_print
from generator.model import Catalog, CityCatalog
from rules.city import City

MOST = 10_000  # files that are kept; past it the half that was written first goes
SUM = 64  # characters of a SHA-256


def digest_of(*seen: object) -> str:
    """Return the digest of what is looked at, and of the program that looks."""
    return hashlib.sha256(f"{_program()} {seen!r}".encode("utf-8", "surrogatepass")).hexdigest()


def kept_proofs() -> ProofCache:
    """Return what the user's own folder keeps."""
    folder = cache_folder()
    return ProofCache(None if folder is None else folder / "bukti")


class ProofCache:
    """The proofs kept in one folder, for one run of this program."""

    def __init__(self, folder: Path | None) -> None:
        """Keep them in `folder`; with None, keep none."""
        self.folder = folder
        self._shared: tuple[City, str] | None = None
        self._tidied = False

    def key(self, one: Catalog) -> str:
        """Return the digest of all that a proof of one permit can see."""
        digest = hashlib.sha256(_program().encode())
        for name, city in one.cities.items():
            seen = (name, city.permits, city.on)
            digest.update(self._of_shared(city).encode() + repr(seen).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _of_shared(self, city: CityCatalog) -> str:
        """Return the digest of what all permits of a city share, which is long, and made once."""
        if self._shared is None or self._shared[0] is not city.city:
            seen = repr((city.city, city.groups, city.places, city.templates)).encode("utf-8", "surrogatepass")
            self._shared = city.city, hashlib.sha256(seen).hexdigest()
        return self._shared[1]

    def known(self, key: str) -> tuple[Finding, ...] | None:
        """Return what was proven, if it is kept and whole."""
        if self.folder is None:
            return None
        try:
            kept = (self.folder / key).read_bytes()
            sum_, text = kept[:SUM], kept[SUM:]
            if hashlib.sha256(key.encode() + text).hexdigest().encode() != sum_:
                return None
            return tuple(map(finding_of, json.loads(text)))
        except (OSError, ValueError, TypeError, KeyError, DecimalException):
            return None

    def keep(self, key: str, findings: Sequence[Finding]) -> None:
        """Keep what was proven."""
        if self.folder is None:
            return
        text = json.dumps(list(map(written, findings)), ensure_ascii=False).encode("utf-8", "surrogatepass")
        unfinished = self.folder / f".{key}-{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(hashlib.sha256(key.encode() + text).hexdigest().encode() + text)
            unfinished.replace(self.folder / key)
            self._tidy(self.folder)
        except OSError:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)

    def _tidy(self, folder: Path) -> None:
        """Once a run, let go of what was written first where there is too much."""
        if self._tidied:
            return
        self._tidied = True
        kept = sorted(folder.iterdir(), key=_written_at)
        for path in kept[: len(kept) // 2] if len(kept) > MOST else ():
            path.unlink(missing_ok=True)


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


@cache
def _program() -> str:
    return program_print()
