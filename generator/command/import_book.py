"""`satupintu import`: permits that an office keeps in a workbook become files of a catalog."""

from __future__ import annotations

from pathlib import Path

import click

from generator.command.path_types import file_type, new_folder_type
from generator.command.verb import Verb, option
from generator.command.verb_group import VerbGroup
from generator.terminal import tell
from rules.words import Lang, Words

HELP = Words("Ambil izin dari buku Excel ke dalam katalog.", "Take permits from an Excel workbook into a catalog.")
EXCEL = Words(
    "Tulis isi BUKU (buku kosongnya: `satupintu export excel --kosong`) sebagai YAML ke folder sebuah daerah. Yang "
    "belum diisi bertanda `ISI DI SINI`; `satupintu check` menyebutnya satu per satu. Berkas yang isinya sama "
    "dibiarkan; yang isinya lain tidak ditimpa tanpa `--timpa`.",
    "Write what BUKU holds (an empty one: `satupintu export excel --kosong`) as YAML into the folder of a city. What "
    "is left out is marked `ISI DI SINI`; `satupintu check` names each. Files that say the same are left alone; "
    "those that say something else are not overwritten without `--timpa`.",
)
FOLDER = Words("Folder daerah dalam katalog.", "The folder of the city in the catalog.")
OVER = Words("Timpa berkas yang isinya berubah.", "Overwrite files that say something else.")


def _kept(file: Path, text: str) -> bool:
    from generator.workbook.same import says_the_same

    return file.exists() and says_the_same(file.read_text(encoding="utf-8"), text)


def command(lang: Lang) -> click.Command:
    """Make the verb and its verb."""

    def excel(book: Path, to: Path, over: bool) -> int:
        from generator.reading.gap import MARK
        from generator.workbook.read import read_workbook

        read = read_workbook(book)
        for fault in read.faults:
            click.echo(f"{book.name}, {fault.told.to(lang)}")
        changed = {file: text for file, text in read.files.items() if not _kept(to / file, text)}
        there = [] if over else [file for file in changed if (to / file).exists()]
        for file in there:
            name = f"`{to / file}`"
            said = Words(
                f"{name} sudah ada, dan isinya lain; `--timpa` menimpanya, komentarnya hilang",
                f"{name} is there and says something else: `--timpa` overwrites it, and its comments go",
            )
            click.echo(said.to(lang))
        if read.faults or there:
            count = len(read.faults) + len(there)
            said = Words(f"{count} hal perlu dibetulkan; tidak ada yang ditulis", f"{count} to mend; none written")
            tell(said, lang)
            return 1
        for file, text in changed.items():
            (to / file).parent.mkdir(parents=True, exist_ok=True)
            (to / file).write_text(text, encoding="utf-8", newline="\n")
            click.echo(to / file)
        gaps = sum(text.count(MARK) for text in changed.values())
        same = len(read.files) - len(changed)
        left = Words(
            f"; {same} lagi isinya sama, dibiarkan" * bool(same), f"; {same} say the same, left alone" * bool(same)
        )
        said = Words(
            f"{len(changed)} berkas{left.id}, {gaps} bagian belum diisi: jalankan `satupintu check`",
            f"{len(changed)} files{left.to('en')}, {gaps} parts left to fill in: run `satupintu check`",
        )
        tell(said, lang)
        return 0

    params: list[click.Parameter] = [
        click.Argument(["book"], metavar="BUKU", type=file_type()),
        option(lang, "--ke", "to", help=FOLDER, required=True, type=new_folder_type(), metavar="FOLDER"),
        option(lang, "--timpa", "over", help=OVER, is_flag=True),
    ]
    return VerbGroup("import", lang, HELP, (Verb("excel", lang, excel, EXCEL, params),))
