"""`satupintu export`: the catalog as an office keeps and publishes it: a workbook, service standards, an annex."""

from __future__ import annotations

from pathlib import Path

import click

from generator.command.chosen_city import only_city
from generator.command.path_types import folder_argument, new_folder_type
from generator.command.verb import Verb, option
from generator.command.verb_group import VerbGroup
from generator.model import CityCatalog
from generator.reading.catalog_folder import read_catalog
from generator.terminal import tell, tell_count, tell_findings
from rules.words import Lang, Words

HELP = Words("Tulis katalog sebagai Excel, standar pelayanan, atau lampiran.", "Write the catalog in other forms.")
EXCEL = Words(
    "Tulis katalog ke buku Excel; `--kosong` menulis buku yang belum diisi.",
    "Write the catalog to an Excel workbook; `--kosong` writes one to fill in.",
)
STANDARD = Words(
    "Tulis standar pelayanan setiap izin, 14 komponen, sebagai HTML dan PDF.",
    "Write the service standard of every permit, 14 components, as HTML and PDF.",
)
ANNEX = Words(
    "Tulis lampiran Perwali: tabel semua layanan, dalam Markdown.",
    "Write the annex of a mayor's regulation: a table of all services, in Markdown.",
)
CITY = Words("Kode daerah, bila lebih dari satu.", "The city's code, where there are several.")
BOOK = Words("Berkas yang ditulis.", "The file to write.")
FOLDER = Words("Folder yang ditulis.", "The folder to write.")
EMPTY = Words("Tanpa isi katalog: buku untuk diisi.", "Without the catalog: a workbook to fill in.")


def command(lang: Lang) -> click.Command:
    """Make the verb and its verbs."""

    def chosen(catalog: Path, city: str | None) -> CityCatalog | None:
        read, findings = read_catalog(catalog)
        if read is None:
            tell_findings(findings, catalog, lang)
            tell_count(findings, lang)
            return None
        return only_city(read, city, lang)

    def excel(catalog: Path, to: Path, city: str | None, empty: bool) -> int:
        from generator.workbook.rows import rows_of
        from generator.workbook.written import write_workbook

        if empty:
            write_workbook({}, to)
        elif (found := chosen(catalog, city)) is None:
            return 1
        else:
            write_workbook(rows_of(catalog / found.city.code), to)
        click.echo(to)
        return 0

    def standards(catalog: Path, to: Path, city: str | None) -> int:
        from generator.published import standard_files

        if (found := chosen(catalog, city)) is None:
            return 1
        to.mkdir(parents=True, exist_ok=True)
        for name, content in standard_files(found, lang):
            (to / name).write_bytes(content)
            click.echo(to / name)
        return 0

    def annex(catalog: Path, city: str | None) -> int:
        from generator.annex import annex_text

        if (found := chosen(catalog, city)) is None:
            return 1
        click.echo(annex_text(found, lang), nl=False)
        tell(Words(f"{len(found.permits)} layanan", f"{len(found.permits)} services"), lang)
        return 0

    where = option(lang, "--daerah", "city", help=CITY, metavar="KODE")
    book = option(lang, "--ke", "to", help=BOOK, default=Path("katalog.xlsx"), type=click.Path(path_type=Path))
    folder = option(lang, "--ke", "to", help=FOLDER, default=Path("standar"), type=new_folder_type())
    hollow = option(lang, "--kosong", "empty", help=EMPTY, is_flag=True)
    verbs = (
        Verb("excel", lang, excel, EXCEL, [folder_argument(), book, where, hollow]),
        Verb("standar", lang, standards, STANDARD, [folder_argument(), folder, where]),
        Verb("lampiran", lang, annex, ANNEX, [folder_argument(), where]),
    )
    return VerbGroup("export", lang, HELP, verbs)
