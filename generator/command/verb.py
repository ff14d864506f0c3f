"""A verb of the command that speaks Bahasa Indonesia or English, its help, its options and its usage errors alike.

Gains: one language from the first word of the help to the last of an error. Loses: click's own translations, which
follow the machine's locale and not the person.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import click

from rules.words import Lang, Words

USAGE = Words("Pemakaian:", "Usage:")
OPTIONS = Words("Pilihan", "Options")
VERBS = Words("Perintah", "Commands")
ERROR = Words("Galat:", "Error:")
HELP = Words("Tampilkan bantuan ini.", "Show this help.")
LANGUAGE = Words("Bahasa keluaran dan bantuan.", "The language of output and help.")
DEFAULT = Words("bawaan", "default")
REQUIRED = Words("wajib", "required")


def language_of(arguments: Sequence[str]) -> Lang:
    """Return the language asked for by `--lang` anywhere in the arguments: the help needs it before they are read."""
    for at, argument in enumerate(arguments):
        if argument == "--lang=en" or (argument == "--lang" and list(arguments[at + 1 : at + 2]) == ["en"]):
            return "en"
    return "id"


def option(lang: Lang, *names: str, help: Words, default: object = None, **rest: object) -> click.Option:
    """Make an option with its help in `lang`, the default told where there is one."""
    words = help.to(lang)
    if isinstance(default, str | int | os.PathLike) and not isinstance(default, bool):
        words = f"{words.rstrip('.')} ({DEFAULT.to(lang)} {default})."
    if default is not None:
        rest["default"] = default  # to click a default of None is an answer, and nothing would be required
    return click.Option(list(names), help=words, **rest)  # type: ignore[arg-type]  # click's own keywords


def language_option(lang: Lang) -> click.Option:
    """Make `--lang`, which `language_of` has already read."""
    return option(lang, "--lang", type=click.Choice(["id", "en"]), default="id", expose_value=False, help=LANGUAGE)


class Verb(click.Command):
    """A command whose help and headings are in one language."""

    def __init__(
        self, name: str, lang: Lang, callback: Callable[..., int], help: Words, params: Sequence[click.Parameter] = ()
    ) -> None:
        """Add `--lang` to the verb's own parameters."""
        super().__init__(
            name,
            callback=callback,
            help=help.to(lang),
            params=[*params, language_option(lang)],
            options_metavar=f"[{OPTIONS.to(lang).upper()}]",
        )
        self.lang: Lang = lang

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{USAGE.to(self.lang)} ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under their heading."""
        write_options(self, self.lang, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Say what `--help` does."""
        return help_option(super().get_help_option(ctx), self.lang)


def write_options(command: click.Command, lang: Lang, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write every option of `command` under its heading in `lang`."""
    options = [parameter for parameter in command.get_params(ctx) if isinstance(parameter, click.Option)]
    with formatter.section(OPTIONS.to(lang)):
        rows = [row for each in options if (row := each.get_help_record(ctx)) is not None]
        needed = f"[{REQUIRED.to(lang)}]"
        formatter.write_dl([(names, said.replace("[required]", needed)) for names, said in rows])


def help_option(found: click.Option | None, lang: Lang) -> click.Option | None:
    """Give `--help` its words in `lang`."""
    if found is not None:
        found.help = HELP.to(lang)
    return found


def usage_sentence(error: click.UsageError, lang: Lang) -> str:
    """Say in one sentence what does not fit in the arguments; click's own words where it has a rarer complaint."""
    match error:
        case click.NoSuchOption(option_name=name, possibilities=close):
            said = Words(f"tidak ada pilihan `{name}`", f"there is no option `{name}`").to(lang)
            return said + did_you_mean(close, lang)
        case click.MissingParameter(param=parameter) if parameter is not None:
            name = parameter.opts[-1]
            if isinstance(parameter, click.Argument) and error.ctx is not None:
                name = parameter.make_metavar(error.ctx).strip("[]")
            return Words(f"`{name}` belum diberikan", f"`{name}` is not given").to(lang)
        case click.BadParameter(param=parameter) if parameter is not None and isinstance(parameter.type, click.Choice):
            choices = ", ".join(str(choice) for choice in parameter.type.choices)
            return Words(
                f"`{parameter.opts[0]}` adalah salah satu dari {choices}",
                f"`{parameter.opts[0]}` is one of {choices}",
            ).to(lang)
        case click.BadParameter(param=parameter) if parameter is not None and isinstance(parameter.type, click.Path):
            kind = Words("berkas", "a file") if parameter.type.file_okay else Words("folder", "a folder")
            name = parameter.opts[-1] if isinstance(parameter, click.Option) else "KATALOG"
            return Words(
                f"`{name}` tidak menunjuk {kind.id} yang dapat dibaca",
                f"`{name}` does not name {kind.to('en')} that can be read",
            ).to(lang)
        case _:
            return error.format_message().rstrip(".")


def did_you_mean(close: Sequence[str] | None, lang: Lang) -> str:
    """Offer the nearest names, when there are any."""
    if not close:
        return ""
    names = ", ".join(f"`{name}`" for name in sorted(close))
    return Words(f"; maksud Anda {names}?", f"; did you mean {names}?").to(lang)
