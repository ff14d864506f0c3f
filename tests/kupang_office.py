"""The office of Kupang on a real store: its catalog built and served, cases filed from its examples, people to act."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from generator.build import build, publish
from generator.model import Catalog, Example
from generator.reading.catalog_folder import read_catalog
from rules.case_event import APPLICANT, Actor
from rules.case_state import CaseState, Desk
from rules.codec import written
from rules.command import Approve, Command, Refusal
from rules.decision import Decision
from runtime import json_text
from runtime.cases.case_change import Kept, Said
from runtime.cases.case_entry import Message
from runtime.cases.casework import Casework
from runtime.cases.comes_to import desk_rows, entry_of, projection_of
from runtime.cases.open_case import OpenCase
from runtime.cases.store import Store
from runtime.cases.submission import NewSubmission
from runtime.releases import Releases
from runtime.serving import casework_of

T = TypeVar("T")

CITY = "kota-kupang"
CATALOG = Path(__file__).parent.parent / "catalog"
FILED = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # Monday 09.30 in Kupang
SHOP = "50 tempat parkir"
TESTED: Mapping[str, object] = {"nomor_ba_konsultasi": "BA-1", "hasil_konsultasi": "sesuai"}
HEAD = Actor("197001012000011001", "kepala", "dpmptsp")
_KEYS = itertools.count()


class Hands:
    """A clock whose hands a test moves."""

    def __init__(self, at: datetime = FILED) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@cache
def kupang_catalog() -> Catalog:
    """Read the catalog that ships, once."""
    catalog, findings = read_catalog(CATALOG)
    assert catalog is not None, findings
    return catalog


def published(folder: Path, catalog: Catalog) -> Path:
    """Build and publish a catalog; return the folder of releases."""
    publish(folder, build(catalog, folder))
    return folder


def officer(desk: Desk) -> Actor:
    """Return an officer of the desk's own agency and role."""
    role = desk.role or "tim_teknis"
    return Actor(f"{desk.agency}-{role}", role, desk.agency)


@dataclass
class KupangOffice:
    """A store with its cases; `run` waits for what the store does."""

    store: Store
    releases: Releases
    casework: Casework
    examples: tuple[Example, ...]
    hands: Hands
    city: str = CITY

    def run(self, work: Coroutine[None, None, T]) -> T:
        return asyncio.run(work)

    def example(self, permit: str, note: str) -> Example:
        """Return the example of a permit whose note holds these words."""
        return next(one for one in self.examples if one.permit == permit and note in one.note)

    def file(self, permit: str = "pbg", note: str = SHOP, messages: tuple[Message, ...] = ()) -> str:
        """File an example as a case of its own, without its documents, and return its nomor."""
        new = self.submission(self.example(permit, note), messages)
        return self.run(self.store.submissions.file(new)).nomor

    def submission(self, example: Example, messages: tuple[Message, ...] = ()) -> NewSubmission:
        """Return what is kept when an example is filed now."""
        at, release = self.hands(), self.releases.current
        permit = release.cities[self.city].permit_on(example.permit, date.fromisoformat(example.on))
        assert permit is not None
        facts = permit.decider.facts(example.answers, permit.decider.day_of(at))
        begun = permit.lifecycle.begin(release.digest, lambda _: facts, at, APPLICANT)
        nik = example.answers.get("nik")
        return NewSubmission(
            daerah=self.city,
            key=f"uji-{next(_KEYS)}",
            request_hash="0" * 64,
            permit=example.permit,
            version=permit.permit.valid_from,
            release=release.digest,
            answers=example.answers,
            facts=json_text.write(facts),
            decision=written(Decision, permit.decider.decide(facts, at)),
            filed_at=at,
            year=at.year,
            entries=tuple(entry_of(event, None) for event in begun.events),
            projection=projection_of(begun.state),
            desks=desk_rows(begun.state),
            nik=nik if isinstance(nik, str) else None,
            messages=messages,
        )

    def case(self, nomor: str) -> OpenCase:
        """Open a case."""
        case = self.casework.open(self.city, nomor)
        assert case is not None
        return case

    def state(self, nomor: str) -> CaseState:
        """Return the state of a case."""
        return self.case(nomor).state

    def act(self, nomor: str, command: Command, by: Actor, said: Said | None = None) -> Kept | Refusal:
        """Do something an hour later."""
        self.hands.pass_by(hours=1)
        return self.run(self.casework.act(self.city, nomor, command, by, said))

    def done(self, nomor: str, command: Command, by: Actor, said: Said | None = None) -> CaseState:
        """Do something that must be allowed."""
        kept = self.act(nomor, command, by, said)
        assert isinstance(kept, Kept), kept
        assert kept.state is not None
        return kept.state

    def approve(self, nomor: str, desk: Desk, answers: Mapping[str, object] | None = None) -> CaseState:
        """Let a desk approve, with its answers."""
        answers = answers or (TESTED if desk.agency == "pupr" and desk.stage == "teknis" else {})
        rounds = self.state(nomor).rounds
        command = Approve(desk.stage, desk.place, rounds, tuple(answers))
        return self.done(nomor, command, officer(desk), Said(answers=answers))

    def approve_all(self, nomor: str) -> CaseState:
        """Let every open desk approve."""
        state = self.state(nomor)
        for desk in state.open_desks:
            state = self.approve(nomor, desk)
        return state


def open_office(
    folder: Path, releases: Path, catalog: Catalog, hands: Hands | None = None, url: str | None = None, city: str = CITY
) -> KupangOffice:
    """Open an office on a data folder; whoever opens it closes its store and its releases."""
    hands = hands or Hands()
    opened = Releases(releases)
    store = Store(folder, hands, url=url)
    return KupangOffice(store, opened, casework_of(store, opened), catalog.cities[city].examples, hands, city)
