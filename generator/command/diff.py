"""`satupintu diff`: what differs between two catalogs, in an officer's sentences.

A side is a folder, a revision of git, a revision's folder, or a day; two revisions may be one word, `main..HEAD`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import click

from generator.case_process import NoStoreError, cases_kept
from generator.command.path_types import CATALOG, folder_type, new_folder_type
from generator.command.verb import Verb, option
from generator.difference.compared import compared
from generator.difference.replayed import Past
from generator.difference.report import report
from generator.examination import examine
from generator.finding import Severity
from generator.in_force import catalog_on
from generator.model import Catalog
from generator.render.difference_json import as_difference_json
from generator.render.difference_lines import as_lines
from generator.revision import NoRevisionError, checked_out, from_the_top
from generator.terminal import tell, tell_findings
from rules.words import Lang, Words

HELP = Words(
    "Bandingkan A dengan B dan sebutkan setiap perbedaan dalam kalimat: apa yang diminta, dari siapa, berapa, berapa "
    "lama. A dan B adalah dua folder, dua revisi git (`main..HEAD`, `main HEAD`, atau `REV:folder`), atau dua tanggal "
    "dari satu folder.",
    "Compare A with B and say every difference in a sentence: what is asked, of whom, how much, how long. A and B are "
    "two folders, two revisions of git (`main..HEAD`, `main HEAD` or `REV:folder`), or two days of one folder.",
)
FORM = Words("Bentuk keluaran.", "The form of the output.")
FOLDER = Words("Folder katalog, untuk revisi dan tanggal.", "The catalog folder, for revisions and days.")
STORE = Words(
    "Folder data: permohonan terbuka yang tersentuh, dan permohonan lama diputus ulang.",
    "The data folder: open cases that are touched, and past cases decided again.",
)
RELEASES = Words("Folder rilis, untuk `--penyimpanan`.", "The folder of releases, for `--penyimpanan`.")
ONE_SIDE = Words(
    "`B` belum diberikan; atau tulis dua revisi sebagai `main..HEAD`",
    "`B` is not given; or write two revisions as `main..HEAD`",
)
UNREADABLE = Words("`{side}` tidak dapat dibandingkan: ada galat", "`{side}` can not be compared: there are errors")
OF_LAW = ("HKM-", "VER-", "STD-")  # what was right once, or is to be mended before it is published
NOT_FOUND = Words("`{side}` bukan folder, tanggal, atau revisi: {why}", "`{side}` is no folder, day or revision: {why}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def diff(a: str, b: str | None, form: str, catalog: Path, store: Path | None, releases: Path) -> int:
        first, second = sides(a, b, lang)
        with ExitStack() as opened:
            before = opened.enter_context(side(first, catalog, lang))
            after = opened.enter_context(side(second, catalog, lang))
            if before is None or after is None:
                return 2
            kept = None if store is None else stored(store, releases)
            found = report(compared(before, after), kept)
        click.echo(
            as_difference_json(found, lang) if form == "json" else as_lines(found, lang, markdown=form == "markdown"),
            nl=False,
        )
        return 0

    params: list[click.Parameter] = [
        click.Argument(["a"], metavar="A"),
        click.Argument(["b"], metavar="[B]", required=False),
        option(lang, "--format", "form", help=FORM, default="text", type=click.Choice(["text", "json", "markdown"])),
        option(lang, "--katalog", "catalog", help=FOLDER, default=CATALOG, type=folder_type()),
        option(lang, "--penyimpanan", "store", help=STORE, type=folder_type()),
        option(lang, "--rilis", "releases", help=RELEASES, default=Path("build"), type=new_folder_type()),
    ]
    return Verb("diff", lang, diff, HELP, params)


def sides(a: str, b: str | None, lang: Lang) -> tuple[str, str]:
    """Return both sides; a usage error when there is only one."""
    if b is not None:
        return a, b
    first, dots, second = a.partition("..")
    if not dots or not first or Path(a).is_dir():
        raise click.UsageError(ONE_SIDE.to(lang))
    return first, second.lstrip(".") or "HEAD"


@contextmanager
def side(named: str, catalog: Path, lang: Lang) -> Iterator[Catalog | None]:
    """Read one side; None where it can not be read, which is then told."""
    if DAY.fullmatch(named) and not Path(named).is_dir():
        read = _read(catalog, named, lang)
        yield None if read is None else catalog_on(read, _day(named, lang))
        return
    if Path(named).is_dir():
        yield _read(Path(named), named, lang)
        return
    revision, colon, folder = named.partition(":")
    try:
        path = folder if colon else from_the_top(catalog)
        with checked_out(revision, path, catalog) as checked:
            yield _read(checked, named, lang)
    except NoRevisionError as fault:
        raise click.UsageError(NOT_FOUND.to(lang).format(side=named, why=fault)) from fault


def _read(folder: Path, named: str, lang: Lang) -> Catalog | None:
    """Read a side whose rules hang together; whether its law holds is not asked of a comparison."""
    examined = examine(folder, prove=False)
    faults = [
        finding
        for finding in examined.findings
        if finding.severity is Severity.ERROR and not finding.code.startswith(OF_LAW)
    ]
    if examined.catalog is None or faults:
        tell_findings(faults, folder, lang)
        tell(Words(UNREADABLE.id.format(side=named), UNREADABLE.to("en").format(side=named)), lang)
        return None
    return examined.catalog


def _day(named: str, lang: Lang) -> date:
    try:
        return date.fromisoformat(named)
    except ValueError as fault:
        raise click.UsageError(NOT_FOUND.to(lang).format(side=named, why=fault)) from fault


def stored(store: Path, releases: Path) -> dict[str, Sequence[Past]]:
    """Return the cases of a store by city; a usage error where they can not be read."""
    try:
        return cases_kept(store, releases)
    except NoStoreError as fault:
        raise click.UsageError(str(fault)) from fault
