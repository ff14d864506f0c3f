"""What a formula comes to, exactly: fractions all the way, never a float, never rounded here.

Gains a result that can be checked by hand; a value that is missing, not a number, or out of all measure is told by
name instead of guessed. `hari_antara` is the days from the first date to the second (1 March to 15 March: 14), and
`bulan_antara` the full months, both negative when the second date is earlier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from rules.condition.presence import is_date
from rules.formula import Binary, Call, FormulaTree, Function, Name, Negated, Number, OfItems, Operator, Role, Use, uses
from rules.kind import Value
from rules.memo import remembered
from rules.months import full_months

# A value of a name. A `daftar` that is there but empty is (); None in an item is a question that stays unanswered for
# good, and adds nothing to a sum.
Item = Mapping[str, Value | Fraction | None]
Input = Value | Fraction | None | tuple[Item, ...]

_MOST_PLACES = 30  # beyond this no rupiah, metre or seat is meant
_MOST = 10**_MOST_PLACES


@dataclass(frozen=True, slots=True)
class Missing:
    """Some inputs are not known yet: their names, `daftar.isian` for one of items, in the order written."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DividedByZero:
    """The part between characters `start` and `end` divides by nought."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unfit:
    """These inputs are there, but not as the formula needs them: a text for a number, a number beyond all measure."""

    names: tuple[str, ...]


Outcome = Fraction | Missing | DividedByZero | Unfit


def evaluate(tree: FormulaTree, values: Mapping[str, Input]) -> Outcome:
    """Compute a formula; what is missing is told whole, before anything is computed."""
    formula = _compiled(tree)
    if missing := [use for use in formula.uses if _is_missing(use, values)]:
        return Missing(_names(missing))
    given = _Given()
    if unfit := [use for use in formula.uses if not given.take(use, values)]:
        return Unfit(_names(unfit))
    try:
        return formula.compute(given)
    except _ByZero as zero:
        return DividedByZero(zero.part.start, zero.part.end)
    except _NoItems as nothing:
        return Missing((nothing.name,))


class _ByZero(Exception):  # noqa: N818  never leaves this module
    def __init__(self, part: Binary) -> None:
        super().__init__()
        self.part = part


class _NoItems(Exception):  # noqa: N818  never leaves this module
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


def exact(value: Value | Fraction | tuple[Item, ...] | None) -> Fraction | None:
    """Return a number as the fraction it is, None for anything else and for numbers beyond all measure."""
    if type(value) is Fraction:
        return value
    if type(value) is int:
        return Fraction(value) if abs(value) < _MOST else None
    if isinstance(value, Decimal) and value.is_finite() and -_MOST_PLACES <= value.adjusted() <= _MOST_PLACES:
        fits = len(value.as_tuple().digits) <= 2 * _MOST_PLACES
        return Fraction(*value.as_integer_ratio()) if fits else None  # much faster than Fraction(value)
    return None


def exact_items(value: Input, code: str) -> tuple[Fraction, ...] | None:
    """Return the numbers of one question of a `daftar`, None where one is there that is no number."""
    numbers: list[Fraction] = []
    for item in value if isinstance(value, tuple) else ():
        one = item.get(code) if isinstance(item, Mapping) else "no item"
        if one is not None:
            number = exact(one)
            if number is None:
                return None
            numbers.append(number)
    return tuple(numbers)


def _names(used: Iterable[Use]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{use.items}.{use.code}" if use.items else use.code for use in used))


def _is_missing(use: Use, values: Mapping[str, Input]) -> bool:
    if use.items is None:
        return values.get(use.code) is None
    items = values.get(use.items)
    if items is None:
        return True
    return isinstance(items, tuple) and any(isinstance(item, Mapping) and use.code not in item for item in items)


@dataclass(frozen=True, slots=True)
class _Given:
    """The values of a formula's names, each as the formula uses it."""

    numbers: dict[str, Fraction] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    of_items: dict[tuple[str, str], tuple[Fraction, ...]] = field(default_factory=dict)

    def take(self, use: Use, values: Mapping[str, Input]) -> bool:
        """Note the value of a name; tell whether it is what the formula needs."""
        if use.items is not None:
            items = values[use.items]
            numbers = exact_items(items, use.code) if isinstance(items, tuple) else None
            if numbers is not None:
                self.of_items[use.items, use.code] = numbers
            return numbers is not None
        value = values[use.code]
        match use.role:
            case Role.NUMBER:
                number = exact(value)
            case Role.DATE:
                if isinstance(value, str) and is_date(value):
                    self.days[use.code] = date.fromisoformat(value)
                    return True
                return False
            case Role.LIST:
                number = Fraction(len(value)) if isinstance(value, tuple) else None
            case _:
                assert_never(use.role)
        if number is not None:
            self.numbers[use.code] = number
        return number is not None


