"""`satupintu new`: the files a permit begins with, whole but for what only the officer knows."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from generator.command.chosen_city import only_city
from generator.command.path_types import CATALOG, folder_type
from generator.command.verb import Verb, option
from generator.model import CityCatalog
from generator.reading.catalog_folder import read_catalog
from generator.reading.gap import MARK
from generator.scaffold.permit_scaffold import Beginning, example_text, permit_text
from generator.scaffold.usual import usual
from generator.terminal import tell, tell_count, tell_findings
from rules.words import Lang, Words

HELP = Words(
    "Mulai izin KODE: tulis kerangka izin dan contoh pertamanya, seperti izin lain di daerah itu. Yang hanya diketahui "
    "petugas bertanda `ISI DI SINI`; `satupintu check` menyebut apa yang ditulis di sana.",
    "Begin the permit KODE: write a scaffold of the permit and of its first example, as other permits of the city are. "
    "What only the officer knows is marked `ISI DI SINI`; `satupintu check` says what belongs there.",
)
NAME = Words("Nama izin.", "The name of the permit.")
SINCE = Words("Hari pertama berlaku; tanpa ini hari ini.", "The first day in force; today if left out.")
LAW = Words("Kode peraturan yang melimpahkan izin ini.", "The code of the law that delegates the permit.")
FOLDER = Words("Folder katalog.", "The catalog folder.")
CITY = Words("Kode daerah, bila lebih dari satu.", "The city's code, where there are several.")
CODE = re.compile(r"[a-z][a-z0-9-]{0,79}")


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def new(
        code: str, name: str | None, since: datetime | None, law: str | None, catalog: Path, city: str | None
    ) -> int:
        read, findings = read_catalog(catalog)
        if read is None:
            tell_findings(findings, catalog, lang)
            tell_count(findings, lang)
            return 1
        chosen = only_city(read, city, lang)
        folder = catalog / chosen.city.code
        refuse(chosen, folder, code, law, lang)
        first_day = datetime.now(ZoneInfo(chosen.city.zone)).date() if since is None else since.date()
        beginning = Beginning(code, first_day.isoformat(), name, law)
        permit, example = permit_text(beginning, usual(chosen, code)), example_text(beginning)
        write(folder / "izin" / code / f"{beginning.valid_from}.yaml", permit)
        if not (folder / "contoh" / f"{code}.yaml").exists():
            write(folder / "contoh" / f"{code}.yaml", example)
        count = permit.count(MARK)
        said = Words(
            f"{count} bagian bertanda `{MARK}`: jalankan `satupintu check`, lalu isi satu per satu",
            f"{count} parts are marked `{MARK}`: run `satupintu check`, and fill them in one by one",
        )
        tell(said, lang)
        return 0

    params: list[click.Parameter] = [
        click.Argument(["code"], metavar="KODE"),
        option(lang, "--nama", "name", help=NAME, metavar="NAMA"),
        option(lang, "--mulai", "since", help=SINCE, type=click.DateTime(["%Y-%m-%d"]), metavar="TTTT-BB-HH"),
        option(lang, "--dasar", "law", help=LAW, metavar="PERATURAN"),
        option(lang, "--katalog", "catalog", help=FOLDER, default=CATALOG, type=folder_type()),
        option(lang, "--daerah", "city", help=CITY, metavar="KODE"),
    ]
    return Verb("new", lang, new, HELP, params)


def refuse(city: CityCatalog, folder: Path, code: str, law: str | None, lang: Lang) -> None:
    """Raise a usage error where nothing can begin."""
    if CODE.fullmatch(code) is None:
        said = Words(
            f"`{code}` bukan kode izin: huruf kecil, angka dan `-`, misalnya `pasar-malam`",
            f"`{code}` is no code of a permit: small letters, digits and `-`, such as `pasar-malam`",
        )
        raise click.UsageError(said.to(lang))
    if (folder / "izin" / code).exists():
        said = Words(
            f"izin `{code}` sudah ada; versi baru dimulai dengan `satupintu revise {code}`",
            f"the permit `{code}` is there already; a new version begins with `satupintu revise {code}`",
        )
        raise click.UsageError(said.to(lang))
    known = [regulation.code for regulation in city.city.regulations]
    if law is not None and law not in known:
        said = Words(
            f"tidak ada `peraturan/{law}.yaml`; yang ada: {', '.join(known)}",
            f"there is no `peraturan/{law}.yaml`; there are: {', '.join(known)}",
        )
        raise click.UsageError(said.to(lang))


def write(path: Path, text: str) -> None:
    """Write a new file and name it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    click.echo(path)
