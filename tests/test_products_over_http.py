"""Several products over HTTP, with real PDFs: filed page by page, saved and checked one by one while the file goes on,
replaced, revoked alone, and looked through by the audit."""

from __future__ import annotations

import hashlib
import itertools
import re
import time
from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from starlette.testclient import TestClient

from generator.build import build, publish
from generator.examination import examine
from generator.model import Catalog, Example
from rules.case_event import Actor
from rules.case_state import AtStage, CaseState, Desk
from rules.citation import Citation
from rules.command import Approve, AskSignature, Command, Refuse, Revoke
from runtime.audit.audited import Audited
from runtime.audit.inspection import inspect
from runtime.cases.attempt import SIGNATURE
from runtime.cases.case_change import Kept, Once, Said
from runtime.cases.checkpoint import read_key
from runtime.cases.snapshot import open_snapshot
from runtime.cases.store import Store
from runtime.clock import fixed
from runtime.page_kit import Kit
from runtime.people.actor import Post
from runtime.people.demo import demo_people
from runtime.product.register import Entry, State, of_case
from runtime.product.statement_key import open_statement_keys
from runtime.releases import Releases
from runtime.settings import Limits, Settings
from runtime.site import site
from tests.form_walker import FormWalker, read
from tests.office_visitor import kit_behind, said

T = TypeVar("T")
CATALOG = Path(__file__).parent / "cases" / "kota_kedua"
CITY, PERMIT = "kota-ampera", "bangunan"
LAW = Citation("uu-30-2014", "5")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
_KEYS = itertools.count()


@cache
def only_this_permit() -> Catalog:
    found = examine(CATALOG).sound
    assert found is not None
    city = found.cities[CITY]
    examples = tuple(one for one in city.examples if one.permit == PERMIT)
    return Catalog({CITY: replace(city, permits={PERMIT: city.permits[PERMIT]}, examples=examples)})


@dataclass
class Office:
    """A served office with its people, and one applicant's browser."""

    client: TestClient
    kit: Kit
    people: Mapping[Post, str]
    folder: Path

    def run(self, work: Coroutine[None, None, T]) -> T:
        assert self.client.portal is not None
        return self.client.portal.call(_awaited, work)

    def state(self, nomor: str) -> CaseState:
        found = self.kit.serving.casework.state(CITY, nomor)
        assert found is not None
        return found

    def actor(self, agency: str, role: str | None) -> Actor:
        held = Post(agency, role or "tim_teknis")
        return Actor(self.people[held], held.role, held.agency)

    def act(self, nomor: str, command: Command, by: Actor, words: Said | None = None) -> None:
        kept = self.run(self.kit.serving.casework.act(CITY, nomor, command, by, words))
        assert isinstance(kept, Kept), (command, kept)

    def approve(self, nomor: str, **answers: object) -> None:
        """Let every desk that is asked approve; `answers` are of the desk with questions."""
        for desk in self.state(nomor).open_desks:
            given = answers if desk.stage == "teknis" and desk.agency == "pupr" else {}
            command = Approve(desk.stage, desk.place, self.state(nomor).rounds, tuple(given))
            self.act(nomor, command, self.of(desk), Said(answers=given))

    def of(self, desk: Desk) -> Actor:
        return self.actor(desk.agency, desk.role)

    def sign(self, nomor: str) -> None:
        """Have what is due signed, in earnest."""
        state = self.state(nomor)
        assert isinstance(state.position, AtStage)
        desk = state.open_desks[0]
        once = Once(f"tanda-{next(_KEYS)}", "0" * 64)
        asked = self.kit.signing.asked(CITY, nomor, AskSignature(desk.stage, state.rounds), self.of(desk), once)
        kept = self.run(asked)
        assert isinstance(kept, Kept), kept
        until = time.monotonic() + 60
        while self.state(nomor).seq <= state.seq + 1:
            assert time.monotonic() < until, f"{nomor} is not signed"
            self.run(self.kit.serving.store.outbox.dispatch(CITY, {SIGNATURE: self.kit.signing.deliver}))
            time.sleep(0.02)  # the server's own chore may have taken it

    def entries(self, nomor: str) -> dict[str, Entry]:
        found = self.kit.store.database.read(lambda connection: of_case(connection, CITY, nomor))
        return {entry.product: entry for entry in found}

    def page(self, nomor: str) -> str:
        answer = self.client.get(f"/{CITY}/permohonan/{nomor}")
        assert answer.status_code == 200
        return answer.text

    def saved(self, nomor: str, code: str) -> bytes:
        """Save a product by the button of the applicant's page."""
        page = self.page(nomor)
        action = f"/{CITY}/permohonan/{nomor}/produk/{code}"
        assert f'action="{action}"' in page, said(page)
        token = re.search(r'name="token" value="([^"]*)"', page)
        assert token is not None
        button = {"token": token[1], "butir": ""}
        answer = self.client.post(action, data=button)
        if answer.url.path.endswith("/survei"):  # asked once, after the end
            form = {**read(answer).carried, "aksi": "menolak", "alasan": "paham"}
            self.client.post(answer.url.path, data=form)
            answer = self.client.post(action, data=button)
        assert answer.headers["content-type"] == "application/pdf"
        return answer.content

    def checked(self, entry: Entry) -> str:
        """Open the public page of a letter, as whoever scans its code."""
        answer = self.client.get(f"/{CITY}/periksa/{entry.id}")
        assert answer.status_code == 200
        return said(answer.text)

    def breaches(self) -> list[str]:
        """Look through everything that is kept."""
        now = self.kit.serving.now()
        with Store(self.folder, fixed(now), database=open_snapshot(self.folder, None)) as store:
            releases = Releases(self.folder.parent / "rilis")
            key = read_key((self.folder / "checkpoints.pub").read_bytes())
            report = inspect(Audited(store, releases, now, key, open_statement_keys(self.folder)))
            releases.close()
        return [str(breach) for breach in report.breaches]


