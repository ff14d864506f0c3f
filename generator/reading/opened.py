"""Maps and lists opened: the known keys of a part, its items, and what stands there instead.

Gains: every key is known, needed keys are there, and each part has its place. Loses: the order of keys.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from generator.finding import Place
from generator.model import Path
from generator.reading import tks_shape as tks
from generator.reading.condition_fault import is_bare, is_half
from generator.reading.sheet import Sheet
from generator.reading.tks import did_you_mean, listed
from generator.reading.tks_permit import EXCLUDED
from generator.reading.tks_text import SPLIT_BY_COMMA
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode
from rules.words import Words


def described(node: Node) -> Words:
    """Name what stands there, for a sentence."""
    match node:
        case ListNode():
            return Words("sebuah daftar", "a list")
        case MapNode():
            return Words("sebuah peta `kunci: nilai`", "a map of `key: value`")
        case ScalarNode(text=""):
            return Words("tempat kosong", "an empty place")
        case ScalarNode():
            return Words("satu nilai", "a single value")


def entries(
    sheet: Sheet,
    node: Node,
    path: Path,
    known: Collection[str] | None,
    required: Collection[str] = (),
    at_least: int = 0,
) -> dict[str, Node]:
    """Open a map: its values by key. None for `known` takes any key."""
    if not isinstance(node, MapNode):
        sheet.report(tks.NOT_A_MAP.at(node.place, found=described(node)))
        return {}
    if len(node.entries) < at_least:
        sheet.report(tks.NO_ITEMS.at(node.place))
    opened: dict[str, Node] = {}
    written = node.entries if known is None else _rejoined(sheet, node, known)
    for key, value in written:
        sheet.mark((*path, key.text), value, key)
        if isinstance(value, ScalarNode) and not value.text and not value.quoted:
            sheet.report(tks.NO_VALUE.at(key.place))
        opened[key.text] = value
    require(sheet, node, opened, required)
    return {key: value for key, value in opened.items() if not _is_empty(value)}


def _rejoined(sheet: Sheet, node: MapNode, known: Collection[str]) -> list[tuple[ScalarNode, Node]]:
    """Return the entries of known keys; report the others, a key that is the rest of a text as what it is."""
    kept: list[tuple[ScalarNode, Node]] = []
    halves: list[ScalarNode] = []
    for key, value in node.entries:
        if key.text in known:
            _report_split(sheet, kept, halves)
            kept.append((key, value))
        elif node.flow and kept and is_half(key, value) and is_bare(kept[-1][1]):
            halves.append(key)
        elif not sheet.full:
            otherwise = Words(f"kunci di sini: {listed(known, 30)}", f"keys here: {listed(known, 30)}")
            sheet.report(tks.UNKNOWN_KEY.at(key.place, key=key.text, advice=did_you_mean(key.text, known, otherwise)))
    _report_split(sheet, kept, halves)
    return kept


def _report_split(sheet: Sheet, kept: list[tuple[ScalarNode, Node]], halves: list[ScalarNode]) -> None:
    if halves:
        before = kept[-1][1]
        assert isinstance(before, ScalarNode)
        whole = ", ".join([before.text, *(half.text for half in halves)])
        sheet.report(SPLIT_BY_COMMA.at(before.place, whole=whole))
        halves.clear()


def require(sheet: Sheet, node: Node, opened: Mapping[str, Node], keys: Collection[str]) -> None:
    """Report each key of `keys` that is not written."""
    for key in keys:
        if key not in opened:
            sheet.report(tks.MISSING_KEY.at(_head(node), key=key))


def exactly_one(sheet: Sheet, opened: Mapping[str, Node], keys: tuple[str, ...], place: Place) -> str | None:
    """Return the one key of `keys` that is written."""
    written = [key for key in keys if key in opened]
    if len(written) == 1:
        return written[0]
    sheet.report(tks.BOTH_OR_NEITHER.at(place, keys=listed(keys), count=str(len(written))))
    return None


def exclude(sheet: Sheet, opened: Mapping[str, Node], path: Path, other: str, keys: Collection[str]) -> None:
    """Report each of `keys` that is written beside `other`, where `other` is written."""
    for key in keys:
        if other in opened and key in opened:
            place = sheet.at.get((*path, key), opened[key].place)
            sheet.report(EXCLUDED.at(place, key=key, other=other))


def items(sheet: Sheet, node: Node, path: Path, at_least: int = 0) -> tuple[Node, ...]:
    """Open a list."""
    if not isinstance(node, ListNode):
        sheet.report(tks.NOT_A_LIST.at(node.place, found=described(node)))
        return ()
    if len(node.items) < at_least:
        sheet.report(tks.NO_ITEMS.at(node.place))
    for index, item in enumerate(node.items):
        sheet.mark((*path, index), item)
        if _is_empty(item):
            sheet.report(tks.NO_VALUE.at(item.place))
    return tuple(item for item in node.items if not _is_empty(item))


def scalar(sheet: Sheet, node: Node, prose: bool = False) -> ScalarNode | None:
    """Return a single value; only prose may be written as a block of text."""
    if not isinstance(node, ScalarNode):
        sheet.report(tks.NOT_A_VALUE.at(node.place, found=described(node)))
        return None
    if node.block and not prose:
        sheet.report(tks.TEXT_AS_BLOCK.at(node.place, word=node.text.strip()))
        return None
    if not node.text.strip():
        sheet.report(tks.NO_VALUE.at(node.place))
        return None
    return node


def _head(node: Node) -> Place:
    if isinstance(node, MapNode) and node.place.line != node.place.end_line and node.entries:
        return node.entries[0][0].place
    return node.place


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.text and not node.quoted
