"""Derived facts as YAML: `turunan`, of a permit and of the items of a `daftar`."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Path
from generator.reading.condition_entry import condition
from generator.reading.expect import field_code, one_of, text, whole, words
from generator.reading.formula_entry import formula
from generator.reading.opened import entries, exactly_one, exclude
from generator.reading.sheet import Sheet
from generator.reading.unique import once
from generator.reading.yaml_tree import MapNode, Node
from rules.condition.tree import ALWAYS
from rules.field import Derived, Field
from rules.kind import Kind
from rules.ruleset import item_fields
from rules.words import Words

KEYS = ("rumus", "jenis", "label", "satuan", "digit", "banyak", "yang")
_KINDS = (Kind.INTEGER, Kind.MONEY, Kind.DECIMAL)
_KIND = Words("jenis turunan", "kind of derived fact")


def derived_entries(sheet: Sheet, node: Node, path: Path, scope: Mapping[str, Field]) -> tuple[Derived, ...]:
    """Read a map of derived facts; conditions over items take their names from the lists in `scope`."""
    opened = entries(sheet, node, path, None)
    if isinstance(node, MapNode):
        for key, _ in node.entries:
            sheet.mark((*path, key.text), key)
            if not once(sheet, key, field_code(sheet, key), scope) or key.text not in opened:
                sheet.broken.add(key.text)
    found = (_derived(sheet, code, value, (*path, code), scope) for code, value in opened.items())
    return tuple(each for each in found if each is not None)


def _derived(sheet: Sheet, code: str, node: Node, path: Path, scope: Mapping[str, Field]) -> Derived | None:
    before = len(sheet.findings)
    opened = entries(sheet, node, path, KEYS)
    way = exactly_one(sheet, opened, ("rumus", "banyak"), sheet.at[path]) if opened else None
    exclude(sheet, opened, path, "rumus", ("yang",))
    exclude(sheet, opened, path, "banyak", ("jenis", "digit"))
    label = words(sheet, opened["label"], (*path, "label")) if "label" in opened else None
    derived: Derived | None = None
    if way == "rumus":
        written = formula(sheet, opened["rumus"], (*path, "rumus"))
        kind = one_of(sheet, opened["jenis"], _KINDS, _KIND) if "jenis" in opened else Kind.INTEGER
        derived = Derived(
            code,
            Kind(kind) if kind else Kind.INTEGER,
            written,
            label=label,
            unit=text(sheet, opened["satuan"], 20) if "satuan" in opened else None,
            digits=whole(sheet, opened["digit"], 0, 9) if "digit" in opened else 0,
        )
    elif way == "banyak":
        counted = field_code(sheet, opened["banyak"])
        listed = scope.get(counted)
        inner = item_fields(listed) if listed is not None else {}
        # A list that is not there has no questions to test; the unknown list is the one thing to say.
        known = "yang" in opened and listed is not None
        when = condition(sheet, opened["yang"], (*path, "yang"), inner) if known else ALWAYS
        derived = Derived(code, Kind.INTEGER, count_of=counted, count_when=when, label=label)
    if len(sheet.findings) > before:
        sheet.broken.add(code)
    return derived
