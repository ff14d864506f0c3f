"""A filled form for which formulas hold: the plainest there is, and the same one each time.

Question by question in the order of the form it takes what is nearest to nothing: no answer, `tidak`, the first option,
the smallest number near a landmark. Each step asks whether that still is possible, so that what was asked before, and
by whom, changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.proof.answer import Amount, Answer, Flag, Picks, bounds
from generator.proof.application import Application, View
from generator.proof.form import Form
from generator.proof.items import Items
from generator.proof.landmark import Landmarks
from generator.proof.solver import TRUE, Formula, Number, Solver, all_of, no
from generator.proof.text_sample import text_sample
from rules.answers import in_order
from rules.field import Field
from rules.kind import ORDERED, TEXTS, Facts, Kind, Value
from rules.settled import settled


@dataclass(frozen=True, slots=True)
class Filled:
    """One filled form: what the applicant answers, what officers answer, all facts that follow, and the day of filing.

    `item` is the item of a `daftar` that was asked about. `real`: the derived facts are what the answers come to; else
    they are only known to be possible within their bounds.
    """

    answers: Facts
    officers: Facts
    facts: Facts
    filed_on: date
    item: Facts | None = None
    real: bool = True


class Filler:
    """Fills the form of one application, as far as its solver allows."""

    def __init__(self, application: Application, marks: Landmarks, solver: Solver | None = None) -> None:
        """Fill nothing yet."""
        self._application = application
        self._solver = solver or application.solver
        self._marks = marks

    def fill(self, view: View, *formulas: Formula) -> Filled | None:
        """Return the plainest form at this point of which the formulas hold, None where there is none."""
        application, solver = self._application, self._solver
        with solver.supposing(application.sound, view.given, *formulas):
            if not solver.possible():
                return None
            first = date.fromisoformat(application.permit.valid_from).toordinal()
            answers: Facts = self._answers(application.form, in_order(application.permit.fields))
            day = self._least(application.filed_on, (first,))
            asked = [code for code in application.officers if code not in view.unknown]
            officers = self._answers(application.form, [application.officers[code] for code in asked])
            if (items := self._items_seen(view)) is not None:
                answers = self._asked_about(items, answers)
            known = {**answers, **officers}
            derived, real = self._derived(view, known, date.fromordinal(day))
        computed = settled(application.permit, known, date.fromordinal(day))
        facts = {**known, **{code: computed[code] for code in application.items if code in computed}, **derived}
        item = None if items is None else _first(facts[items.whole.field.code])
        return Filled(answers, officers, facts, date.fromordinal(day), item, real)

    def pinned(self, fields: Iterable[Field]) -> list[Formula]:
        """Let these questions be answered as plainly as they can be, and return what was let."""
        form, pins = self._application.form, list[Formula]()
        for field in fields:
            one = form.own[field.code]
            if isinstance(one.content, Amount) and field.kind in ORDERED and not self._take(no(one.present)):
                assert self._take(one.present)
                pins.append(one.number.equals(self._least(one.number, self._wanted(one))))
        return pins

    def _items_seen(self, view: View) -> Items | None:
        """Return the items that are looked at, where it is from an item that is looked."""
        return next((items for items in self._application.items.values() if items.any_one is view.form), None)

    def _answers(self, form: Form, fields: Iterable[Field]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for field in fields:
            if self._take(no(form.own[field.code].present)):
                continue
            assert self._take(form.own[field.code].present)
            found[field.code] = self._value(form.own[field.code])
        return {field.code: found[field.code] for field in form.fields if field.code in found} | found

    def _take(self, formula: Formula) -> bool:
        """Let something hold from here on, if it can."""
        if not self._solver.possible(formula):
            return False
        self._solver.require(formula)
        return True

    def _least(self, number: Number, wanted: Iterable[int]) -> int:
        """Let a number be the first of those wanted that it can be, else the least that it can be."""
        for value in wanted:
            if self._take(number.equals(value)):
                return value
        low, step = 0, 1
        while self._solver.possible(number.at_most(low - step)):
            step *= 2
        low -= step
        step = 1
        while not self._solver.possible(number.at_most(low + step)):
            step *= 2
        high = low + step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._solver.possible(number.at_most(middle)) else (middle, high)
        assert self._take(number.equals(high))
        return high

    def _value(self, one: Answer) -> Value:
        field = one.field
        match one.content:
            case Flag(yes):
                return not self._take(no(yes)) and self._take(yes)
            case Picks(by_option):
                return self._picked(by_option)
            case Amount(number):
                if field.kind is Kind.LIST:
                    return self._items(self._application.items[field.code])
                if field.kind is Kind.CHOICE:
                    options = [one.lexicon.place(option.code) for option in field.options]
                    return one.lexicon.word(self._least(number, options))
                if field.kind in TEXTS:
                    place = self._least(number, [-1, *map(one.lexicon.place, one.words)])
                    return one.lexicon.word(place) if place >= 0 else text_sample(field, -place, one.words)
                found = self._least(number, self._wanted(one))
                return date.fromordinal(found).isoformat() if field.kind is Kind.DATE else one.unscaled(found)

    def _picked(self, by_option: Mapping[str, Formula]) -> tuple[str, ...]:
        if len(by_option) <= 40:
            for code, formula in by_option.items():
                others = [no(other) for option, other in by_option.items() if option != code]
                if self._solver.possible(formula, *others):
                    self._solver.require(formula, *others)
                    return (code,)
        return tuple(code for code, formula in by_option.items() if not self._take(no(formula)) and self._take(formula))

    def _wanted(self, one: Answer) -> Iterator[int]:
        """Yield the numbers that a person would write first."""
        unit = 10**one.digits
        least, most = bounds(one.field)
        marks = [int(one.scaled(mark)) for mark in self._marks.get(one.field.code, ())]
        if one.field.kind is Kind.DATE:
            marks = marks or [date.fromisoformat(self._application.permit.valid_from).toordinal()]
        for mark in marks:
            yield from (mark, mark + unit, mark - unit, mark + 1, mark - 1)
        if least > -(10**15) + 1 and least >= 0:
            yield from (n for n in (unit, 10 * unit, 100 * unit) if least <= n <= most)
            yield least
        yield from (unit, 0)

    def _items(self, items: Items) -> tuple[Facts, ...]:
        """Fill as many items as there are, of each sort one that is repeated."""
        low, high = bounds(items.whole.field)
        count = self._least(items.whole.number, range(low, min(high, low + 5) + 1))
        if not items.sorts:
            return (self._one_of(items, TRUE),) * count
        found: list[Facts] = []
        for sort in items.sorts:
            if many := self._least(sort.number, range(count + 1)):
                found += [self._one_of(items, sort.form)] * many
        return tuple(found)

    def _one_of(self, items: Items, sort: Formula) -> Facts:
        """Fill one item of a sort by itself: what was asked about need not be of it."""
        alone = Filler(self._application, self._marks, Solver(beside=self._solver))
        assert alone._take(all_of(items.fits, sort))
        return alone._answers(items.any_one, in_order(items.any_one.fields))

    def _asked_about(self, items: Items, answered: Facts) -> Facts:
        """Fill the item that was asked about, and put it first in its list."""
        one = self._answers(items.any_one, in_order(items.any_one.fields))
        listed = answered[items.whole.field.code]
        assert isinstance(listed, tuple)
        sort = next((sort.form for sort in items.sorts if self._take(sort.form)), TRUE)
        taken = self._one_of(items, sort)
        rest = [item for item in listed if isinstance(item, Mapping)]
        rest.remove(taken)
        return {**answered, items.whole.field.code: (one, *rest)}

    def _derived(self, view: View, known: Facts, day: date) -> tuple[Facts, bool]:
        """Return the derived facts: what the answers come to if that is possible here, else what is."""
        permit, form = self._application.permit, self._application.form
        computed = settled(permit, known, day)
        found: dict[str, Value] = {}
        real = True
        for one in permit.derived:
            mine = form.own[one.code]
            value = computed.get(one.code)
            said = no(mine.present) if one.code in view.unknown or value is None else mine.filled(value)
            if not self._take(said):
                real = False
                value = None if self._take(no(mine.present)) else self._value(mine)
            if value is not None and one.code not in view.unknown:
                found[one.code] = value
        return found, real


def _first(listed: Value) -> Facts:
    assert isinstance(listed, tuple)
    first = listed[0]
    assert isinstance(first, Mapping)
    return first
