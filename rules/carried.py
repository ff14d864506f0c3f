"""What an application answered that made a rule hold: the rule cut down to the tests that carried it.

A rule may say «new, change or legalising»; who filed a new building is told «new building». Gains a short, true reason;
loses the other ways in which the rule could have held, which are in the rule itself.
"""

from __future__ import annotations

from typing import assert_never

from rules.condition.decide import truth
from rules.condition.tree import Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.kind import Facts


def carried(condition: Condition, facts: Facts) -> Condition | None:
    """Return the tests that made the condition hold, each cut down to the answer given; None when it does not hold."""
    tests = _carried(condition, facts, True)
    if tests is None:
        return None
    distinct = tuple(dict.fromkeys(tests))
    return distinct[0] if len(distinct) == 1 else Every(distinct)


def _carried(condition: Condition, facts: Facts, wanted: bool) -> tuple[Condition, ...] | None:
    match condition:
        case Always():
            return () if wanted else None
        case Answered() | Between():
            if truth(condition, facts) is not wanted:
                return None
            return (condition if wanted else Not(condition),)
        case OneOf():
            if truth(condition, facts) is not wanted:
                return None
            return (_answer(condition, facts, wanted),)
        case Every(parts):
            return _all(parts, facts, wanted) if wanted else _any(parts, facts, wanted)
        case Some(parts):
            return _any(parts, facts, wanted) if wanted else _all(parts, facts, wanted)
        case Not(part):
            return _carried(part, facts, not wanted)
        case _:
            assert_never(condition)


def _answer(test: OneOf, facts: Facts, wanted: bool) -> Condition:
    """Return the test as the answer that was given, whether it was to be among the values or not to be."""
    seen = facts[test.field]
    if isinstance(seen, tuple):
        among = tuple(value for value in test.values if value in seen)
        return OneOf(test.field, test.kind, among) if wanted else Not(test)
    return OneOf(test.field, test.kind, (seen,))


def _all(parts: tuple[Condition, ...], facts: Facts, wanted: bool) -> tuple[Condition, ...] | None:
    found: list[Condition] = []
    for part in parts:
        tests = _carried(part, facts, wanted)
        if tests is None:
            return None
        found.extend(tests)
    return tuple(found)


def _any(parts: tuple[Condition, ...], facts: Facts, wanted: bool) -> tuple[Condition, ...] | None:
    found = [tests for part in parts if (tests := _carried(part, facts, wanted)) is not None]
    return tuple(test for tests in found for test in tests) if found else None
