"""A file that a slip may happen in: its text, its tree, and the names that its city knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.edited_text import Edit, Lines, edited
from generator.finding import Place
from generator.mutation.mutant import Mutant, Slip
from generator.reading.tree_walk import Part, walk
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode
from rules.city import City
from rules.permit import Permit

LONGEST_SHOWN = 110


@dataclass(frozen=True, slots=True)
class Source:
    """`file` is relative to the city's folder; `permit` is what was read of it, where it is a permit."""

    city: City
    file: str
    lines: Lines
    tree: Node
    permit: Permit | None = None

    def parts(self) -> Iterator[Part]:
        """Yield every part of the tree."""
        yield from walk(self.tree)

    def mutant(self, slip: Slip, *edits: Edit) -> Mutant:
        """Make the mutant of some changes."""
        text = self.lines.text
        first = min(edits, key=lambda edit: edit.start)
        line = text.count("\n", 0, first.start) + 1
        before = self.lines.line(line)
        left = first.start - (text.rfind("\n", 0, first.start) + 1)
        after = edited(text, edits)
        gone = first.text == "" and left == 0
        return Mutant(
            slip,
            self.city.code,
            self.file,
            edits,
            line,
            shown(before, left),
            "" if gone else shown(after[first.start - left :].split("\n", 1)[0], left),
        )

    def replaced(self, slip: Slip, place: Place, text: str) -> Mutant:
        """Make the mutant that says something else at a place."""
        return self.mutant(slip, self.lines.replaced(place, text))

    def without_item(self, listed: ListNode, index: int) -> Edit | None:
        """Return the change that takes an item out of a list; None for the only one."""
        return self._without(listed, [item.place for item in listed.items], index)

    def without_entry(self, opened: MapNode, index: int) -> Edit | None:
        """Return the change that takes an entry out of a map; None for the only one."""
        places = [
            Place(key.place.file, key.place.line, key.place.column, value.place.end_line, value.place.end_column)
            for key, value in opened.entries
        ]
        return self._without(opened, places, index)

    def _without(self, whole: ListNode | MapNode, places: Sequence[Place], index: int) -> Edit | None:
        if len(places) < 2:
            return None
        place = places[index]
        if whole.flow:
            if index + 1 < len(places):
                following = places[index + 1]
                start = self.lines.offset(place.line, place.column)
                return Edit(start, self.lines.offset(following.line, following.column), "")
            earlier = places[index - 1]
            start = self.lines.offset(earlier.end_line, earlier.end_column)
            return Edit(start, self.lines.offset(place.end_line, place.end_column), "")
        line = self.lines.line(place.line)
        if index == 0 and isinstance(whole, MapNode) and line[: place.column - 1].strip():
            return self._first_of_an_item(places)  # `- kode: …`: the dash stays
        return self.lines.without_lines(place.line, place.end_line)

    def _first_of_an_item(self, places: Sequence[Place]) -> Edit:
        first, second = places[0], places[1]
        start = self.lines.offset(first.line, first.column)
        return Edit(start, self.lines.offset(second.line, second.column), "")


def shown(line: str, at: int) -> str:
    """Return a line, or what stands around a column of a long one."""
    text = line.rstrip()
    if len(text) <= LONGEST_SHOWN:
        return text.strip()
    start = max(0, min(at - 40, len(text) - LONGEST_SHOWN))
    return ("…" if start else "") + text[start : start + LONGEST_SHOWN].strip() + "…"


def scalar_at(node: Node, key: str) -> ScalarNode | None:
    """Return the single value under a key of a map."""
    if not isinstance(node, MapNode):
        return None
    return next((value for name, value in node.entries if name.text == key and isinstance(value, ScalarNode)), None)
