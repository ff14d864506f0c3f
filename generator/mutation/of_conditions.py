"""Slips in conditions: bounds, digits, comparisons, options, what is negated, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.mutation.mutant import Mutant, Slip
from generator.mutation.source import Source
from generator.reading.tree_walk import Part
from generator.reading.yaml_tree import ListNode, MapNode, Node, ScalarNode
from rules.field import Field
from rules.kind import NUMBERS, Kind
from rules.permit import Permit
from rules.ruleset import fact_fields, item_fields

KEYS = ("bila", "wajib_bila", "tolak_bila", "tampil_bila", "yang")

_NUMBER = re.compile(r"(?<![\w.])[0-9][0-9_]*(?:\.[0-9]{1,2}(?![0-9]))?(?![0-9.])")
_OPERATOR = re.compile(r"<=|>=|≤|≥|<|>")
_OTHER_SIDE = {"<": "<=", "<=": "<", "≤": "<", ">": ">=", ">=": ">", "≥": ">"}
_OTHER_WAY = {"<": ">", "<=": ">=", "≤": "≥", ">": "<", ">=": "<=", "≥": "≤"}


def of_conditions(source: Source) -> Iterator[Mutant]:
    """Yield every slip in a condition."""
    if source.permit is None:
        return
    fields = _fields(source.permit)
    for part in source.parts():
        if part.path and part.path[-1] in KEYS and isinstance(part.node, MapNode):
            yield from _in_condition(source, part.node, fields)
        if isinstance(part.node, MapNode) and part.path[-1:] != ("isian",):
            yield from _left_out(source, part)


def _fields(permit: Permit) -> Mapping[str, Field]:
    fields = dict(fact_fields(permit))
    for field in permit.fields:
        fields = {**item_fields(field), **fields}
    return fields


def _left_out(source: Source, part: Part) -> Iterator[Mutant]:
    """Yield the part without its condition."""
    assert isinstance(part.node, MapNode)
    for index, (key, _) in enumerate(part.node.entries):
        if key.text in ("wajib_bila", "tampil_bila") or (key.text == "bila" and "serentak" in part.path):
            edit = source.without_entry(part.node, index)
            if edit is not None:
                yield source.mutant(Slip.CONDITION, edit)


def _in_condition(source: Source, node: Node, fields: Mapping[str, Field]) -> Iterator[Mutant]:
    if isinstance(node, ListNode):
        for item in node.items:
            yield from _in_condition(source, item, fields)
        return
    if not isinstance(node, MapNode):
        return
    for index, (key, value) in enumerate(node.entries):
        edit = source.without_entry(node, index)
        if edit is not None:
            yield source.mutant(Slip.PART_OF_TEST, edit)
        if key.text in ("semua", "salah_satu", "bukan"):
            yield from _in_condition(source, value, fields)
            if key.text != "bukan" and isinstance(value, ListNode):
                other = "salah_satu" if key.text == "semua" else "semua"
                yield source.replaced(Slip.NEGATED, key.place, other)
                for at, _ in enumerate(value.items):
                    if (gone := source.without_item(value, at)) is not None:
                        yield source.mutant(Slip.PART_OF_TEST, gone)
        elif (field := fields.get(key.text)) is not None:
            yield from _in_test(source, value, field)


def _in_test(source: Source, node: Node, field: Field) -> Iterator[Mutant]:
    match node:
        case ListNode(items=items):
            if node.flow and field.kind in (Kind.CHOICE, Kind.CHOICES):
                yield source.replaced(Slip.NEGATED, node.place, f'"bukan({source.lines.slice(node.place)[1:-1]})"')
            for index, item in enumerate(items):
                if isinstance(item, ScalarNode) and item.text in (codes := [each.code for each in field.options]):
                    taken = [each.text for each in items if isinstance(each, ScalarNode)]
                    for other in _next(codes, item.text, taken):
                        yield source.replaced(Slip.OPTION, item.place, other)
                if (gone := source.without_item(node, index)) is not None:
                    yield source.mutant(Slip.OPTION, gone)
        case ScalarNode(text=text):
            if field.kind in NUMBERS:
                yield from _in_number(source, node)
            elif field.kind is Kind.YES_NO and text in ("ya", "tidak"):
                yield source.replaced(Slip.NEGATED, node.place, "tidak" if text == "ya" else "ya")
            elif field.kind in (Kind.CHOICE, Kind.CHOICES):
                yield from _in_choice(source, node, field)
            elif text in ("terisi", "kosong"):
                yield source.replaced(Slip.NEGATED, node.place, "kosong" if text == "terisi" else "terisi")
        case MapNode():
            pass


def _in_number(source: Source, node: ScalarNode) -> Iterator[Mutant]:
    for found in _NUMBER.finditer(node.text):
        place = node.span(found.start(), found.end())
        if place == node.place and found[0] != node.text:
            return  # escapes, or several lines
        for other in neighbours(found[0]):
            yield source.replaced(Slip.BOUND, place, other)
        for other in slips_of_digits(found[0]):
            yield source.replaced(Slip.DIGIT, place, other)
    for found in _OPERATOR.finditer(node.text):
        place = node.span(found.start(), found.end())
        yield source.replaced(Slip.OPERATOR, place, _OTHER_SIDE[found[0]])
        yield source.replaced(Slip.OPERATOR, place, _OTHER_WAY[found[0]])


def neighbours(number: str) -> Iterator[str]:
    """Yield the number with its last digit one more, and one less."""
    digits = number.replace("_", "").replace(".", "")
    for step in (1, -1):
        if int(digits) + step >= 0:
            yield _as_written(str(int(digits) + step), number)


def slips_of_digits(number: str) -> Iterator[str]:
    """Yield the number with its last digit lost, and with it doubled."""
    digits = number.replace("_", "").replace(".", "")
    whole, _, decimals = number.partition(".")
    if decimals:
        if len(decimals) > 1:
            yield f"{whole}.{decimals[:-1]}"
        yield f"{number}{number[-1]}"
    elif int(digits) > 0:
        if len(digits) > 1:
            yield _as_written(digits[:-1], number)
        yield _as_written(digits + digits[-1], number)


def _as_written(digits: str, number: str) -> str:
    """Write digits with as many decimals, and with thousands set apart, as in `number`."""
    decimals = len(number.partition(".")[2])
    padded = digits.zfill(decimals + 1)
    whole, rest = (padded[:-decimals], f".{padded[-decimals:]}") if decimals else (padded, "")
    grouped = f"{int(whole):_}" if "_" in number else str(int(whole))
    return grouped + rest


def _in_choice(source: Source, node: ScalarNode, field: Field) -> Iterator[Mutant]:
    codes = [option.code for option in field.options]
    negated = re.fullmatch(r"(?:bukan|not)\((.*)\)", node.text)
    if negated is not None:
        inner = [code.strip() for code in negated[1].split(",")]
        yield source.replaced(Slip.NEGATED, node.place, f"[{', '.join(inner)}]" if len(inner) > 1 else inner[0])
        for code in inner:
            start = node.text.index(code)
            for other in _next(codes, code, inner):
                yield source.replaced(Slip.OPTION, node.span(start, start + len(code)), other)
    elif node.text in codes:
        if len(codes) > 2:
            yield source.replaced(Slip.NEGATED, node.place, f'"bukan({node.text})"')
        for other in _next(codes, node.text, [node.text]):
            yield source.replaced(Slip.OPTION, node.place, other)


def _next(codes: list[str], code: str, taken: list[str]) -> Iterator[str]:
    """Yield the option that stands next to one, the likeliest to be picked in its place."""
    if code in codes:
        others = [codes[(codes.index(code) + step) % len(codes)] for step in (1, -1)]
        yield from dict.fromkeys(other for other in others if other not in taken)
