"""What is issued, as YAML: `produk`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.model import Path
from generator.reading import tks_permit as tks
from generator.reading.condition_entry import condition
from generator.reading.expect import field_code, name_code, text, words
from generator.reading.flow_entry import durations
from generator.reading.opened import entries, items
from generator.reading.sheet import Sheet
from generator.reading.tks import did_you_mean, listed
from generator.reading.validity_entry import validity
from generator.reading.yaml_tree import Node, ScalarNode
from rules.condition.tree import ALWAYS
from rules.field import Field
from rules.permit import Product
from rules.words import Words

PLACEHOLDERS = ("{urut}", "{bulan_romawi}", "{tahun}")
KEYS = (
    "kode", "nama", "templat", "nomor", "untuk_setiap", "tahap", "perlu", "menggantikan", "bila", "waktu",
    "masa_berlaku",
)  # fmt: skip


def products(sheet: Sheet, node: Node, path: Path, scope: Mapping[str, Field]) -> tuple[Product, ...]:
    """Read a list of products; `scope` holds every name that a condition may read."""
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
                stage=field_code(sheet, opened["tahap"]) if "tahap" in opened else None,
                needs=name_code(sheet, opened["perlu"]) if "perlu" in opened else None,
                replaces=name_code(sheet, opened["menggantikan"]) if "menggantikan" in opened else None,
                when=condition(sheet, opened["bila"], (*at, "bila"), scope) if "bila" in opened else ALWAYS,
                duration=durations(sheet, opened["waktu"], (*at, "waktu"), scope) if "waktu" in opened else None,
                validity=validity(sheet, opened["masa_berlaku"], (*at, "masa_berlaku"), scope)
                if "masa_berlaku" in opened
                else None,
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
