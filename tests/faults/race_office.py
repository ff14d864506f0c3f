"""What one process of a race holds: the store it shares with others, and everything that acts on cases."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from generator.model import Catalog, Example
from rules.case_event import APPLICANT
from rules.case_state import CaseState
from rules.codec import written
from rules.decision import Decision
from runtime import json_text
from runtime.cases.casework import Casework
from runtime.cases.comes_to import desk_rows, projection_of
from runtime.cases.first_bill import first_entries, with_first_bill
from runtime.cases.store import Store
from runtime.cases.submission import Filed, NewSubmission
from runtime.clock import Clock
from runtime.issuing.signing import Signing
from runtime.money.payments import Payments
from runtime.people.accounts import Accounts
from runtime.people.hashing import HashingQueue
from runtime.product.issuing_office import IssuingOffice
from runtime.releases import Releases
from runtime.serving import casework_of
from runtime.settings import Signing as SigningSetting
from runtime.voice import voices
from tests.kupang_office import CITY, FILED

SERVED = (("pbg", "50 tempat parkir"), ("penelitian", ""), ("reklame-insidentil", ""))


@dataclass(frozen=True, slots=True)
class RaceOffice:
    """An open office; `examples` are what is filed, in turn."""

    store: Store
    releases: Releases
    casework: Casework
    signing: Signing
    payments: Payments
    examples: tuple[Example, ...]

    def state(self, nomor: str) -> CaseState:
        """Return where a case stands, as a page would show it."""
        found = self.casework.state(CITY, nomor)
        assert found is not None
        return found

    async def file(self, number: int, key: str) -> Filed:
        """File the application with a number: the same each time it is filed, but for its moment."""
        at, release = self.store.clock(), self.releases.current
        example = self.examples[number % len(self.examples)]
        permit = release.cities[CITY].permit_on(example.permit, date.fromisoformat(example.on))
        assert permit is not None
        facts = permit.decider.facts(example.answers, permit.decider.day_of(at))
        begun = permit.lifecycle.begin(release.digest, lambda _: facts, at, APPLICANT)
        new = NewSubmission(
            daerah=CITY,
            key=key,
            request_hash="0" * 64,
            permit=example.permit,
            version=permit.permit.valid_from,
            release=release.digest,
            answers=example.answers,
            facts=json_text.write(facts),
            decision=written(Decision, permit.decider.decide(facts, at)),
            filed_at=at,
            year=at.year,
            entries=first_entries(begun),
            projection=projection_of(begun.state),
            desks=desk_rows(begun.state),
        )
        also = with_first_bill(permit, begun, facts, self.casework.effects)
        return await self.store.submissions.file(new, also)


def examples_of(catalog: Catalog) -> tuple[Example, ...]:
    """Return what is filed: one example of each permit that races."""
    known = catalog.cities[CITY].examples
    return tuple(
        next(one for one in known if one.permit == permit and note in one.note and not one.partial)
        for permit, note in SERVED
    )


def race_clock(began: int) -> Clock:
    """Return the clock of a race that began at this nanosecond: in every process the same, from a Monday on."""

    def now() -> datetime:
        return FILED + timedelta(microseconds=(time.monotonic_ns() - began) // 1000)

    return now


@contextmanager
def race_office(
    folder: Path, releases: Path, catalog: Catalog, clock: Clock, url: str | None = None
) -> Iterator[RaceOffice]:
    """Open an office on a data folder."""
    opened = Releases(releases)
    with Store(folder, clock, url=url) as store:
        casework = casework_of(store, opened)
        signing = Signing(
            store=store,
            casework=casework,
            office=IssuingOffice(folder, SigningSetting.LOCAL),
            accounts=Accounts(store.database, clock, HashingQueue()),
            find_city=lambda digest, city: opened.of(digest).cities.get(city),
            voice=voices()["id"],
            public_url="http://127.0.0.1:8000",
        )
        yield RaceOffice(store, opened, casework, signing, Payments(store, casework), examples_of(catalog))
    opened.close()
