"""Slips in the form, in what officers answer, and in what is issued."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.mutation.mutant import Mutant, Slip
from generator.mutation.source import Source
from generator.reading.tree_walk import Part
from generator.reading.yaml_tree import ListNode, MapNode, ScalarNode


def of_form(source: Source) -> Iterator[Mutant]:
    """Yield every slip in `isian`, `isian_petugas` and `produk`."""
    for part in source.parts():
        match part.path, part.node:
            case (("isian" | "alur"), *_), MapNode() | ListNode():
                yield from _asked(source, part)
            case ("produk",), ListNode() as node:
                for index, _ in enumerate(node.items):
                    if (gone := source.without_item(node, index)) is not None:
                        yield source.mutant(Slip.PRODUCT, gone)
            case ("produk", int(), "nomor"), ScalarNode() as node:
                yield from _other_number(source, node)
            case _:
                pass


def _asked(source: Source, part: Part) -> Iterator[Mutant]:
    officers = "isian_petugas" in part.path
    if part.path[0] == "alur" and not officers:
        return
    match part.path[-1], part.node:
        case "isian" | "isian_petugas", ListNode() as node:
            for index, item in enumerate(node.items):
                gone = source.without_item(node, index)
                if gone is not None and isinstance(item, MapNode) and item.entries[0][0].text != "bagian":
                    yield source.mutant(Slip.OFFICER if officers else Slip.QUESTION, gone)
        case "pilihan", MapNode() as node:
            for index, _ in enumerate(node.entries):
                if (gone := source.without_entry(node, index)) is not None:
                    yield source.mutant(Slip.OFFICER if officers else Slip.FORM_OPTION, gone)
        case _:
            pass


def _other_number(source: Source, node: ScalarNode) -> Iterator[Mutant]:
    """Yield the pattern of a number with one of its names misspelt."""
    for found in re.finditer(r"\{(\w+)\}", node.text):
        place = node.span(found.start(1), found.end(1))
        if place != node.place:
            yield source.replaced(Slip.PRODUCT, place, found[1][:-1])
