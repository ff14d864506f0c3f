"""A literate case file: YAML of an officer, and the exact words the program says about it, in both languages.

    # KON-01 unknown-question
    ## bad: a misspelt question is offered back
    ```yaml                         one file: izin/uji/2026-01-01.yaml, or the path written after `yaml`
    ```text                         the findings in Bahasa Indonesia, whole
    ```text en                      and in English
    ## ok: the question is asked    (an empty text block)

Files not given come from `tests/cases/dasar/kota-uji`. Other blocks make what text cannot: `bytes PATH` (Python
escapes), `large PATH` (repeated past the limit), `folder PATH`, `link PATH` (to nowhere), `remove PATH`. A heading
`## bad only: …` compares the findings of the file's own code, where a hundred others come with it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.finding import Finding
from generator.reading.source_text import MOST_BYTES
from generator.render.sources import Sources
from generator.render.text import as_text
from rules.words import Lang

BASE = Path(__file__).parent / "cases" / "dasar"
CITY = "kota-uji"
DEFAULT = "izin/uji/2026-01-01.yaml"
_LANGS: tuple[Lang, ...] = ("id", "en")

Read = Callable[[Path], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its words after the fence, its text, and its first and last line in the file."""

    info: str
    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Case:
    """One `##` of a file. `end` is the line after its last."""

    file: Path
    title: str
    code: str
    blocks: tuple[Block, ...]
    end: int

    @property
    def bad(self) -> bool:
        """Tell whether something must be found."""
        return self.title.startswith("bad")

    @property
    def expected(self) -> dict[Lang, str]:
        """Return the words written in the file, by language."""
        texts = {block.info: block.text for block in self.blocks if block.info.startswith("text")}
        return {"id": texts.get("text", ""), "en": texts.get("text en", "" if self.bad else texts.get("text", ""))}

    def said(self, folder: Path, read: Read) -> dict[Lang, str]:
        """Build the catalog in `folder`, read it, and return what is said about it."""
        root = folder / "katalog"
        shutil.copytree(BASE, root)
        for block in self.blocks:
            _write(block, root / CITY)
        found = [f for f in read(root) if not self.title.startswith("bad only") or f.code == self.code]
        return {lang: as_text(found, Sources(root), lang) for lang in _LANGS}


def cases_of(file: Path) -> list[Case]:
    """Read the cases of a file."""
    lines = file.read_text(encoding="utf-8").split("\n")
    code = lines[0].split()[1]
    starts = [i for i, line in enumerate(lines) if line.startswith("## ") and not _inside(lines, i)]
    ends = [*starts[1:], len(lines)]
    return [
        Case(file, lines[start][3:].strip(), code, _blocks(lines, start, end), end)
        for start, end in zip(starts, ends, strict=True)
    ]


def rewritten(file: Path, said: Sequence[dict[Lang, str]]) -> str:
    """Return the file with the words that the program says now."""
    lines = file.read_text(encoding="utf-8").split("\n")
    out: list[str] = []
    position = 0
    for case, words in zip(cases_of(file), said, strict=True):
        inputs = [block for block in case.blocks if not block.info.startswith("text")]
        first_text = min((block.first for block in case.blocks if block.info.startswith("text")), default=case.end)
        keep = inputs[-1].last + 1 if inputs else first_text
        out.extend(lines[position:keep])
        out.extend(["```text", *words["id"].splitlines(), "```"])
        if case.bad:
            out.extend(["```text en", *words["en"].splitlines(), "```"])
        if case.end < len(lines):
            out.append("")
        position = case.end
    return "\n".join(out) + "\n"


def _inside(lines: list[str], index: int) -> bool:
    return sum(line.startswith("```") for line in lines[:index]) % 2 == 1


def _blocks(lines: list[str], start: int, end: int) -> tuple[Block, ...]:
    found: list[Block] = []
    opened: int | None = None
    for index in range(start, end):
        if not lines[index].startswith("```"):
            continue
        if opened is None:
            opened = index
        else:
            text = "".join(f"{line}\n" for line in lines[opened + 1 : index])
            found.append(Block(lines[opened][3:].strip(), text, opened, index))
            opened = None
    return tuple(found)


def _write(block: Block, city: Path) -> None:
    kind, _, name = block.info.partition(" ")
    path = (city / (name or DEFAULT)).resolve() if kind == "remove" else city / (name or DEFAULT)
    if kind == "text":
        return
    if kind == "remove" or kind in ("folder", "link"):
        shutil.rmtree(path, ignore_errors=True)
        path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    match kind:
        case "yaml":
            path.write_text(block.text, encoding="utf-8", newline="\n")
        case "bytes":
            text = re.sub(r"\n$", "", block.text)
            path.write_bytes(text.encode("latin-1").decode("unicode_escape").encode("latin-1"))
        case "large":
            path.write_text(block.text * (MOST_BYTES // len(block.text) + 1), encoding="utf-8")
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to(city / "ke-mana-pun")
        case "remove":
            pass
        case _:
            raise ValueError(f"{block.info}: no such block")
