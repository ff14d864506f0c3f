"""Names misspelt: of questions, options, documents, agencies, stages, groups and tariffs, wherever they are used."""

from __future__ import annotations

from collections.abc import Iterator

from generator.mutation.mutant import Mutant, Slip
from generator.mutation.of_conditions import KEYS
from generator.mutation.source import Source
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode

NAMED = ("dokumen", "instansi", "setuju", "ke", "kelompok", "tarif", "untuk_setiap", "banyak", "sampai", "penagih")


def of_names(source: Source) -> Iterator[Mutant]:
    """Yield every name with two of its letters swapped."""
    for part in source.parts():
        if not part.path or not isinstance(part.path[-1], str):
            continue
        if part.path[-1] in KEYS:
            for node in _names(part.node):
                yield from _misspelt(source, node)
        elif part.path[-1] in NAMED and isinstance(part.node, ScalarNode) and not part.node.text[:1].isdigit():
            yield from _misspelt(source, part.node)


def _names(node: Node) -> Iterator[ScalarNode]:
    """Yield the questions that a condition names."""
    match node:
        case MapNode(entries=entries):
            for key, value in entries:
                if key.text in ("semua", "salah_satu", "bukan"):
                    yield from _names(value)
                else:
                    yield key
        case ListNode(items=items):
            for item in items:
                yield from _names(item)
        case ScalarNode():
            pass


def _misspelt(source: Source, node: ScalarNode) -> Iterator[Mutant]:
    text = node.text
    at = next((i for i in range(len(text) // 2, len(text) - 1) if text[i] != text[i + 1]), None)
    if at is not None and not node.quoted:
        yield source.replaced(Slip.NAME, node.place, text[:at] + text[at + 1] + text[at] + text[at + 2 :])
