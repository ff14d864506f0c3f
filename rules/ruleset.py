"""Every condition of a permit that decides something, under the id that it keeps everywhere.

An id is a path of the catalog's own words: `syarat/3`, `kelayakan/0`, `alur/teknis/serentak/1`,
`alur/verifikasi/setuju/0`, `alur/teknis/waktu/1/0` (reviewer 1, row 0), `alur/teknis/peninjauan/1/0`,
`waktu_total/0`, `masa_berlaku/0`, `produk/1` (where it has a `bila`), `produk/1/waktu/0`, `produk/1/masa_berlaku/0`,
`retribusi/bebas/0`, `retribusi/faktor/ilo/0`, `retribusi/komponen/0/0`; of one fee among several
`retribusi/<code>/bebas/0` and so on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from rules.condition.tree import ALWAYS, Condition
from rules.field import Derived, Field
from rules.kind import Kind
from rules.permit import Permit
from rules.table import Table
from rules.words import Words

RuleId = str
T = TypeVar("T")


def conditions_of(permit: Permit) -> dict[RuleId, Condition]:
    """Return every condition over the application's own facts, by rule id, in the order of the catalog."""
    found: dict[RuleId, Condition] = {}
    for index, requirement in enumerate(permit.requirements):
        found[f"syarat/{index}"] = requirement.when
    for index, refusal in enumerate(permit.eligibility):
        found[f"kelayakan/{index}"] = refusal.when
    for stage in permit.stages:
        at = f"alur/{stage.code}"
        for index, reviewer in enumerate(stage.reviewers):
            found[f"{at}/serentak/{index}"] = reviewer.when
            found.update(_rows(f"{at}/waktu/{index}", reviewer.duration))
            found.update(_rows(f"{at}/peninjauan/{index}", reviewer.inspection))
        found.update(_rows(f"{at}/setuju", stage.approved))
    found.update(_rows("waktu_total", permit.promise))
    found.update(_rows("masa_berlaku", permit.validity))
    for index, product in enumerate(permit.products):
        if product.when != ALWAYS:
            found[f"produk/{index}"] = product.when
        found.update(_rows(f"produk/{index}/waktu", product.duration))
        found.update(_rows(f"produk/{index}/masa_berlaku", product.validity))
    for fee in permit.fees:
        for index, exemption in enumerate(fee.exemptions):
            found[f"{fee.rules}/bebas/{index}"] = exemption.when
        for factor in fee.factors:
            if factor.for_each is None:
                found.update(_rows(f"{fee.rules}/faktor/{factor.code}", factor.value))
        for index, component in enumerate(fee.components):
            if component.for_each is None:
                found.update(_rows(f"{fee.rules}/komponen/{index}", component.amount))
    return found


def item_conditions_of(permit: Permit) -> dict[str, dict[RuleId, Condition]]:
    """Return the conditions that are decided for each item of a `daftar`, by the list's code and then by rule id."""
    found: dict[str, dict[RuleId, Condition]] = {}
    for fee in permit.fees:
        for factor in fee.factors:
            if factor.for_each is not None:
                found.setdefault(factor.for_each, {}).update(_rows(f"{fee.rules}/faktor/{factor.code}", factor.value))
        for index, component in enumerate(fee.components):
            if component.for_each is not None:
                rows = _rows(f"{fee.rules}/komponen/{index}", component.amount)
                found.setdefault(component.for_each, {}).update(rows)
    return found


def _rows(prefix: str, table: Table[T] | None) -> Iterator[tuple[RuleId, Condition]]:
    """Yield the rows of a table; an else-row has no condition of its own."""
    if table is not None:
        for index, row in enumerate(table.rows):
            if not row.otherwise:
                yield f"{prefix}/{index}", row.when


def fact_fields(permit: Permit) -> dict[str, Field]:
    """Return every name a condition over the application may read: questions, derived facts, officers' answers."""
    fields = {field.code: field for field in permit.fields}
    fields.update((derived.code, as_field(derived)) for derived in permit.derived)
    fields.update((field.code, field) for field in permit.officer_fields)
    return fields


def item_fields(field: Field) -> dict[str, Field]:
    """Return every name a condition over one item of a `daftar` may read."""
    fields = {item.code: item for item in field.items}
    fields.update((derived.code, as_field(derived)) for derived in field.derived)
    return fields


def as_field(derived: Derived) -> Field:
    """Return the derived fact as the ordinary field it is to conditions."""
    return Field(
        code=derived.code,
        kind=derived.kind if derived.formula is not None else Kind.INTEGER,
        label=derived.label or Words(derived.code.replace("_", " ")),
        unit=derived.unit,
        digits=derived.digits,
        optional=True,
    )


def rule_sources(permit: Permit) -> Mapping[RuleId, Condition]:
    """Return all conditions, those of items too, for whoever wants to look one up by its id."""
    found = conditions_of(permit)
    for conditions in item_conditions_of(permit).values():
        found.update(conditions)
    return found
