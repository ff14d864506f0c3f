"""Every life of a case is looked at: one order of desks stands for all, and what is refused by letter is not issued."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from generator.proof.case_life import Bounds, CaseLife, Sort
from generator.proof.issued_unapproved import against, refused_onward
from generator.proof.trial import trial
from generator.proof.ways import ways_to
from rules.city import City
from rules.permit import Permit
from tests.kupang_office import kupang_catalog
from tests.random_permit import random_permit, small_city

SOME, ALL = 8, 80
Ends = set[tuple[str, bool]]


def ends_of(permit: Permit, city: City, *bounds: Bounds) -> Iterator[tuple[Ends, ...]]:
    """Yield, for each way of a permit, the ends its cases come to within each of these bounds, each end with whether it
    is against a desk's word."""
    ways = [way for end in permit.stages if end.end for way in ways_to(trial(permit), end.code)]
    life = CaseLife(permit, city, [Sort(way.answers, way.officers) for way in ways])
    try:
        for number in range(len(ways)):
            yield tuple(_ends(life, number, each) for each in bounds)
    finally:
        life.close()


def _ends(life: CaseLife, number: int, bounds: Bounds) -> Ends:
    came = life.explore(number, bounds).came
    return {(one.state.status, against(life, one) is not None) for one in came if one.state.ended}


def some_permits(count: int) -> Iterator[Permit]:
    """Make permits up of which some applications come to an end."""
    yield from (random_permit(random.Random(seed)) for seed in range(count))


def same_in_every_order(count: int) -> None:
    """Compare one order with all of them, and one round of repair with two."""
    for permit in some_permits(count):
        bounds = Bounds(1), Bounds(1, every_order=True), Bounds(2)
        for once, in_every_order, twice in ends_of(permit, small_city(), *bounds):
            assert in_every_order == once
            assert twice == once


def never_against(count: int) -> None:
    """Look for a permit issued against a refusal where every refusal ends by letter, whatever a repair changes."""
    looked_at = 0
    for permit in some_permits(count):
        if not refused_onward(permit):
            found = list(ends_of(permit, small_city(), Bounds(1, corrections=True)))
            assert not any(against_it for (ends,) in found for _, against_it in ends)
            looked_at += len(found)
    assert looked_at > count // 2


def test_one_order_of_desks_and_one_round_of_repair_stand_for_all() -> None:
    same_in_every_order(SOME)


def test_nothing_is_issued_against_a_refusal_that_ends_by_letter() -> None:
    never_against(SOME)


@pytest.mark.long
def test_one_order_stands_for_all_in_many_permits() -> None:
    same_in_every_order(ALL)


@pytest.mark.long
def test_nothing_is_issued_against_a_refusal_that_ends_by_letter_in_many_permits() -> None:
    never_against(ALL)


@pytest.mark.long
def test_no_permit_of_kupang_is_issued_against_a_desk() -> None:
    kupang = kupang_catalog().cities["kota-kupang"]
    for versions in kupang.permits.values():
        for (ends,) in ends_of(versions[-1].permit, kupang.city, Bounds(1)):
            assert not any(against_it for _, against_it in ends)
            assert ("terbit", False) in ends or ("ditolak", False) in ends
