"""Slips in what all permits share: an agency lost, the role of one, a kind of document."""

from __future__ import annotations

from collections.abc import Iterator

from generator.mutation.mutant import Mutant, Slip
from generator.mutation.source import Source
from generator.reading.yaml_tree import ListNode

LOST = {"instansi": Slip.AGENCY, "dokumen": Slip.DOCUMENT}


def of_lists(source: Source) -> Iterator[Mutant]:
    """Yield every slip in `instansi.yaml` and `dokumen.yaml`."""
    for part in source.parts():
        match part.path, part.node:
            case (("instansi" | "dokumen") as what,), ListNode() as node:
                yield from _without_each(source, node, LOST[what])
            case ("instansi", int(), "peran"), ListNode() as node:
                yield from _without_each(source, node, Slip.REVIEWER)
            case _:
                pass


def _without_each(source: Source, node: ListNode, slip: Slip) -> Iterator[Mutant]:
    for index, _ in enumerate(node.items):
        if (gone := source.without_item(node, index)) is not None:
            yield source.mutant(slip, gone)
