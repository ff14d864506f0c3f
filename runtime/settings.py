"""What an operator may set, read once from the environment: folders, the public address, limits, and the clock's start.

Gains one frozen value that everything else is given; a setting that makes no sense refuses to start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit


class SettingError(ValueError):
    """A setting whose value can not be used."""


class Signing(StrEnum):
    """Who signs what is issued: the office's own certificates, or one of two signers for demonstrations."""

    LOCAL = "lokal"
    LATE = "lambat"
    FAILING = "gagal"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken at once, and how often something may be tried."""

    page_body: int = 256 * 1024
    api_body: int = 1024 * 1024
    upload_body: int = 12 * 1024 * 1024
    scans_body: int = 128 * 1024 * 1024  # of one form: a scan for each letter that was signed on paper
    files_per_application: int = 400  # a fleet of 100 vehicles has three for each
    typed_text: int = 256 * 1024  # of one draft
    tries_per_nomor: int = 5
    tries_per_nomor_window: timedelta = timedelta(minutes=15)
    tries_per_address: int = 30
    tries_per_address_window: timedelta = timedelta(hours=1)
    uploads_per_address: int = 300
    uploads_per_address_window: timedelta = timedelta(hours=1)
    drafts_per_address: int = 60
    drafts_per_address_window: timedelta = timedelta(hours=1)
    objections_per_address: int = 20  # a village may share one
    objections_per_address_window: timedelta = timedelta(hours=1)
    sign_ins_per_person_here: int = 5  # of one officer from one address; only those that fail count
    sign_ins_per_person: int = 50  # from everywhere: nobody else can lock an officer out by a handful of guesses
    sign_ins_per_address: int = 60  # a whole office may share one
    sign_ins_window: timedelta = timedelta(minutes=15)
    codes_per_person: int = 5
    codes_per_person_window: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `release` is the folder of built releases, whose link `current`
    names the one that is served; `clock_starts` is for demonstrations and tests; `access_log` writes a line to the
    standard output for each request, without anything that anybody typed; `files` is the URL of what keeps encrypted
    contents, None for a folder beside the database; `virus_scanner` is where a clamd listens; `database` is the
    URL of a PostgreSQL, None for SQLite in the data folder; `demo` lets people of a demonstration in, whose passwords
    the login page shows; `bank` is the address where bills can be paid, None where a payer goes to a counter or an
    application of the bank's."""

    data: Path
    release: Path
    public_url: str = "http://127.0.0.1:8000"
    clock_starts: datetime | None = None
    limits: Limits = Limits()
    access_log: bool = False
    files: str | None = None
    virus_scanner: str | None = None
    demo: bool = False
    database: str | None = field(default=None, repr=False)  # it may hold a password
    signing: Signing = Signing.LOCAL
    bank: str | None = None

    @property
    def secure(self) -> bool:
        """Tell whether the public address is https, so that cookies may be marked Secure."""
        return self.public_url.startswith("https://")


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings from `SATUPINTU_DATA` and the others; SettingError says which one is at fault."""
    settings = Settings(
        data=Path(environment.get("SATUPINTU_DATA", "var")),
        release=Path(environment.get("SATUPINTU_RILIS", "build")),
        public_url=_address("SATUPINTU_URL", environment.get("SATUPINTU_URL", "http://127.0.0.1:8000")),
        clock_starts=_moment(environment.get("SATUPINTU_JAM", "")),
        files=_files(environment.get("SATUPINTU_BERKAS", "")),
        virus_scanner=_scanner(environment.get("SATUPINTU_CLAMAV", "")),
        access_log=_yes(environment, "SATUPINTU_CATAT_AKSES"),
        demo=_yes(environment, "SATUPINTU_PERAGAAN"),
        database=_database(environment.get("SATUPINTU_DATABASE", "")),
        signing=_signing(environment.get("SATUPINTU_TANDA_TANGAN", Signing.LOCAL.value)),
        bank=_address("SATUPINTU_BANK", environment["SATUPINTU_BANK"]) if environment.get("SATUPINTU_BANK") else None,
    )
    if settings.demo and settings.secure:
        raise SettingError(
            "SATUPINTU_PERAGAAN: ya lets everybody in with a password that the login page shows, and "
            f"{settings.public_url} is an address for the public; set it to tidak, or SATUPINTU_URL to http://"
        )
    return settings


def _yes(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name, "tidak")
    if text not in ("ya", "tidak"):
        raise SettingError(f"{name}: {text!r} is neither ya nor tidak")
    return text == "ya"


def _signing(text: str) -> Signing:
    try:
        return Signing(text)
    except ValueError as problem:
        known = ", ".join(Signing)
        raise SettingError(f"SATUPINTU_TANDA_TANGAN: {text!r} is none of {known}") from problem


def _address(name: str, text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise SettingError(f"{name}: {text!r} is not an address such as https://perizinan.example.go.id")
    return text.rstrip("/")


def _files(text: str) -> str | None:
    parts = urlsplit(text)
    there = parts.path.startswith("/") and not parts.netloc if parts.scheme == "file" else bool(parts.netloc)
    if text and not (parts.scheme in ("file", "s3") and there and not parts.query):
        raise SettingError(f"SATUPINTU_BERKAS: {text!r} is neither file:///a/folder nor s3://bucket/prefix")
    return text or None


def _scanner(text: str) -> str | None:
    if text and not text.startswith("/") and not re.fullmatch(r"[^:/\s]+:[0-9]{1,5}", text):
        raise SettingError(f"SATUPINTU_CLAMAV: {text!r} is neither the path of a socket nor host:port")
    return text or None


def _database(text: str) -> str | None:
    parts = urlsplit(text)
    if text and not (parts.scheme == "postgresql+psycopg" and parts.path.strip("/")):
        raise SettingError("SATUPINTU_DATABASE: it is not a URL such as postgresql+psycopg://user@host/satupintu")
    return text or None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as problem:
        raise SettingError(f"SATUPINTU_JAM: {text!r} is not a time such as 2026-07-01T09:00:00+08:00") from problem
    if moment.tzinfo is None:
        raise SettingError(f"SATUPINTU_JAM: {text!r} does not say its zone, such as +08:00")
    return moment
