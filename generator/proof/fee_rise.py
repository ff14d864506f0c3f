"""By how much a bill is greater for an application in which one answer is, over the unknowns of the other.

Tables whose rows read that answer, and those with a formula in a row, are told apart row by row; a factor that is a
plain number in every row stands for all of them until something is taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from generator.proof.fee_sum import FeeSums, plain
from generator.proof.polynomial import Polynomial, Ratio, constant, unknown
from generator.proof.solver import Formula
from rules.condition.tree import Condition, fields_of
from rules.field import Derived, Field
from rules.formula import FormulaFault, names
from rules.formula_reader import parse
from rules.permit import Amount, Fee, Permit
from rules.permit import Formula as Written
from rules.table import Table

MORE = "+"  # how much greater the quantity is
Rows = Mapping[str, tuple[int, int, Formula]]  # the rows that count in the one and the other bill, by table


class Bills:
    """The bill of both applications for one quantity, by choice of rows, over the unknowns of one of them."""

    def __init__(self, permit: Permit, fee: Fee, sums: FeeSums, quantity: Field) -> None:
        """Gather the tables that the lines rest on."""
        self.moved = moved(permit, quantity.code)
        self.sums = sums
        self._code = quantity.code
        self._components = [one for one in fee.components if one.for_each is None]
        self.tables: dict[str, Table[Amount]] = {f"#{n}": one.amount for n, one in enumerate(self._components)}
        for component in self._components:
            for row in component.amount.rows:
                self.tables.update((factor.code, factor.value) for factor in self.sums.rests_on(row.value))
        self._first = tuple(
            name
            for name, table in self.tables.items()
            if name.startswith("#") or not plain(table) or moves(table, self.moved)
        )
        self._instead, self._greater = self._put(permit)
        self._smallest = Fraction(1, 10**quantity.digits)

    @property
    def least(self) -> dict[str, Fraction]:
        """Return the least that each unknown can be."""
        return {**self.sums.unknowns.least, MORE: self._smallest}

    def _put(self, permit: Permit) -> tuple[dict[str, Ratio], dict[str, Polynomial]]:
        """Return what stands for the quantity and what is derived from it, and what is greater in the other bill.

        Where a derived fact is the quantity less something, and is never negative, it is taken for the unknown, and the
        quantity for their sum: so that nothing is taken away.
        """
        instead: dict[str, Ratio] = {}
        own = unknown(self._code).plus(unknown(MORE))
        greater = {self._code: own}
        for derived in permit.derived:
            if derived.code not in self.moved or derived.formula is None:
                continue
            ratio = self.sums.of(Written(derived.formula), {}, instead)
            if ratio is None:
                continue
            rest = unknown(self._code).minus(ratio.above)
            alone = ratio.below == constant(Fraction(1)) and self._code not in rest.names
            if alone and self._code not in instead and self._never_negative(derived.code):
                instead[self._code] = Ratio(unknown(derived.code).plus(rest))
                instead[derived.code] = Ratio(unknown(derived.code))
                greater = {derived.code: unknown(derived.code).plus(unknown(MORE))}
            else:
                instead[derived.code] = ratio
        return instead, greater

    def _never_negative(self, derived: str) -> bool:
        """Tell whether a derived fact is nought or more in every application that is charged."""
        return self.sums.of(Written(derived), {}) is not None and self.sums.unknowns.least.get(derived) == 0

    def rise(self, rows: Rows) -> Ratio | tuple[str, ...] | None:
        """Return by how much the other bill is greater; the tables of which rows must be chosen first; None where a
        line is no sum."""
        missing = tuple(name for name in self._first if name not in rows and self._needed(name, rows))
        if missing:
            return missing
        one = self._bill({name: row[0] for name, row in rows.items()})
        two = self._bill({name: row[1] for name, row in rows.items()})
        if one is None or two is None:
            return None
        greater = self._with_extremes(two.above.names | two.below.names)
        return None if greater is None else _greater(two, greater).plus(one.negated())

    def _with_extremes(self, names: frozenset[str]) -> dict[str, Polynomial] | None:
        """Return what is greater in the other bill: with it the least or greatest of what only rises; None where that
        is not plain."""
        greater = dict(self._greater)
        for name, parts in self.sums.unknowns.extremes.items():
            if name not in names or not any((part.above.names | part.below.names) & greater.keys() for part in parts):
                continue
            if not all(self.plainly(_greater(part, greater).plus(part.negated())) for part in parts):
                return None
            greater[name] = unknown(name).plus(unknown(f"{MORE}{name}"))
            self.sums.unknowns.least[f"{MORE}{name}"] = Fraction(0)
        return greater

    def _needed(self, name: str, rows: Rows) -> bool:
        """Tell whether a line rests on a table, by the rows that are chosen already."""
        if name.startswith("#"):
            return True
        lines = [(one.amount, rows.get(f"#{n}")) for n, one in enumerate(self._components)]
        amounts = [table.rows[at].value for table, row in lines if row is not None for at in row[:2]]
        return any(name == factor.code for amount in amounts for factor in self.sums.rests_on(amount))

    def _bill(self, rows: Mapping[str, int]) -> Ratio | None:
        whole = Ratio(Polynomial({}))
        for index, component in enumerate(self._components):
            line = self.sums.of(component.amount.rows[rows[f"#{index}"]].value, rows, self._instead)
            if line is None:
                return None
            whole = whole.plus(line)
        return whole

    def plainly(self, rise: Ratio) -> bool:
        """Tell whether the other bill plainly is no less."""
        return rise.below.always_positive(self.least) and rise.above.never_negative(self.least)

    def abstract(self, rise: Ratio) -> tuple[str, ...]:
        """Return the factors whose rows were not told apart: those that are taken away, else all that are there."""
        taken = {name for product, times in rise.above.terms.items() if times < 0 for name in product}
        there = rise.above.names | rise.below.names
        return tuple(sorted(taken & self.tables.keys())) or tuple(sorted(there & self.tables.keys()))


def _greater(ratio: Ratio, names: Mapping[str, Polynomial]) -> Ratio:
    return Ratio(ratio.above.with_each(names), ratio.below.with_each(names))


def moved(permit: Permit, code: str) -> set[str]:
    """Return a question and the derived facts that are others when its answer is."""
    found = {code}
    grown = True
    while grown:
        grown = False
        for derived in permit.derived:
            if derived.code not in found and not found.isdisjoint(_read(derived)):
                found.add(derived.code)
                grown = True
    return found


def _read(derived: Derived) -> tuple[str, ...]:
    tree = parse(derived.formula) if derived.formula is not None else None
    return () if tree is None or isinstance(tree, FormulaFault) else names(tree)


def moves(table: Table[Amount], moved: set[str]) -> bool:
    """Tell whether the rows of a table read any of these."""
    return reads([row.when for row in table.rows], moved)


def reads(conditions: Iterable[Condition], moved: set[str]) -> bool:
    """Tell whether conditions read any of these."""
    return any(not moved.isdisjoint(fields_of(condition)) for condition in conditions)
