"""The reference: what a condition is worth for given facts, in three values, and a fast form of the same.

`truth` is the definition and is written to be read; `compiled` is what runs, one closure per condition, built once.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import assert_never

from rules.condition.presence import checker, missing, suits
from rules.condition.tree import Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.kind import TEXTS, Facts, Kind, Scalar, Value

Test = Callable[[Facts], bool]
_Compare = Callable[[Value], bool]


def truth(condition: Condition, facts: Facts) -> bool | None:
    """Return True, False, or None where an answer that would settle it is missing (Kleene's strong logic)."""
    match condition:
        case Always():
            return True
        case Answered(field):
            return not missing(facts.get(field))
        case OneOf(field, kind, values):
            value = facts.get(field)
            return _among(value, kind, values) if value is not None and suits(kind, value) else None
        case Between(field, kind):
            value = facts.get(field)
            return _between(value, condition) if value is not None and suits(kind, value) else None
        case Every(parts):
            found = [truth(part, facts) for part in parts]
            return False if False in found else None if None in found else True
        case Some(parts):
            found = [truth(part, facts) for part in parts]
            return True if True in found else None if None in found else False
        case Not(part):
            inner = truth(part, facts)
            return None if inner is None else not inner
        case _:
            assert_never(condition)


def holds(condition: Condition, facts: Facts) -> bool:
    """Tell whether the condition is definitely true."""
    return truth(condition, facts) is True


def _among(value: Value, kind: Kind, values: tuple[Scalar, ...]) -> bool:
    if kind is Kind.CHOICES:
        assert isinstance(value, tuple)
        return any(one in value for one in values)
    return any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in values)


def _between(value: Value, test: Between) -> bool:
    low, high = test.low, test.high
    if low is not None and not (_less(low, value) or (test.low_included and value == low)):
        return False
    return high is None or _less(value, high) or (test.high_included and value == high)


def _less(a: Value, b: Value) -> bool:
    if isinstance(a, str):
        assert isinstance(b, str)
        return a < b
    assert isinstance(a, (int, Decimal))
    assert isinstance(b, (int, Decimal))
    return a < b


def compiled(condition: Condition) -> Test:
    """Return a closure that tells the same as `holds`, without walking the tree again."""
    return _closure(condition, True)


def _closure(condition: Condition, wanted: bool) -> Test:
    """Return whether the condition is definitely true (`wanted`), or definitely false."""
    match condition:
        case Always():
            return lambda _: wanted
        case Answered(field):
            return lambda facts: missing(facts.get(field)) is not wanted
        case OneOf(field, kind, values) if (
            wanted and (kind is Kind.CHOICE or kind in TEXTS) and not any(map(missing, values))
        ):
            return _one_text_of(field, frozenset(values))
        case OneOf(field, kind, values):
            return _atom(field, kind, _chosen(values, wanted) if kind is Kind.CHOICES else _listed(values, wanted))
        case Between(field, kind):
            return _atom(field, kind, _within(condition, wanted))
        case Every(parts):
            tests = tuple(_closure(part, wanted) for part in parts)
            return _all(tests) if wanted else _any(tests)
        case Some(parts):
            tests = tuple(_closure(part, wanted) for part in parts)
            return _any(tests) if wanted else _all(tests)
        case Not(part):
            return _closure(part, not wanted)
        case _:
            assert_never(condition)


def _one_text_of(field: str, listed: frozenset[Scalar]) -> Test:
    """Return the commonest test of all: what is among texts of which none is blank is an answer itself."""

    def test(facts: Facts) -> bool:
        value = facts.get(field)
        return isinstance(value, str) and value in listed

    return test


def _listed(values: tuple[Scalar, ...], wanted: bool) -> _Compare:
    listed = frozenset(values)  # 5 and Decimal(5) are one member; True is kept out by its kind
    return lambda value: (value in listed) is wanted


def _chosen(values: tuple[Scalar, ...], wanted: bool) -> _Compare:
    listed = frozenset(values)
    return lambda value: (isinstance(value, tuple) and not listed.isdisjoint(value)) is wanted


def _atom(field: str, kind: Kind, compare: _Compare) -> Test:
    right = checker(kind)

    def test(facts: Facts) -> bool:
        value = facts.get(field)
        return right(value) and compare(value)  # type: ignore[arg-type]  # no kind takes None

    return test


def _within(test: Between, wanted: bool) -> _Compare:
    low, high = test.low, test.high
    above = operator.ge if test.low_included else operator.gt
    below = operator.le if test.high_included else operator.lt
    if high is None:
        return (lambda _: wanted) if low is None else (lambda value: above(value, low) is wanted)
    if low is None:
        return lambda value: below(value, high) is wanted
    return lambda value: (above(value, low) and below(value, high)) is wanted


def _all(tests: tuple[Test, ...]) -> Test:
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda facts: first(facts) and second(facts)

    def every(facts: Facts) -> bool:
        for test in tests:  # noqa: SIM110  # half the time of all(): no generator
            if not test(facts):
                return False
        return True

    return every


def _any(tests: tuple[Test, ...]) -> Test:
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda facts: first(facts) or second(facts)

    def some(facts: Facts) -> bool:
        for test in tests:  # noqa: SIM110  # half the time of any(): no generator
            if test(facts):
                return True
        return False

    return some
