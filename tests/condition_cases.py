"""Rows of conditions as YAML data, and what every reading of a condition must say of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import jsonschema_rs

from generator.reading.condition_entry import condition
from generator.reading.sheet import Sheet
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode, read_tree
from rules.answers import typed
from rules.condition.as_json_schema import to_schema
from rules.condition.decide import compiled, truth
from rules.engine import RuleBook
from rules.field import Field
from rules.kind import NUMBERS, Kind

WORTH = {"ya": True, "tidak": False, "tak_tentu": None}
CaseRow = tuple[str, Node, dict[str, object], bool | None]


def tree(text: bytes, name: str) -> Node:
    root, findings = read_tree(text, name)
    assert not findings, findings
    assert root is not None
    return root


def listed(node: Node) -> list[Node]:
    assert isinstance(node, ListNode)
    return list(node.items)


def parts(node: Node) -> dict[str, Node]:
    assert isinstance(node, MapNode)
    return {key.text: value for key, value in node.entries}


def scalar(node: Node) -> str:
    assert isinstance(node, ScalarNode)
    return node.text


def rows(table: Path, fields: Mapping[str, Field]) -> list[CaseRow]:
    return [case_row(item, fields) for item in listed(tree(table.read_bytes(), table.name))]


def case_row(item: Node, fields: Mapping[str, Field]) -> CaseRow:
    opened = parts(item)
    note = scalar(opened.get("catatan") or opened["kasus"])
    answers = {code: as_sent(fields[code], node) for code, node in parts(opened["jawaban"]).items()}
    return note, opened["bila"], answers, WORTH[scalar(opened["hasil"])]


def as_sent(field: Field, node: Node) -> object:
    """Read an answer as a browser would send it."""
    match node:
        case ScalarNode(text="~", quoted=False):
            return None
        case ScalarNode(text=text) if field.kind in NUMBERS and text.replace(".", "").lstrip("-").isdigit():
            return Decimal(text)
        case ScalarNode(text=text) if field.kind is Kind.YES_NO:
            return text == "ya"
        case ScalarNode(text=text):
            return text
        case ListNode(items=items):
            return [as_sent(field, item) for item in items]
        case MapNode():
            return {key.text: "1" for key, _ in node.entries}


def agree(bila: Node, answers: dict[str, object], worth: bool | None, fields: Mapping[str, Field]) -> None:
    """Compare the reference and every target with what is expected."""
    sheet = Sheet("uji.yaml")
    read = condition(sheet, bila, ("bila",), fields)
    assert sheet.clean, [finding.says.to("en") for finding in sheet.findings]
    facts = typed(fields.values(), answers)
    assert truth(read, facts) is worth
    assert compiled(read)(facts) is (worth is True)
    assert jsonschema_rs.Draft202012Validator(to_schema(read, fields)).is_valid(answers) is (worth is True)
    book = RuleBook({"r": read}, fields)
    concluded = book.decide(facts)
    book.close()
    assert concluded.manual is None
    assert ("r" in concluded.held) is (worth is True)
