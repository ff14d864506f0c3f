"""The eight laws that hold for every permit, over random lives of cases; and for each law the faults that it sees.

A step is one thing done with a case, or tried; the seed of a failure and the way to it are in its message.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest

from rules.case_event import Event
from rules.command import Refusal
from rules.decider import Decider
from tests.broken_lives import CONTROLS, Control
from tests.case_laws import Broken
from tests.case_walk import Walk, later, moving, subjects_of
from tests.kupang_office import kupang_catalog
from tests.random_office import Subject
from tests.sample_way import FORM, city, ways

SEED = 20261127
CATALOG = Path(__file__).parent.parent / "catalog"
FIRST: Mapping[str, object] = {**FORM, "luas": 30, "alat": ["kompor"]}
APPLICATIONS = (
    FIRST,
    {**FIRST, "alat": ["oven"]},
    {**FIRST, "alat": ["kompor", "oven"], "luas": 99},
    {**FIRST, "nama": "Ani", "luas": 12.5},
)

UNMOVED = {"waits"}  # two desks that pause, in another order, are said and counted apart

# What a walk must have come across to be worth its steps: every event, every refusal, every end.
EVERYTHING = frozenset(
    kind.__name__ for union in (Event, Refusal) for kind in get_args(union)
) | {"terbit", "ditolak", "dibatalkan", "kedaluwarsa", "dicabut"}  # fmt: skip


@pytest.fixture(scope="module")
def catalog_subjects() -> tuple[Subject, ...]:
    return subjects_of(kupang_catalog().cities["kota-kupang"])


@pytest.fixture(scope="module")
def way_subjects() -> tuple[Subject, ...]:
    town = city()
    moved = later(town)
    found = (Subject(name, Decider(permit, town), APPLICATIONS, moved) for name, permit in ways().items())
    return tuple(subject if subject.name in UNMOVED else moving(subject) for subject in found)


@pytest.fixture
def walks() -> Iterator[list[Walk]]:
    opened: list[Walk] = []
    yield opened
    for walk in opened:
        walk.close()


def said(walk: Walk, broken: list[Broken], seed: int) -> str:
    """Say which laws were broken, and how the case came there."""
    found = "\n".join(f"law {one.law}: {one.words}" for one in broken)
    return f"seed {seed}, step {walk.steps}\n{found}\n" + "\n".join(walk.trace)


def led(subjects: tuple[Subject, ...], steps: int, seed: int, walks: list[Walk]) -> Walk:
    """Lead cases for so many steps, in which no law may be broken."""
    walk = Walk(subjects, seed)
    walks.append(walk)
    broken = walk.run(steps)
    assert not broken, said(walk, broken, seed)
    assert walk.steps >= steps
    assert walk.accepted > steps // 3, "most of what was tried was refused"
    return walk


def test_no_law_is_broken_in_random_lives_of_every_permit_and_everything_happens(
    catalog_subjects: tuple[Subject, ...], way_subjects: tuple[Subject, ...], walks: list[Walk]
) -> None:
    subjects = (*catalog_subjects, *way_subjects)
    walk = led(subjects, 26_000, SEED, walks)
    assert walk.cases.keys() == {subject.name for subject in subjects}
    assert EVERYTHING - walk.happened.keys() == set()


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: f"{control.law}-{control.name}")
def test_a_law_sees_the_fault_it_is_there_for(
    control: Control, catalog_subjects: tuple[Subject, ...], walks: list[Walk]
) -> None:
    subjects = tuple(subject for subject in catalog_subjects if subject.name in control.permits)
    assert len(subjects) == len(control.permits)
    walk = Walk(subjects, SEED, control.make)
    walks.append(walk)
    seen: set[int] = set()
    while control.law not in seen:
        assert walk.steps < 4_000, f"law {control.law} does not see {control.name}, seen were {seen}"
        seen |= {one.law for one in walk.run(4_000 - walk.steps)}


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_no_law_is_broken_in_half_a_million_steps(
    seed: int, catalog_subjects: tuple[Subject, ...], way_subjects: tuple[Subject, ...], walks: list[Walk]
) -> None:
    led((*catalog_subjects, *way_subjects), 50_000, seed, walks)
