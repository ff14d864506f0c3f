"""What one running server holds: its settings, the releases it serves from, and everything that is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from starlette.requests import Request

from rules.city import City
from runtime.cases.casework import Casework
from runtime.cases.quotas import give_back
from runtime.cases.store import Store
from runtime.clock import clock_for
from runtime.documents.antivirus import Clamd
from runtime.documents.given_files import keep_given_files
from runtime.documents.shelf import FilesSetting
from runtime.hearing.notices import Notices
from runtime.hearing.objections import Objections
from runtime.money import book
from runtime.money.bank_message import open_bank_keys
from runtime.money.money import Money, money_of
from runtime.money.payment_port import SignedBank
from runtime.people.people import People
from runtime.product.issuing_office import IssuingOffice
from runtime.product.statement_key import open_statement_keys
from runtime.product.with_change import keep_register
from runtime.public.board import Board
from runtime.public.ended_cases import keep_minutes
from runtime.public.surveys import Surveys
from runtime.releases import Releases
from runtime.settings import Settings

BANK_KEYS = "satupintu.bank"


@dataclass(frozen=True, slots=True)
class Serving:
    """Handed to every request as `request.app.state.serving`.

    A request takes `releases.current` once and keeps to it, so that a swap in between does no harm.
    """

    settings: Settings
    releases: Releases
    store: Store
    casework: Casework
    people: People
    issuing: IssuingOffice
    money: Money
    board: Board
    notices: Notices
    objections: Objections
    surveys: Surveys

    def now(self) -> datetime:
        """Tell the moment it is."""
        return self.store.clock()

    def today(self, city: City) -> date:
        """Tell the day it is in a city."""
        return self.now().astimezone(ZoneInfo(city.zone)).date()


@contextmanager
def serving(settings: Settings) -> Iterator[Serving]:
    """Open release and store, and close them at the end.

    Meanwhile parts of a request that are too large for memory are spooled into the quarantine, where nobody else reads.
    """
    releases = Releases(settings.release)
    try:
        scanner = Clamd(settings.virus_scanner) if settings.virus_scanner is not None else None
        files = FilesSetting(settings.files, scanner)
        with Store(settings.data, clock_for(settings.clock_starts), settings.limits, files, settings.database) as store:
            tempfile.tempdir = str(store.shelf.quarantine.folder)
            releases.need(store.journal.open_versions())
            casework = casework_of(store, releases)
            issuing = IssuingOffice(settings.data, settings.signing)
            bank = SignedBank(open_bank_keys(settings.data / BANK_KEYS), settings.bank)
            money = money_of(store, casework, bank)
            people = People(store.database, store.secret, store.vault, store.clock, store.limits, settings.demo)
            yield Serving(
                settings,
                releases,
                store,
                casework,
                people,
                issuing,
                money,
                Board(store.database, store.clock, releases.city),
                Notices(store, casework),
                Objections(store, casework),
                Surveys(casework),
            )
    finally:
        tempfile.tempdir = None
        releases.close()


def casework_of(store: Store, releases: Releases) -> Casework:
    """Return the cases of a store, each led by the release it was filed under."""
    register = keep_register(open_statement_keys(store.folder))
    effects = (book.with_change, keep_given_files(store.shelf.keys), register, keep_minutes(releases.city), give_back)
    return Casework(
        store,
        lambda digest, city: releases.of(digest).cities.get(city),
        effects,
        lambda city: releases.current.cities.get(city),
    )


def serving_of(request: Request) -> Serving:
    """Return what the server of this request holds."""
    found = request.app.state.serving
    assert isinstance(found, Serving)
    return found


def address_of(request: Request) -> str:
    """Return the address a request comes from, for counting tries; behind a proxy it is the one uvicorn read."""
    return request.client.host if request.client is not None else "-"
