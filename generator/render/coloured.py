"""Findings drawn in colour, for a terminal; apart from `text`, so that only a terminal loads what draws colours."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from generator.finding import Finding
from generator.render.sources import Sources
from generator.render.text import pieces
from rules.words import Lang


def as_coloured(findings: Sequence[Finding], sources: Sources, lang: Lang) -> Text:
    """Draw findings for a terminal."""
    drawn = Text()
    for index, finding in enumerate(findings):
        if index:
            drawn.append("\n")
        for text, style in pieces(finding, sources, lang):
            drawn.append(text, style)
    return drawn
