"""A verb that has verbs of its own, in Bahasa Indonesia or English like every other."""

from __future__ import annotations

from collections.abc import Sequence

import click

from generator.command.verb import USAGE, VERBS, Verb, did_you_mean, help_option, language_option, write_options
from rules.words import Lang, Words


class VerbGroup(click.Group):
    """A group whose help, headings and usage errors are in one language."""

    def __init__(self, name: str, lang: Lang, help: Words, verbs: Sequence[Verb]) -> None:
        """Gather these verbs."""
        super().__init__(
            name,
            help=help.to(lang),
            commands={verb.name: verb for verb in verbs if verb.name is not None},
            params=[language_option(lang)],
            no_args_is_help=True,
            subcommand_metavar=f"{VERBS.to(lang).upper()} …",
            options_metavar="[--lang id|en]",
        )
        self.lang: Lang = lang

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Name the verbs in the order they were given."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or offer the one that was meant."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            import difflib  # only a misspelt verb needs it

            close = difflib.get_close_matches(args[0], self.commands, 1)
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
            formatter.write_dl([(name, verb.get_short_help_str(200)) for name, verb in self.commands.items()])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Say what `--help` does."""
        return help_option(super().get_help_option(ctx), self.lang)
