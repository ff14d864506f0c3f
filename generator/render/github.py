"""Findings as workflow commands of GitHub Actions, which show them at the line in a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.finding import Finding, Severity
from generator.render.sources import Sources
from generator.render.text import told
from rules.words import Lang

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_github(findings: Sequence[Finding], sources: Sources, lang: Lang) -> str:
    """Write one command per finding."""
    return "".join(_one(finding, sources, lang) for finding in findings)


def _one(finding: Finding, sources: Sources, lang: Lang) -> str:
    place = finding.at.place
    properties = {"file": sources.name(place.file), "line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:  # GitHub takes columns for a single line only
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    properties["title"] = finding.code
    step = f"\n{finding.help.to(lang)}" if finding.help else ""
    shown = [f"\n{key}: {value}" for key, value in told(replace(finding, help=None), lang)]
    message = f"{finding.says.to(lang)}{step}{''.join(shown)}"
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMAND[finding.severity]} {written}::{_escaped(message)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
