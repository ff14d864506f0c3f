"""`dokumen.yaml`: the kinds of document that can be asked."""

from __future__ import annotations

from generator.reading.expect import name_code, one_of, whole, words
from generator.reading.opened import entries, items
from generator.reading.sheet import Sheet
from generator.reading.unique import once
from generator.reading.yaml_tree import Node
from rules.city import Document
from rules.words import Words

KEYS = ("kode", "nama", "format", "maksimal_mb", "petunjuk")
FORMATS = ("pdf", "jpeg", "png")
_FORMAT = Words("format berkas", "file format")


def document_file(sheet: Sheet, node: Node) -> tuple[Document, ...]:
    """Read the tree of `dokumen.yaml`; a document is marked under its code."""
    opened = entries(sheet, node, (), ("dokumen",), ("dokumen",))
    found: list[Document] = []
    listed = items(sheet, opened["dokumen"], ("dokumen",)) if "dokumen" in opened else ()
    for index, each in enumerate(listed):
        at = ("dokumen", index)
        one = entries(sheet, each, at, KEYS, ("kode", "nama"))
        if "kode" not in one:
            continue
        code = once(sheet, one["kode"], name_code(sheet, one["kode"]), {document.code for document in found})
        sheet.mark(("dokumen", code), one["kode"])
        formats: tuple[str, ...] = FORMATS
        if "format" in one:
            read = [one_of(sheet, f, FORMATS, _FORMAT) for f in items(sheet, one["format"], (*at, "format"), 1)]
            formats = tuple(f for f in read if f is not None)
        found.append(
            Document(
                code,
                words(sheet, one["nama"], (*at, "nama")) if "nama" in one else Words(""),
                formats,
                whole(sheet, one["maksimal_mb"], 1, 50) if "maksimal_mb" in one else 5,
                words(sheet, one["petunjuk"], (*at, "petunjuk")) if "petunjuk" in one else None,
            )
        )
    return tuple(found)
