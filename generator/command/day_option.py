"""`--pada`: the day whose permits, law, tariffs and calendars count."""

from __future__ import annotations

import click

from generator.command.verb import option
from rules.words import Lang, Words

IN_FORCE = Words(
    "Hanya yang berlaku pada hari ini: versi izin, tarif, dan kalender.",
    "Only what is in force on this day: permit versions, tariffs and calendars.",
)


def day_option(lang: Lang, help: Words = IN_FORCE) -> click.Option:
    """Make `--pada`; the verb is given a datetime, None where no day was named."""
    return option(lang, "--pada", "on", help=help, type=click.DateTime(["%Y-%m-%d"]), metavar="TTTT-BB-HH")
