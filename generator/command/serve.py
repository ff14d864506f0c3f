"""`satupintu serve`: the catalog served, and followed while it changes.

The generator watches and publishes; the runtime is a child process that swaps to a new release by itself. The two share
a folder of releases and nothing else, so that the wall between them stands here too.
"""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

import click

from generator.bank_process import BANK_SETTING, BankProcess
from generator.command.day_option import day_option
from generator.command.path_types import folder_argument, new_folder_type
from generator.command.verb import Verb, option
from generator.folder_watch import changes, look
from generator.publishing import Publisher
from generator.reading.catalog_folder import read_catalog
from generator.server_process import ServerProcess
from rules.words import Lang, Words

DEMO_SETTING = "SATUPINTU_PERAGAAN"
HELP = Words(
    "Sajikan KATALOG (bawaan: catalog). Perubahan tanpa galat langsung tampil tanpa memutus permintaan; perubahan "
    "dengan galat tidak mengubah yang disajikan, dan dijelaskan di sini.",
    "Serve KATALOG (default: catalog). A change without errors is live at once, without dropping a request; a change "
    "with errors leaves what is served as it is, and is explained here.",
)
HOST = Words("Alamat untuk didengarkan.", "The address to listen on.")
PORT = Words("Porta.", "The port.")
CLOCK = Words("Untuk peragaan: jam dimulai saat ini.", "For demonstrations: the clock starts at this moment.")
FIXED = Words(
    "Sajikan rilis yang sudah disusun dan jangan mengikuti apa pun.", "Serve the built release and watch nothing."
)
RELEASES = Words(
    "Folder rilis; dengan `--tetap` boleh juga satu rilis.", "The folder of releases; with `--tetap` also one release."
)
DEMO = Words(
    "Orang peragaan boleh masuk, dan halaman masuk menampilkan sandinya; bawaan: ya bila alamatnya hanya mesin ini.",
    "People of a demonstration may sign in, and the login page shows their password; by default where the address is "
    "this machine's own.",
)
NOT_A_MOMENT = Words(
    "`--jam` adalah saat dengan zona, misalnya 2026-07-01T09:00:00+08:00",
    "`--jam` is a moment with its zone, such as 2026-07-01T09:00:00+08:00",
)
PREVIEW = Words(
    "Untuk peragaan: sajikan yang berlaku pada hari ini, dan jam dimulai pada siangnya.",
    "For demonstrations: serve what is in force on this day; the clock starts at its noon.",
)
ANOTHER_DAY = Words(
    "`--pada` menetapkan rilis dan jamnya sendiri: hapus `--jam` dan `--tetap`",
    "`--pada` sets the release and the clock by itself: leave out `--jam` and `--tetap`",
)
NOON = time(12)
NO_RELEASE = Words(
    "di `{folder}` belum ada rilis; susun dahulu dengan `satupintu build --pakai`",
    "there is no release in `{folder}`; build one first by `satupintu build --pakai`",
)


def command(lang: Lang) -> click.Command:
    """Make the verb."""

    def serve(
        catalog: Path,
        host: str,
        port: int,
        clock: str | None,
        demo: bool | None,
        fixed: bool,
        releases: Path,
        on: datetime | None,
    ) -> int:
        if on is not None:
            if fixed or clock is not None:
                raise click.UsageError(ANOTHER_DAY.to(lang))
            clock = datetime.combine(on.date(), NOON, zone_of(catalog)).isoformat()
        environment = {**os.environ, **clock_setting(clock, lang), **demo_setting(demo, host, os.environ)}
        bank = bank_beside(environment, host, port, lang)
        with stopping() as stop:
            if fixed:
                with one_release(releases, lang) as folder:
                    server = ServerProcess(folder, host, port, environment, stop, lang, bank)
                    server.start()
                    stop.wait()
                    return ended(server)
            publisher = Publisher(catalog, releases, lang, None if on is None else on.date())
            server = ServerProcess(releases, host, port, environment, stop, lang, bank)
            since = look(catalog)
            if publisher.publish() or publisher.published_before:
                server.start()
            for _ in changes(catalog, since, stop):
                if publisher.publish() and not server.running:
                    server.start()
            return ended(server)

    params = [
        folder_argument(),
        option(lang, "--host", help=HOST, default="127.0.0.1"),
        option(lang, "--port", help=PORT, default=8000, type=click.IntRange(0, 65535)),
        option(lang, "--jam", "clock", help=CLOCK, metavar="ISO"),
        click.Option(["--peragaan/--tanpa-peragaan", "demo"], help=DEMO.to(lang), default=None),  # neither is a third
        option(lang, "--tetap", "fixed", help=FIXED, is_flag=True),
        option(lang, "--rilis", "releases", help=RELEASES, default=Path("build"), type=new_folder_type()),
        day_option(lang, PREVIEW),
    ]
    return Verb("serve", lang, serve, HELP, params)


def ended(server: ServerProcess) -> int:
    """Stop the server and what runs beside it, and return the exit code: one that ended by itself is a failure."""
    server.stop()
    return 1 if server.failed else 0


def clock_setting(clock: str | None, lang: Lang) -> dict[str, str]:
    """Return the server's setting for where its clock starts; a usage error when that is no moment."""
    if clock is None:
        return {}
    try:
        moment = datetime.fromisoformat(clock)
    except ValueError as fault:
        raise click.UsageError(NOT_A_MOMENT.to(lang)) from fault
    if moment.tzinfo is None:
        raise click.UsageError(NOT_A_MOMENT.to(lang))
    return {"SATUPINTU_JAM": moment.isoformat()}


def zone_of(catalog: Path) -> ZoneInfo:
    """Return the time zone of the first city of a catalog that can be read; UTC where there is none yet."""
    read, _ = read_catalog(catalog)
    return ZoneInfo("UTC" if read is None else next(iter(read.cities.values())).city.zone)


def demo_setting(asked: bool | None, host: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the server's setting for a demonstration: as asked, else as the environment says, else where nobody but
    this machine can reach it: a public address, behind a proxy or not, never gets one unasked."""
    if asked is None and (DEMO_SETTING in environment or "SATUPINTU_URL" in environment):
        return {}
    demo = host in {"127.0.0.1", "localhost", "::1"} if asked is None else asked
    return {DEMO_SETTING: "ya" if demo else "tidak"}


def bank_beside(environment: Mapping[str, str], host: str, port: int, lang: Lang) -> BankProcess | None:
    """Return the simulated bank of a demonstration, None where it is none or has a bank already."""
    demo = environment.get(DEMO_SETTING) == "ya" and not environment.get(BANK_SETTING)
    return BankProcess(host, port, lang) if demo else None


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """Return an event that is set when the process is asked to end."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the signature of a signal handler
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def one_release(releases: Path, lang: Lang) -> Iterator[Path]:
    """Return a folder of releases that holds one and will never hold another."""
    release = releases if (releases / "manifest.json").exists() else releases / "current"
    if not (release / "manifest.json").exists():
        raise click.UsageError(NO_RELEASE.to(lang).format(folder=releases))
    release = release.resolve()
    with tempfile.TemporaryDirectory(prefix="satupintu-") as name:
        folder = Path(name)
        (folder / release.name).symlink_to(release)
        (folder / "current").symlink_to(release.name)
        yield folder
