"""A city's files as rows: which cell holds what, taken from the YAML as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode, read_tree
from generator.workbook.flow import flow
from generator.workbook.sheets import (
    AGENCIES,
    DESK_KEYS,
    DOCUMENTS,
    FEES,
    KINDS,
    PERMITS,
    QUESTIONS,
    STAGES,
    Column,
    Sheet,
)

Row = tuple[str, ...]


def rows_of(city: Path) -> dict[str, list[Row]]:
    """Return the rows of each sheet of a city's folder; a file that can not be read has none."""
    found: dict[str, list[Row]] = {sheet.name: [] for sheet in (PERMITS, QUESTIONS, DOCUMENTS, STAGES, FEES)}
    for file in sorted(city.glob("izin/*/*.yaml")):
        tree = _tree(file, city)
        if isinstance(tree, MapNode):
            _permit(tree, file.parent.name, file.stem, found)
    for sheet, name in ((AGENCIES, "instansi.yaml"), (KINDS, "dokumen.yaml")):
        tree = _tree(city / name, city)
        listed = dict(_entries(tree)).get(sheet.key)
        items = listed.items if isinstance(listed, ListNode) else ()
        found[sheet.name] = [_row(sheet, dict(_entries(item)), "", "") for item in items]
    return found


def _permit(tree: MapNode, code: str, since: str, found: dict[str, list[Row]]) -> None:
    opened = dict(_entries(tree))
    fee = dict(_entries(opened.get("retribusi")))
    rows = fee.get("baris")
    if isinstance(rows, ListNode):
        found[FEES.name] += [_row(FEES, dict(_entries(row)), code, since) for row in rows.items]
        left = tuple(entry for entry in _of_map(opened["retribusi"]) if entry[0].text != "baris")
        opened["retribusi"] = MapNode(left, opened["retribusi"].place)
    until = dict(_entries(opened.get("berlaku"))).get("sampai")
    if until is not None:
        opened["sampai"] = until
    found[PERMITS.name].append(_row(PERMITS, opened, code, since))
    for sheet in (QUESTIONS, DOCUMENTS):
        listed = opened.get(sheet.key)
        items = listed.items if isinstance(listed, ListNode) else ()
        found[sheet.name] += [_row(sheet, dict(_entries(item)), code, since) for item in items]
    for key, value in _entries(opened.get("alur")):
        found[STAGES.name] += _stage(key, dict(_entries(value)), code, since)


def _stage(stage: str, opened: dict[str, Node], code: str, since: str) -> Iterator[Row]:
    """Yield a stage's row, or one for each desk of those side by side, the first with what is of the stage."""
    name = ScalarNode(stage, next(iter(opened.values())).place) if opened else None
    desks = opened.pop("serentak", None)
    named: dict[str, Node] = {} if name is None else {"tahap": name}
    if not isinstance(desks, ListNode):
        yield _row(STAGES, {**named, **opened}, code, since)
        return
    for number, desk in enumerate(desks.items):
        of_stage = {key: value for key, value in opened.items() if key not in DESK_KEYS} if number == 0 else {}
        yield _row(STAGES, {**named, **of_stage, **dict(_entries(desk))}, code, since)


def _row(sheet: Sheet, opened: dict[str, Node], code: str, since: str) -> Row:
    whose = {"izin": code, "mulai": since}
    of_permit = sheet.headings[:2] == ("izin", "mulai")
    return tuple(
        whose[column.key] if of_permit and column.key in whose else _cell(column, opened.get(column.key))
        for column in sheet.columns
    )


def _cell(column: Column, node: Node | None) -> str:
    if node is None:
        return ""
    if column.lang is not None:
        words = dict(_entries(node))
        if isinstance(node, ScalarNode):
            return node.text if column.lang == "id" else ""
        said = words.get(column.lang)
        return said.text if isinstance(said, ScalarNode) else ""
    if isinstance(node, ScalarNode):
        return node.text
    return flow(node)[1:-1] if isinstance(node, MapNode) and node.entries else flow(node)


def _tree(file: Path, city: Path) -> Node | None:
    return read_tree(file.read_bytes(), file.relative_to(city).as_posix())[0] if file.exists() else None


def _of_map(node: Node) -> tuple[tuple[ScalarNode, Node], ...]:
    return node.entries if isinstance(node, MapNode) else ()


def _entries(node: Node | None) -> Iterator[tuple[str, Node]]:
    if isinstance(node, MapNode):
        yield from ((key.text, value) for key, value in node.entries)
