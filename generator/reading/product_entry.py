"""What is issued, as YAML: `produk`."""

from __future__ import annotations

from generator.model import Path
from generator.reading.expect import field_code, name_code, text, words
from generator.reading.opened import entries, items
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import Node
from rules.permit import Product
from rules.words import Words

KEYS = ("kode", "nama", "templat", "nomor", "untuk_setiap")


def products(sheet: Sheet, node: Node, path: Path) -> tuple[Product, ...]:
    """Read a list of products."""
    found = []
    for index, each in enumerate(items(sheet, node, path)):
        at = (*path, index)
        opened = entries(sheet, each, at, KEYS, ("kode", "nama"))
        found.append(
            Product(
                name_code(sheet, opened["kode"]) if "kode" in opened else "",
                words(sheet, opened["nama"], (*at, "nama")) if "nama" in opened else Words(""),
                name_code(sheet, opened["templat"]) if "templat" in opened else None,
                text(sheet, opened["nomor"], 120) if "nomor" in opened else None,
                field_code(sheet, opened["untuk_setiap"]) if "untuk_setiap" in opened else None,
            )
        )
    return tuple(found)
