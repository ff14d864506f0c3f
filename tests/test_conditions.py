"""The truth table of `cases/conditions.yaml`, over the reference and every target."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.reading.yaml_tree import Node
from tests.condition_cases import agree, rows
from tests.condition_samples import FIELDS

ROWS = rows(Path(__file__).parent / "cases" / "conditions.yaml", FIELDS)


@pytest.mark.parametrize(("bila", "answers", "worth"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_condition_is_worth_what_the_table_says(bila: Node, answers: dict[str, object], worth: bool | None) -> None:
    agree(bila, answers, worth, FIELDS)


def test_every_row_of_the_table_has_a_note_of_its_own() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS) > 50
