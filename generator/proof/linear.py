"""A formula that only adds and takes away, as one sum: so that a derived fact is exactly what the formula comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import assert_never

from generator.proof.solver import Formula, Number, all_of, any_of
from rules.formula import Binary, Call, FormulaTree, Function, Name, Negated, OfItems, Operator
from rules.formula import Number as Literal


@dataclass(frozen=True, slots=True)
class Linear:
    """So many times each name, and a plain number."""

    times: Mapping[str, Fraction]
    plain: Fraction

    def by(self, factor: Fraction) -> Linear:
        """Multiply."""
        return Linear({code: times * factor for code, times in self.times.items()}, self.plain * factor)

    def plus(self, other: Linear) -> Linear:
        """Add."""
        codes = dict.fromkeys((*self.times, *other.times))
        added = {code: self.times.get(code, Fraction(0)) + other.times.get(code, Fraction(0)) for code in codes}
        return Linear(added, self.plain + other.plain)


def linear(tree: FormulaTree) -> Linear | None:
    """Return a formula as a sum, None where it is none."""
    match tree:
        case Literal(value):
            return Linear({}, Fraction(value))
        case Name(code):
            return Linear({code: Fraction(1)}, Fraction(0))
        case OfItems():
            return None
        case Negated(part):
            inner = linear(part)
            return None if inner is None else inner.by(Fraction(-1))
        case Binary():
            left, right = linear(tree.left), linear(tree.right)
            return None if left is None or right is None else _joined(tree.operator, left, right)
        case Call(Function.DAYS, (Name(first), Name(second))):
            return Linear({second: Fraction(1)}, Fraction(0)).plus(Linear({first: Fraction(-1)}, Fraction(0)))
        case Call(Function.COUNT, (Name(code),)):
            return Linear({code: Fraction(1)}, Fraction(0))
        case Call():
            return None
        case _:
            assert_never(tree)


def _joined(operator: Operator, left: Linear, right: Linear) -> Linear | None:
    match operator:
        case Operator.ADD:
            return left.plus(right)
        case Operator.SUBTRACT:
            return left.plus(right.by(Fraction(-1)))
        case Operator.MULTIPLY if not right.times:
            return left.by(right.plain)
        case Operator.MULTIPLY if not left.times:
            return right.by(left.plain)
        case Operator.DIVIDE if not right.times and right.plain:
            return left.by(1 / right.plain)
        case Operator.MULTIPLY | Operator.DIVIDE:
            return None
        case _:
            assert_never(operator)


def rounds_to(value: Number, numbers: Mapping[str, Number], sum_of: Linear) -> Formula:
    """Say that a whole number is a sum of others, rounded half up: what lies between goes away from nought."""
    scale = lcm(sum_of.plain.denominator, *(times.denominator for times in sum_of.times.values()))
    exact = Number(int(sum_of.plain * scale))
    for code, times in sum_of.times.items():
        exact = exact.plus(numbers[code].times(int(times * scale)))
    if scale == 1:
        return value.equals(exact)
    nought, twice, steps = Number(0), exact.times(2), value.times(2 * scale)
    above = all_of(exact.at_least(0), nearest(steps, twice, scale))
    return any_of(above, all_of(exact.below(0), nearest(nought.minus(steps), nought.minus(twice), scale)))


def nearest(steps: Number, twice: Number, scale: Number | int) -> Formula:
    """Say that no step is nearer; of two that are as near, the upper one."""
    return all_of(steps.at_most(twice.plus(scale)), steps.above(twice.minus(scale)))
