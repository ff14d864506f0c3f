"""What a scaffold leaves to the officer: a value that says `ISI DI SINI`, and what to type in its place.

Gains one finding for each gap, with the words of the scaffold itself as the step to take. Loses what else is found at
the same place: that a gap is no date and no code follows from its being a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.finding import Finding, Place
from generator.reading import tks_permit as tks
from generator.reading.tree_walk import walk
from generator.reading.yaml_tree import Node, ScalarNode
from rules.words import Words

MARK = "ISI DI SINI"
LONGEST_HINT = 200
_REPLACE = Words("ganti seluruhnya dengan isinya", "replace all of it by what belongs there")


def gaps(node: Node) -> Iterator[Finding]:
    """Yield a finding for each value or key of a tree that is still to be written."""
    for path, part, key in walk(node):
        named = [str(step) for step in path if isinstance(step, str) and MARK not in step]
        name = named[-1] if named else "…"
        written = [each for each in (key, part) if isinstance(each, ScalarNode) and MARK in each.text]
        yield from (tks.GAP.at(each.place, name=name, advice=_advice(each.text)) for each in written)


def _advice(text: str) -> Words:
    """Say what belongs there: what the scaffold wrote after the mark."""
    hint = " ".join(text.partition(MARK)[2].split()).lstrip(": ")[:LONGEST_HINT]
    if not hint:
        return _REPLACE
    return Words(f"ganti seluruhnya dengan: {hint}", f"replace all of it by: {hint}")


def beside(found: Iterable[Finding], gaps: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what was found on lines that have no gap."""
    lines = {(gap.at.place.file, gap.at.place.line) for gap in gaps}
    yield from (finding for finding in found if not _touches(finding.at.place, lines))


def _touches(place: Place, lines: set[tuple[str, int]]) -> bool:
    return (place.file, place.line) in lines
