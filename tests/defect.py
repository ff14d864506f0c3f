"""A permit with one defect: a sound catalog, one edit, and what must be found where.

- nama: what is wrong
  asal: where a real system had it
  di: file that is edited (the permit, where it is left out); `dari`: the file that it is first copied from
  ganti, dengan: text, and what stands there instead; or lists of both; `lalu` is one more file's edit
  temuan: the code that must be found
  berkas, baris: the file (the edited one), and a piece of the line at whose caret it stands
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from generator.reading.yaml_tree import ListNode, Node
from tests.condition_cases import listed, parts, scalar, tree
from tests.literate_case import BASE, CITY, DEFAULT

FOLDER = Path(__file__).parent / "cases" / "cacat"


@dataclass(frozen=True, slots=True)
class Edit:
    """A file, the one it is copied from, and what is replaced in it."""

    file: str
    copied: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Defect:
    """One defect of the folder."""

    name: str
    edits: tuple[Edit, ...]
    code: str
    file: str
    line: str

    def made(self, folder: Path) -> Path:
        """Write the catalog with this defect."""
        root = Path(shutil.copytree(BASE, folder / "katalog"))
        for edit in self.edits:
            text = (root / CITY / edit.copied).read_text(encoding="utf-8")
            for old, new in edit.pairs:
                assert old in text, f"{self.name}: {old}"
                text = text.replace(old, new, 1)
            path = root / CITY / edit.file
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root


def defects() -> list[Defect]:
    """Read all of them."""
    files = sorted(FOLDER.glob("*.yaml"))
    return [_defect(node) for file in files for node in listed(tree(file.read_bytes(), file.name))]


def _defect(node: Node) -> Defect:
    opened = parts(node)
    edits = [_edit(opened)]
    if "lalu" in opened:
        edits.append(_edit(parts(opened["lalu"])))
    file = scalar(opened["berkas"]) if "berkas" in opened else edits[0].file
    return Defect(scalar(opened["nama"]), tuple(edits), scalar(opened["temuan"]), file, scalar(opened["baris"]))


def _edit(opened: dict[str, Node]) -> Edit:
    file = scalar(opened["di"]) if "di" in opened else DEFAULT
    copied = scalar(opened["dari"]) if "dari" in opened else file
    return Edit(file, copied, tuple(zip(_texts(opened["ganti"]), _texts(opened["dengan"]), strict=True)))


def _texts(node: Node) -> list[str]:
    return [scalar(each) for each in node.items] if isinstance(node, ListNode) else [scalar(node)]
