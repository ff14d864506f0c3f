"""Somebody who has never programmed: reads the words that `check` printed, and types what the help says, to the letter.

They know the place (file, line, the text over the caret) and the line of help, and nothing of the program. Where a row
is to be pasted they fill in its `…` from the law.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_PLACE = re.compile(r"^ *--> (?P<file>.+):(?P<line>\d+):(?P<column>\d+)$", re.MULTILINE)
_CARET = re.compile(r"^ *\| +(?P<caret>\^+)", re.MULTILINE)
_HELP = re.compile(r"^ *= bantuan: (?P<help>.+)$", re.MULTILINE)
_ROW = re.compile(r"^ *= tempel: - (?P<row>.+)$", re.MULTILINE)
_MEANT = re.compile(r"^maksud Anda `(?P<new>[^`]+)`\?$")
_REPLACE = re.compile(r"^ganti `(?P<old>[^`]+)` dengan `(?P<new>[^`]+)`")
_DELETE = re.compile(r"^hapus `(?P<key>\w+)(?:: [^`]*)?`")
_WRITE_KEY = re.compile(r"^tulis `(?P<key>\w+): (?P<value>[^`]+)`")
_WRITE = re.compile(r"^tulis `(?P<new>[^`]+)`")


@dataclass(frozen=True, slots=True)
class Told:
    """What one printed finding says to somebody who only reads it."""

    file: str
    line: int
    column: int
    width: int
    help: str
    row: str | None

    @property
    def start(self) -> int:
        """Return where the caret starts in its line, counted from nought."""
        return self.column - 1

    @property
    def end(self) -> int:
        """Return where the caret ends."""
        return self.start + self.width


def told(printed: str) -> Told:
    """Read the first finding of what was printed."""
    first = printed.split("\n\n")[0]
    place, caret, advice = _PLACE.search(first), _CARET.search(first), _HELP.search(first)
    assert place is not None, printed
    assert caret is not None, printed
    assert advice is not None, printed
    row = _ROW.search(first)
    at = int(place["line"]), int(place["column"])
    return Told(place["file"], *at, len(caret["caret"]), advice["help"], None if row is None else row["row"])


def typed(said: Told, lines: list[str], known: str) -> list[str]:
    """Return the lines of the file once the step was typed; `known` is what only the law says."""
    line = lines[said.line - 1]
    new: list[str]
    if said.row is not None:
        return _pasted(said, lines, said.row.replace("…", known))
    if (step := _MEANT.search(said.help)) is not None:
        new = [line[: said.start] + step["new"] + line[said.end :]]
    elif (step := _REPLACE.search(said.help)) is not None:
        new = [line.replace(step["old"], step["new"])]
    elif (step := _DELETE.search(said.help)) is not None:
        new = _without(line, step["key"])
    elif (step := _WRITE_KEY.search(said.help)) is not None:
        new = _with_key(said, line, step["key"], step["value"])
    elif (step := _WRITE.search(said.help)) is not None:
        new = [line[: said.start] + step["new"] + line[said.end :]]
    else:
        raise AssertionError(f"nobody can type this: {said.help}")
    return [*lines[: said.line - 1], *new, *lines[said.line :]]


def _without(line: str, key: str) -> list[str]:
    """Delete a key with its value: its line, or its part of a line in braces."""
    if re.fullmatch(rf"\s*{key}: .*", line) is not None:
        return []
    value = r"(?:\{[^}]*\}|\[[^]]*\]|[^,{}\[\]]+)"
    return [re.sub(rf", {key}: {value}|{key}: {value}, ", "", line, count=1)]


def _with_key(said: Told, line: str, key: str, value: str) -> list[str]:
    """Write a key: over the one that is there, beside it in braces, or on a line of its own."""
    if re.search(rf"\b{key}: ", line) is not None:
        return [re.sub(rf"\b{key}: [^,}}]+", f"{key}: {value}", line, count=1)]
    if "{" in line[: said.start]:
        return [f"{line[: said.end]}, {key}: {value}{line[said.end :]}"]
    indent = line[: len(line) - len(line.lstrip())]
    return [line, f"{indent}{key}: {value}"]


def _pasted(said: Told, lines: list[str], row: str) -> list[str]:
    """Paste a row below the last one of its table."""
    line = lines[said.line - 1]
    if "[" in line[said.start :]:
        last = line.rindex("]")
        return [*lines[: said.line - 1], f"{line[:last]}, {row}{line[last:]}", *lines[said.line :]]
    last_row = next(at for at in range(said.line, len(lines)) if not lines[at + 1].lstrip().startswith("- "))
    indent = lines[last_row][: len(lines[last_row]) - len(lines[last_row].lstrip())]
    return [*lines[: last_row + 1], f"{indent}- {row}", *lines[last_row + 1 :]]


def repaired(printed: str, root: Path, known: str) -> str:
    """Type the step of the first finding into its file; return the help that was followed."""
    said = told(printed)
    path = root / said.file
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(typed(said, lines, known)), encoding="utf-8")
    return said.help
