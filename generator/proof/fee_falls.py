"""Quantities for which a fee falls as they grow: two applications that differ in that one answer alone.

Looked at are the numbers of the form that a line of the bill rests on. A fall of less than what the bill is rounded to
is none. Lines for each item of a `daftar` are not compared: what differs there are the items.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from fractions import Fraction

from generator.proof.answer import Lexicon
from generator.proof.application import Application, chosen
from generator.proof.fee_rise import MORE, Bills, Rows, moved, moves, reads
from generator.proof.fee_sum import FeeSums
from generator.proof.filled import Filled, Filler
from generator.proof.landmark import landmarks
from generator.proof.polynomial import Ratio, constant
from generator.proof.solver import TRUE, Formula, Number, Solver, UnsettledError, all_of, any_of, no
from rules.bill import Undetermined
from rules.city import City
from rules.condition.tree import fields_of
from rules.decider import Decider
from rules.decision import Decision
from rules.field import Field
from rules.formula import FormulaFault, names
from rules.formula_reader import parse
from rules.kind import NUMBERS, Value
from rules.permit import Amount, Fee, Permit
from rules.permit import Formula as Written
from rules.ruleset import rule_sources
from rules.settled import settled
from rules.table import Table

MOST = 2_000  # choices of rows that are compared one by one


@dataclass(frozen=True, slots=True)
class Falls:
    """A quantity, a form, and what it costs; with the quantity `greater`, and nothing else another, it costs less.
    `form` is None where it could not be told."""

    quantity: str
    form: Filled | None = None
    greater: Value | None = None
    costs: int = 0
    then: int = 0
    telling: tuple[str, ...] = ()


def fee_falls(permit: Permit, city: City, fee: Fee) -> Iterator[Falls]:
    """Yield the quantities of a permit for which a fee of it falls, and those for which that could not be told."""
    reached = _names_of(fee)
    quantities = [one for one in permit.fields if one.kind in NUMBERS and (moved(permit, one.code) & reached)]
    if quantities:
        pair = _Pair(permit, city, fee)
        yield from (found for one in quantities if (found := pair.compared(one)) is not None)


def _names_of(fee: Fee) -> set[str]:
    """Return what the formulas of a fee name, where it is not of items."""
    tables = [*(each.value for each in fee.factors if each.for_each is None)]
    tables += [each.amount for each in fee.components if each.for_each is None]
    found: set[str] = set()
    for table in tables:
        for row in table.rows:
            tree = parse(row.value.text) if isinstance(row.value, Written) else None
            if tree is not None and not isinstance(tree, FormulaFault):
                found.update(names(tree))
    return found


class _Pair:
    """Two applications over one solver, alike in all but one answer."""

    def __init__(self, permit: Permit, city: City, fee: Fee) -> None:
        self.permit, self.city, self.fee = permit, city, fee
        self.solver, lexicon = Solver(), Lexicon()
        self.one = Application(permit, self.solver, lexicon, "satu", also=(permit,))
        self._other = Application(permit, self.solver, lexicon, "dua", also=(permit,))
        self.views = self.one.issued(), self._other.issued()
        self._decider = functools.partial(Decider, permit, city)

    def compared(self, quantity: Field) -> Falls | None:
        """Compare an application with one in which a quantity is greater; None where the fee never falls."""
        code = quantity.code
        first, second = self.one.form.own[code], self._other.form.own[code]
        alike = [
            self.one.form.own[field.code].equals(self._other.form.own[field.code])
            for field in (*self.permit.fields, *self.permit.officer_fields)
            if field.code != code
        ]
        more = second.number.minus(first.number)
        given = [view.given for view in self.views]
        both = [first.present, second.present, self.one.filed_on.equals(self._other.filed_on)]
        with self.solver.supposing(*given, *alike, *both, more.at_least(1)):
            if not self.solver.possible():
                return None
            try:
                return self._exempted(quantity) or self._falling(quantity, more)
            except UnsettledError:
                return Falls(code)

    def _exempted(self, quantity: Field) -> Falls | None:
        """Find an application that pays, and nothing for more."""
        conditions = [exemption.when for exemption in self.fee.exemptions]
        if not reads(conditions, moved(self.permit, quantity.code)):
            return None
        pays, free = self.views
        formula = all_of(
            *(no(pays.holds(when)) for when in conditions), any_of(*(free.holds(when) for when in conditions))
        )
        return self._shown(quantity, formula)

    def _falling(self, quantity: Field, more: Number) -> Falls | None:
        for exemption in self.fee.exemptions:
            self.solver.require(*(no(view.holds(exemption.when)) for view in self.views))
        if not self.solver.possible():
            return None
        bills = Bills(self.permit, self.fee, FeeSums(self.one, self.city, self.fee, self.views[0]), quantity)
        pending: list[Rows] = [{}]
        for _ in range(MOST):
            if not pending:
                return None
            rows = pending.pop()
            if not self.solver.possible(*(given for _, _, given in rows.values())):
                continue
            rise = bills.rise(rows)
            if rise is None:
                return Falls(quantity.code)
            if isinstance(rise, tuple):  # tables whose rows have to be told apart first
                pending += self._opened(rows, {name: bills.tables[name] for name in rise}, bills.moved)
                continue
            if bills.plainly(rise):
                continue
            if abstract := bills.abstract(rise):
                pending += self._opened(rows, {name: bills.tables[name] for name in abstract}, bills.moved)
                continue
            found = self._asked(quantity, all_of(*(given for _, _, given in rows.values())), rise, bills, more)
            if found is not None:
                return found
        return Falls(quantity.code)

    def _opened(self, rows: Rows, tables: Mapping[str, Table[Amount]], moved: set[str]) -> Iterator[Rows]:
        """Yield the same choice with each choice of rows in these tables."""
        each = [[(name, pair) for pair in self._pairs(table, moves(table, moved))] for name, table in tables.items()]
        for chosen_rows in itertools.product(*each):
            yield {**rows, **dict(chosen_rows)}

    def _pairs(self, table: Table[Amount], moves: bool) -> Iterator[tuple[int, int, Formula]]:
        """Yield the rows that may count in the one and in the other application."""
        for first, second in itertools.product(range(len(table.rows)), repeat=2):
            if first == second or moves:
                given = all_of(chosen(table, first, self.views[0]), chosen(table, second, self.views[1]))
                if self.solver.possible(given):
                    yield first, second, given

    def _asked(self, quantity: Field, formula: Formula, rise: Ratio, bills: Bills, more: Number) -> Falls | None:
        """Ask the solver for a fall of what the bill is rounded to, or more."""
        numbers = {**bills.sums.unknowns.numbers, MORE: (more, quantity.digits)}
        if not rise.below.always_positive(bills.least) or not (rise.above.names | rise.below.names) <= numbers.keys():
            return Falls(quantity.code)
        step = rise.below.times(constant(Fraction(self.fee.round_to)))
        return self._shown(quantity, all_of(formula, rise.above.plus(step).number(numbers).at_most(0)))

    def _shown(self, quantity: Field, formula: Formula) -> Falls | None:
        """Return two forms, billed in earnest; None where there are none."""
        first, second = (each.form.own[quantity.code].number for each in (self.one, self._other))
        unit = 10**quantity.digits
        for near in (second.minus(first).equals(unit), second.minus(first).equals(1), TRUE):
            model = self.solver.model(formula, near)
            if model is None:
                continue
            low, high = model.value(first), model.value(second)
            marks = landmarks(rule_sources(self.permit).values(), self.one.form.answers)
            fixed = all_of(formula, first.equals(low), second.equals(high))
            filled = Filler(self.one, marks).fill(self.views[0], fixed)
            assert filled is not None
            greater = self.one.form.own[quantity.code].unscaled(high)
            return self._billed(quantity.code, filled, greater)
        return None

    def _billed(self, code: str, filled: Filled, greater: Value) -> Falls:
        """Make both bills; where they do not fall after all, it could not be told."""
        known = {**filled.answers, **filled.officers, code: greater}
        facts = settled(self.permit, known, filled.filed_on)
        decider = self._decider()
        try:
            at = datetime.combine(filled.filed_on, time(4), UTC)
            one, two = (self._due(decider.decide(each, at)) for each in (filled.facts, facts))
        finally:
            decider.close()
        if isinstance(one, Undetermined) or isinstance(two, Undetermined) or two >= one:
            return Falls(code)
        return Falls(code, filled, greater, one, two, tuple(self._telling()))

    def _due(self, decision: Decision) -> int | Undetermined:
        return next(bill.due for bill in decision.bills if bill.code == self.fee.code)

    def _telling(self) -> Iterator[str]:
        """Yield the answers that a bill rests on."""
        read = _names_of(self.fee)
        for table in self.fee.tables:
            read |= {code for row in table.rows for code in fields_of(row.when)}
        read |= {code for exemption in self.fee.exemptions for code in fields_of(exemption.when)}
        yield from (one.code for one in (*self.permit.fields, *self.permit.officer_fields) if one.code in read)
