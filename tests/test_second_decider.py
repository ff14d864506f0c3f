"""Two deciders that share nothing agree on small permits at random: the solver, and the enumeration of all cells."""

from __future__ import annotations

import random

import pytest

from generator.checks.proven import PROVEN
from rules.permit import Permit
from tests.cell_decider import DECIDED, Found, decided, without_following
from tests.random_permit import catalog_of, random_permit

SOME, ALL = 100, 1_000


def proven(permit: Permit) -> set[tuple[str, str]]:
    """Return what is proven of a permit: each code with the part where it stands."""
    catalog = catalog_of(permit)
    checks = [check for check in PROVEN if check.code in DECIDED]
    found = [finding for check in checks for finding in check.each(catalog)]
    parts = [(finding.code, finding.at.place.file.partition("#")[2]) for finding in found]
    return {(code, "alur" if code == "ALR-07" else part) for code, part in parts}  # whose refusal is any one's


def test_the_solver_and_the_cells_find_the_same_in_small_permits() -> None:
    agree(range(SOME))


@pytest.mark.long
def test_the_solver_and_the_cells_find_the_same_in_a_thousand_small_permits() -> None:
    agree(range(SOME, SOME + ALL))


def agree(seeds: range) -> None:
    """Compare both over the permits of these seeds, in which each code is there to be found; proofs replay each
    counterexample they show."""
    seen = set[str]()
    for seed in seeds:
        permit = random_permit(random.Random(seed))
        cells = without_following(told(decided(permit)))
        found = {one for one in proven(permit) if one in cells or one in without_following({*cells, one})}
        assert found == cells, f"seed {seed}"
        seen |= {code for code, _ in cells}
    assert seen == DECIDED


def told(found: Found) -> set[tuple[str, str]]:
    """Write each part as the catalog of a random permit names its places."""
    return {(code, "/".join(map(str, part))) for code, part in found}
