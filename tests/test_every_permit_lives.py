"""Every permit of the catalog is filed by its own example, page by page over HTTP, reviewed by all whom it asks, and
ends as the example says. Nothing here names a permit: one that is added is walked as well.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from generator.build import build, publish
from generator.model import CityCatalog, Example
from rules.case_event import SYSTEM, Actor
from rules.case_state import AtStage, AwaitingPayment, CaseState, Desk
from rules.command import Approve, AskSignature, Command, Pay, Refuse, ReportVisit
from rules.field import Field
from rules.kind import Kind
from runtime.cases.attempt import SIGNATURE
from runtime.cases.case_change import Kept, Once, Said
from runtime.page_kit import Kit
from runtime.people.actor import Post
from runtime.people.demo import demo_people
from runtime.product.register import State, of_case
from runtime.settings import Limits, Settings
from runtime.site import site
from tests.form_walker import FormWalker
from tests.kupang_office import kupang_catalog
from tests.office_visitor import kit_behind

T = TypeVar("T")
CITY = "kota-kupang"
MOST_MOVES = 60
MOST_SECONDS = 60
SPEAKS_FOR_OUTSIDE = "front_office"
_KEYS = itertools.count()


def kupang() -> CityCatalog:
    return kupang_catalog().cities[CITY]


def whole(code: str) -> list[Example]:
    """Return the examples of a permit that can be filed."""
    return [one for one in kupang().examples if one.permit == code and not one.partial]


def ending(example: Example) -> str:
    return str(example.expected.get("akhir", "terbit"))


def chosen() -> list[Example]:
    """Return of each permit the first example that is granted, and one refusal; the long counts walk the others."""
    found: dict[str, Example] = {}
    for one in kupang().examples:
        if not one.partial and ending(one) == "terbit":
            found.setdefault(one.permit, one)
    refused = next(one for one in kupang().examples if not one.partial and ending(one) == "ditolak")
    return [*found.values(), refused]


def others() -> list[Example]:
    first = chosen()
    decided = [one for one in kupang().examples if not one.partial and ending(one) in {"terbit", "ditolak"}]
    return [one for one in decided if one not in first]


@dataclass
class Town:
    """A server that began on the morning of a day, and the people behind its desks."""

    client: TestClient
    kit: Kit
    people: Mapping[Post, str]

    def run(self, work: Coroutine[None, None, T]) -> T:
        assert self.client.portal is not None
        return self.client.portal.call(_awaited, work)

    def state(self, nomor: str) -> CaseState:
        found = self.kit.serving.casework.state(CITY, nomor)
        assert found is not None
        return found

    def act(self, nomor: str, command: Command, by: Actor, said: Said | None = None) -> None:
        kept = self.run(self.kit.serving.casework.act(CITY, nomor, command, by, said))
        assert isinstance(kept, Kept), (command, kept)

    def officer(self, desk: Desk, *, outside: bool = False) -> Actor:
        """Return who answers at a desk; for a body outside somebody of the door writes down its answer."""
        door = kupang().city.door
        held = Post(door, SPEAKS_FOR_OUTSIDE) if outside else Post(desk.agency, desk.role or "tim_teknis")
        return Actor(self.people[held], held.role, held.agency)

    def carry(self, nomor: str, example: Example) -> CaseState:
        """Let everybody who is asked do what the example says, until the case is over."""
        for _ in range(MOST_MOVES):
            state = self.state(nomor)
            match state.position:
                case _ if state.ended:
                    return state
                case AwaitingPayment():
                    assert state.account is not None
                    pay = Pay(f"B-{next(_KEYS)}", state.account.open, self.kit.serving.store.clock())
                    self.act(nomor, pay, SYSTEM)
                case AtStage(signature=True):
                    self.sign(nomor, state)
                case AtStage() as at:
                    assert state.open_desks, f"nobody is asked at {at.stage}"
                    for desk in state.open_desks:
                        self.answer(nomor, desk, example, outside=at.outside)
                case position:
                    raise AssertionError(position)
        raise AssertionError(f"{nomor} does not end")

    def answer(self, nomor: str, desk: Desk, example: Example, *, outside: bool) -> None:
        """Answer as the example says the desk does; what is returned in it counts as repaired."""
        by = self.officer(desk, outside=outside)
        stage = example.officers.get(desk.stage, {})
        assert isinstance(stage, Mapping)
        says = stage.get(desk.agency, {})
        assert isinstance(says, Mapping)
        if desk.inspection:
            self.act(nomor, ReportVisit(desk.stage, desk.place), by, Said("Sesuai dengan gambar."))
        rounds = self.state(nomor).rounds
        if says.get("putusan") == "tolak":
            law = kupang().permits[example.permit][-1].permit.legal_basis[0]
            self.act(nomor, Refuse(desk.stage, desk.place, rounds, law), by, Said("Tidak memenuhi syarat."))
            return
        answers = says.get("jawaban", {})
        assert isinstance(answers, Mapping)
        given = {one.code: answers.get(one.code, usual(one)) for one in self.asked(example, desk)}
        self.act(nomor, Approve(desk.stage, desk.place, rounds, tuple(given)), by, Said(answers=given))

    def asked(self, example: Example, desk: Desk) -> tuple[Field, ...]:
        """Return the questions a desk answers."""
        city = self.kit.serving.releases.current.cities[CITY]
        permit = city.permit_on(example.permit, date.fromisoformat(example.on))
        assert permit is not None
        [stage] = [one for one in permit.permit.stages if one.code == desk.stage]
        return stage.reviewers[desk.place].officer_fields

    def sign(self, nomor: str, state: CaseState) -> None:
        """Ask for the signature of the first desk that signs, and have it made."""
        desk = state.open_desks[0]
        command, once = AskSignature(desk.stage, state.rounds), Once(f"tanda-{next(_KEYS)}", "0" * 64)
        kept = self.run(self.kit.signing.asked(CITY, nomor, command, self.officer(desk), once))
        assert isinstance(kept, Kept), kept
        until = time.monotonic() + MOST_SECONDS
        while time.monotonic() < until:
            self.run(self.kit.serving.store.outbox.dispatch(CITY, {SIGNATURE: self.kit.signing.deliver}))
            if self.state(nomor).seq > state.seq + 1:
                return
            time.sleep(0.02)  # the server's own chore may have taken it
        raise AssertionError(f"{nomor} is not signed")


def usual(asked: Field) -> object:
    """Return what an officer answers whose answer the example does not tell: nothing that speaks against the file."""
    match asked.kind:
        case Kind.CHOICE | Kind.CHOICES:
            first = asked.options[0].code
            return [first] if asked.kind is Kind.CHOICES else first
        case Kind.YES_NO:
            return True
        case Kind.INTEGER | Kind.DECIMAL | Kind.MONEY:
            return asked.minimum or 1
        case Kind.DATE:
            return asked.minimum or "2026-03-03"
        case _:
            return "BA-1"


async def _awaited(work: Coroutine[None, None, T]) -> T:
    return await work


class Towns:
    """A server for each day that examples are of."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        publish(folder / "rilis", build(kupang_catalog(), folder / "rilis"))
        self._open: dict[str, Town] = {}

    def on(self, day: str) -> Town:
        """Return the server of a day, opened at nine in the morning; on a day off, of the next working day."""
        if day not in self._open:
            morning = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZoneInfo(kupang().city.zone))
            many = Limits(drafts_per_address=10_000, uploads_per_address=100_000)  # all of them come from one address
            settings = Settings(
                self._folder / day, self._folder / "rilis", "http://testserver", morning, many, demo=True
            )
            client = TestClient(site(settings))
            client.__enter__()
            people = {one.post: one.nip for one in demo_people(kupang().city)}
            self._open[day] = Town(client, kit_behind(client), people)
        return self._open[day]

    def close(self) -> None:
        for town in self._open.values():
            town.client.__exit__(None, None, None)


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Towns]:
    opened = Towns(tmp_path_factory.mktemp("kota"))
    yield opened
    opened.close()


