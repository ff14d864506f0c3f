"""An example as an officer would write it: the YAML that `contoh/` is made of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.model import Example
from rules.field import Field
from rules.kind import TEXTS, Kind
from rules.permit import Permit

WIDTH = 160
_HEAD = "# Usul dari `satupintu test --usulkan`: hitung `hasil` dari peraturan, betulkan, lalu hapus `usulan: ya`."


def example_text(example: Example, permit: Permit) -> str:
    """Write one example."""
    fields = {field.code: field for field in (*permit.fields, *permit.officer_fields)}
    lines = [_HEAD, f"- catatan: {json.dumps(example.note, ensure_ascii=False)}"]
    lines += ["  usulan: ya"] if example.proposed else []
    lines += [f"  pada: {example.on}"] + (["  sebagian: ya"] if example.partial else [])
    lines += ["  jawaban: {", *_wrapped(_entries(example.answers, fields), "    "), "  }"]
    if example.officers:
        lines.append(f"  petugas: {_officers(example.officers, fields)}")
    lines += ["  hasil: {", *_wrapped([f"{key}: {_result(value)}" for key, value in example.expected.items()], "    ")]
    return "\n".join([*lines, "  }"]) + "\n"


def _wrapped(entries: list[str], indent: str) -> list[str]:
    """Put entries side by side, as many as a line holds."""
    lines, line = [], indent
    for number, entry in enumerate(entries):
        said = entry + ("," if number + 1 < len(entries) else "")
        if len(line) > len(indent) and len(line) + len(said) + 1 > WIDTH:
            lines.append(line.rstrip())
            line = indent
        line += said + " "
    return [*lines, line.rstrip()] if line.strip() else lines


def _entries(answers: Mapping[str, object], fields: Mapping[str, Field]) -> list[str]:
    return [f"{code}: {_answer(value, fields[code])}" for code, value in answers.items()]


def _answer(value: object, field: Field) -> str:
    match value:
        case bool():
            return "ya" if value else "tidak"
        case int():
            return f"{value}"
        case Decimal():
            return f"{value.normalize():f}"
        case tuple() if field.kind is Kind.LIST:
            inner = {item.code: item for item in field.items}
            items = [item for item in value if isinstance(item, Mapping)]
            return "[" + ", ".join("{" + ", ".join(_entries(item, inner)) + "}" for item in items) + "]"
        case tuple():
            return "[" + ", ".join(str(each) for each in value) + "]"
        case str() if field.kind in TEXTS:
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def _officers(stages: Mapping[str, object], fields: Mapping[str, Field]) -> str:
    said = []
    for stage, desks in stages.items():
        assert isinstance(desks, Mapping)
        each = []
        for agency, desk in desks.items():
            assert isinstance(desk, Mapping)
            each.append(f"{agency}: {{{', '.join(_of_desk(desk, fields))}}}")
        said.append(f"{stage}: {{{', '.join(each)}}}")
    return "{" + ", ".join(said) + "}"


def _of_desk(desk: Mapping[str, object], fields: Mapping[str, Field]) -> Iterator[str]:
    for key, value in desk.items():
        match value:
            case Mapping():
                yield f"{key}: {{{', '.join(_entries(value, fields))}}}"
            case _:
                yield f"{key}: {value if key == 'putusan' else json.dumps(value, ensure_ascii=False)}"


def _result(value: object) -> str:
    match value:
        case tuple():
            return "[" + ", ".join(str(each) for each in value) + "]"
        case int():
            return f"{value:_}"
        case Mapping():
            return "{" + ", ".join(f"{key}: {_result(inner)}" for key, inner in value.items()) + "}"
        case str() if any(sign in value for sign in ",:;"):
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
