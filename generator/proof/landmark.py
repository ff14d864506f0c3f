"""The values at which something changes: every literal that a rule compares a question with, and its bounds.

Between two of them every rule says the same, so an example takes them first, and a region ends at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from generator.proof.answer import Answer
from rules.condition.tree import Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.kind import ORDERED, Scalar

Landmarks = Mapping[str, tuple[Scalar, ...]]


def landmarks(conditions: Iterable[Condition], answers: Mapping[str, Answer]) -> Landmarks:
    """Return the literals of ordered questions, each in its order."""
    found: dict[str, dict[Scalar, None]] = {}
    for condition in conditions:
        for code, literal in _literals(condition):
            if code in answers and answers[code].field.kind in ORDERED:
                found.setdefault(code, {})[literal] = None
    return {code: tuple(sorted(values, key=answers[code].scaled)) for code, values in found.items()}


def _literals(condition: Condition) -> Iterator[tuple[str, Scalar]]:
    match condition:
        case Always() | Answered():
            return
        case OneOf(code, _, values):
            yield from ((code, value) for value in values)
        case Between(code):
            yield from ((code, bound) for bound in (condition.low, condition.high) if bound is not None)
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _literals(part)
        case Not(part):
            yield from _literals(part)
        case _:
            assert_never(condition)
