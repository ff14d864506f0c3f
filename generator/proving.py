"""The proofs of a catalog while it is examined: those that are kept, those that other processes find, and the rest.

Gains all cores of the machine, and a solver that is loaded while the next permits are read. Loses the order in which
proofs are found; whoever collects them puts them in order.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from generator.finding import Finding
from generator.model import Catalog
from generator.proof_cache import kept_proofs

PROCESSES = os.cpu_count() or 1
AHEAD = 4  # permits for each process that may wait, so that not all of them are in memory


def prove(one: Catalog) -> tuple[Finding, ...]:
    """Prove all there is to prove of the permits of a catalog, one after the other, and keep nothing."""
    from generator.checks.proven import PROVEN  # loads z3, which nobody waits for who wants no proof

    return tuple(finding for check in PROVEN for finding in check.each(one))


@dataclass(frozen=True, slots=True)
class Asked:
    """A proof that was asked of another process."""

    one: Catalog
    key: str
    answer: Future[tuple[Finding, ...]]


class Proving:
    """The proofs of one examination; `side_by_side` lets other processes help."""

    def __init__(self, *, side_by_side: bool) -> None:
        """Begin with what is kept."""
        self._cache = kept_proofs()
        self._side_by_side = side_by_side
        self._pool: ProcessPoolExecutor | None = None
        self._asked: list[Asked] = []
        self._found: list[Finding] = []

    def now(self, one: Catalog) -> tuple[Finding, ...]:
        """Return what is proven of one permit."""
        key = self._cache.key(one)
        known = self._cache.known(key)
        return self._prove(one, key) if known is None else known

    def later(self, one: Catalog) -> None:
        """Have one permit proven by the end."""
        key = self._cache.key(one)
        known = self._cache.known(key)
        if known is None and self._pool is None and self._side_by_side and _may_fork():
            self._pool = ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("fork"))
        if known is not None:
            self._found.extend(known)
        elif self._pool is None:
            self._found.extend(self._prove(one, key))
        else:
            if len(self._asked) >= AHEAD * PROCESSES:
                self._take(self._asked.pop(0))
            try:
                self._asked.append(Asked(one, key, self._pool.submit(prove, one)))
            except BrokenProcessPool:
                self._found.extend(self._prove(one, key))

    def all(self) -> Iterator[Finding]:
        """Yield what was proven of all that was asked for, and let the other processes go."""
        while self._asked:
            self._take(self._asked.pop(0))
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None
        yield from self._found

    def _prove(self, one: Catalog, key: str) -> tuple[Finding, ...]:
        found = prove(one)
        self._cache.keep(key, found)
        return found

    def _take(self, asked: Asked) -> None:
        try:
            found = asked.answer.result()
        except BrokenProcessPool:  # the machine took a process away
            found = prove(asked.one)
        self._cache.keep(asked.key, found)
        self._found.extend(found)


def _may_fork() -> bool:
    """Tell whether this process can be doubled: no other thread is there, nor z3's, for which a copy would wait."""
    return sys.platform == "linux" and threading.active_count() == 1 and "z3" not in sys.modules
