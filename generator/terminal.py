"""Findings and sentences on the terminal, in the language and format that were asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.finding import Finding
from rules.words import Lang, Words


def tell(words: Words, lang: Lang) -> None:
    """Say something about the work, beside its output."""
    click.echo(words.to(lang), err=True)


def tell_findings(findings: Sequence[Finding], folder: Path, lang: Lang, form: str = "text") -> None:
    """Write findings in one of the formats; as text in colour, where somebody watches."""
    # Loaded here: most runs find nothing, and drawing is half of their start.
    from generator.render.sources import Sources

    sources = Sources(folder, _from_here(folder).as_posix())
    if form == "text" and sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        from rich.console import Console

        from generator.render.coloured import as_coloured

        Console(highlight=False, soft_wrap=True).print(as_coloured(findings, sources, lang), end="")
    elif form == "text":
        from generator.render.text import as_text

        click.echo(as_text(findings, sources, lang), nl=False)
    else:
        from generator.render.chosen import FORMATS

        click.echo(FORMATS[form](findings, sources, lang), nl=False)


def _from_here(folder: Path) -> Path:
    """Name a folder from where the command runs: a build server looks for files in what it checked out."""
    here = Path.cwd()
    absolute = Path(os.path.normpath(here / folder))
    return absolute.relative_to(here) if absolute.is_relative_to(here) else absolute


def tell_count(findings: Sequence[Finding], lang: Lang) -> None:
    """Say how many findings there are, of which severity."""
    from generator.render.text import summary

    click.echo(summary(findings, lang), err=True)
