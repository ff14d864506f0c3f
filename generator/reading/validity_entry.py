"""How long a permit is valid, as YAML: `masa_berlaku`."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Path
from generator.reading.expect import duration, field_code, words
from generator.reading.flow_entry import needed
from generator.reading.opened import entries, exactly_one, items
from generator.reading.sheet import Sheet
from generator.reading.table_entry import Values, is_table, table
from generator.reading.yaml_tree import MapNode, Node, ScalarNode
from rules.field import Field
from rules.permit import AsLongAs, Earliest, Lasting, UntilField, Validity
from rules.table import Row, Table
from rules.words import Words

BUSINESS = AsLongAs(Words("Selama menjalankan usaha", "As long as the business runs"))


def validity(sheet: Sheet, node: Node, path: Path, scope: Mapping[str, Field]) -> Table[Validity]:
    """Read one end of validity, or a table of them."""
    if not is_table(node):
        return Table((Row(_one(sheet, node, path)),))

    def value(opened: Values, at: Path) -> Validity | None:
        node = needed(sheet, opened, at, "masa_berlaku")
        return None if node is None else _one(sheet, node, (*at, "masa_berlaku"))

    return table(sheet, node, path, scope, ("masa_berlaku",), value)


def _one(sheet: Sheet, node: Node, path: Path) -> Validity:
    if isinstance(node, MapNode):
        opened = entries(sheet, node, path, ("sampai", "terkecil", "selama"))
        way = exactly_one(sheet, opened, ("sampai", "terkecil", "selama"), node.place) if opened else None
        if way == "terkecil":
            at = (*path, "terkecil")
            return Earliest(
                tuple(
                    _end(sheet, each, (*at, index))
                    for index, each in enumerate(items(sheet, opened["terkecil"], at, at_least=2))
                )
            )
        if way == "selama":
            return AsLongAs(words(sheet, opened["selama"], (*path, "selama")))
        return UntilField(field_code(sheet, opened["sampai"]) if way == "sampai" else "")
    if isinstance(node, ScalarNode) and node.text == "selama_usaha":
        return BUSINESS
    return Lasting(duration(sheet, node))


def _end(sheet: Sheet, node: Node, path: Path) -> Lasting | UntilField:
    if isinstance(node, MapNode):
        opened = entries(sheet, node, path, ("sampai",), ("sampai",))
        return UntilField(field_code(sheet, opened["sampai"]) if "sampai" in opened else "")
    return Lasting(duration(sheet, node))
