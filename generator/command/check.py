"""`satupintu check`: every finding of a catalog, for people and for machines."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import click

from generator.cache_folder import cache_folder
from generator.command.day_option import day_option
from generator.command.path_types import folder_argument
from generator.command.verb import Verb, option
from generator.finding import Finding, Severity
from generator.known_builds import RELEASES, fingerprint
from generator.known_findings import FAST_FILE, FILE, known, remember
from generator.terminal import tell, tell_count, tell_findings
from rules.words import Lang, Words

HELP = Words(
    "Periksa KATALOG (bawaan: catalog) dan tunjukkan setiap temuan: di mana, apa, dan satu langkah berikutnya. "
    "Selesai dengan 0 bila tidak ada galat, 1 bila ada.",
    "Check KATALOG (default: catalog) and show every finding: where, what, and one step to take. "
    "Ends with 0 when there is no error, 1 when there is.",
)
FORMAT = Words("Bentuk keluaran.", "The form of the output.")
FAST = Words("Hanya pemeriksaan yang cepat, tanpa pembuktian.", "Only the fast checks, without proofs.")
STRICT = Words("Peringatan juga menggagalkan.", "Warnings fail too.")
WAITING = Words(
    "catatan ditampilkan setelah galat dan peringatan selesai", "notes are shown once errors and warnings are mended"
)
FORMATS = ("text", "json", "github", "sarif", "junit")


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def check(catalog: Path, form: str, fast: bool, strict: bool, on: datetime | None) -> int:
        # What was found on a day is not kept: it would push out what was found on all.
        seen, file, kept = (fingerprint(catalog) if on is None else None), FAST_FILE if fast else FILE, _kept_in()
        found = None if seen is None else known(kept, seen, file)
        if found is None:
            found = examined(catalog, None if on is None else on.date(), prove=not fast)
            if seen is not None:
                remember(kept, seen, found, file)
        # Beside an error or a warning the notes of every other permit are in the way: they wait, and are counted.
        waiting = form == "text" and any(finding.severity is not Severity.INFO for finding in found)
        notes = sum(finding.severity is Severity.INFO for finding in found) if waiting else 0
        shown = [finding for finding in found if finding.severity is not Severity.INFO] if waiting else found
        tell_findings(shown, catalog, lang, form)
        if form == "text":
            tell_count(found, lang)
        if notes:
            tell(WAITING, lang)
        return int(any(_fails(finding, strict=strict) for finding in found))

    params = [
        folder_argument(),
        option(lang, "--format", "form", help=FORMAT, default="text", type=click.Choice(FORMATS)),
        option(lang, "--cepat", "fast", help=FAST, is_flag=True),
        option(lang, "--ketat", "strict", help=STRICT, is_flag=True),
        day_option(lang),
    ]
    return Verb("check", lang, check, HELP, params)


def _fails(finding: Finding, *, strict: bool) -> bool:
    return finding.severity is Severity.ERROR or (strict and finding.severity is Severity.WARNING)


def _kept_in() -> Path:
    """Return where findings are kept: beside the releases, else where the program keeps what it can work out again."""
    folder = None if RELEASES.is_dir() else cache_folder()
    if folder is None:
        return RELEASES
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def examined(catalog: Path, on: date | None, *, prove: bool) -> tuple[Finding, ...]:
    """Read and check a catalog, letting go of each permit in turn: nothing is made of it."""
    # Loaded here: a catalog that was checked before needs none of it.
    from generator.examination import examine_in_turn

    return examine_in_turn(catalog, None, on, prove=prove).findings
