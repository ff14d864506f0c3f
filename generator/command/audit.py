"""`satupintu audit`: is all that is kept as it must be? The runtime looks, as a child process on the data folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from generator.command.path_types import new_folder_type
from generator.command.verb import Verb, option
from rules.words import Lang, Words

HELP = Words(
    "Periksa semua yang tersimpan, tanpa mengubah apa pun: rantai peristiwa, keadaan berkas, uang, izin, berkas "
    "unggahan, pesan, tenggat. Keluar dengan 1 bila ada yang janggal.",
    "Look through everything that is kept, changing nothing: chains, cases, money, permits, uploads, messages, "
    "dates. Exits with 1 where something is the matter.",
)
FORMAT = Words("Bentuk laporannya.", "The form of the report.")
BOOK = Words(
    "Buku klien tentang apa yang diakui: JSON per baris dengan `daerah`, `kunci`, `nomor`.",
    "A client's book of what was acknowledged: JSON lines with `daerah`, `kunci`, `nomor`.",
)
HELD = Words(
    "Titik periksa yang disimpan orang lain (`checkpoints.jsonl`).",
    "Checkpoints that somebody else has kept (`checkpoints.jsonl`).",
)
RELEASES = Words("Folder rilis.", "The folder of releases.")
DATA = Words("Folder data.", "The data folder.")


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def audit(form: str, book: Path | None, held: Path | None, releases: Path | None, data: Path | None) -> int:
        environment = {**os.environ}
        for setting, folder in (("SATUPINTU_RILIS", releases), ("SATUPINTU_DATA", data)):
            if folder is not None:
                environment[setting] = str(folder)
        arguments = [f"--format={form}", f"--lang={lang}"]
        arguments += [f"--{name}={path}" for name, path in (("buku", book), ("titik", held)) if path is not None]
        program = [sys.executable, "-m", "runtime.audit.command", *arguments]
        return subprocess.run(program, env=environment, check=False).returncode

    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    parameters: list[click.Parameter] = [
        option(lang, "--format", "form", help=FORMAT, type=click.Choice(["text", "json"]), default="text"),
        option(lang, "--buku", "book", help=BOOK, type=file),
        option(lang, "--titik", "held", help=HELD, type=file),
        option(lang, "--rilis", "releases", help=RELEASES, type=new_folder_type()),
        option(lang, "--data", "data", help=DATA, type=new_folder_type()),
    ]
    return Verb("audit", lang, audit, HELP, parameters)
