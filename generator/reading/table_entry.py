"""Decision tables as YAML: a plain value, a list of rows, or `baris` with a policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from generator.model import Path
from generator.reading import tks_permit
from generator.reading.condition_entry import condition
from generator.reading.expect import words, yes
from generator.reading.opened import entries, exactly_one, items, require
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import ListNode, MapNode, Node
from rules.condition.tree import ALWAYS
from rules.field import Field
from rules.table import Policy, Row, Table

T = TypeVar("T")
Values = Mapping[str, Node]
_POLICIES = {"pertama": Policy.FIRST, "jumlahkan": Policy.SUM}


def is_table(node: Node) -> bool:
    """Tell rows, or `baris` with a policy, from a plain value."""
    return isinstance(node, ListNode) or (
        isinstance(node, MapNode) and any(key.text in ("baris", *_POLICIES) for key, _ in node.entries)
    )


def table(
    sheet: Sheet,
    node: Node,
    path: Path,
    scope: Mapping[str, Field],
    keys: tuple[str, ...],
    value: Callable[[Values, Path], T | None],
) -> Table[T]:
    """Read rows whose values stand under `keys`; `value` reads them from an opened row."""
    policy, rows_node = Policy.UNIQUE, node
    if isinstance(node, MapNode):
        opened = entries(sheet, node, path, ("baris", *_POLICIES), ("baris",))
        policy = policy_of(sheet, opened)
        if "baris" not in opened:
            return Table(())
        rows_node = opened["baris"]
    return Table(rows(sheet, rows_node, path, scope, keys, value), policy)


def policy_of(sheet: Sheet, opened: Values) -> Policy:
    """Read `pertama: ya` or `jumlahkan: ya`."""
    written = [policy for key, policy in _POLICIES.items() if key in opened and yes(sheet, opened[key])]
    if len(written) > 1:
        exactly_one(sheet, opened, tuple(_POLICIES), opened["jumlahkan"].place)
    return written[0] if written else Policy.UNIQUE


def rows(
    sheet: Sheet,
    node: Node,
    path: Path,
    scope: Mapping[str, Field],
    keys: tuple[str, ...],
    value: Callable[[Values, Path], T | None],
) -> tuple[Row[T], ...]:
    """Read the rows alone."""
    found: list[Row[T]] = []
    for index, item in enumerate(items(sheet, node, path, at_least=1)):
        at = (*path, index)
        opened = entries(sheet, item, at, ("bila", "selainnya", "alasan", *keys))
        if not opened:
            continue
        otherwise = "selainnya" in opened and yes(sheet, opened["selainnya"])
        if exactly_one(sheet, opened, ("bila", "selainnya"), sheet.at[at]) is None:
            continue
        if otherwise and any(row.otherwise for row in found):
            sheet.report(tks_permit.ELSE_ROWS.at(opened["selainnya"].place))
        when = condition(sheet, opened["bila"], (*at, "bila"), scope) if "bila" in opened else ALWAYS
        reason = words(sheet, opened["alasan"], (*at, "alasan")) if "alasan" in opened else None
        if otherwise and reason is None:
            require(sheet, item, opened, ("alasan",))
        result = value(opened, at)
        if result is not None:
            found.append(Row(result, when, otherwise, reason))
    return tuple(found)
