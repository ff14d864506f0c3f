"""Slips in lists and tables: a row, document, refusal, fee or exemption lost; two rows or two documents swapped."""

from __future__ import annotations

from collections.abc import Iterator

from generator.mutation.mutant import Mutant, Slip
from generator.mutation.source import Source, scalar_at
from generator.reading.tree_walk import Part
from generator.reading.yaml_tree import ListNode, MapNode

VALUES = ("waktu", "nilai", "rumus", "tarif", "butir", "ke", "peninjauan", "masa_berlaku", "tetap", "rupiah")
_LOST = {
    ("syarat",): Slip.DOCUMENT,
    ("kelayakan",): Slip.REFUSAL,
    ("retribusi",): Slip.FEE,
    ("retribusi", "bebas"): Slip.EXEMPTION,
}


def of_rows(source: Source) -> Iterator[Mutant]:
    """Yield every slip in a list."""
    for part in source.parts():
        if not isinstance(part.node, ListNode):
            continue
        slip = _LOST.get(tuple(step for step in part.path if isinstance(step, str)))
        if slip is None and _is_table(part):
            slip = Slip.ROW
        if slip is not None:
            yield from _each_lost(source, part.node, slip)
        if slip is Slip.ROW:
            yield from _swapped(source, part.node)
        if slip is Slip.DOCUMENT:
            yield from _other_documents(source, part.node)


def _is_table(part: Part) -> bool:
    assert isinstance(part.node, ListNode)
    return part.path[-1] != "serentak" and any(
        isinstance(item, MapNode) and {"bila", "selainnya"} & {key.text for key, _ in item.entries}
        for item in part.node.items
    )


def _each_lost(source: Source, listed: ListNode, slip: Slip) -> Iterator[Mutant]:
    for index, _ in enumerate(listed.items):
        if (gone := source.without_item(listed, index)) is not None:
            yield source.mutant(slip, gone)


def _swapped(source: Source, listed: ListNode) -> Iterator[Mutant]:
    """Yield each pair of neighbours with their values swapped."""
    for earlier, later in zip(listed.items, listed.items[1:], strict=False):
        for key in VALUES:
            one, two = scalar_at(earlier, key), scalar_at(later, key)
            if one is not None and two is not None and one.text != two.text:
                first, second = source.lines.slice(one.place), source.lines.slice(two.place)
                edits = source.lines.replaced(one.place, second), source.lines.replaced(two.place, first)
                yield source.mutant(Slip.ROWS_SWAPPED, *edits)


def _other_documents(source: Source, listed: ListNode) -> Iterator[Mutant]:
    """Yield each requirement with the document that stands next to its own in the city's list."""
    known = [document.code for document in source.city.documents]
    asked = {node.text for item in listed.items if (node := scalar_at(item, "dokumen")) is not None}
    for item in listed.items:
        node = scalar_at(item, "dokumen")
        if node is not None and node.text in known:
            at = known.index(node.text)
            other = next((code for code in known[at + 1 :] + known[:at] if code not in asked), None)
            if other is not None:
                yield source.replaced(Slip.OTHER_DOCUMENT, node.place, other)
