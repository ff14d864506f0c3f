"""Every formula of a permit, with the kinds of the names it may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.checks.versions import Seen
from generator.finding import Place
from generator.model import Path, fee_path
from rules.field import Derived
from rules.formula import FILED_ON, FormulaFault, Use, uses
from rules.formula_reader import parse
from rules.kind import Kind
from rules.permit import Amount, Fee, Formula
from rules.ruleset import fact_fields, item_fields
from rules.table import Table

Kinds = Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class Written:
    """One formula: where it stands (any of `paths`), what it may name, and what each list's items are asked."""

    owner: str  # the derived fact or factor that it computes; empty for a component
    text: str
    paths: tuple[Path, ...]
    kinds: Kinds
    of_items: Mapping[str, Kinds]

    def uses(self) -> tuple[Use, ...]:
        """Return every use of a name."""
        tree = parse(self.text)
        return () if isinstance(tree, FormulaFault) else tuple(uses(tree))

    def place(self, seen: Seen, use: Use) -> Place:
        """Return where a name stands."""
        name = use.code if use.items is None else f"{use.items}.{use.code}"
        return seen.at(*((*path, name) for path in self.paths))


def formulas_of(seen: Seen) -> Iterator[Written]:
    """Yield every formula: derived facts, those of items, factors, components."""
    permit = seen.permit
    fields = fact_fields(permit)
    kinds = {code: field.kind for code, field in fields.items()} | {FILED_ON: Kind.DATE}
    of_items = {code: _kinds_of_items(seen, code) for code, field in fields.items() if field.kind is Kind.LIST}
    yield from _derived(permit.derived, ("turunan",), kinds, of_items)
    for field in fields.values():
        yield from _derived(
            field.derived, ("isian", field.code, "turunan"), {**kinds, **of_items.get(field.code, {})}, of_items
        )
    for fee in permit.fees:
        head = fee_path(fee)
        for factor in fee.factors:
            path = (*head, "faktor", factor.code)
            known = _fee_kinds(kinds, fee, of_items, factor.for_each)
            yield from _amounts(factor.code, factor.value, path, head, known, of_items)
        for index, component in enumerate(fee.components):
            known = _fee_kinds(kinds, fee, of_items, component.for_each)
            yield from _amounts("", component.amount, (*head, "komponen", index), head, known, of_items)


def _kinds_of_items(seen: Seen, code: str) -> Kinds:
    return {name: field.kind for name, field in item_fields(fact_fields(seen.permit)[code]).items()}


def _derived(
    derived: tuple[Derived, ...], path: Path, kinds: Kinds, of_items: Mapping[str, Kinds]
) -> Iterator[Written]:
    for one in derived:
        if one.formula is not None:
            yield Written(one.code, one.formula, ((*path, one.code, "rumus"),), kinds, of_items)


def _fee_kinds(kinds: Kinds, fee: Fee, of_items: Mapping[str, Kinds], for_each: str | None) -> Kinds:
    factors = {factor.code: Kind.DECIMAL for factor in fee.factors if factor.for_each in (None, for_each)}
    return {**kinds, **factors, **(of_items.get(for_each, {}) if for_each is not None else {})}


def _amounts(
    owner: str, table: Table[Amount], path: Path, fee: Path, kinds: Kinds, of_items: Mapping[str, Kinds]
) -> Iterator[Written]:
    for index, row in enumerate(table.rows):
        if isinstance(row.value, Formula):
            paths: tuple[Path, ...] = (
                (*path, "rumus"),
                (*path, index, "rumus"),
                (*fee, "baris", index, "rumus"),
                (*path, index, "tarif"),
                (*fee, "baris", index, "tarif"),
            )
            yield Written(owner, row.value.text, paths, kinds, of_items)
