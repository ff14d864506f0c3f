"""Why a condition holds: the tests that carried it, each with the answer it saw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from rules.condition.decide import truth
from rules.condition.tree import Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.kind import Facts, Scalar, Value

Relation = Literal["answered", "unanswered", "=", "!=", "in", "not in", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Reason:
    """One test that carried a condition; `seen` is None where there is no answer."""

    field: str
    operator: Relation
    literal: Scalar | tuple[Scalar, ...] | None
    seen: Value | None


def reasons(condition: Condition, facts: Facts, wanted: bool = True) -> Iterator[Reason]:
    """Yield the tests that make the condition definitely true (false, when not `wanted`); none when it is not."""
    if truth(condition, facts) is not wanted:
        return
    match condition:
        case Always():
            return
        case Answered(field):
            yield Reason(field, "answered" if wanted else "unanswered", None, facts.get(field))
        case OneOf(field, _, (value,)):
            yield Reason(field, "=" if wanted else "!=", value, facts.get(field))
        case OneOf(field, _, values):
            yield Reason(field, "in" if wanted else "not in", values, facts.get(field))
        case Between():
            yield from _bounds(condition, facts, wanted)
        case Every(parts) | Some(parts):
            for part in parts:
                yield from reasons(part, facts, wanted)
        case Not(part):
            yield from reasons(part, facts, not wanted)
        case _:
            assert_never(condition)


def _bounds(test: Between, facts: Facts, wanted: bool) -> Iterator[Reason]:
    """Yield both bounds where they hold, and where they do not, the one that is passed."""
    seen = facts.get(test.field)
    low = Between(test.field, test.kind, low=test.low, low_included=test.low_included)
    high = Between(test.field, test.kind, high=test.high, high_included=test.high_included)
    if test.low is not None and truth(low, facts) is wanted:
        yield Reason(test.field, _lower(test.low_included, wanted), test.low, seen)
    if test.high is not None and truth(high, facts) is wanted:
        yield Reason(test.field, _upper(test.high_included, wanted), test.high, seen)


def _lower(included: bool, wanted: bool) -> Relation:
    if wanted:
        return ">=" if included else ">"
    return "<" if included else "<="


def _upper(included: bool, wanted: bool) -> Relation:
    if wanted:
        return "<=" if included else "<"
    return ">" if included else ">="
