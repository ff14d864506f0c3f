"""`satupintu revise`: a new version of a permit, from the one in force on its first day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from generator.command.chosen_city import CITY, find_city
from generator.command.path_types import CATALOG, folder_type
from generator.command.verb import Verb, option
from generator.model import CityCatalog, PermitVersion
from generator.reading.catalog_folder import read_catalog
from generator.reading.gap import MARK
from generator.scaffold.law_scaffold import law_text
from generator.scaffold.version_scaffold import version_text
from generator.terminal import tell, tell_count, tell_findings
from rules.words import Lang, Words

HELP = Words(
    "Mulai versi baru IZIN: salin versi yang berlaku, dengan hari mulai dan peraturan yang mengubahnya. Versi lama "
    "tidak diubah; ia berakhir dengan sendirinya. Peraturan yang belum ada di katalog mendapat kerangkanya sendiri.",
    "Begin a new version of IZIN: the one in force is copied, with its first day and the law that changes it. The old "
    "version is not changed; it ends by itself. A law that is not in the catalog yet gets a scaffold of its own.",
)
SINCE = Words("Hari pertama versi baru.", "The first day of the new version.")
LAW = Words("Kode peraturan yang mengubah izin ini.", "The code of the law that changes the permit.")
FOLDER = Words("Folder katalog.", "The catalog folder.")
MOST_LINES = 8


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def revise(permit: str, since: datetime, law: str, catalog: Path, city: str | None) -> int:
        read, findings = read_catalog(catalog)
        if read is None:
            tell_findings(findings, catalog, lang)
            tell_count(findings, lang)
            return 1
        chosen = find_city(read, permit, city, lang)
        day = since.date().isoformat()
        before = version_before(chosen, permit, day, lang)
        folder = catalog / chosen.city.code
        if re.fullmatch(r"[a-z][a-z0-9-]{0,79}", law) is None:
            said = Words(f"`{law}` bukan kode peraturan", f"`{law}` is no code of a law")
            raise click.UsageError(said.to(lang))
        text = version_text((catalog / before.places.file).read_bytes(), day, law)
        write(folder / "izin" / permit / f"{day}.yaml", text)
        if law not in {regulation.code for regulation in chosen.city.regulations}:
            write(folder / "peraturan" / f"{law}.yaml", law_text(law))
        for step in steps(chosen, before, text, day, law):
            tell(step, lang)
        return 0

    params: list[click.Parameter] = [
        click.Argument(["permit"], metavar="IZIN"),
        option(
            lang,
            "--mulai",
            "since",
            help=SINCE,
            required=True,
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="TTTT-BB-HH",
        ),
        option(lang, "--dasar", "law", help=LAW, required=True, metavar="PERATURAN"),
        option(lang, "--katalog", "catalog", help=FOLDER, default=CATALOG, type=folder_type()),
        option(lang, "--daerah", "city", help=CITY, metavar="KODE"),
    ]
    return Verb("revise", lang, revise, HELP, params)


def version_before(city: CityCatalog, permit: str, day: str, lang: Lang) -> PermitVersion:
    """Return the latest version that began before a day; a usage error when none did, or one begins on it."""
    versions = city.permits[permit]
    if any(version.permit.valid_from == day for version in versions):
        said = Words(f"versi {day} dari `{permit}` sudah ada", f"the version {day} of `{permit}` is there already")
        raise click.UsageError(said.to(lang))
    begun = [version for version in versions if version.permit.valid_from < day]
    if not begun:
        first = versions[0].permit.valid_from
        said = Words(f"`{permit}` baru ada sejak {first}", f"`{permit}` is there from {first} only")
        raise click.UsageError(said.to(lang))
    return begun[-1]


def steps(city: CityCatalog, before: PermitVersion, text: str, day: str, law: str) -> Iterator[Words]:
    """Yield what to look at next."""
    permit = before.permit
    yield Words(
        f"versi {permit.valid_from} berakhir dengan sendirinya pada {day}; yang sudah diajukan tetap memakainya",
        f"the version {permit.valid_from} ends by itself on {day}; what was filed before stays with it",
    )
    yield Words(
        f"1. isi yang bertanda `{MARK}`; `satupintu check` menyebut apa yang ditulis di sana",
        f"1. fill in what is marked `{MARK}`; `satupintu check` says what belongs there",
    )
    cited = [
        str(number)
        for number, line in enumerate(text.splitlines(), 1)
        if "peraturan:" in line
        and law not in line
        and not line.lstrip().startswith(("#", "- {peraturan:", "dasar_hukum:"))
    ]
    lines = ", ".join(cited[:MOST_LINES]) + (", …" if len(cited) > MOST_LINES else "")
    yield Words(
        f"2. ubah yang diubah `{law}`; yang berdasar peraturan lain ada di baris {lines}",
        f"2. change what `{law}` changes; what rests on other laws is in lines {lines}",
    )
    later = sum(1 for each in city.examples if each.permit == permit.code and each.on >= day)
    yield Words(
        f"3. tambahkan contoh dengan `pada: {day}` di contoh/{permit.code}.yaml"
        + (f"; {later} contoh yang ada kini menguji versi baru" if later else "; yang ada tetap menguji versi lama"),
        f"3. add examples with `pada: {day}` to contoh/{permit.code}.yaml"
        + (f"; {later} of those there now test the new version" if later else "; those there still test the old one"),
    )
    yield Words(
        "4. jalankan `satupintu check`, lalu `satupintu test`; "
        f"`satupintu diff {permit.valid_from} {day}` menyebut apa yang berubah",
        "4. run `satupintu check`, then `satupintu test`; "
        f"`satupintu diff {permit.valid_from} {day}` says what changes",
    )


def write(path: Path, text: str) -> None:
    """Write a new file and name it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    click.echo(path)
