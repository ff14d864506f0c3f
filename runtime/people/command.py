"""The program behind `satupintu people`: accounts of one city, in the data folder, also while it is served.

.venv/bin/python -m runtime.people.command add 198501012010011001 --nama=… --instansi=… --peran=… --lang=id

Ends with 0 when it was done, 1 when it could not be, 2 when it was not understood.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rules.city import City
from rules.words import Lang, Words
from runtime.cases.codes import open_secret
from runtime.cases.database import open_database
from runtime.cases.store_fault import DurabilityError
from runtime.clock import clock_for
from runtime.people.accounts import Account, AccountExistsError, NoAccountError
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, SECRET
from runtime.people.people import People
from runtime.people.posts import agency_name, posts_of, role_name
from runtime.people.sign_in import read_nip
from runtime.release import BrokenReleaseError, Release
from runtime.settings import SettingError, Settings, from_environment
from runtime.vault import open_vault

NOT_A_NIP = Words("`{nip}` bukan NIP: 18 angka", "`{nip}` is no NIP: 18 digits")
EXISTS = Words(
    "akun {nip} sudah ada; `role` menambah jabatan, `reset` memberi sandi baru",
    "there is an account {nip} already; `role` adds a post, `reset` gives a new password",
)
NO_ACCOUNT = Words("tidak ada akun {nip}", "there is no account {nip}")
NOT_HELD = Words("{nip} tidak memegang jabatan itu", "{nip} does not hold that post")
NO_POST = Words("di {city} tidak ada `{post}`; yang ada: {posts}", "there is no `{post}` in {city}; there are: {posts}")
WHICH_CITY = Words("sebut kotanya dengan `--daerah`: {cities}", "name the city by `--daerah`: {cities}")
NO_CITY = Words("rilis ini tidak memuat `{city}`; yang ada: {cities}", "this release has no `{city}`; it has: {cities}")
ADDED = Words(
    "akun {nip} ({name}) dibuka\nsandi sekali pakai: {password}\nBerlaku tiga hari. Serahkan langsung kepada orangnya.",
    "account {nip} ({name}) opened\none-time password: {password}\nIt lasts three days. Hand it to them directly.",
)
RESET = Words(
    "sandi sekali pakai: {password}\nBerlaku tiga hari.", "one-time password: {password}\nIt lasts three days."
)
CLOSED = Words("akun {nip} ditutup, semua sesinya berakhir", "account {nip} closed, all its sessions ended")
GIVEN = Words("{nip} kini juga {post}", "{nip} is now also {post}")
TAKEN = Words("{nip} bukan lagi {post}", "{nip} is no longer {post}")
DEMO = Words(
    "{count} orang peragaan baru; sandi: {password}; kunci autentikator: {secret}",
    "{count} new people of the demonstration; password: {password}; key of the authenticator: {secret}",
)
STATES = {
    "closed": Words("ditutup", "closed"),
    "one_time": Words("sandi sekali pakai", "one-time password"),
    "unpaired": Words("belum dipasangkan", "not paired"),
    "demo": Words("peragaan", "demonstration"),
    "open": Words("aktif", "open"),
}


class RefusedError(Exception):
    """What was asked can not be done; the words say why."""

    def __init__(self, words: Words, **holes: str) -> None:
        """Say why."""
        super().__init__(words.id)
        self.words, self.holes = words, holes


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, read."""

    act: str
    nip: str
    name: str
    post: Post
    take: bool
    city: City
    lang: Lang


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask."""
    read = _parser().parse_args(arguments)
    lang: Lang = read.lang
    try:
        settings = from_environment(os.environ)
        asked = _asked(read, lang, _city(settings.release, read.daerah))
        with opened(settings) as people:
            said = asyncio.run(answer(people, asked))
    except RefusedError as refused:
        print(refused.words.to(lang).format(**refused.holes), file=sys.stderr)
        return 1
    except (SettingError, BrokenReleaseError, DurabilityError) as fault:
        print(fault, file=sys.stderr)
        return 2
    print(said)
    return 0


async def answer(people: People, asked: Asked) -> str:
    """Do it and say what was done; RefusedError."""
    accounts, code, nip = people.accounts, asked.city.code, asked.nip
    try:
        match asked.act:
            case "list":
                return "\n".join(_line(one, asked) for one in accounts.list(code))
            case "demo":
                count = await people.seed_demo(asked.city)
                return _say(DEMO, asked, count=str(count), password=PASSWORD, secret=SECRET)
            case "add":
                password = await accounts.add(code, nip, asked.name, asked.post)
                return _say(ADDED, asked, password=password)
            case "reset":
                return _say(RESET, asked, password=await accounts.reset(code, nip))
            case "revoke":
                await accounts.close(code, nip)
                return _say(CLOSED, asked)
            case "role" if asked.take:
                if not await accounts.take_post(code, nip, asked.post):
                    raise RefusedError(NOT_HELD, nip=nip)
                return _say(TAKEN, asked)
            case _:
                await accounts.give_post(code, nip, asked.post)
                return _say(GIVEN, asked)
    except AccountExistsError as fault:
        raise RefusedError(EXISTS, nip=nip) from fault
    except NoAccountError as fault:
        raise RefusedError(NO_ACCOUNT, nip=nip) from fault


@contextmanager
def opened(settings: Settings) -> Iterator[People]:
    """Open the people of a data folder, beside a server that may hold it."""
    database = open_database(settings.data, settings.database, beside=True)
    try:
        secret, vault = open_secret(settings.data / "satupintu.secret"), open_vault(settings.data / "satupintu.vault")
        yield People(database, secret, vault, clock_for(settings.clock_starts), settings.limits)
    finally:
        database.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="satupintu people", add_help=False, allow_abbrev=False)
    acts = parser.add_subparsers(dest="act", required=True)
    for act in ("add", "list", "revoke", "role", "reset", "demo"):
        one = acts.add_parser(act, add_help=False, allow_abbrev=False)
        one.add_argument("--daerah", default="")
        one.add_argument("--lang", default="id", choices=("id", "en"))
        if act in ("add", "revoke", "role", "reset"):
            one.add_argument("nip")
        if act in ("add", "role"):
            one.add_argument("--instansi", required=True)
            one.add_argument("--peran", required=True)
        if act == "add":
            one.add_argument("--nama", required=True)
        if act == "role":
            one.add_argument("--cabut", action="store_true")
    return parser


def _asked(read: argparse.Namespace, lang: Lang, city: City) -> Asked:
    given = vars(read)
    nip = read_nip(given["nip"]) if "nip" in given else ""
    if nip == "-":
        raise RefusedError(NOT_A_NIP, nip=given["nip"])
    held = Post(given.get("instansi", ""), given.get("peran", ""))
    take = bool(given.get("cabut", False))
    if "instansi" in given and not take and held not in posts_of(city):
        posts = ", ".join(f"{one.agency}.{one.role}" for one in posts_of(city))
        raise RefusedError(NO_POST, city=city.code, post=f"{held.agency}.{held.role}", posts=posts)
    return Asked(read.act, nip, " ".join(given.get("nama", "").split())[:120], held, take, city, lang)


def _city(releases: Path, wanted: str) -> City:
    release = Release(releases if (releases / "manifest.json").exists() else releases / "current")
    try:
        cities = {code: city.city for code, city in release.cities.items()}
    finally:
        release.close()
    if wanted:
        if wanted not in cities:
            raise RefusedError(NO_CITY, city=wanted, cities=", ".join(cities))
        return cities[wanted]
    if len(cities) != 1:
        raise RefusedError(WHICH_CITY, cities=", ".join(cities))
    return next(iter(cities.values()))


def _say(words: Words, asked: Asked, **holes: str) -> str:
    said = _said_post(asked.post, asked.city, asked.lang)
    return words.to(asked.lang).format(nip=asked.nip, name=asked.name, post=said, **holes)


def _line(one: Account, asked: Asked) -> str:
    states = ["closed"] if one.ended_at is not None else ["demo"] if one.demo else []
    states += ["one_time"] if one.one_time and not states else []
    states += ["unpaired"] if not one.paired and not states else []
    state = ", ".join(STATES[name].to(asked.lang) for name in states or ["open"])
    posts = "; ".join(f"{held.agency}.{held.role}" for held in one.posts) or "-"
    return f"{one.nip}  {one.name}  {posts}  [{state}]"


def _said_post(held: Post, city: City, lang: Lang) -> str:
    return f"{role_name(city, held).to(lang)}, {agency_name(city, held.agency).to(lang)}" if held.agency else ""


if __name__ == "__main__":
    sys.exit(main())
