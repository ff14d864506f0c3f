"""The parts of a tree by their path, as the officer's file is laid out: keys of maps, indices of lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.model import Path
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode


class Part(NamedTuple):
    """A part of a tree: its path, its node, and the key it stands under (None in a list, and at the root)."""

    path: Path
    node: Node
    key: ScalarNode | None = None


def walk(node: Node, path: Path = (), key: ScalarNode | None = None) -> Iterator[Part]:
    """Yield every part of a tree, each before what is in it."""
    yield Part(path, node, key)
    match node:
        case MapNode(entries=entries):
            for name, value in entries:
                yield from walk(value, (*path, name.text), name)
        case ListNode(items=items):
            for index, item in enumerate(items):
                yield from walk(item, (*path, index))
        case ScalarNode():
            pass


def part_at(node: Node, *path: str | int) -> Part | None:
    """Return the part at `path`, None where there is none."""
    found = Part((), node)
    for step in path:
        match found.node, step:
            case MapNode(entries=entries), str():
                entry = next(((key, value) for key, value in entries if key.text == step), None)
                if entry is None:
                    return None
                found = Part((*found.path, step), entry[1], entry[0])
            case ListNode(items=items), int() if step < len(items):
                found = Part((*found.path, step), items[step])
            case _:
                return None
    return found
