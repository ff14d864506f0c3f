"""What a formula comes to, exactly: fractions all the way, never a float, never rounded here.

Gains a result that can be checked by hand; a value that is missing, not a number, or out of all measure is told by
name instead of guessed. `hari_antara` is the days from the first date to the second (1 March to 15 March: 14), and
`bulan_antara` the full months, both negative when the second date is earlier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from rules.condition.presence import is_date
from rules.formula import (
    Binary,
    Call,
    FormulaTree,
    Function,
    Name,
    Negated,
    Number,
    OfItems,
    Operator,
    Role,
    Use,
    uses_of,
)
from rules.kind import Value
from rules.months import full_months

# A value of a name. A `daftar` that is there but empty is (); None in an item is a question that stays unanswered for
# good, and adds nothing to a sum.
Item = Mapping[str, Value | Fraction | None]
Input = Value | Fraction | None | tuple[Item, ...]

_MOST_PLACES = 30  # beyond this no rupiah, metre or seat is meant


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
    used = uses_of(tree)
    if missing := _names(use for use in used if _is_missing(use, values)):
        return Missing(missing)
    if unfit := _names(use for use in used if not _fits(use, values)):
        return Unfit(unfit)
    try:
        return _value(tree, values)
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
    match value:
        case bool():
            return None
        case Fraction():
            return value
        case Decimal() if value.is_finite() and -_MOST_PLACES <= value.adjusted() <= _MOST_PLACES:
            return Fraction(value) if len(value.as_tuple().digits) <= 2 * _MOST_PLACES else None
        case int() if abs(value) < 10**_MOST_PLACES:
            return Fraction(value)
        case _:
            return None


def _names(used: Iterator[Use]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{use.items}.{use.code}" if use.items else use.code for use in used))


def _is_missing(use: Use, values: Mapping[str, Input]) -> bool:
    if use.items is None:
        return values.get(use.code) is None
    items = values.get(use.items)
    if items is None:
        return True
    return any(isinstance(item, Mapping) and use.code not in item for item in _items(items))


def _items(value: Input) -> tuple[Item | str, ...]:
    return value if isinstance(value, tuple) else ()


def _fits(use: Use, values: Mapping[str, Input]) -> bool:
    if use.items is not None:
        items = values[use.items]
        return isinstance(items, tuple) and all(
            isinstance(item, Mapping) and (item[use.code] is None or exact(item[use.code]) is not None)
            for item in items
        )
    value = values[use.code]
    match use.role:
        case Role.NUMBER:
            return exact(value) is not None
        case Role.DATE:
            return _date(value) is not None
        case Role.LIST:
            return isinstance(value, tuple)
        case _:
            assert_never(use.role)


def _date(value: Input) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and is_date(value) else None


def _value(tree: FormulaTree, values: Mapping[str, Input]) -> Fraction:
    match tree:
        case Number(value):
            return Fraction(value)
        case Name(code):
            return _number(values[code])
        case OfItems():
            raise AssertionError("a question of items stands only inside a function")
        case Negated(part):
            return -_value(part, values)
        case Binary(operator, left, right):
            first, second = _value(left, values), _value(right, values)
            match operator:
                case Operator.ADD:
                    return first + second
                case Operator.SUBTRACT:
                    return first - second
                case Operator.MULTIPLY:
                    return first * second
                case Operator.DIVIDE:
                    if second == 0:
                        raise _ByZero(tree)
                    return first / second
                case _:
                    assert_never(operator)
        case Call(function, arguments):
            return _call(function, arguments, values)
        case _:
            assert_never(tree)


def _number(value: Input) -> Fraction:
    number = exact(value)
    assert number is not None, "checked before computing"
    return number


def _call(function: Function, arguments: tuple[FormulaTree, ...], values: Mapping[str, Input]) -> Fraction:
    match function:
        case Function.COUNT:
            (counted,) = arguments
            assert isinstance(counted, Name)
            return Fraction(len(_items(values[counted.code])))
        case Function.SUM:
            return sum(_numbers(arguments, values), Fraction(0))
        case Function.LEAST | Function.GREATEST:
            numbers = tuple(_numbers(arguments, values))
            if not numbers:
                (of,) = (argument for argument in arguments[:1] if isinstance(argument, OfItems))
                raise _NoItems(f"{of.items}.{of.code}")
            return min(numbers) if function is Function.LEAST else max(numbers)
        case Function.DAYS | Function.MONTHS:
            first, second = (_day(argument, values) for argument in arguments)
            return Fraction((second - first).days if function is Function.DAYS else full_months(first, second))
        case _:
            assert_never(function)


def _numbers(arguments: tuple[FormulaTree, ...], values: Mapping[str, Input]) -> Iterator[Fraction]:
    """Yield what the arguments come to, a question of items once per item that has it."""
    for argument in arguments:
        if isinstance(argument, OfItems):
            for item in _items(values[argument.items]):
                if isinstance(item, Mapping) and item[argument.code] is not None:
                    yield _number(item[argument.code])
        else:
            yield _value(argument, values)


def _day(argument: FormulaTree, values: Mapping[str, Input]) -> date:
    assert isinstance(argument, Name)
    day = _date(values[argument.code])
    assert day is not None, "checked before computing"
    return day
