"""`instansi.yaml`: who works on files."""

from __future__ import annotations

from generator.model import Path
from generator.reading.expect import field_code, name_code, one_of, text, words
from generator.reading.opened import entries, items
from generator.reading.sheet import Sheet
from generator.reading.unique import once
from generator.reading.yaml_tree import MapNode, Node
from rules.city import Agency
from rules.words import Words

KEYS = ("kode", "nama", "jenis", "loket", "peran")
KINDS = ("opd", "instansi_vertikal", "bumn", "bumd", "swasta")
_KIND = Words("jenis instansi", "kind of agency")


def agency_file(sheet: Sheet, node: Node) -> tuple[Agency, ...]:
    """Read the tree of `instansi.yaml`; an agency is marked under its code."""
    opened = entries(sheet, node, (), ("instansi",), ("instansi",))
    found: list[Agency] = []
    listed = items(sheet, opened["instansi"], ("instansi",), at_least=1) if "instansi" in opened else ()
    for index, each in enumerate(listed):
        at = ("instansi", index)
        one = entries(sheet, each, at, KEYS, ("kode", "nama", "jenis"))
        if "kode" not in one:
            continue
        code = once(sheet, one["kode"], name_code(sheet, one["kode"]), {agency.code for agency in found})
        sheet.mark(("instansi", code), one["kode"])
        roles = _roles(sheet, one["peran"], (*at, "peran")) if "peran" in one else {}
        found.append(
            Agency(
                code,
                words(sheet, one["nama"], (*at, "nama")) if "nama" in one else Words(""),
                (one_of(sheet, one["jenis"], KINDS, _KIND) if "jenis" in one else None) or "opd",
                text(sheet, one["loket"], 120) if "loket" in one else None,
                tuple(roles),
                tuple((role, name) for role, name in roles.items() if name is not None),
            )
        )
    return tuple(found)


def _roles(sheet: Sheet, node: Node, at: Path) -> dict[str, Words | None]:
    """Read roles: a list of codes, or a map that says what people call each."""
    if not isinstance(node, MapNode):
        return {field_code(sheet, role): None for role in items(sheet, node, at)}
    opened = entries(sheet, node, at, None, at_least=1)
    return {field_code(sheet, key): words(sheet, opened[key.text], (*at, key.text)) for key, _ in node.entries}
