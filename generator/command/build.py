"""`satupintu build`: a catalog without errors becomes a release."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from generator.command.day_option import day_option
from generator.command.path_types import folder_argument, new_folder_type
from generator.command.verb import Verb, option
from generator.known_builds import RELEASES, fingerprint, known, remember
from rules.words import Lang, Words

HELP = Words(
    "Susun KATALOG (bawaan: catalog) menjadi rilis di build/<sidik>/ dan cetak foldernya. "
    "Katalog yang sama selalu menghasilkan byte yang sama. Bila ada galat, tidak ada yang ditulis.",
    "Build KATALOG (default: catalog) into a release in build/<digest>/ and print its folder. "
    "The same catalog always gives the same bytes. With an error nothing is written.",
)
TO = Words("Folder untuk rilis.", "The folder of releases.")
CURRENT = Words("Jadikan rilis ini yang disajikan.", "Make this release the one that is served.")
NOT_BUILT = Words("tidak disusun: ada galat", "not built: there are errors")


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def build_release(catalog: Path, out: Path, current: bool, on: datetime | None) -> int:
        day = None if on is None else on.date()
        seen = fingerprint(catalog) if day is None else f"{fingerprint(catalog)}-{day}"
        release = known(out, seen) or new_release(catalog, out, seen, lang, day)
        if release is None:
            return 1
        if current:
            publish(out, release.name)
        click.echo(str(release))
        return 0

    params = [
        folder_argument(),
        option(lang, "--ke", "out", help=TO, default=RELEASES, type=new_folder_type()),
        option(lang, "--pakai", "current", help=CURRENT, is_flag=True),
        day_option(lang),
    ]
    return Verb("build", lang, build_release, HELP, params)


def new_release(catalog: Path, out: Path, seen: str, lang: Lang, on: date | None = None) -> Path | None:
    """Read, check and build a catalog; None when there are errors, which are then told."""
    # Loaded here: a catalog that was built before needs none of it.
    from generator.build import build_folder
    from generator.terminal import tell, tell_count, tell_findings

    examined, digest = build_folder(catalog, out, on)
    if digest is None:
        tell_findings(examined.findings, catalog, lang)
        tell_count(examined.findings, lang)
        tell(NOT_BUILT, lang)
        return None
    remember(out, seen, digest)
    return out / digest


def publish(out: Path, digest: str) -> None:
    """Make a built release the one that is served."""
    from generator.build import publish as make_current

    make_current(out, digest)
