"""What becomes of open cases as YAML: `peralihan: tetap`, `peralihan: pindah`, or `pindah` with what has to be said."""

from __future__ import annotations

from generator.model import Path
from generator.reading.expect import citation, field_code, one_of
from generator.reading.opened import entries
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import Node, ScalarNode
from rules.permit import Moving
from rules.words import Words

STAYS, MOVES = "tetap", "pindah"
KEYS = ("dasar", "tahap", "yang_ditolak")
_WHAT = Words("peralihan permohonan berjalan", "what becomes of open cases")
_REFUSED = Words("nasib yang ditolak versi ini", "what becomes of whom this version refuses")


def moving(sheet: Sheet, node: Node, path: Path) -> Moving | None:
    """Read whether open cases of the version before move to this one, and how."""
    if isinstance(node, ScalarNode):
        return Moving() if one_of(sheet, node, (STAYS, MOVES), _WHAT) == MOVES else None
    whole = entries(sheet, node, path, (MOVES,), (MOVES,))
    if MOVES not in whole:
        return None
    at = (*path, MOVES)
    opened = entries(sheet, whole[MOVES], at, KEYS, at_least=1)
    stages = entries(sheet, opened["tahap"], (*at, "tahap"), None, at_least=1) if "tahap" in opened else {}
    refused = one_of(sheet, opened["yang_ditolak"], (STAYS,), _REFUSED) if "yang_ditolak" in opened else None
    return Moving(
        tuple((code, field_code(sheet, to)) for code, to in stages.items()),
        refused is not None,
        citation(sheet, opened["dasar"], (*at, "dasar")) if "dasar" in opened else None,
    )