_Compute = Callable[[_Given], Fraction]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """What is known of a formula before any value is: its names, and a closure that computes it."""

    uses: tuple[Use, ...]
    compute: _Compute


@remembered
def _compiled(tree: FormulaTree) -> _Compiled:
    distinct = {(use.items, use.code, use.role): use for use in uses(tree)}
    return _Compiled(tuple(distinct.values()), _closure(tree))


def _closure(tree: FormulaTree) -> _Compute:
    match tree:
        case Number(value):
            number = Fraction(value)
            return lambda _: number
        case Name(code):
            return lambda given: given.numbers[code]
        case OfItems():
            raise AssertionError("a question of items stands only inside a function")
        case Negated(part):
            negated = _closure(part)
            return lambda given: -negated(given)
        case Binary():
            return _binary(tree, _closure(tree.left), _closure(tree.right))
        case Call():
            return _call(tree)
        case _:
            assert_never(tree)


def _binary(tree: Binary, left: _Compute, right: _Compute) -> _Compute:
    match tree.operator:
        case Operator.ADD:
            return lambda given: left(given) + right(given)
        case Operator.SUBTRACT:
            return lambda given: left(given) - right(given)
        case Operator.MULTIPLY:
            return lambda given: left(given) * right(given)
        case Operator.DIVIDE:

            def divided(given: _Given) -> Fraction:
                first, second = left(given), right(given)
                if second == 0:
                    raise _ByZero(tree)
                return first / second

            return divided
        case _:
            assert_never(tree.operator)


def _call(tree: Call) -> _Compute:
    arguments = tree.arguments
    match tree.function:
        case Function.COUNT:
            (counted,) = arguments
            return _closure(counted)
        case Function.SUM:
            added = _numbers(arguments)
            return lambda given: sum(added(given), Fraction(0))
        case Function.LEAST:
            return _extreme(arguments, min)
        case Function.GREATEST:
            return _extreme(arguments, max)
        case Function.DAYS:
            first, second = _days(arguments)
            return lambda given: Fraction((given.days[second] - given.days[first]).days)
        case Function.MONTHS:
            first, second = _days(arguments)
            return lambda given: Fraction(full_months(given.days[first], given.days[second]))
        case _:
            assert_never(tree.function)


def _extreme(arguments: tuple[FormulaTree, ...], choose: Callable[[list[Fraction]], Fraction]) -> _Compute:
    compared = _numbers(arguments)
    first = arguments[0]

    def extreme(given: _Given) -> Fraction:
        numbers = compared(given)
        if not numbers:
            assert isinstance(first, OfItems)
            raise _NoItems(f"{first.items}.{first.code}")
        return choose(numbers)

    return extreme


def _numbers(arguments: tuple[FormulaTree, ...]) -> Callable[[_Given], list[Fraction]]:
    """Return what the arguments come to, a question of items once per item that has it."""

    def of_items(argument: OfItems) -> Callable[[_Given], Iterable[Fraction]]:
        key = (argument.items, argument.code)
        return lambda given: given.of_items[key]

    def alone(argument: FormulaTree) -> Callable[[_Given], Iterable[Fraction]]:
        compute = _closure(argument)
        return lambda given: (compute(given),)

    parts = [of_items(one) if isinstance(one, OfItems) else alone(one) for one in arguments]
    return lambda given: [number for part in parts for number in part(given)]


def _days(arguments: tuple[FormulaTree, ...]) -> tuple[str, str]:
    first, second = arguments
    assert isinstance(first, Name)
    assert isinstance(second, Name)
    return first.code, second.code
