"""What is known of derived facts before anything is answered: whether one can be computed, and between which bounds.

A fact that only adds and takes away, and one that counts items, is exactly what it comes to; any other is free within
its kind and bounds. Loses what products and quotients have to do with each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from generator.proof.answer import Answer, bounds
from generator.proof.computed import computed, span_of_answer
from generator.proof.form import Form
from generator.proof.items import Items
from generator.proof.solver import TRUE, Formula, Number, all_of, implies, no
from generator.proof.span import UNBOUNDED, Span
from rules.field import Derived, Field
from rules.formula import FormulaFault, uses
from rules.formula_reader import parse
from rules.kind import Kind
from rules.permit import Permit


@dataclass(slots=True)
class DerivedFacts:
    """The derived facts of a permit over the unknowns of its form. `rests_on` says which questions each reads;
    `exactly` is what they come to beyond `rules`, and `read_exactly` what is read for that."""

    permit: Permit
    form: Form
    items: Mapping[str, Items]
    filed_on: Number
    rests_on: dict[str, frozenset[str]] = field(default_factory=dict)
    exactly: list[Formula] = field(default_factory=list)
    read_exactly: set[str] = field(default_factory=set)
    _spans: dict[tuple[str | None, str], Span] = field(default_factory=dict)
    _counts: dict[str, Span] = field(default_factory=dict)

    def rules(self) -> Iterator[Formula]:
        """Yield what holds of the derived facts of every application."""
        for asked in (*self.permit.fields, *self.permit.officer_fields):
            self._know(asked)
        waiting = list(self.permit.derived)
        while waiting:  # each after those it rests on; those in a circle are never known
            ready = [one for one in waiting if not ({other.code for other in waiting} & _named(one))]
            if not ready:
                break
            for one in ready:
                waiting.remove(one)
                yield from self._rule(one)
        for one in waiting:
            yield no(self.form.own[one.code].present)

    def _know(self, asked: Field) -> None:
        self._spans[None, asked.code] = span_of_answer(asked)
        if asked.kind is Kind.LIST:
            self._counts[asked.code] = Span(Fraction(0), Fraction(bounds(asked)[1]))
            for item in asked.items:
                self._spans[asked.code, item.code] = span_of_answer(item)
        elif asked.kind is Kind.CHOICES:
            self._counts[asked.code] = Span(Fraction(0), Fraction(len(asked.options)))

    def _rule(self, one: Derived) -> Iterator[Formula]:
        mine = self.form.own[one.code]
        self.rests_on[one.code] = frozenset(_named(one)).union(*(self.rests_on.get(n, ()) for n in _named(one)))
        if one.count_of is not None:
            self._spans[None, one.code] = self._counts.get(one.count_of, UNBOUNDED)
            yield from self._counted(one, mine)
            return
        tree = parse(one.formula or "")
        if isinstance(tree, FormulaFault):
            yield no(mine.present)
            return
        found = computed(one, tree, self.form, self.filed_on, self._spans, self._counts)
        self._spans[None, one.code] = found.span
        if found.exactly is not TRUE:
            self.exactly.append(found.exactly)
            self.read_exactly |= self.rests_on[one.code]
        yield from found.rules

    def _counted(self, one: Derived, mine: Answer) -> Iterator[Formula]:
        yield mine.present
        found = self.items.get(one.count_of or "")
        if found is None:
            return
        whole = found.whole
        yield (
            mine.number.equals(found.counts[one.code])
            if found.sorts
            else all_of(
                mine.number.at_least(0),
                implies(whole.present, mine.number.at_most(whole.number)),
                implies(no(whole.present), mine.number.equals(0)),
            )
        )


def _named(one: Derived) -> set[str]:
    if one.count_of is not None:
        return {one.count_of}
    tree = parse(one.formula or "")
    return set() if isinstance(tree, FormulaFault) else {use.items or use.code for use in uses(tree)}