async def _awaited(work: Coroutine[None, None, T]) -> T:
    return await work


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("kantor")
    catalog = only_this_permit()
    publish(folder / "rilis", build(catalog, folder / "rilis"))
    settings = Settings(folder / "data", folder / "rilis", "http://testserver", MONDAY, Limits(), demo=True)
    with TestClient(site(settings)) as client:
        people = {one.post: one.nip for one in demo_people(catalog.cities[CITY].city)}
        yield Office(client, kit_behind(client), people, folder / "data")


def filed(office: Office, note: str) -> str:
    office.client.cookies.clear()
    nomor, _ = FormWalker(office.client, CITY, PERMIT).file(example(note))
    return nomor


def example(note: str) -> Example:
    [found] = [one for one in only_this_permit().cities[CITY].examples if note in one.note]
    return found


def test_products_are_saved_and_checked_one_by_one_while_the_file_goes_on(office: Office) -> None:
    nomor = filed(office, "ruko yang mendesak")
    before = said(office.page(nomor))
    assert "Paling lama 5 hari kerja sejak diajukan" in before
    assert "sementara, sampai terbit Izin bangunan" in before
    office.approve(nomor)
    office.approve(nomor)
    office.sign(nomor)
    krk = office.entries(nomor)["krk"]
    assert krk.state is State.VALID
    assert hashlib.sha256(office.saved(nomor, "krk")).hexdigest() == krk.pdf_sha256
    assert krk.valid_until == "2026-09-02"
    assert "Surat ini benar diterbitkan kantor kami dan masih berlaku." in office.checked(krk)
    assert "Surat: Izin bangunan" in said(office.page(nomor))  # its clock has begun
    office.sign(nomor)
    provisional = office.entries(nomor)["sementara"]
    assert office.saved(nomor, "sementara").startswith(b"%PDF")
    assert "Sementara: berlaku sampai digantikan" in said(office.page(nomor))
    assert office.breaches() == []
    office.approve(nomor, laik_fungsi=True)
    office.sign(nomor)
    assert office.state(nomor).status == "terbit"
    entries = office.entries(nomor)
    assert {code: entry.state for code, entry in entries.items()} == {
        "krk": State.VALID,
        "sementara": State.REPLACED,
        "izin": State.VALID,
        "laik": State.VALID,
    }
    assert f"Digantikan oleh nomor {entries['izin'].number}" in office.checked(provisional)
    for code in ("krk", "sementara", "izin", "laik"):
        assert hashlib.sha256(office.saved(nomor, code)).hexdigest() == entries[code].pdf_sha256
    assert f"Digantikan oleh nomor {entries['izin'].number}" in said(office.page(nomor))
    head = office.actor("dpmptsp", "kepala")
    office.act(nomor, Revoke(LAW, entries["laik"].id), head, Said("Tidak laik lagi."))
    assert "Dicabut" in office.checked(entries["laik"])
    assert office.entries(nomor)["izin"].state is State.VALID
    assert office.breaches() == []


def test_a_refusal_ends_what_was_provisional_and_leaves_what_stands_for_itself(office: Office) -> None:
    nomor = filed(office, "ruko yang mendesak")
    office.approve(nomor)
    office.approve(nomor)
    office.sign(nomor)
    office.sign(nomor)
    for desk in office.state(nomor).open_desks:
        command = Refuse(desk.stage, desk.place, office.state(nomor).rounds, LAW)
        office.act(nomor, command, office.of(desk), Said("Tidak memenuhi syarat."))
    office.sign(nomor)
    assert office.state(nomor).status == "ditolak"
    entries = office.entries(nomor)
    assert {code: entry.state for code, entry in entries.items()} == {
        "krk": State.VALID,
        "sementara": State.ENDED,
        "surat-penolakan": State.VALID,
    }
    assert "permohonannya berakhir tanpa surat yang tetap" in office.checked(entries["sementara"])
    assert "masih berlaku" in office.checked(entries["krk"])
    assert office.saved(nomor, "krk").startswith(b"%PDF")
    assert office.saved(nomor, "surat-penolakan").startswith(b"%PDF")
    assert office.breaches() == []
