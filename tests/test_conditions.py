"""The truth tables of `cases/conditions.yaml`, over the reference and over every target that runs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import jsonschema_rs
import pytest

from generator.reading.condition_entry import condition
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode, read_tree
from rules.answers import typed
from rules.condition.as_json_schema import to_schema
from rules.condition.decide import compiled, truth
from rules.engine import RuleBook
from rules.field import Field
from rules.kind import NUMBERS, Kind
from tests.condition_samples import FIELDS

TABLE = Path(__file__).parent / "cases" / "conditions.yaml"
WORTH = {"ya": True, "tidak": False, "tak_tentu": None}


def rows() -> list[tuple[str, Node, dict[str, object], bool | None]]:
    root, findings = read_tree(TABLE.read_bytes(), TABLE.name)
    assert not findings
    assert isinstance(root, ListNode)
    return [_row(item) for item in root.items]


def _row(item: Node) -> tuple[str, Node, dict[str, object], bool | None]:
    parts = _parts(item)
    note, worth = parts["catatan"], parts["hasil"]
    assert isinstance(note, ScalarNode)
    assert isinstance(worth, ScalarNode)
    answers = {code: _json(FIELDS[code], node) for code, node in _parts(parts["jawaban"]).items()}
    return note.text, parts["bila"], answers, WORTH[worth.text]


def _parts(node: Node) -> dict[str, Node]:
    assert isinstance(node, MapNode)
    return {key.text: value for key, value in node.entries}


def _json(field: Field, node: Node) -> object:
    """Read an answer as a browser would send it."""
    match node:
        case ScalarNode(text="~", quoted=False):
            return None
        case ScalarNode(text=text) if field.kind in NUMBERS and text.replace(".", "").isdigit():
            return Decimal(text)
        case ScalarNode(text=text) if field.kind is Kind.YES_NO:
            return text == "ya"
        case ScalarNode(text=text):
            return text
        case ListNode(items=items):
            return [_json(field, item) for item in items]
        case MapNode():
            return {key.text: "1" for key, _ in node.entries}


ROWS = rows()


@pytest.mark.parametrize(("bila", "answers", "worth"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_condition_is_worth_what_the_table_says(bila: Node, answers: dict[str, object], worth: bool | None) -> None:
    sheet = Sheet(TABLE.name)
    read = condition(sheet, bila, ("bila",), FIELDS)
    assert sheet.clean
    facts = typed(FIELDS.values(), answers)
    assert truth(read, facts) is worth
    assert compiled(read)(facts) is (worth is True)
    assert jsonschema_rs.Draft202012Validator(to_schema(read, FIELDS)).is_valid(answers) is (worth is True)
    book = RuleBook({"r": read}, FIELDS)
    concluded = book.decide(facts)
    book.close()
    assert concluded.manual is None
    assert ("r" in concluded.held) is (worth is True)


def test_every_row_of_the_table_has_a_note_of_its_own() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS) > 50
