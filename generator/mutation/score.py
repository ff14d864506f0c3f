"""Many mutants on all cores, and what share of them was noticed.

The same catalog, number and seed give the same score on any machine; only a proof that runs out of its time may differ.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from generator.mutation.every_mutant import chosen
from generator.mutation.mutant import Mutant, Slip
from generator.mutation.ordeal import Ordeal, Verdict

BATCH = 12  # mutants of one file, tried by one process: what is said of the file as it is, is asked once
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the mutants that were tried, of how many there are."""

    verdicts: tuple[Verdict, ...]
    there: int

    @property
    def tried(self) -> tuple[Verdict, ...]:
        """Return the verdicts on mutants that mean something else than the catalog."""
        return tuple(verdict for verdict in self.verdicts if not verdict.same)

    @property
    def survivors(self) -> tuple[Verdict, ...]:
        """Return the mutants that nothing noticed."""
        return tuple(verdict for verdict in self.tried if verdict.noticed_by is None)

    @property
    def share(self) -> float:
        """Return the share that was noticed, in percent."""
        return 100 * (1 - len(self.survivors) / len(self.tried)) if self.tried else 100.0

    def of(self, slip: Slip) -> tuple[Verdict, ...]:
        """Return the verdicts on one kind of slip."""
        return tuple(verdict for verdict in self.tried if verdict.mutant.slip is slip)


def score(
    root: Path, most: int | None, seed: int, told: Progress, *, prove: bool = True, processes: int | None = None
) -> Score:
    """Try mutants of a catalog whose examples hold and that has no error; `most` of them, or all."""
    ordeal = Ordeal(root, prove=prove)
    every = list(ordeal.mutants())
    mutants = chosen(every, most, seed)
    count = processes or len(os.sched_getaffinity(0))
    verdicts: list[Verdict] = []
    for found in _tried(ordeal, root, mutants, count, prove=prove):
        verdicts += found
        told(len(verdicts), len(mutants))
    return Score(tuple(sorted(verdicts, key=lambda verdict: verdict.mutant.key)), len(every))


def _tried(
    ordeal: Ordeal, root: Path, mutants: Sequence[Mutant], processes: int, *, prove: bool
) -> Iterator[list[Verdict]]:
    batches = list(_batches(mutants))
    if processes == 1 or len(batches) < 2:
        yield from ([ordeal.verdict(mutant) for mutant in batch] for batch in batches)
        return
    # A new process rather than a copy of this one: z3 has threads, which a copy would not have.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _begin, (root, prove)) as pool:
        waiting = [pool.submit(_judge, batch) for batch in batches]
        for done in as_completed(waiting):
            yield done.result()


def _batches(mutants: Sequence[Mutant]) -> Iterator[list[Mutant]]:
    by_file = sorted(mutants, key=lambda mutant: (mutant.city, mutant.file, mutant.key))
    for _, group in groupby(by_file, key=lambda mutant: (mutant.city, mutant.file)):
        of_file = list(group)
        yield from (of_file[start : start + BATCH] for start in range(0, len(of_file), BATCH))


_ordeals: list[Ordeal] = []  # of this process: the catalog is read once in each


def _begin(root: Path, prove: bool) -> None:
    _ordeals.append(Ordeal(root, prove=prove))


def _judge(mutants: list[Mutant]) -> list[Verdict]:
    return [_ordeals[0].verdict(mutant) for mutant in mutants]
