"""Between what a formula can come to, whatever is answered: exact bounds, wide where the formula is.

Gains bounds for derived facts, and the knowledge whether one can always be computed. Loses what answers have to do with
each other: `a - a` is taken for two of a kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from rules.formula import Binary, Call, FormulaTree, Function, Name, Negated, Number, OfItems, Operator

HUGE = Fraction(10**45)


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` to `high`; `sure` where there always is a value, once every name has one."""

    low: Fraction
    high: Fraction
    sure: bool = True


UNBOUNDED = Span(-HUGE, HUGE, False)
Spans = Mapping[tuple[str | None, str], Span]  # by `daftar` (None: the application's own) and name


def span_of(tree: FormulaTree, names: Spans, counts: Mapping[str, Span]) -> Span:
    """Return the bounds of a formula from those of its names and of how many items each `daftar` has."""
    match tree:
        case Number(value):
            return Span(Fraction(value), Fraction(value))
        case Name(code):
            return names.get((None, code), UNBOUNDED)
        case OfItems(items, code):
            found = names.get((items, code), UNBOUNDED)
            return Span(found.low, found.high, False)
        case Negated(part):
            inner = span_of(part, names, counts)
            return Span(-inner.high, -inner.low, inner.sure)
        case Binary():
            left, right = span_of(tree.left, names, counts), span_of(tree.right, names, counts)
            return _joined(tree.operator, left, right)
        case Call():
            return _called(tree, names, counts)
        case _:
            assert_never(tree)


def _joined(operator: Operator, left: Span, right: Span) -> Span:
    sure = left.sure and right.sure
    match operator:
        case Operator.ADD:
            return Span(left.low + right.low, left.high + right.high, sure)
        case Operator.SUBTRACT:
            return Span(left.low - right.high, left.high - right.low, sure)
        case Operator.MULTIPLY:
            ends = [one * other for one in (left.low, left.high) for other in (right.low, right.high)]
            return Span(min(ends), max(ends), sure)
        case Operator.DIVIDE:
            if right.low <= 0 <= right.high:
                return UNBOUNDED
            ends = [one / other for one in (left.low, left.high) for other in (right.low, right.high)]
            return Span(min(ends), max(ends), sure)
        case _:
            assert_never(operator)


def _called(call: Call, names: Spans, counts: Mapping[str, Span]) -> Span:
    parts = [span_of(argument, names, counts) for argument in call.arguments]
    match call.function:
        case Function.COUNT:
            counted = call.arguments[0]
            return counts.get(counted.code, UNBOUNDED) if isinstance(counted, Name) else UNBOUNDED
        case Function.SUM:
            added = [_added(a, part, counts) for a, part in zip(call.arguments, parts, strict=True)]
            return Span(
                sum((one.low for one in added), Fraction(0)),
                sum((one.high for one in added), Fraction(0)),
                all(one.sure for one in added),
            )
        case Function.LEAST:
            low, high = min(part.low for part in parts), min(part.high for part in parts)
            return Span(low, high, all(part.sure for part in parts))
        case Function.GREATEST:
            low, high = max(part.low for part in parts), max(part.high for part in parts)
            return Span(low, high, all(part.sure for part in parts))
        case Function.DAYS:
            first, second = parts
            return Span(second.low - first.high, second.high - first.low, first.sure and second.sure)
        case Function.MONTHS:
            first, second = parts
            low, high = second.low - first.high, second.high - first.low
            nought = Fraction(0)
            return Span(min(low, nought) / 28 - 1, max(high, nought) / 28 + 1, first.sure and second.sure)
        case _:
            assert_never(call.function)


def _added(argument: FormulaTree, part: Span, counts: Mapping[str, Span]) -> Span:
    """Return what an argument adds to a sum: a question of items once for each that there may be."""
    if not isinstance(argument, OfItems):
        return part
    most = counts.get(argument.items, UNBOUNDED).high
    return Span(min(Fraction(0), part.low * most), max(Fraction(0), part.high * most), part.high < HUGE)
