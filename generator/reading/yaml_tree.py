"""YAML text to a tree in which every node knows its place, and every scalar is still the text that was written."""

from __future__ import annotations

from dataclasses import dataclass

from generator.finding import Place


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A scalar as text. `quoted`: single or double quotes; `block`: written with `|` or `>`."""

    text: str
    place: Place
    quoted: bool = False
    block: bool = False

    def span(self, start: int, end: int) -> Place:
        """Return the place of characters [start, end) of the text, or the whole place where they do not map one to
        one to the file (escapes, several lines)."""
        quotes = 2 if self.quoted else 0
        one_to_one = self.place.line == self.place.end_line and (
            self.place.end_column - self.place.column == len(self.text) + quotes
        )
        if not one_to_one:
            return self.place
        first = self.place.column + quotes // 2
        return Place(self.place.file, self.place.line, first + start, self.place.line, first + max(end, start + 1))


@dataclass(frozen=True, slots=True)
class ListNode:
    """A sequence; `flow` when written with brackets."""

    items: tuple[Node, ...]
    place: Place
    flow: bool = False


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping, its keys in the order written; `flow` when written with braces."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    place: Place
    flow: bool = False


Node = ScalarNode | ListNode | MapNode
