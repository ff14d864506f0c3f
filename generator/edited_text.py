"""A text changed at places: what a person would do with an editor, and nothing else of the file.

Gains that comments, quotes and the layout of everything else stay. Loses the places of what comes after a change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.finding import Place


@dataclass(frozen=True, slots=True)
class Edit:
    """The text between two offsets replaced by `text`."""

    start: int
    end: int
    text: str


class Lines:
    """A text with the offset at which each of its lines starts."""

    def __init__(self, text: str) -> None:
        """Find the lines."""
        self.text = text
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def offset(self, line: int, column: int) -> int:
        """Return where a line and column, both from 1, are in the text."""
        return self._starts[min(line, len(self._starts)) - 1] + column - 1

    def replaced(self, place: Place, text: str) -> Edit:
        """Return the change that puts `text` where `place` is."""
        return Edit(self.offset(place.line, place.column), self.offset(place.end_line, place.end_column), text)

    def after(self, place: Place, text: str) -> Edit:
        """Return the change that puts `text` after `place`."""
        end = self.offset(place.end_line, place.end_column)
        return Edit(end, end, text)

    def slice(self, place: Place) -> str:
        """Return the text that stands at `place`."""
        return self.text[self.offset(place.line, place.column) : self.offset(place.end_line, place.end_column)]

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its end."""
        return self.text[self._starts[number - 1] : self._starts[number]].rstrip("\n")

    def without_lines(self, first: int, last: int) -> Edit:
        """Return the change that takes whole lines away."""
        return Edit(self._starts[first - 1], self._starts[min(last, len(self._starts) - 1)], "")


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all changes made; none may touch another."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
