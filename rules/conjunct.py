"""A condition as the engine can run it: alternatives, each a list of number tests that must all match.

Nothing is in it but numbers and keys of our own making. `size` says how many alternatives a condition multiplies out to
without doing so; `rules.numbering` does it.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import NamedTuple, assert_never

from rules.condition.tree import Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.kind import Kind


class Operator(StrEnum):
    """How a number is tested; the value is the engine's word for it."""

    EQUAL = "$eq"
    NOT_EQUAL = "$neq"
    BELOW = "$lt"
    AT_MOST = "$lte"
    ABOVE = "$gt"
    AT_LEAST = "$gte"
    AMONG = "$or"


class Match(NamedTuple):
    """One test of one number; `AMONG` has several values, every other operator exactly one."""

    key: str
    operator: Operator
    values: tuple[int, ...]

    @property
    def conditions(self) -> int:
        """Return how many of the engine's own conditions it takes."""
        return len(self.values)


Conjunct = tuple[Match, ...]


def size(condition: Condition, wanted: bool = True) -> int:
    """Return how many conjuncts the condition multiplies out to, without doing so."""
    match condition:
        case Always():
            return 1 if wanted else 0
        case Answered():
            return 1
        case OneOf(kind=kind, values=values):
            return len(set(values)) if wanted and kind is Kind.CHOICES else 1 if values or not wanted else 0
        case Between():
            if wanted:
                return 1
            return (condition.low is not None) + (condition.high is not None)
        case Not(part):
            return size(part, not wanted)
        case Every(parts) | Some(parts):
            sizes = [size(part, wanted) for part in parts]
            return math.prod(sizes) if isinstance(condition, Every) is wanted else sum(sizes)
        case _:
            assert_never(condition)
