"""Every permit of the folder of defects is told so, by the right code, at the right line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.proven import EVERY
from generator.examination import examine
from generator.finding import Place
from tests.defect import Defect, defects
from tests.literate_case import BASE, CITY

ALL = defects()


@pytest.mark.parametrize("defect", ALL, ids=[defect.name for defect in ALL])
def test_a_defect_is_found_where_it_is(defect: Defect, tmp_path: Path) -> None:
    root = defect.made(tmp_path)
    found = examine(root).findings
    at = [finding.at.place for finding in found if finding.code == defect.code]
    assert any(is_there(place, defect, root) for place in at), [
        (finding.code, finding.at.place, finding.says.to("id")) for finding in found
    ]


def is_there(place: Place, defect: Defect, root: Path) -> bool:
    """Tell whether a place is in the file and line of the defect."""
    if place.file != f"{CITY}/{defect.file}":
        return False
    return defect.line in (root / place.file).read_text(encoding="utf-8").split("\n")[place.line - 1]


def test_the_permit_that_is_spoilt_is_sound() -> None:
    assert examine(BASE).findings == ()


def test_there_are_sixty_or_more_of_most_kinds_of_finding() -> None:
    assert len({defect.name for defect in ALL}) == len(ALL) >= 60
    assert len({defect.code for defect in ALL}) >= 60
    checks = {check.code for check in EVERY}
    told = {defect.code for defect in ALL} & checks
    assert len(told) / len(checks) > 0.8, sorted(checks - told)
