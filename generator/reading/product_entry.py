"""What is issued, as YAML: `produk`."""

from __future__ import annotations

import re

from generator.model import Path
from generator.reading import tks_permit as tks
from generator.reading.expect import field_code, name_code, text, words
from generator.reading.opened import entries, items
from generator.reading.sheet import Sheet
from generator.reading.tks import did_you_mean, listed
from generator.reading.yaml_tree import Node, ScalarNode
from rules.permit import Product
from rules.words import Words

PLACEHOLDERS = ("{urut}", "{bulan_romawi}", "{tahun}")
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
                _number(sheet, opened["nomor"]) if "nomor" in opened else None,
                field_code(sheet, opened["untuk_setiap"]) if "untuk_setiap" in opened else None,
            )
        )
    return tuple(found)


def _number(sheet: Sheet, node: Node) -> str:
    """Read the pattern of a number; what stands in braces must be something that is filled in."""
    pattern = text(sheet, node, 120)
    for found in re.finditer(r"\{[^{}]*\}?|\}", pattern):
        if found[0] not in PLACEHOLDERS:
            otherwise = Words(f"yang dikenal: {listed(PLACEHOLDERS)}", f"known are: {listed(PLACEHOLDERS)}")
            place = node.span(*found.span()) if isinstance(node, ScalarNode) and node.text == pattern else node.place
            advice = did_you_mean(found[0], PLACEHOLDERS, otherwise)
            sheet.report(tks.PLACEHOLDER.at(place, word=found[0], advice=advice))
    return pattern
