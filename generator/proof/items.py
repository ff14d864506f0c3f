"""The items of a `daftar` as unknowns: one item that stands for any, and how many there are of each sort.

Items that answer alike to every count of the list are of one sort, so that the counts are exactly what some list of
items comes to. Loses nothing up to `MOST_COUNTS` counts of one list; beyond, counts are free between none and all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from generator.proof.answer import Answer, Lexicon
from generator.proof.computed import computed, span_of_answer
from generator.proof.form import Form
from generator.proof.solver import Formula, Number, Solver, all_of, any_of, implies, no, total
from generator.proof.span import Span
from rules.field import Derived, Field
from rules.formula import FormulaFault
from rules.formula_reader import parse
from rules.ruleset import as_field

MOST_COUNTS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Sort:
    """Items of one sort: what an item of it is, and how many there are."""

    form: Formula
    number: Number


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """The items of one `daftar`. `any_one` is the form of an item, `counts` how many a derived
    fact counts; `accepted` holds of the whole list, `fits` of one item."""

    whole: Answer
    any_one: Form
    sorts: tuple[Sort, ...]
    counts: Mapping[str, Number]
    accepted: Formula
    fits: Formula


def items_of(
    solver: Solver,
    lexicon: Lexicon,
    around: Form,
    field: Field,
    counting: tuple[Derived, ...],
    words: Mapping[str, tuple[str, ...]],
    filed_on: Number,
) -> Items:
    """Make the unknowns of the items of a `daftar`, and of what `counting` says of them."""
    whole = around.own[field.code]
    name = f"{around.name}.{field.code}[]"
    any_one = Form(solver, lexicon, field.items, map(as_field, field.derived), name, words, around)
    fits = all_of(any_one.accepted, *_derived(field, any_one, filed_on))
    sorts = tuple(_sorts(solver, any_one, fits, name, counting)) if len(counting) <= MOST_COUNTS else ()
    counts = {
        one.code: total([sort.number for sort, counted in sorts if counted[place]])
        if sorts
        else around.own[one.code].number
        for place, one in enumerate(counting)
    }
    every = total([sort.number for sort, _ in sorts])
    there = [any_of(*(all_of(sort.form, sort.number.at_least(1)) for sort, _ in sorts)), every.equals(whole.number)]
    rules = [
        implies(whole.present, all_of(fits, *there) if sorts else fits),
        *(sort.number.at_least(0) for sort, _ in sorts),
        *(implies(no(whole.present), sort.number.equals(0)) for sort, _ in sorts),
    ]
    return Items(whole, any_one, tuple(sort for sort, _ in sorts), counts, all_of(*rules), fits)


def _sorts(
    solver: Solver, any_one: Form, fits: Formula, name: str, counting: tuple[Derived, ...]
) -> Iterator[tuple[Sort, tuple[bool, ...]]]:
    for counted in product((True, False), repeat=len(counting)):
        tests = [any_one.holds(one.count_when) for one in counting]
        form = all_of(*(test if holds else no(test) for test, holds in zip(tests, counted, strict=True)))
        if solver.possible(fits, form):
            yield Sort(form, solver.whole(f"{name}{counted}")), counted


def _derived(field: Field, any_one: Form, filed_on: Number) -> Iterator[Formula]:
    """Yield what holds of the facts derived for an item."""
    spans: dict[tuple[str | None, str], Span] = {(None, item.code): span_of_answer(item) for item in field.items}
    for one in field.derived:
        tree = parse(one.formula or "")
        if isinstance(tree, FormulaFault):
            yield no(any_one.own[one.code].present)
            continue
        found = computed(one, tree, any_one, filed_on, spans, {})
        spans[None, one.code] = found.span
        yield from found.rules
