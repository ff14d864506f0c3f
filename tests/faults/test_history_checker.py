"""The checker of histories knows an order where there is one, and sees where there is none."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from math import inf

import pytest

from tests.faults.history_checker import Operation, Step, disorder


def did(name: str, began: float, ended: float, *steps: Step, certain: bool = True) -> Operation:
    return Operation(name, began, ended, frozenset(steps), certain)


FINE: dict[str, tuple[list[Operation], int]] = {
    "nothing": ([], 0),
    "one after another": ([did("a", 0, 1, (0, 2)), did("b", 2, 3, (2, 3))], 3),
    "at once, in either order": ([did("a", 0, 9, (2, 3)), did("b", 1, 8, (0, 2))], 3),
    "a look before and a look after": ([did("a", 0, 9, (0, 1)), did("l", 1, 2, (0, 0)), did("m", 3, 4, (1, 1))], 1),
    "never told, and it happened": ([did("a", 0, inf, (0, 1), certain=False), did("l", 5, 6, (1, 1))], 1),
    "never told, and it did not happen": ([did("a", 0, inf, (0, 1), certain=False), did("b", 5, 6, (0, 1))], 1),
    "told the same twice": ([did("a", 0, 3, (0, 1), (1, 1)), did("b", 1, 4, (0, 1), (1, 1))], 1),
}
FINE["perhaps, and it must have been"] = (
    [did("a", 0, 1, (0, 1), certain=False), did("l", 2, 3, (0, 0), (1, 1))],
    1,
)
WRONG: dict[str, tuple[list[Operation], int]] = {
    "two who won the same": ([did("a", 0, 9, (0, 1)), did("b", 1, 8, (0, 1))], 1),
    "what is kept and nobody did": ([did("a", 0, 1, (0, 1))], 2),
    "what was told and is not kept": ([did("a", 0, 1, (0, 1)), did("b", 2, 3, (1, 2))], 1),
    "the later first": ([did("a", 0, 1, (1, 2)), did("b", 2, 3, (0, 1))], 2),
    "an old look": ([did("a", 0, 1, (0, 1)), did("l", 2, 3, (0, 0))], 1),
    "two looks the wrong way round": (
        [did("a", 0, 9, (0, 1)), did("l", 1, 2, (1, 1)), did("m", 3, 4, (0, 0))], 1
    ),
    "never told, and too late": ([did("a", 5, inf, (0, 1), certain=False), did("l", 0, 1, (1, 1))], 1),
    "perhaps, and over by then": ([did("a", 0, 1, (0, 1), certain=False), did("l", 2, 3, (0, 0))], 1),
    "a look at a version that never was": ([did("a", 0, 1, (0, 2)), did("l", 2, 3, (1, 1))], 2),
}  # fmt: skip


@pytest.mark.parametrize("name", FINE)
def test_an_order_is_found(name: str) -> None:
    assert disorder(*FINE[name]) is None


@pytest.mark.parametrize("name", WRONG)
def test_that_there_is_none_is_seen(name: str) -> None:
    assert disorder(*WRONG[name]) is not None


def by_trying_all(operations: Sequence[Operation], last: int) -> bool:
    """Tell the same the slow way."""
    certain = [one for one in operations if one.certain]
    perhaps = [one for one in operations if not one.certain]
    for count in range(len(perhaps) + 1):
        for more in itertools.combinations(perhaps, count):
            if any(_leads(order, last) for order in itertools.permutations([*certain, *more])):
                return True
    return False


def _leads(order: Sequence[Operation], last: int) -> bool:
    if any(later.ended < one.began for number, one in enumerate(order) for later in order[number + 1 :]):
        return False
    versions = {0}
    for one in order:
        versions = {after for before, after in one.steps if before in versions}
    return last in versions


@pytest.mark.parametrize("seed", range(8))
def test_it_says_what_trying_every_order_says(seed: int) -> None:
    chance = random.Random(seed)
    found = {True: 0, False: 0}
    for _ in range(250):
        operations = []
        for number in range(chance.randrange(1, 6)):
            began = chance.randrange(10)
            certain = chance.random() < 0.8
            ended = began + chance.randrange(8) if certain or chance.random() < 0.5 else inf
            steps = {(before, chance.choice((before, before + 1))) for before in chance.choices(range(3), k=2)}
            operations.append(Operation(str(number), began, ended, frozenset(steps), certain))
        last = chance.randrange(3)
        fine = by_trying_all(operations, last)
        assert (disorder(operations, last) is None) == fine, (operations, last)
        found[fine] += 1
    assert min(found.values()) > 20
