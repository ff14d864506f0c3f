"""One permit version on trial: its application as unknowns, what is asked of them, and what an answer shows.

A `Trial` requires nothing but that an application is sound; each question names the point of the way (`View`) and what
is to hold there. `shown` turns a possibility into what a person reads: a filled form, the region around it, its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.proof.answer import Lexicon
from generator.proof.application import Application, View
from generator.proof.filled import Filled, Filler
from generator.proof.landmark import landmarks
from generator.proof.region import region
from generator.proof.replay import Claim, replay
from generator.proof.solver import TRUE, Formula, Solver, UnsettledError, all_of, no
from rules.answers import in_order
from rules.condition.tree import Condition, fields_of
from rules.memo import remembered
from rules.permit import Permit
from rules.ruleset import rule_sources

AT_ONCE = 4  # trials that are kept, the versions of a permit or so: each holds some ten megabytes
EFFORT = 5_000_000  # steps for one question with products in it; a second or so


@dataclass(frozen=True, slots=True)
class Shown:
    """What a proof shows: a filled form, the region around it, and which answers tell it."""

    filled: Filled
    region: Condition
    telling: tuple[str, ...]


class Trial:
    """What may be asked about one permit version, over one solver."""

    def __init__(self, permit: Permit, asked: Iterable[Condition] = ()) -> None:
        """Make the unknowns of its application; `asked` are conditions that it does not have itself."""
        self.permit = permit
        self.solver = Solver()
        others = tuple(asked)
        self.application = Application(permit, self.solver, Lexicon(), asked=others)
        every = [*rule_sources(permit).values(), *(field.shown_when for field in permit.fields), *others]
        answers = dict(self.application.form.answers)
        for items in self.application.items.values():
            answers.update(items.any_one.own)
        self._marks = landmarks(every, answers)
        self._sound = self.solver.possible(self.application.sound)
        self.solver.require(self.application.sound)

    @property
    def sound(self) -> bool:
        """Tell whether any application passes the form at all."""
        return self._sound

    def first_impossible(self) -> str | None:
        """Return the first question of the form, in the order in which they show each other, with which no application
        is left; None where some is."""
        if self._sound:
            return None
        application = self.application
        alone = Solver(beside=self.solver)
        alone.require(application.derived)
        for field in in_order(self.permit.fields):
            alone.require(application.form.asked(field), application.form.own[field.code].fits())
            if field.code in application.items:
                alone.require(application.items[field.code].accepted)
            if not alone.possible():
                return field.code
        return self.permit.fields[-1].code

    def possible(self, view: View, *formulas: Formula) -> bool:
        """Tell whether some application at this point is so."""
        return self.solver.possible(view.given, *formulas)

    def certain(self, view: View, formula: Formula) -> bool:
        """Tell whether every application at this point is so."""
        return not self.possible(view, no(formula))

    def shown(self, view: View, claim: Claim, also: Formula = TRUE) -> Shown | None:
        """Return a form that is as claimed, replayed, and the region around it; None where there is none."""
        formula = self.formula(view, claim)
        if not self.possible(view, formula, also):
            return None
        filled = Filler(self.application, self._marks).fill(view, formula, also)
        assert filled is not None
        if not filled.real and self.application.exactly.term is not True:
            filled = self._really(view, filled, formula, also)
            if filled is None:
                return None
        replay(self.application, view, filled, claim)
        telling = tuple(self._telling(view, claim))
        facts = filled.facts if filled.item is None else {**filled.facts, **filled.item}
        known = {code: value for code, value in facts.items() if code not in view.unknown}
        with self.solver.supposing(view.given):
            around = region(
                known,
                telling,
                view.form.answers,
                self._marks,
                lambda test: not self.solver.possible(view.holds(test), no(formula)),
            )
        return Shown(filled, around, telling)

    def _really(self, view: View, filled: Filled, *formulas: Formula) -> Filled | None:
        """Return a form whose derived facts are what its answers come to, None where there is none; the one there is
        where that takes too long to find out."""
        application = self.application
        exact = Solver(beside=self.solver, effort=EFFORT)
        exact.require(application.sound, application.exactly, view.given, *formulas)
        try:
            if not exact.possible():
                return None
            pins = Filler(application, self._marks, exact).pinned(application.read_exactly)
        except UnsettledError:
            return filled
        return Filler(application, self._marks).fill(view, *formulas, *pins)

    def formula(self, view: View, claim: Claim) -> Formula:
        """Say what is claimed."""
        return all_of(*map(view.holds, claim.holds), *(no(view.holds(condition)) for condition in claim.fails))

    def _telling(self, view: View, claim: Claim) -> Iterator[str]:
        """Yield the questions on which it depends, in the order of the form."""
        read = {code for condition in (*claim.holds, *claim.fails) for code in fields_of(condition)} - view.unknown
        yield from (code for code in view.form.answers if code in read)


trial = remembered(Trial, most=AT_ONCE)
