"""The survey of satisfaction as YAML, of a city or of one permit: `skm: {sebelum_unduh: ya, dasar: …}`."""

from __future__ import annotations

from generator.model import Path
from generator.reading.expect import citation, yes
from generator.reading.opened import entries, require
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import Node
from rules.city import Survey

KEYS = ("sebelum_unduh", "dasar")


def survey(sheet: Sheet, node: Node, path: Path) -> Survey:
    """Read whether it is asked for before the letter is fetched, and by which law."""
    opened = entries(sheet, node, path, KEYS, ("sebelum_unduh",))
    before = "sebelum_unduh" in opened and yes(sheet, opened["sebelum_unduh"])
    if before:
        require(sheet, node, opened, ("dasar",))
    return Survey(before, citation(sheet, opened["dasar"], (*path, "dasar")) if "dasar" in opened else None)
