"""The `satupintu` command: a few words, each loading only what it needs, so that help is there at once.

Exit codes: 0 all is well, 1 there are findings, 2 the command was not understood.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from generator.command.verb import (
    ERROR,
    USAGE,
    VERBS,
    did_you_mean,
    help_option,
    language_of,
    language_option,
    usage_sentence,
    write_options,
)
from rules.words import Lang, Words

SUMMARY = Words(
    "Satu pintu untuk izin sebuah kota: formulir, alur, retribusi, dan tenggat dari YAML seorang petugas.",
    "One door for a city's permits: forms, routes, fees and deadlines from an officer's YAML.",
)
# The line of each verb stands here and not in its module, so that `--help` loads none of them.
SUMMARIES: dict[str, Words] = {
    "check": Words("Periksa katalog dan tunjukkan setiap temuan.", "Check the catalog and show every finding."),
    "build": Words("Susun katalog menjadi rilis.", "Build the catalog into a release."),
    "serve": Words("Sajikan katalog dan ikuti perubahannya.", "Serve the catalog and follow its changes."),
    "new": Words("Mulai izin baru dari kerangka.", "Begin a new permit from a scaffold."),
    "revise": Words(
        "Mulai versi baru sebuah izin, dengan peraturan yang mengubahnya.",
        "Begin a new version of a permit, with the law that changes it.",
    ),
    "test": Words(
        "Jalankan contoh-contoh katalog pada hasil susunan.", "Run the catalog's examples on what was built."
    ),
    "decide": Words("Putuskan satu permohonan dan sebutkan alasannya.", "Decide one application and say why."),
    "diff": Words("Sebutkan perbedaan dua katalog.", "Say what differs between two catalogs."),
    "explain": Words("Jelaskan satu kode temuan.", "Explain the code of a finding."),
    "audit": Words("Periksa semua yang tersimpan.", "Look through everything that is kept."),
    "people": Words("Kelola orang yang bekerja di kantor.", "Manage the people who work in the office."),
    "import": Words("Ambil izin dari buku Excel.", "Take permits from an Excel workbook."),
    "export": Words("Tulis katalog dalam bentuk lain.", "Write the catalog in other forms."),
    "schema": Words("Tulis skema editor untuk setiap izin.", "Write the editor's schema of each permit."),
}
MODULES = {"import": "import_book"}  # a word that Python keeps for itself


class Program(click.Group):
    """The group of verbs; a verb's module is imported when it is called, and not for the list of them."""

    def __init__(self, lang: Lang) -> None:
        """Speak `lang`."""
        super().__init__(
            "satupintu",
            help=SUMMARY.to(lang),
            params=[language_option(lang)],
            no_args_is_help=True,
            subcommand_metavar=f"{VERBS.to(lang).upper()} …",
            options_metavar="[--lang id|en]",
        )
        self.lang: Lang = lang

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Name the verbs in the order of the work."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Load one verb."""
        if cmd_name not in SUMMARIES:
            return None
        made = import_module(f"generator.command.{MODULES.get(cmd_name, cmd_name)}").command(self.lang)
        assert isinstance(made, click.Command)
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or offer the one that was meant."""
        if args[0] not in SUMMARIES and not args[0].startswith("-"):
            import difflib  # only a misspelt verb needs it

            close = difflib.get_close_matches(args[0], SUMMARIES, 1)
            said = Words(f"tidak ada perintah `{args[0]}`", f"there is no command `{args[0]}`").to(self.lang)
            raise click.UsageError(said + did_you_mean(close, self.lang), ctx)
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{USAGE.to(self.lang)} ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the verbs."""
        write_options(self, self.lang, ctx, formatter)
        with formatter.section(VERBS.to(self.lang)):
            formatter.write_dl([(name, words.to(self.lang)) for name, words in SUMMARIES.items()])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Say what `--help` does."""
        return help_option(super().get_help_option(ctx), self.lang)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    # Reading makes millions of small values and hardly a cycle: looking for them rarely saves a fifth of the time.
    gc.set_threshold(100_000, 50, 100)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # findings hold « » and –, whatever the machine's locale
    lang = language_of(arguments)
    try:
        code = Program(lang).main(list(arguments), prog_name="satupintu", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        if error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        click.echo(f"{ERROR.to(lang)} {usage_sentence(error, lang)}", err=True)
        return 2
    except click.Abort:
        return 130
    except BrokenPipeError:
        _drop_output()  # whoever read us has seen enough
        return 1
    except OSError as error:
        # What the machine refuses, whichever verb asked: a full disk, a folder that may not be written.
        _drop_output()
        name = f"`{error.filename}`: " if error.filename is not None else ""
        click.echo(f"{ERROR.to(lang)} {name}{error.strerror or error}", err=True)
        return 2
    assert isinstance(code, int)
    return code


def _drop_output() -> None:
    """Leave out what could not be written: Python would try once more when it ends, and complain."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
