"""A `rumus` as YAML: its text, when it is a formula, and where its names stand."""

from __future__ import annotations

from generator.model import Path
from generator.reading import tks_permit as tks
from generator.reading.formula_words import advice_of, reason_of
from generator.reading.opened import scalar
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import Node
from rules.formula import FormulaFault, uses
from rules.formula_reader import parse


def formula(sheet: Sheet, node: Node, path: Path) -> str | None:
    """Read a formula; its names are marked below `path`."""
    found = scalar(sheet, node, prose=True)
    if found is None:
        return None
    text = " ".join(found.text.split()) if found.block or "\n" in found.text else found.text
    tree = parse(text)
    if isinstance(tree, FormulaFault):
        place = found.span(tree.start, tree.end) if text is found.text else found.place
        sheet.report(tks.FORMULA.at(place, reason=reason_of(tree), advice=advice_of(tree)))
        return None
    for use in uses(tree):
        where = found.span(use.start, use.end) if text is found.text else found.place
        sheet.at.setdefault((*path, use.code if use.items is None else f"{use.items}.{use.code}"), where)
    return text.strip()
