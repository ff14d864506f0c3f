"""Findings as SARIF 2.1.0, which code-scanning services and editors read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from generator.finding import Finding, Label, Severity
from generator.render.as_json import Json, page, plain
from generator.render.sources import Sources
from rules.words import Lang

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(findings: Sequence[Finding], sources: Sources, lang: Lang) -> str:
    """Write one run with every finding as a result."""
    codes = sorted({finding.code for finding in findings})
    run: Json = {
        "tool": {
            "driver": {
                "name": "satupintu",
                "rules": [{"id": code, "help": {"text": f"satupintu explain {code} ({page(code)})"}} for code in codes],
            }
        },
        "language": lang,
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, sources, lang, codes.index(finding.code)) for finding in findings],
    }
    whole: Json = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _result(finding: Finding, sources: Sources, lang: Lang, index: int) -> Json:
    message = finding.says.to(lang) + (f" ({finding.help.to(lang)})" if finding.help else "")
    result: dict[str, Json] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVEL[finding.severity],
        "message": {"text": message},
        "locations": [_location(finding.at, sources, lang)],
    }
    if finding.related:
        result["relatedLocations"] = [_location(label, sources, lang) for label in finding.related]
    if finding.example is not None:
        region = finding.region.to(lang) if finding.region else None
        result["properties"] = {"example": plain(finding.example), "region": region, "row": finding.row}
    return result


def _location(label: Label, sources: Sources, lang: Lang) -> Json:
    place = label.place
    name = sources.name(place.file)
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": ("file://" if name.startswith("/") else "") + quote(name)},
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
        },
        "message": {"text": label.says.to(lang)},
    }
