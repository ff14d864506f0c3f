"""A line of a bill as a sum of unknowns, for each choice of rows that its formulas rest on.

A factor that is a plain number in every row is one unknown within these numbers, as long as nobody asks for more: so a
fee of a dozen tables is looked at once, and row by row only where that does not tell.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import assert_never

from generator.proof.answer import bounds
from generator.proof.application import Application, View
from generator.proof.polynomial import Ratio, constant, unknown
from generator.proof.solver import Formula, Number
from rules.city import City
from rules.formula import Binary, Call, FormulaFault, FormulaTree, Function, Name, Negated, OfItems, Operator, names
from rules.formula import Number as Literal
from rules.formula_reader import parse
from rules.kind import NUMBERS, Kind
from rules.permit import Amount, Constant, Factor, Fee, TariffValue
from rules.permit import Formula as Written
from rules.table import Table

Choice = Mapping[str, int]  # the row of each factor of which a row was chosen


@dataclass
class Unknowns:
    """What is known of the unknowns in a sum: the least each can be, its number where the solver has one, and what the
    least or greatest of several is one of."""

    least: dict[str, Fraction] = field(default_factory=dict)
    numbers: dict[str, tuple[Number, int]] = field(default_factory=dict)
    extremes: dict[str, tuple[Ratio, ...]] = field(default_factory=dict)


class FeeSums:
    """The lines of one permit's bill, for an application at the end of its way; `items` is the `daftar` whose items
    are charged."""

    def __init__(self, application: Application, city: City, fee: Fee, view: View, items: str | None = None) -> None:
        """Know its factors."""
        self._application, self._city, self.view, self.items = application, city, view, items
        self.factors = {factor.code: factor for factor in fee.factors}
        self.unknowns = Unknowns()

    def possible(self, *formulas: Formula) -> bool:
        """Tell whether some application that is charged is so."""
        return self._application.solver.possible(self.view.given, *formulas)

    def rests_on(self, amount: Amount) -> tuple[Factor, ...]:
        """Return the factors that an amount rests on, also through others."""
        found: dict[str, Factor] = {}
        pending = list(_names(amount))
        while pending:
            code = pending.pop(0)
            if code in self.factors and code not in found:
                found[code] = self.factors[code]
                pending += [name for row in self.factors[code].value.rows for name in _names(row.value)]
        return tuple(found.values())

    def choices(self, factors: Iterable[Factor], every: bool) -> Iterator[Choice]:
        """Yield each choice of rows: of factors with a formula among them, or of every one."""
        open_ones = [factor for factor in factors if every or not plain(factor.value)]
        for rows in itertools.product(*(range(len(factor.value.rows)) for factor in open_ones)):
            yield {factor.code: row for factor, row in zip(open_ones, rows, strict=True)}

    def of(self, amount: Amount, choice: Choice, instead: Mapping[str, Ratio] | None = None) -> Ratio | None:
        """Return an amount as a sum; None where it has what is none. `instead` stands for names of the application."""
        match amount:
            case Constant(value):
                return Ratio(constant(Fraction(value)))
            case TariffValue(code, item):
                return self._between(f"tarif {code} {item}", self._dated(code, item))
            case Written(text):
                tree = parse(text)
                return None if isinstance(tree, FormulaFault) else self._tree(tree, choice, instead or {})
            case _:
                assert_never(amount)

    def _tree(self, tree: FormulaTree, choice: Choice, instead: Mapping[str, Ratio]) -> Ratio | None:
        match tree:
            case Literal(value):
                return Ratio(constant(Fraction(value)))
            case Name(code):
                return self._name(code, choice, instead)
            case OfItems():
                return None
            case Negated(part):
                inner = self._tree(part, choice, instead)
                return None if inner is None else inner.negated()
            case Binary():
                left, right = self._tree(tree.left, choice, instead), self._tree(tree.right, choice, instead)
                return None if left is None or right is None else _joined(tree.operator, left, right)
            case Call(Function.COUNT, (Name(code),)):
                return self._answer(code)
            case Call(Function.SUM, (OfItems() as inner,)):
                return self._added(inner)
            case Call(Function.GREATEST | Function.LEAST):
                return self._extreme(tree, choice, instead)
            case Call():
                return None
            case _:
                assert_never(tree)

    def _name(self, code: str, choice: Choice, instead: Mapping[str, Ratio]) -> Ratio | None:
        if code in instead:
            return instead[code]
        own = self.items is not None and code in self.view.form.own
        if own or code not in self.factors:
            return self._answer(code)
        table = self.factors[code].value
        if code in choice:
            return self.of(table.rows[choice[code]].value, choice, instead)
        values = [value for row in table.rows for value in self._values(row.value)]
        return self._between(code, values)

    def _values(self, amount: Amount) -> list[Fraction]:
        match amount:
            case Constant(value):
                return [Fraction(value)]
            case TariffValue(code, item):
                return self._dated(code, item)
            case Written():
                raise AssertionError("a row with a formula is chosen")
            case _:
                assert_never(amount)

    def _dated(self, code: str, item: str | None) -> list[Fraction]:
        series = next((dict(tariff.series) for tariff in self._city.tariffs if tariff.code == code), {})
        return [Fraction(dated.value) for dated in series.get(item, ())]

    def _between(self, name: str, values: list[Fraction]) -> Ratio | None:
        if len(set(values)) == 1:
            return Ratio(constant(values[0]))
        if not values:
            return None
        self.unknowns.least[name] = min(values)
        return Ratio(unknown(name))

    def _answer(self, code: str) -> Ratio | None:
        one = self.view.form.answers.get(code)
        if one is None or (one.field.kind not in NUMBERS and one.field.kind is not Kind.LIST):
            return None
        name = one.field.code
        self.unknowns.numbers[name] = (one.number, one.digits)
        derived = {each.code for each in self._application.permit.derived}
        if code not in derived:
            self.unknowns.least[name] = Fraction(bounds(one.field)[0], 10**one.digits)
        elif name not in self.unknowns.least and not self._application.solver.possible(
            self.view.given, one.present, one.number.below(0)
        ):
            self.unknowns.least[name] = Fraction(0)
        return Ratio(unknown(name))

    def _added(self, inner: OfItems) -> Ratio | None:
        whole = self.view.form.answers.get(inner.items)
        item = None if whole is None else next((one for one in whole.field.items if one.code == inner.code), None)
        if item is None or item.kind not in NUMBERS:
            return None
        low, _ = bounds(item)
        name = f"jumlah({inner.items}.{inner.code})"
        if low >= 0:
            self.unknowns.least[name] = Fraction(0)
        return Ratio(unknown(name))

    def _extreme(self, tree: Call, choice: Choice, instead: Mapping[str, Ratio]) -> Ratio | None:
        """Return an unknown that is no less than nought, where that is plain of what is compared."""
        parts = [self._tree(part, choice, instead) for part in tree.arguments]
        if any(part is None for part in parts):
            return None
        known = tuple(part for part in parts if part is not None)
        name = f"{tree.function.value} {known}"
        self.unknowns.extremes[name] = known
        least = self.unknowns.least
        signs = [part.below.always_positive(least) and part.above.never_negative(least) for part in known]
        if any(signs) if tree.function is Function.GREATEST else all(signs):
            least[name] = Fraction(0)
        return Ratio(unknown(name), divisors=tuple(divisor for part in known for divisor in part.divisors))


def plain(table: Table[Amount]) -> bool:
    """Tell whether every row is a plain number, or a tariff's."""
    return not any(isinstance(row.value, Written) for row in table.rows)


def _names(amount: Amount) -> tuple[str, ...]:
    tree = parse(amount.text) if isinstance(amount, Written) else None
    return () if tree is None or isinstance(tree, FormulaFault) else names(tree)


def _joined(operator: Operator, left: Ratio, right: Ratio) -> Ratio:
    match operator:
        case Operator.ADD:
            return left.plus(right)
        case Operator.SUBTRACT:
            return left.plus(right.negated())
        case Operator.MULTIPLY:
            return left.times(right)
        case Operator.DIVIDE:
            return left.over(right)
        case _:
            assert_never(operator)
