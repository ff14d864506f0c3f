"""Every mutant of a catalog, and a fair choice of them.

The same catalog gives the same mutants in the same order, whatever the machine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator

from generator.mutation.mutant import Mutant, Slip
from generator.mutation.of_conditions import of_conditions
from generator.mutation.of_fees import of_fees
from generator.mutation.of_form import of_form
from generator.mutation.of_law import of_law
from generator.mutation.of_lists import of_lists
from generator.mutation.of_names import of_names
from generator.mutation.of_route import of_route
from generator.mutation.of_rows import of_rows
from generator.mutation.source import Source

OF_PERMIT: tuple[Callable[[Source], Iterator[Mutant]], ...] = (
    of_conditions,
    of_rows,
    of_route,
    of_form,
    of_fees,
    of_law,
    of_names,
)
OF_SHARED: tuple[Callable[[Source], Iterator[Mutant]], ...] = (of_fees, of_law, of_form, of_lists)


def mutants_of(source: Source) -> Iterator[Mutant]:
    """Yield every mutant of one file, each once."""
    seen = set()
    for slips in OF_SHARED if source.permit is None else OF_PERMIT:
        for mutant in slips(source):
            changes = mutant.edits
            if changes not in seen:
                seen.add(changes)
                yield mutant


def chosen(mutants: Iterable[Mutant], most: int | None, seed: int) -> list[Mutant]:
    """Choose at most so many: of each kind of slip as many as of every other, as far as there are."""
    by_slip: dict[Slip, list[Mutant]] = {slip: [] for slip in Slip}
    for mutant in sorted(mutants, key=lambda mutant: mutant.key):
        by_slip[mutant.slip].append(mutant)
    for slip, found in by_slip.items():
        random.Random(f"{seed}/{slip.value}").shuffle(found)
    longest = max((len(found) for found in by_slip.values()), default=0)
    in_turn = [found[turn] for turn in range(longest) for found in by_slip.values() if turn < len(found)]
    return sorted(in_turn[:most], key=lambda mutant: mutant.key)
