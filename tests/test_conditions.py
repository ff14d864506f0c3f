"""The truth tables of `cases/conditions.yaml` and DMN's own cases, over the reference and every target."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import jsonschema_rs
import pytest

from generator.proof.answer import Lexicon
from generator.proof.form import Form, words_of
from generator.proof.solver import Solver
from generator.reading.condition_entry import condition
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode, read_tree
from rules.answers import typed
from rules.condition.as_json_schema import to_schema
from rules.condition.decide import compiled, truth
from rules.engine import RuleBook
from rules.field import Field
from rules.kind import NUMBERS, Kind
from rules.words import Words
from tests.condition_samples import FIELDS

CASES = Path(__file__).parent / "cases"
TABLE = CASES / "conditions.yaml"
TCK = CASES / "dmn_tck.yaml"
TCK_FIELDS = {
    code: Field(code, kind, Words(code))
    for code, kind in {
        "n": Kind.INTEGER, "d": Kind.DATE, "t": Kind.TEXT, "a": Kind.YES_NO, "b": Kind.YES_NO,
    }.items()
}  # fmt: skip
WORTH = {"ya": True, "tidak": False, "tak_tentu": None}


def rows(table: Path, fields: Mapping[str, Field]) -> list[tuple[str, Node, dict[str, object], bool | None]]:
    root, findings = read_tree(table.read_bytes(), table.name)
    assert not findings
    assert isinstance(root, ListNode)
    return [_row(item, fields) for item in root.items]


def _row(item: Node, fields: Mapping[str, Field]) -> tuple[str, Node, dict[str, object], bool | None]:
    parts = _parts(item)
    note, worth = parts.get("catatan") or parts["kasus"], parts["hasil"]
    assert isinstance(note, ScalarNode)
    assert isinstance(worth, ScalarNode)
    answers = {code: _json(fields[code], node) for code, node in _parts(parts["jawaban"]).items()}
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


ROWS = rows(TABLE, FIELDS)
TCK_ROWS = rows(TCK, TCK_FIELDS)


@pytest.mark.parametrize(("bila", "answers", "worth"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_condition_is_worth_what_the_table_says(bila: Node, answers: dict[str, object], worth: bool | None) -> None:
    agree(bila, answers, worth, FIELDS)


@pytest.mark.parametrize(("bila", "answers", "worth"), [row[1:] for row in TCK_ROWS], ids=[row[0] for row in TCK_ROWS])
def test_dmn_s_own_cases_are_met(bila: Node, answers: dict[str, object], worth: bool | None) -> None:
    agree(bila, answers, worth, TCK_FIELDS)


def agree(bila: Node, answers: dict[str, object], worth: bool | None, fields: Mapping[str, Field]) -> None:
    """Compare the reference and every target with what is expected."""
    sheet = Sheet("uji.yaml")
    read = condition(sheet, bila, ("bila",), fields)
    assert sheet.clean
    facts = typed(fields.values(), answers)
    assert truth(read, facts) is worth
    assert compiled(read)(facts) is (worth is True)
    assert jsonschema_rs.Draft202012Validator(to_schema(read, fields)).is_valid(answers) is (worth is True)
    form = Form(solver := Solver(), Lexicon(), fields.values(), (), "", words_of([read]))
    assert solver.possible(form.filled(facts), form.holds(read)) is (worth is True)
    assert solver.possible(form.filled(facts), form.fails(read)) is (worth is False)
    book = RuleBook({"r": read}, fields)
    concluded = book.decide(facts)
    book.close()
    assert concluded.manual is None
    assert ("r" in concluded.held) is (worth is True)


def test_every_row_of_the_tables_has_a_note_of_its_own() -> None:
    assert len({row[0] for row in ROWS}) == len(ROWS) > 50
    assert len({row[0] for row in TCK_ROWS}) == len(TCK_ROWS) > 100
