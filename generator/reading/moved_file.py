"""`alihan/<kode>.yaml`: a service that has moved away, so that whoever looks for it is told where to go."""

from __future__ import annotations

import re

from generator.reading import tks_shape
from generator.reading.expect import citation, date, named_as, one_of, text, words
from generator.reading.law_file import MARK, MARKS
from generator.reading.opened import entries, items
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import Node
from rules.citation import Citation
from rules.city import Moved
from rules.words import Words

KEYS = (
    "alihan", "kode_resmi", "nama", "sejak", "kepada", "alamat", "pesan", "dasar", "kata_kunci", "bukti", "sumber",
)  # fmt: skip
REQUIRED = ("alihan", "nama", "sejak", "kepada", "pesan", "dasar")
_ADDRESS = re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(/[!-~]*)?")


def moved_file(sheet: Sheet, node: Node, named: str) -> Moved:
    """Read the tree of one service that has moved."""
    opened = entries(sheet, node, (), KEYS, REQUIRED)

    def said(key: str) -> Words:
        return words(sheet, opened[key], (key,)) if key in opened else Words("")

    def texts(key: str) -> tuple[str, ...]:
        return tuple(text(sheet, each, 300) for each in items(sheet, opened[key], (key,))) if key in opened else ()

    return Moved(
        code=named_as(sheet, opened, "alihan", named),
        official_code=text(sheet, opened["kode_resmi"], 60) if "kode_resmi" in opened else None,
        name=said("nama"),
        since=date(sheet, opened["sejak"]) if "sejak" in opened else "",
        to=said("kepada"),
        message=said("pesan"),
        citation=citation(sheet, opened["dasar"], ("dasar",)) if "dasar" in opened else Citation(""),
        address=_address(sheet, opened["alamat"]) if "alamat" in opened else None,
        search_words=texts("kata_kunci"),
        evidence=(one_of(sheet, opened["bukti"], MARKS, MARK) if "bukti" in opened else None) or "K",
        sources=texts("sumber"),
    )


def _address(sheet: Sheet, node: Node) -> str:
    written = text(sheet, node, 300)
    if _ADDRESS.fullmatch(written) is None:
        sheet.report(tks_shape.NOT_AN_ADDRESS.at(node.place, word=written))
    return written
