"""The one door to z3: truths and whole numbers that are not known yet, and what may hold of them together.

Gains formulas that fold where they are plain, a solver that must answer, and a program in which nothing else knows what
proves it. Loses everything but linear arithmetic over whole numbers and logic: that is all a catalog asks about.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import z3

NAMED_AFTER = 2  # times that a formula is asked about as it is
PATIENCE = 20_000  # milliseconds for one question; the longest of the catalog takes a hundredth of it


class UnsettledError(RuntimeError):
    """The solver gave up: nothing may be concluded, and nothing is."""


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """Something that holds or does not; a plain truth where that is known already."""

    term: z3.BoolRef | bool


TRUE, FALSE = Formula(True), Formula(False)


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A whole number that is not known yet, or a plain one."""

    term: z3.ArithRef | int

    def plus(self, other: Number | int) -> Number:
        """Add."""
        return Number(self.term + _number(other))

    def minus(self, other: Number | int) -> Number:
        """Subtract."""
        return Number(self.term - _number(other))

    def times(self, factor: Number | int) -> Number:
        """Multiply; by another unknown only where the question is worth the wait."""
        return Number(self.term * _number(factor))

    def equals(self, other: Number | int) -> Formula:
        """Say that both are the same."""
        return Formula(self.term == _number(other))

    def at_least(self, other: Number | int) -> Formula:
        """Say that it is as much or more."""
        return Formula(self.term >= _number(other))

    def at_most(self, other: Number | int) -> Formula:
        """Say that it is as much or less."""
        return Formula(self.term <= _number(other))

    def above(self, other: Number | int) -> Formula:
        """Say that it is more."""
        return Formula(self.term > _number(other))

    def below(self, other: Number | int) -> Formula:
        """Say that it is less."""
        return Formula(self.term < _number(other))


def _number(value: Number | int) -> z3.ArithRef | int:
    return value.term if isinstance(value, Number) else value


def total(numbers: list[Number]) -> Number:
    """Add them all."""
    found = Number(0)
    for number in numbers:
        found = found.plus(number)
    return found


def all_of(*formulas: Formula) -> Formula:
    """Say that every one holds."""
    open_ones = [formula for formula in formulas if formula.term is not True]
    if any(formula.term is False for formula in open_ones):
        return FALSE
    if len(open_ones) < 2:
        return open_ones[0] if open_ones else TRUE
    return Formula(z3.And([formula.term for formula in open_ones]))


def any_of(*formulas: Formula) -> Formula:
    """Say that one holds, or more."""
    open_ones = [formula for formula in formulas if formula.term is not False]
    if any(formula.term is True for formula in open_ones):
        return TRUE
    if len(open_ones) < 2:
        return open_ones[0] if open_ones else FALSE
    return Formula(z3.Or([formula.term for formula in open_ones]))


def two_of(*formulas: Formula) -> Formula:
    """Say that two of them hold, or more."""
    sure = sum(formula.term is True for formula in formulas)
    open_ones = [formula.term for formula in formulas if not isinstance(formula.term, bool)]
    if sure + len(open_ones) < 2 or sure > 1:
        return Formula(sure > 1)
    return any_of(*map(Formula, open_ones)) if sure else Formula(z3.AtLeast(*open_ones, 2))


def no(formula: Formula) -> Formula:
    """Say that it does not hold."""
    return Formula(not formula.term) if isinstance(formula.term, bool) else Formula(z3.Not(formula.term))


def implies(first: Formula, then: Formula) -> Formula:
    """Say that the second holds where the first does."""
    return any_of(no(first), then)


def same(first: Formula, second: Formula) -> Formula:
    """Say that both hold, or neither."""
    if isinstance(first.term, bool):
        return second if first.term else no(second)
    if isinstance(second.term, bool):
        return first if second.term else no(first)
    return Formula(first.term == second.term)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """One way in which everything asked about holds."""

    model: z3.ModelRef

    def holds(self, formula: Formula) -> bool:
        """Tell whether a formula holds in it."""
        if isinstance(formula.term, bool):
            return formula.term
        return bool(z3.is_true(self.model.eval(formula.term, model_completion=True)))

    def value(self, number: Number) -> int:
        """Return what a number is in it."""
        if isinstance(number.term, int):
            return number.term
        return int(self.model.eval(number.term, model_completion=True).as_long())


class Solver:
    """What is required so far, and whether more can hold beside it. For one thread, as everything made from it."""

    def __init__(self, beside: Solver | None = None, effort: int | None = None) -> None:
        """Require nothing yet; with `beside`, of the same unknowns as another. `effort` ends a question after so many
        steps of the solver, which are the same on every machine."""
        self._context: z3.Context = z3.Context() if beside is None else beside._context
        self._solver = z3.Solver(ctx=self._context)
        self._solver.set("timeout", PATIENCE)
        if effort is not None:
            self._solver.set("rlimit", effort)
        self._depth = 0
        self._asked_before: dict[int, tuple[z3.BoolRef, int]] = {}
        self._names: dict[int, z3.BoolRef] = {}
        self.questions = 0

    def flag(self, name: str) -> Formula:
        """Return a truth that is not known yet; the same for the same name."""
        return Formula(z3.Bool(name, self._context))

    def whole(self, name: str) -> Number:
        """Return a whole number that is not known yet; the same for the same name."""
        return Number(z3.Int(name, self._context))

    def require(self, *formulas: Formula) -> None:
        """Let them hold in all that follows, or until the end of the `supposing` around it."""
        for formula in formulas:
            if formula.term is not True:
                self._solver.add(formula.term)

    @contextmanager
    def supposing(self, *formulas: Formula) -> Iterator[None]:
        """Let them hold for a while."""
        self._solver.push()
        self._depth += 1
        try:
            self.require(*formulas)
            yield
        finally:
            self._depth -= 1
            self._solver.pop()

    def possible(self, *formulas: Formula) -> bool:
        """Tell whether all of them can hold together."""
        terms = [formula.term for formula in formulas if formula.term is not True]
        return not any(term is False for term in terms) and self._asked([self._named(term) for term in terms])

    def model(self, *formulas: Formula) -> Model | None:
        """Return one way in which all of them hold together."""
        return Model(self._solver.model()) if self.possible(*formulas) else None

    def certain(self, formula: Formula, *given: Formula) -> bool:
        """Tell whether it must hold where the others do."""
        return not self.possible(no(formula), *given)

    def _named(self, term: z3.BoolRef) -> z3.BoolRef:
        """Return a name for a formula that is asked about again and again, so that it is taken in once."""
        key = term.get_id()
        if (name := self._names.get(key)) is not None:
            return name
        _, times = self._asked_before.get(key, (term, 0))
        self._asked_before[key] = (term, times + 1)  # kept, so that no other formula gets its number
        if times < NAMED_AFTER or self._depth:
            return term
        name = self._names[key] = z3.FreshBool("asked", self._context)
        self._solver.add(z3.Implies(name, term))
        return name

    def _asked(self, terms: list[z3.BoolRef]) -> bool:
        self.questions += 1
        answer = self._solver.check(*terms)
        if answer == z3.unknown:
            raise UnsettledError(self._solver.reason_unknown())
        return bool(answer == z3.sat)
