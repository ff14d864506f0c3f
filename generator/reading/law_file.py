"""`peraturan/<kode>.yaml`: a law of the register."""

from __future__ import annotations

from collections.abc import Iterator

from generator.reading.expect import date, name_code, named_as, one_of, text, whole, words
from generator.reading.opened import entries, items
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import Node, ScalarNode
from rules.city import Regulation
from rules.words import Words

KEYS = (
    "peraturan", "jenis", "nomor", "tahun", "judul", "singkat", "berlaku", "diundangkan", "dicabut", "mencabut",
    "daftar", "bukti_daftar", "bukti",
)  # fmt: skip
MARKS = ("F", "F~", "K", "A")
MARK = Words("tanda bukti", "mark of evidence")


def law_file(sheet: Sheet, node: Node, named: str) -> Regulation:
    """Read the tree of one law."""
    opened = entries(sheet, node, (), KEYS, ("peraturan", "jenis", "judul", "singkat"))

    def codes(key: str) -> tuple[str, ...]:
        return tuple(name_code(sheet, each) for each in items(sheet, opened[key], (key,))) if key in opened else ()

    delegated = tuple(_delegated(sheet, opened["daftar"])) if "daftar" in opened else ()
    return Regulation(
        named_as(sheet, opened, "peraturan", named),
        name_code(sheet, opened["jenis"]) if "jenis" in opened else "",
        text(sheet, opened["nomor"], 60) if "nomor" in opened else None,
        whole(sheet, opened["tahun"], 1900, 2200) if "tahun" in opened else None,
        words(sheet, opened["judul"], ("judul",)) if "judul" in opened else Words(""),
        text(sheet, opened["singkat"], 120) if "singkat" in opened else "",
        date(sheet, opened["berlaku"]) if "berlaku" in opened else None,
        date(sheet, opened["dicabut"]) if "dicabut" in opened else None,
        codes("mencabut"),
        tuple(code for code, _ in delegated),
        (one_of(sheet, opened["bukti"], MARKS, MARK) if "bukti" in opened else None) or "K",
        date(sheet, opened["diundangkan"]) if "diundangkan" in opened else None,
        tuple((code, article) for code, article in delegated if article is not None),
        (one_of(sheet, opened["bukti_daftar"], MARKS, MARK) if "bukti_daftar" in opened else None) or "F",
    )


def _delegated(sheet: Sheet, node: Node) -> Iterator[tuple[str, str | None]]:
    """Yield the permits of a law's list, each with where in the law it stands, if that is written."""
    for index, item in enumerate(items(sheet, node, ("daftar",))):
        if isinstance(item, ScalarNode):
            yield name_code(sheet, item), None
            continue
        entry = entries(sheet, item, ("daftar", index), ("izin", "pasal"), ("izin",))
        if "izin" in entry:
            yield name_code(sheet, entry["izin"]), text(sheet, entry["pasal"], 120) if "pasal" in entry else None
