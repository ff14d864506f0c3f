"""Maps and lists opened: the known keys of a part, its items, and what stands there instead.

Gains: every key is known, needed keys are there, and each part has its place. Loses: the order of keys.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from generator.finding import Finding, Place
from generator.model import Path
from generator.reading import tks_shape as tks
from generator.reading.condition_fault import is_bare, is_half
from generator.reading.sheet import Sheet, head
from generator.reading.tks import did_you_mean, listed
from generator.reading.tks_permit import EXCLUDED
from generator.reading.tks_text import NO_COLON, SPLIT_BY_COMMA
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode
from rules.words import Words

NOTHING: Mapping[str, Words] = {}


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
        sheet.report(tks.NOT_A_MAP.at(node.place, found=described(node), advice=_as_map(node, required)))
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
        else:
            sheet.misnamed.add(head(node))
            if not sheet.full:
                sheet.report(_unknown(key, value, node, known))
    _report_split(sheet, kept, halves)
    return kept


def _unknown(key: ScalarNode, value: Node, node: MapNode, known: Collection[str]) -> Finding:
    word = key.text.split()[0]
    if node.flow and is_half(key, value) and word in known:
        return NO_COLON.at(key.place, word=word)
    written = {other.text for other, _ in node.entries}
    left = [each for each in known if each not in written]
    otherwise = Words(f"kunci di sini: {listed(left, 30)}", f"keys here: {listed(left, 30)}")
    return tks.UNKNOWN_KEY.at(key.place, key=key.text, advice=did_you_mean(key.text, left, otherwise))


def _as_map(node: Node, required: Collection[str]) -> Words:
    """Say how a value without its key is written."""
    if isinstance(node, ScalarNode) and node.text and required and "\n" not in node.text:
        better = f"{{{next(iter(required))}: {node.text}}}"
        return Words(f"tulis `{better}`", f"write `{better}`")
    return Words("tulis `kunci: nilai`", "write `key: value`")


def _report_split(sheet: Sheet, kept: list[tuple[ScalarNode, Node]], halves: list[ScalarNode]) -> None:
    if halves:
        before = kept[-1][1]
        assert isinstance(before, ScalarNode)
        sheet.report(_split_number(before, halves) or _split_text(before, halves))
        halves.clear()


def _split_text(before: ScalarNode, halves: list[ScalarNode]) -> Finding:
    whole = ", ".join([before.text, *(half.text for half in halves)])
    return SPLIT_BY_COMMA.at(before.place, whole=whole)


def _split_number(before: ScalarNode, halves: list[ScalarNode]) -> Finding | None:
    """Recognise `0,5`: a number that its decimal comma split."""
    after, place = halves[0], before.place
    touching = (place.line, place.end_column + 1) == (after.place.line, after.place.column)
    if len(halves) > 1 or not touching or not before.text.isdigit() or not after.text.isdigit():
        return None
    better = f"{before.text}.{after.text}"
    kind, advice = Words("angka", "a number"), Words(f"tulis `{better}`", f"write `{better}`")
    whole = place._replace(end_column=after.place.end_column)
    return tks.NOT_A_NUMBER.at(whole, word=f"{before.text},{after.text}", kind=kind, advice=advice)


def require(
    sheet: Sheet, node: Node, opened: Mapping[str, Node], keys: Collection[str], among: Mapping[str, Words] = NOTHING
) -> None:
    """Report each key of `keys` that is not written; `among` says what may be written there."""
    for key in keys:
        if key not in opened:
            missing(sheet, head(node), key, among.get(key, Words("")))


def missing(sheet: Sheet, place: Place, key: str, among: Words | str = "") -> None:
    """Report a key that the map at `place` lacks, unless another key there may be the one that was meant."""
    if place not in sheet.misnamed:
        sheet.report(tks.MISSING_KEY.at(place, key=key, among=among))


def exactly_one(sheet: Sheet, opened: Mapping[str, Node], keys: tuple[str, ...], place: Place) -> str | None:
    """Return the one key of `keys` that is written."""
    written = [key for key in keys if key in opened]
    if len(written) == 1:
        return written[0]
    if not written and place in sheet.misnamed:
        return None
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
        one = node.text if isinstance(node, ScalarNode) and node.text and "\n" not in node.text else "…"
        sheet.report(tks.NOT_A_LIST.at(node.place, found=described(node), one=one))
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


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.text and not node.quoted
