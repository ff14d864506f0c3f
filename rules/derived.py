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
from rules.formula import FormulaFault, names, uses
from rules.formula_inputs import all_questions, formula_inputs, item_inputs
from rules.formula_reader import parse
from rules.kind import Facts, Kind, Value
from rules.memo import remembered
from rules.permit import Permit
from rules.rounding import half_up


@dataclass(frozen=True, slots=True)
class _Node:
    """A derived fact of the application, or of the items of a `daftar`."""

    items: str | None
    code: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """The questions of a permit by code, its derived facts in an order in which they can be computed, and the codes of
    all of them by the `daftar` whose items they belong to."""

    questions: tuple[Field, ...]
    fields: Mapping[str, Field]
    order: tuple[tuple[_Node, Derived], ...]
    codes: Mapping[str | None, frozenset[str]]


def with_derived(permit: Permit, facts: Facts, filed_on: date) -> dict[str, Value]:
    """Return the facts with every derived fact that can be computed; what they said of derived facts is dropped."""
    plan = _plan(permit)
    known = _without(plan.codes, facts)
    for node, one in plan.order:
        if node.items is None:
            value = _of_application(one, plan.questions, known, filed_on)
            if value is not None:
                known[node.code] = value
        else:
            _of_items(plan.fields[node.items], one, plan.questions, known, filed_on)
    return known


@remembered
def _plan(permit: Permit) -> _Plan:
    fields = all_questions(permit)
    derived = {_Node(None, one.code): one for one in permit.derived}
    for field in fields:
        derived.update({_Node(field.code, one.code): one for one in field.derived})
    codes: dict[str | None, frozenset[str]] = {}
    for node in derived:
        codes[node.items] = codes.get(node.items, frozenset()) | {node.code}
    order = tuple((node, derived[node]) for node in _ordered(derived))
    return _Plan(fields, {field.code: field for field in fields}, order, codes)


def _without(codes: Mapping[str | None, frozenset[str]], facts: Facts) -> dict[str, Value]:
    """Copy the facts, and the items in them, without derived facts."""
    known = dict(facts)
    for items, derived in codes.items():
        if items is None:
            for code in derived:
                known.pop(code, None)
        elif isinstance(value := known.get(items), tuple):
            known[items] = tuple(
                {code: v for code, v in item.items() if code not in derived}
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


@remembered
def _needed(one: Derived) -> frozenset[str]:
    """Return the names that a derived fact is computed from."""
    if one.count_of is not None:
        return frozenset({one.count_of})
    tree = parse(one.formula or "")
    return frozenset() if isinstance(tree, FormulaFault) else frozenset(names(tree))


def _of_application(one: Derived, fields: tuple[Field, ...], known: Facts, filed_on: date) -> Value | None:
    inputs = formula_inputs(fields, known, filed_on, _needed(one))
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
    outer = formula_inputs(fields, known, filed_on, _needed(one))
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
