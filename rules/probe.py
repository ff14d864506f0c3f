"""Facts that stand at the edges of a ruleset: each literal, one step to either side, and the answer missing."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import assert_never

from rules.condition.presence import FIRST_YEAR, LAST_YEAR
from rules.condition.tree import Always, Answered, Between, Condition, Every, Not, OneOf, Some
from rules.field import Field
from rules.kind import NUMBERS, Facts, Kind, Scalar, Value


def probes(rules: Mapping[str, Condition], fields: Mapping[str, Field], count: int) -> tuple[Facts, ...]:
    """Return `count` facts drawn from the edges of every field that the rules read; the same for the same rules."""
    edges: dict[str, list[Value]] = {}
    for condition in rules.values():
        for code, literal in _literals(condition):
            found = edges.setdefault(code, [])
            found += [value for value in _around(fields[code], literal) if value not in found]
    drawn = random.Random(0)  # the same facts each time
    return tuple(
        {
            code: _several(drawn, values) if fields[code].kind is Kind.CHOICES else drawn.choice(values)
            for code, values in edges.items()
            if drawn.random() < 0.9
        }
        for _ in range(count)
    )


def _several(drawn: random.Random, values: list[Value]) -> tuple[str, ...]:
    options = [value for value in values if isinstance(value, str)]
    return tuple(drawn.sample(options, drawn.randint(1, min(3, len(options)))))


def _literals(condition: Condition) -> Iterator[tuple[str, Scalar | None]]:
    match condition:
        case Always():
            return
        case Answered(field):
            yield field, None
        case OneOf(field, _, values):
            yield field, None
            for value in values:
                yield field, value
        case Between(field):
            yield from ((field, bound) for bound in (condition.low, condition.high))
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _literals(part)
        case Not(part):
            yield from _literals(part)
        case _:
            assert_never(condition)


def _around(field: Field, literal: Scalar | None) -> Iterator[Value]:
    """Yield a literal with its neighbours; for None, an answer of the kind that no rule need know."""
    kind = field.kind
    if kind in NUMBERS:
        number = 0 if literal is None else literal
        assert isinstance(number, int | Decimal)
        step = Decimal(1).scaleb(-field.digits) if kind is Kind.DECIMAL else 1
        yield from (number, number + step, number - step)
    elif kind is Kind.DATE:
        day = date(2026, 1, 1) if literal is None else date.fromisoformat(str(literal))
        near = (day + timedelta(days=n) for n in (0, 1, -1) if FIRST_YEAR < day.year < LAST_YEAR or n == 0)
        yield from (one.isoformat() for one in near)
    elif kind is Kind.YES_NO:
        yield from (True, False)
    elif kind is Kind.LIST:
        yield ({},)
    elif literal is None:
        yield "-"
    else:
        yield literal
