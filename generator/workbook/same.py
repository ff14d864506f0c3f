"""Whether two files of a catalog say the same, however they are written.

Gains a file left alone, with its comments, when a workbook changes nothing in it. Loses nothing: where it can not tell,
they differ.
"""

from __future__ import annotations

import re

from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode, read_tree

# Of these maps the order of the keys says something: which stage is first, which option is shown first.
ORDERED = frozenset({"alur", "pilihan", "permohonan", "turunan", "peran", "faktor"})
_NUMBER = re.compile(r"[0-9][0-9_]*")

Shape = str | tuple["Shape", ...] | dict[str, "Shape"]


def says_the_same(one: str, other: str) -> bool:
    """Compare what two texts say; a text that can not be read is like no other."""
    shapes = [_read(text) for text in (one, other)]
    return shapes[0] is not None and shapes[0] == shapes[1]


def _read(text: str) -> Shape | None:
    node, faults = read_tree(text.encode(), "")
    return None if node is None or faults else _shape(node, ordered=False)


def _shape(node: Node, *, ordered: bool) -> Shape:
    match node:
        case ScalarNode():
            said = " ".join(node.text.split())
            return said.replace("_", "") if _NUMBER.fullmatch(said) else said
        case ListNode():
            return tuple(_shape(item, ordered=False) for item in node.items)
        case MapNode():
            pairs = [(key.text, _shape(value, ordered=key.text in ORDERED)) for key, value in node.entries]
            return tuple((key, value) for key, value in pairs) if ordered else dict(pairs)
