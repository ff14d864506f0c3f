"""Why a desk may let a case wait, as YAML: `jeda`, a closed list of reasons with their law and their longest time."""

from __future__ import annotations

from generator.model import Path
from generator.reading import tks_permit as tks
from generator.reading.expect import citation, duration, field_code, whole, words
from generator.reading.opened import entries, items
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import Node
from rules.citation import Citation
from rules.duration import Duration, Unit
from rules.permit import PauseReason
from rules.words import Words

NEEDED = ("kode", "sebab", "dasar", "paling_lama")
KEYS = (*NEEDED, "paling_banyak", "batas_hukum_berhenti")
MOST_TIMES = 12


def pauses(sheet: Sheet, node: Node, path: Path) -> tuple[PauseReason, ...]:
    """Read the reasons of one desk; the code of each stands once."""
    found: list[PauseReason] = []
    for index, each in enumerate(items(sheet, node, path, at_least=1)):
        at: Path = (*path, index)
        opened = entries(sheet, each, at, KEYS, NEEDED)
        code = field_code(sheet, opened["kode"]) if "kode" in opened else ""
        if code and any(reason.code == code for reason in found):
            sheet.report(tks.WRITTEN_TWICE.at(opened["kode"].place, code=code))
        by = "batas_hukum_berhenti"
        found.append(
            PauseReason(
                code,
                words(sheet, opened["sebab"], (*at, "sebab")) if "sebab" in opened else Words(""),
                citation(sheet, opened["dasar"], (*at, "dasar")) if "dasar" in opened else Citation(""),
                duration(sheet, opened["paling_lama"]) if "paling_lama" in opened else Duration(1, Unit.WORKING_DAY),
                whole(sheet, opened["paling_banyak"], 1, MOST_TIMES) if "paling_banyak" in opened else 1,
                citation(sheet, opened[by], (*at, by)) if by in opened else None,
            )
        )
    return tuple(found)
