"""A formula with products and quotients, as what it exactly comes to: too hard to ask of every question.

It is asked only of what is about to be shown: whether some answers really come to that. Gains no finding that can not
occur, and forms whose derived facts are what their answers say. Loses what has no rational form: months, and sums over
the items of a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from generator.proof.answer import Answer
from generator.proof.linear import nearest
from generator.proof.solver import TRUE, Formula, Number, all_of, any_of, implies, no
from rules.condition.presence import MOST
from rules.formula import Binary, Call, FormulaTree, Function, Name, Negated, OfItems, Operator
from rules.formula import Number as Literal


@dataclass(frozen=True, slots=True, eq=False)
class Ratio:
    """One whole number over another, which may be below nought."""

    above: Number
    below: Number


def comes_to(value: Answer, given: Formula, tree: FormulaTree, names: Mapping[str, Ratio]) -> Formula:
    """Say that a derived fact is what its formula comes to, rounded half up, and is there unless that is nothing; say
    nothing where the formula has no such form."""
    scale = 10**value.digits
    exactly = _is(value.number, scale, tree, names)
    if exactly is None:
        return TRUE
    return all_of(implies(value.present, exactly), there_unless_nothing(value, given, tree, names))


def there_unless_nothing(value: Answer, given: Formula, tree: FormulaTree, names: Mapping[str, Ratio]) -> Formula:
    """Say that a derived fact is there where its names are answered, unless its formula comes to no answer."""
    whole = _ratio(tree, names)
    nothing = TRUE if whole is None else _nothing(whole, 10**value.digits)
    return any_of(value.present, no(given), nothing)


def _nothing(ratio: Ratio, scale: int) -> Formula:
    """Say that it divides by nought, or comes to more than any answer can be."""
    most, above, nought = ratio.below.times(MOST), ratio.above.times(scale), Number(0)
    beyond = [above.above(most), above.above(nought.minus(most)), above.below(most), above.below(nought.minus(most))]
    return any_of(
        ratio.below.equals(0),
        all_of(ratio.below.above(0), any_of(beyond[0], beyond[3])),
        all_of(ratio.below.below(0), any_of(beyond[1], beyond[2])),
    )


def _is(value: Number, scale: int, tree: FormulaTree, names: Mapping[str, Ratio]) -> Formula | None:
    """Say that a number at a scale is what a formula comes to."""
    match tree:
        case Call(Function.LEAST | Function.GREATEST as function, arguments):
            parts = [_ratio(argument, names) for argument in arguments]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts):
                return None
            return any_of(
                *(
                    all_of(_rounded(value, scale, one), *(_ordered(function, one, other) for other in known))
                    for one in known
                )
            )
        case _:
            whole = _ratio(tree, names)
            return None if whole is None else _rounded(value, scale, whole)


def _ordered(function: Function, one: Ratio, other: Ratio) -> Formula:
    left, right = one.above.times(other.below), other.above.times(one.below)
    both = one.below.times(other.below)
    less = any_of(all_of(both.above(0), left.at_most(right)), all_of(both.below(0), left.at_least(right)))
    more = any_of(all_of(both.above(0), left.at_least(right)), all_of(both.below(0), left.at_most(right)))
    return less if function is Function.LEAST else more


def _rounded(value: Number, scale: int, ratio: Ratio) -> Formula:
    up, down = ratio.above.times(scale), ratio.below
    nought = Number(0)
    return any_of(
        all_of(down.above(0), _half_up(value, up, down)),
        all_of(down.below(0), _half_up(value, nought.minus(up), nought.minus(down))),
    )


def _half_up(value: Number, up: Number, down: Number) -> Formula:
    nought, steps, twice = Number(0), value.times(down).times(2), up.times(2)
    return any_of(
        all_of(up.at_least(0), nearest(steps, twice, down)),
        all_of(up.below(0), nearest(nought.minus(steps), nought.minus(twice), down)),
    )


def _ratio(tree: FormulaTree, names: Mapping[str, Ratio]) -> Ratio | None:
    match tree:
        case Literal(value):
            exact = Fraction(value)
            return Ratio(Number(exact.numerator), Number(exact.denominator))
        case Name(code) | Call(Function.COUNT, (Name(code),)):
            return names.get(code)
        case Negated(part):
            inner = _ratio(part, names)
            return None if inner is None else Ratio(Number(0).minus(inner.above), inner.below)
        case Binary():
            left, right = _ratio(tree.left, names), _ratio(tree.right, names)
            return None if left is None or right is None else _joined(tree.operator, left, right)
        case Call(Function.DAYS, (Name(first), Name(second))):
            since, until = names.get(first), names.get(second)
            return None if since is None or until is None else Ratio(until.above.minus(since.above), Number(1))
        case Call() | OfItems():
            return None
        case _:
            assert_never(tree)


def _joined(operator: Operator, left: Ratio, right: Ratio) -> Ratio:
    match operator:
        case Operator.ADD:
            return Ratio(_crossed(left, right, 1), left.below.times(right.below))
        case Operator.SUBTRACT:
            return Ratio(_crossed(left, right, -1), left.below.times(right.below))
        case Operator.MULTIPLY:
            return Ratio(left.above.times(right.above), left.below.times(right.below))
        case Operator.DIVIDE:
            return Ratio(left.above.times(right.below), left.below.times(right.above))
        case _:
            assert_never(operator)


def _crossed(left: Ratio, right: Ratio, sign: int) -> Number:
    return left.above.times(right.below).plus(right.above.times(left.below).times(sign))
