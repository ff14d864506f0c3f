"""The facts as a formula reads them: with the filing date, and with what will never be answered told apart from what
is not answered yet.

A `daftar` that is optional or hidden for good counts as empty, so that `jumlah(prasarana.volume)` is 0 for a house
that has none; a question of an item that is hidden for good adds nothing to a sum. What is merely unanswered stays
missing, and leaves the result undetermined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rules.answers import in_order
from rules.calculation import Input, Item
from rules.condition.decide import truth
from rules.condition.presence import missing
from rules.condition.tree import Always, fields_of
from rules.field import Derived, Field
from rules.formula import FILED_ON, FormulaFault, names
from rules.formula_reader import parse
from rules.kind import Facts, Kind, Value
from rules.memo import remembered
from rules.permit import Permit


def formula_inputs(
    fields: Iterable[Field], facts: Facts, filed_on: date, only: frozenset[str] | None = None
) -> dict[str, Input]:
    """Return the values of all names a formula over the application may use; of lists, those it uses (None: all)."""
    asked = tuple(fields)
    inputs: dict[str, Input] = {**facts, FILED_ON: filed_on.isoformat()}
    lists = _lists(asked)
    if only is not None:
        lists = tuple(field for field in lists if field.code in only)
    all_given = all(field.code in facts for field in lists)
    gone = frozenset() if all_given else never_answered(asked, facts)
    for field in lists:
        value = facts.get(field.code)
        if isinstance(value, tuple) and field.kind is Kind.LIST:
            inputs[field.code] = tuple(_item(field, item) for item in value if isinstance(item, Mapping))
        elif field.code in gone:
            inputs[field.code] = ()
    return inputs


@remembered
def all_questions(permit: Permit) -> tuple[Field, ...]:
    """Return what applicants and officers are asked, the same tuple each time."""
    return (*permit.fields, *permit.officer_fields)


@remembered
def _lists(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.kind in {Kind.LIST, Kind.CHOICES})


def item_inputs(field: Field, outer: Mapping[str, Input], item: Item) -> dict[str, Input]:
    """Return the values of all names a formula over one item may use: its own first, then the application's."""
    own: dict[str, Input] = dict.fromkeys(own_codes(field))  # what it lacks, nobody else supplies
    return {**outer, **own, **item}


@remembered
def own_codes(field: Field) -> tuple[str, ...]:
    """Return the names that belong to the items of a `daftar`."""
    return (*(item.code for item in field.items), *(derived.code for derived in field.derived))


def never_answered(fields: tuple[Field, ...], facts: Facts) -> frozenset[str]:
    """Return the questions that stay unanswered whatever else is answered: hidden for good, or optional."""
    gone: set[str] = set()
    for field in _may_be_gone(fields):
        if not missing(facts.get(field.code)):
            continue
        shown = truth(field.shown_when, facts)
        if shown is None:
            open_questions = {code for code in fields_of(field.shown_when) if missing(facts.get(code))}
            hidden = bool(open_questions) and open_questions <= gone
        else:
            hidden = not shown
        if hidden or (shown and field.optional):
            gone.add(field.code)
    return frozenset(gone)


@remembered
def _may_be_gone(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the questions that are not asked of everybody in every case."""
    return tuple(field for field in in_order(fields) if field.optional or not isinstance(field.shown_when, Always))


def _item(field: Field, item: Mapping[str, Value]) -> dict[str, Value | None]:
    gone = set(never_answered(field.items, item))
    waiting = [derived for derived in field.derived if derived.code not in item]
    while more := {derived.code for derived in waiting if derived.code not in gone and _rests_on(derived, gone)}:
        gone |= more
    return {**dict.fromkeys(gone), **item}


def _rests_on(derived: Derived, gone: set[str]) -> bool:
    """Tell whether a derived fact of an item can never be computed, as it needs one that is gone."""
    tree = None if derived.formula is None else parse(derived.formula)
    return tree is not None and not isinstance(tree, FormulaFault) and not gone.isdisjoint(names(tree))