def lives(towns: Towns, example: Example) -> None:
    """File an example, carry it through the office, and compare all of it with what the example says."""
    town = towns.on(example.on)
    town.client.cookies.clear()
    nomor, code = FormWalker(town.client, CITY, example.permit).file(example)
    assert town.kit.store.submissions.code(CITY, nomor).replace("-", "") == code.replace("-", "")
    asked = set(str(one) for one in _listed(example, "dokumen"))
    given = {file.document for file in town.kit.store.shelf.of_case(CITY, nomor)}
    assert not asked or given == asked
    state = town.carry(nomor, example)
    assert state.status == ending(example)
    reviewers = {desk.agency for desk in state.desks} - {kupang().city.door}
    if ending(example) == "terbit":
        assert reviewers == set(_listed(example, "peninjau")) or "peninjau" not in example.expected
        fee = example.expected.get("retribusi")
        assert fee is None or (0 if state.account is None else state.account.due) == fee
        entries = town.kit.store.database.read(lambda connection: of_case(connection, CITY, nomor))
        numbers = sorted(product.number for product in state.products)
        assert sorted(entry.number for entry in entries) == numbers
        assert all(entry.state is State.VALID for entry in entries)
    track = town.client.get(f"/{CITY}/permohonan/{nomor}")
    assert track.status_code == 200
    assert nomor in track.text


def _listed(example: Example, key: str) -> tuple[object, ...]:
    found = example.expected.get(key, ())
    assert isinstance(found, tuple)
    return found


def named(example: Example) -> str:
    return f"{example.permit}-{ending(example)}-{example.index}"


@pytest.mark.parametrize("example", chosen(), ids=named)
def test_a_permit_is_filed_page_by_page_and_ends_as_its_example_says(towns: Towns, example: Example) -> None:
    lives(towns, example)


@pytest.mark.long
@pytest.mark.parametrize("example", others(), ids=named)
def test_every_other_example_too(towns: Towns, example: Example) -> None:
    lives(towns, example)


def test_every_permit_has_an_example_that_ends_in_a_permit() -> None:
    assert {one.permit for one in chosen() if ending(one) == "terbit"} == set(kupang().permits)
