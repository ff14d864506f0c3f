"""`satupintu explain`: the page of one finding."""

from __future__ import annotations

import difflib

import click

from generator.command.verb import Verb, did_you_mean
from generator.finding_pages import pages
from rules.words import Lang, Words

HELP = Words(
    "Jelaskan KODE temuan, misalnya KON-01: apa artinya, mengapa penting, dan apa yang ditulis sebagai gantinya. "
    "Tanpa KODE: sebutkan semua kode.",
    "Explain the KODE of a finding, such as KON-01: what it means, why it matters, and what to write instead. "
    "Without KODE: list all codes.",
)


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def explain(code: str | None) -> int:
        known = pages()
        if code is None:
            for page in known.values():
                click.echo(page.to(lang).splitlines()[0].removeprefix("# "))
            return 0
        wanted = code.upper()
        if wanted not in known:
            close = difflib.get_close_matches(wanted, known, 1)
            said = Words(f"tidak ada temuan `{code}`", f"there is no finding `{code}`").to(lang)
            raise click.UsageError(said + did_you_mean(close, lang))
        click.echo(known[wanted].to(lang), nl=False)
        return 0

    return Verb("explain", lang, explain, HELP, [click.Argument(["code"], metavar="[KODE]", required=False)])
