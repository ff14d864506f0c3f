"""Findings as JSON, for a program: one object each, in the order they were found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from generator.finding import Finding, Label
from generator.render.sources import Sources
from rules.words import Lang

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


def as_json(findings: Sequence[Finding], sources: Sources, lang: Lang) -> str:
    """Write findings as a JSON list."""
    return json.dumps([_one(finding, sources, lang) for finding in findings], ensure_ascii=False, indent=2) + "\n"


def page(code: str) -> str:
    """Return where the page of a code lies, from the top of the repository."""
    return f"docs/findings/{code}.md"


def plain(value: object) -> Json:
    """Turn a value of a form into JSON; a number with a point stays text, so that no digit changes."""
    match value:
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case Decimal():
            return f"{value:f}"
        case str() | bool() | int() | None:
            return value
        case _:
            return str(value)


def _one(finding: Finding, sources: Sources, lang: Lang) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.says.to(lang),
        **_label(finding.at, sources, lang),
        "related": [_label(label, sources, lang) for label in finding.related],
        "help": finding.help.to(lang) if finding.help else None,
        "example": plain(finding.example) if finding.example is not None else None,
        "region": finding.region.to(lang) if finding.region else None,
        "row": finding.row,
        "story": [said.to(lang) for said in finding.story],
        "page": page(finding.code),
    }


def _label(label: Label, sources: Sources, lang: Lang) -> dict[str, Json]:
    place = label.place
    return {
        "file": sources.name(place.file),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "label": label.says.to(lang),
    }
