"""A public notice as YAML: how long it runs, what it shows of the application, and who answers objections to it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Path
from generator.reading.expect import duration, field_code
from generator.reading.opened import entries, items, require
from generator.reading.sheet import Sheet
from generator.reading.table_entry import Values
from generator.reading.yaml_tree import MapNode, Node
from rules.duration import Duration

NOTICE_KEYS = ("selama", "umumkan", "keberatan")
OBJECTION_KEYS = ("oleh", "waktu")


@dataclass(frozen=True, slots=True)
class Notice:
    """A public notice; `objections` are the keys of the desk that answers them, empty where nobody can object."""

    lasts: Duration
    announced: tuple[str, ...]
    path: Path
    objections: Values


def notice(sheet: Sheet, node: Node, path: Path) -> Notice:
    """Read `pengumuman`: a length of time, or with what is shown and who answers objections."""
    if not isinstance(node, MapNode):
        return Notice(duration(sheet, node), (), path, {})
    opened = entries(sheet, node, path, NOTICE_KEYS, ("selama", "umumkan"))
    shown = items(sheet, opened["umumkan"], (*path, "umumkan"), at_least=1) if "umumkan" in opened else ()
    at, objections = (*path, "keberatan"), dict[str, Node]()
    if "keberatan" in opened:
        objections = entries(sheet, opened["keberatan"], at, OBJECTION_KEYS)
        require(sheet, opened["keberatan"], objections, OBJECTION_KEYS)
    return Notice(
        duration(sheet, opened.get("selama", node)),
        tuple(field_code(sheet, each) for each in shown),
        at,
        objections,
    )
