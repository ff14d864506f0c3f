"""Facts computed from answers (`turunan`), each after those it rests on, those of items included.

Gains facts that every rule may test like answers; a derived fact that can not be computed is simply not known, and one
that waits for itself in a circle never is. Whole numbers and rupiah are rounded half up, decimals to their `digit`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter

from rules.calculation import Input, evaluate
from rules.condition.decide import holds
from rules.condition.presence import MOST
from rules.condition.tree import fields_of
from rules.field import Derived, Field
from rules.formula import FormulaFault, parse, uses
from rules.formula_inputs import all_questions, formula_inputs, item_inputs
from rules.kind import Facts, Kind, Value
from rules.memo import remembered
from rules.permit import Permit
from rules.rounding import half_up


@dataclass(frozen=True, slots=True)
class _Node:
    """A derived fact of the application, or of the items of a `daftar`."""

    items: str | None
    code: str


def with_derived(permit: Permit, facts: Facts, filed_on: date) -> dict[str, Value]:
    """Return the facts with every derived fact that can be computed; what they said of derived facts is dropped."""
    fields, derived, order = _plan(permit)
    if not derived:
        return dict(facts)
    known = _without(derived, facts)
    for node in order:
        if node.items is None:
            value = _of_application(derived[node], fields, known, filed_on)
            if value is not None:
                known[node.code] = value
        else:
            (items,) = (field for field in fields if field.code == node.items)
            _of_items(items, derived[node], fields, known, filed_on)
    return known


@remembered
def _plan(permit: Permit) -> tuple[tuple[Field, ...], Mapping[_Node, Derived], tuple[_Node, ...]]:
    """Return all questions, all derived facts, and these in an order in which they can be computed."""
    fields = all_questions(permit)
    derived = {_Node(None, one.code): one for one in permit.derived}
    for field in fields:
        derived.update({_Node(field.code, one.code): one for one in field.derived})
    return fields, derived, tuple(_ordered(derived))


def _without(derived: Mapping[_Node, Derived], facts: Facts) -> dict[str, Value]:
    """Copy the facts, and the items in them, without derived facts."""
    known = {code: value for code, value in facts.items() if _Node(None, code) not in derived}
    for items in {node.items for node in derived if node.items is not None}:
        value = known.get(items)
        if isinstance(value, tuple):
            known[items] = tuple(
                {code: v for code, v in item.items() if _Node(items, code) not in derived}
                for item in value
                if isinstance(item, Mapping)
            )
    return known


def _ordered(derived: Mapping[_Node, Derived]) -> Iterator[_Node]:
    """Yield each after all it rests on; those in a circle, and those resting on one, are left out."""
    sorter = TopologicalSorter[_Node]()
    for node, one in derived.items():
        sorter.add(node, *(need for need in _needs(node, one) if need in derived))
    with suppress(CycleError):  # it still gives everything outside the circles
        sorter.prepare()
    while ready := sorter.get_ready():
        yield from ready
        sorter.done(*ready)


def _needs(node: _Node, one: Derived) -> Iterator[_Node]:
    if one.count_of is not None:
        yield from (_Node(one.count_of, code) for code in fields_of(one.count_when))
        return
    tree = parse(one.formula or "")
    if isinstance(tree, FormulaFault):
        return
    for use in uses(tree):
        if use.items is not None:
            yield _Node(use.items, use.code)
        else:
            yield _Node(None, use.code)
            yield _Node(node.items, use.code)


def _of_application(one: Derived, fields: tuple[Field, ...], known: Facts, filed_on: date) -> Value | None:
    inputs = formula_inputs(fields, known, filed_on)
    if one.count_of is not None:
        items = inputs.get(one.count_of)
        if not isinstance(items, tuple):
            return None
        counted = known.get(one.count_of, ())
        assert isinstance(counted, tuple)
        return sum(1 for item in counted if isinstance(item, Mapping) and holds(one.count_when, item))
    return _computed(one, inputs)


def _of_items(items: Field, one: Derived, fields: tuple[Field, ...], known: dict[str, Value], filed_on: date) -> None:
    """Add the derived fact to each item that lets it be computed."""
    value = known.get(items.code)
    if not isinstance(value, tuple):
        return
    outer = formula_inputs(fields, known, filed_on)
    found = []
    for item in value:
        assert isinstance(item, Mapping)
        computed = _computed(one, item_inputs(items, outer, item))
        found.append(dict(item) if computed is None else {**item, one.code: computed})
    known[items.code] = tuple(found)


def _computed(one: Derived, inputs: Mapping[str, Input]) -> Value | None:
    tree = parse(one.formula or "")
    if isinstance(tree, FormulaFault):
        return None
    outcome = evaluate(tree, inputs)
    return _of_kind(one, outcome) if isinstance(outcome, Fraction) else None


def _of_kind(one: Derived, value: Fraction) -> Value | None:
    """Round to what the kind can hold; None for what no answer of this kind could be."""
    match one.kind:
        case Kind.INTEGER | Kind.MONEY:
            whole = half_up(value)
            return whole if abs(whole) <= MOST else None
        case Kind.DECIMAL:
            scaled = half_up(value * 10**one.digits)
            return Decimal(scaled).scaleb(-one.digits) if abs(scaled) <= MOST else None
        case _:
            return None
