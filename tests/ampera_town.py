"""The second city of the tests at its pages: somebody who files and reads, officers who sign in, desks that answer.

A server's clock begins where it is told to; to let days pass, another one is opened on the same folder.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from httpx2 import Response
from starlette.testclient import TestClient

from generator.build import build, publish
from generator.examination import examine
from generator.model import Catalog, Example
from rules.case_event import SYSTEM, Actor
from rules.case_state import AtStage, AwaitingPayment, CaseState, Desk
from rules.command import Approve, AskSignature, Command, EndNotice, Pay
from runtime.cases.attempt import SIGNATURE
from runtime.cases.case_change import Kept, Once, Said
from runtime.page_kit import Kit
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, demo_people
from runtime.settings import Settings
from runtime.site import site
from tests.form_walker import FormWalker, read
from tests.office_visitor import kit_behind

T = TypeVar("T")
AMPERA = "kota-ampera"
CATALOG = Path(__file__).parent / "cases" / "kota_kedua"
MORNING = datetime.fromisoformat("2026-03-02T09:00+07:00")  # a Monday
MOST_SECONDS = 60
_KEYS = itertools.count()


@cache
def ampera_catalog() -> Catalog:
    """Read the catalog of the second city, once."""
    found = examine(CATALOG)
    assert found.catalog is not None
    return found.catalog


def ampera_release(folder: Path) -> Path:
    """Build and publish it; return the folder of releases."""
    publish(folder, build(ampera_catalog(), folder))
    return folder


@dataclass
class AmperaTown:
    """A server of the second city, with one browser."""

    client: TestClient
    kit: Kit
    people: Mapping[Post, str]

    def run(self, work: Coroutine[None, None, T]) -> T:
        """Wait for what the server does."""
        assert self.client.portal is not None
        return self.client.portal.call(_awaited, work)

    def file(self, permit: str, note: str = "") -> tuple[str, str]:
        """File an example page by page; return its number and code."""
        examples = ampera_catalog().cities[AMPERA].examples
        return FormWalker(self.client, AMPERA, permit).file(example_of(examples, permit, note))

    def state(self, nomor: str) -> CaseState:
        """Return the state of a case."""
        found = self.kit.serving.casework.state(AMPERA, nomor)
        assert found is not None
        return found

    def act(self, nomor: str, command: Command, by: Actor, said: Said | None = None) -> CaseState:
        """Do something that must be allowed."""
        kept = self.run(self.kit.serving.casework.act(AMPERA, nomor, command, by, said))
        assert isinstance(kept, Kept), (command, kept)
        return self.state(nomor)

    def officer(self, desk: Desk, *, outside: bool = False) -> Actor:
        """Return who answers at a desk; for a body outside somebody of the door."""
        held = Post("dpmptsp", "front_office") if outside else Post(desk.agency, desk.role or "tim_teknis")
        return Actor(self.people[held], held.role, held.agency)

    def carry(self, nomor: str, answers: Mapping[str, object], until: str = "") -> CaseState:
        """Let everybody approve until the case is over, or comes to a stage; `answers` are those of any desk."""
        while True:
            state = self.state(nomor)
            match state.position:
                case _ if state.ended:
                    return state
                case AtStage(stage=stage) if stage == until:
                    return state
                case AwaitingPayment():
                    assert state.account is not None
                    self.act(nomor, Pay(f"B-{next(_KEYS)}", state.account.open, self.kit.serving.now()), SYSTEM)
                case AtStage(signature=True):
                    self.sign(nomor, state)
                case AtStage() as at if state.open_desks:
                    for desk in state.open_desks:
                        own = {code: answers[code] for code in self._asked(state, desk)}
                        command = Approve(desk.stage, desk.place, state.rounds, tuple(own))
                        self.act(nomor, command, self.officer(desk, outside=at.outside), Said(answers=own))
                case AtStage():
                    self.act(nomor, EndNotice(), SYSTEM)
                case position:
                    raise AssertionError(position)

    def _asked(self, state: CaseState, desk: Desk) -> tuple[str, ...]:
        permit = self.kit.serving.releases.current.cities[AMPERA].version(state.permit, state.version)
        assert permit is not None
        [stage] = [one for one in permit.permit.stages if one.code == desk.stage]
        return tuple(field.code for field in stage.reviewers[desk.place].officer_fields)

    def sign(self, nomor: str, state: CaseState) -> None:
        """Ask for the signature of the desk that signs, and have it made."""
        desk = state.open_desks[0]
        command, once = AskSignature(desk.stage, state.rounds), Once(f"tanda-{next(_KEYS)}", "0" * 64)
        kept = self.run(self.kit.signing.asked(AMPERA, nomor, command, self.officer(desk), once))
        assert isinstance(kept, Kept), kept
        until = time.monotonic() + MOST_SECONDS
        while time.monotonic() < until:
            self.run(self.kit.serving.store.outbox.dispatch(AMPERA, {SIGNATURE: self.kit.signing.deliver}))
            if self.state(nomor).seq > state.seq + 1:
                return
            time.sleep(0.02)  # the server's own chore may have taken it
        raise AssertionError(f"{nomor} is not signed")

    def away(self) -> None:
        """Be somebody else: a browser that brings nothing."""
        self.client.cookies.clear()

    def open_case(self, nomor: str, code: str) -> Response:
        """Open a case by its number and code."""
        carried = read(self.client.get(f"/{AMPERA}/lacak")).carried
        return self.client.post(f"/{AMPERA}/lacak", data={**carried, "nomor": nomor, "kode": code})

    def sign_in(self, held: Post) -> None:
        """Come in at the office as the demonstration's person at a post."""
        self.away()
        form = read(self.client.get(f"/{AMPERA}/kantor/masuk")).carried
        answer = self.client.post(f"/{AMPERA}/kantor/masuk", data={**form, "nip": self.people[held], "sandi": PASSWORD})
        shown = re.search(r'class="besar">(\d{6})<', answer.text)
        assert shown is not None, answer.text
        entered = {**read(answer).carried, "kode": shown[1]}
        assert self.client.post(f"/{AMPERA}/kantor/masuk/kode", data=entered).url.path == f"/{AMPERA}/kantor/"


def example_of(examples: tuple[Example, ...], permit: str, note: str) -> Example:
    """Return the first whole example of a permit whose note holds these words."""
    return next(one for one in examples if one.permit == permit and note in one.note and not one.partial)


@contextmanager
def ampera_town(folder: Path, release: Path, at: datetime = MORNING) -> Iterator[AmperaTown]:
    """Serve the second city from a moment on."""
    with TestClient(site(Settings(folder, release, "http://testserver", at, demo=True))) as client:
        people = {one.post: one.nip for one in demo_people(ampera_catalog().cities[AMPERA].city)}
        yield AmperaTown(client, kit_behind(client), people)


async def _awaited(work: Coroutine[None, None, T]) -> T:
    return await work
