"""The lines of catalog files, for drawing a finding where it stands."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

MOST_BYTES = 1024 * 1024


@dataclass(slots=True)
class Sources:
    """Lines of the files under `root`, read once each. `shown` comes before a file's name wherever it is told."""

    root: Path
    shown: str = ""
    _lines: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def line(self, file: str, number: int) -> str | None:
        """Return a line, counted from 1, fit for a terminal; None when there is none to show."""
        if file not in self._lines:
            self._lines[file] = _read(self.root / file)
        lines = self._lines[file]
        return printable(lines[number - 1]) if 0 < number <= len(lines) else None

    def name(self, file: str) -> str:
        """Return how a file is called in front of people."""
        if file == ".":
            return printable(self.shown) or "."
        return f"{printable(self.shown)}/{file}" if self.shown else file


def _read(path: Path) -> tuple[str, ...]:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES)
    except OSError:
        return ()
    if b"\0" in raw:
        return ()
    text = raw.decode("utf-8", errors="replace").removeprefix("\ufeff").replace("\r\n", "\n")
    return tuple(text.split("\n"))


def printable(text: str) -> str:
    """Replace what a terminal would obey or not show; one character stays one character."""
    if text.isprintable():  # none of those is: nearly every text ends here
        return text
    return "".join("·" if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") else c for c in text)
