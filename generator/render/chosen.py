"""The formats findings can be written in, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.finding import Finding
from generator.render.as_json import as_json
from generator.render.github import as_github
from generator.render.junit import as_junit
from generator.render.sarif import as_sarif
from generator.render.sources import Sources
from generator.render.text import as_text
from rules.words import Lang

Renderer = Callable[[Sequence[Finding], Sources, Lang], str]
FORMATS: Mapping[str, Renderer] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}
