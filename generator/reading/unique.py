"""Codes that may stand only once in their file."""

from __future__ import annotations

from collections.abc import Collection

from generator.reading import tks_permit as tks
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import Node


def once(sheet: Sheet, node: Node, code: str, seen: Collection[str]) -> str:
    """Return the code, reported when it was seen before."""
    if code and code in seen:
        sheet.report(tks.WRITTEN_TWICE.at(node.place, code=code))
    return code
