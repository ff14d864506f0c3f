"""A part of a catalog's file as one line of YAML, as it stands in a cell of a workbook."""

from __future__ import annotations

import re
from typing import assert_never

from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode

# What YAML reads as itself between brackets, whoever reads it: words without a sign that could mean something.
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./ -]*")


def flow(node: Node) -> str:
    """Write a node between brackets and braces; a scalar as it can stand anywhere."""
    match node:
        case ScalarNode(text):
            return quoted(text)
        case ListNode(items):
            return f"[{', '.join(flow(item) for item in items)}]"
        case MapNode(entries):
            return f"{{{', '.join(f'{quoted(key.text)}: {flow(value)}' for key, value in entries)}}}"
        case _:
            assert_never(node)


def quoted(text: str) -> str:
    """Write a text so that YAML reads exactly it."""
    if _PLAIN.fullmatch(text) and text == text.strip():
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
