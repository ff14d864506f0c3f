"""`satupintu people`: who works in the office. The runtime does it, as a child process on the data folder.

Gains that the generator knows nothing of accounts; the child checks agency and role against the release that is served.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from generator.command.path_types import new_folder_type
from generator.command.verb import Verb, option
from generator.command.verb_group import VerbGroup
from rules.words import Lang, Words

HELP = Words("Kelola orang yang bekerja di kantor.", "Manage the people who work in the office.")
ADD = Words(
    "Buka akun untuk NIP dan tulis sandi sekali pakainya, yang berlaku tiga hari.",
    "Open an account for a NIP and print its one-time password, which lasts three days.",
)
LIST = Words("Tampilkan semua akun.", "Show every account.")
REVOKE = Words("Tutup akun; semua sesinya berakhir seketika.", "Close an account; all its sessions end at once.")
ROLE = Words(
    "Beri orang satu jabatan lagi, atau cabut dengan `--cabut`; semua sesinya berakhir seketika.",
    "Give a person one more post, or take it by `--cabut`; all sessions end at once.",
)
RESET = Words(
    "Beri sandi sekali pakai yang baru; autentikator dipasangkan lagi. Juga membuka akun yang ditutup.",
    "Give a new one-time password; the authenticator is paired anew. Also opens a closed account.",
)
DEMO = Words(
    "Buka akun peragaan, satu untuk setiap jabatan; hanya dapat masuk bila `SATUPINTU_PERAGAAN=ya`.",
    "Open accounts of a demonstration, one for each post; they may sign in only where `SATUPINTU_PERAGAAN=ya`.",
)
NAME = Words("Nama orangnya.", "The person's name.")
AGENCY = Words("Kode instansi, seperti dalam katalog.", "The code of the agency, as in the catalog.")
POST = Words("Kode peran di instansi itu.", "The code of the role at that agency.")
CITY = Words(
    "Kode daerah; boleh dihilangkan bila hanya ada satu.", "The code of the city; may be left out where there is one."
)
TAKE = Words("Cabut jabatan ini.", "Take this post away.")
RELEASES = Words("Folder rilis.", "The folder of releases.")


def command(lang: Lang) -> click.Command:
    """Make the verb and its verbs."""

    def ask(act: str, releases: Path | None, *arguments: str, **named: str | None) -> int:
        given = [f"--{name}={value}" for name, value in named.items() if value is not None]
        environment = {**os.environ}
        if releases is not None:
            environment["SATUPINTU_RILIS"] = str(releases)
        program = [sys.executable, "-m", "runtime.people.command", act, *arguments, *given, f"--lang={lang}"]
        return subprocess.run(program, env=environment, check=False).returncode

    def add(nip: str, name: str, agency: str, post: str, city: str | None, releases: Path | None) -> int:
        return ask("add", releases, nip, nama=name, instansi=agency, peran=post, daerah=city)

    def show(city: str | None, releases: Path | None) -> int:
        return ask("list", releases, daerah=city)

    def revoke(nip: str, city: str | None, releases: Path | None) -> int:
        return ask("revoke", releases, nip, daerah=city)

    def role(nip: str, agency: str, post: str, take: bool, city: str | None, releases: Path | None) -> int:
        return ask("role", releases, nip, *(["--cabut"] if take else []), instansi=agency, peran=post, daerah=city)

    def reset(nip: str, city: str | None, releases: Path | None) -> int:
        return ask("reset", releases, nip, daerah=city)

    def demo(city: str | None, releases: Path | None) -> int:
        return ask("demo", releases, daerah=city)

    def nip() -> click.Argument:
        return click.Argument(["nip"], metavar="NIP")

    def place() -> list[click.Parameter]:
        return [
            option(lang, "--daerah", "city", help=CITY, metavar="KODE"),
            option(lang, "--rilis", "releases", help=RELEASES, type=new_folder_type()),
        ]

    def held() -> list[click.Parameter]:
        return [
            option(lang, "--instansi", "agency", help=AGENCY, metavar="KODE", required=True),
            option(lang, "--peran", "post", help=POST, metavar="KODE", required=True),
        ]

    named = option(lang, "--nama", "name", help=NAME, required=True)
    taken = option(lang, "--cabut", "take", help=TAKE, is_flag=True)
    return VerbGroup(
        "people",
        lang,
        HELP,
        [
            Verb("add", lang, add, ADD, [nip(), named, *held(), *place()]),
            Verb("list", lang, show, LIST, place()),
            Verb("revoke", lang, revoke, REVOKE, [nip(), *place()]),
            Verb("role", lang, role, ROLE, [nip(), *held(), taken, *place()]),
            Verb("reset", lang, reset, RESET, [nip(), *place()]),
            Verb("demo", lang, demo, DEMO, place()),
        ],
    )
