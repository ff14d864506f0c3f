"""A letter for which something must be handed in is held back until it is, once, by one of two officers, or by what
counts instead of what is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.lowering.standard import standard
from generator.model import Catalog
from rules.case_event import Actor, Collected, Handed, Identity, ItemKind, NumberedProduct, Receiver, SignedFile, Target
from rules.case_state import CaseState
from rules.command import (
    Approve,
    AskSignature,
    Collect,
    CollectedAlready,
    CompleteSignature,
    Fetch,
    NotHandedIn,
    NotNow,
    NotYourDesk,
    Revoke,
)
from runtime.cases.attempt import SIGNATURE
from runtime.cases.case_change import Kept, Once
from runtime.cases.outbox import Handler
from runtime.people.actor import Post
from runtime.settings import Settings
from tests.ampera_office import CITY, MORNING, OFFICE, AmperaOffice, published
from tests.case_player import APPLICANT, SYSTEM, Player, player_of
from tests.office_visitor import kit_behind, said, visiting
from tests.officer import hidden
from tests.test_pauses import ampera

HEAD = Actor("kepala", "kepala", "dpmptsp")
CLERK = Actor("loket", "front_office", "dpmptsp")
OLD_CARD = Target(ItemKind.DOCUMENT, "kartu-lama")
GIVEN = Collect(Receiver.APPLICANT, Identity.KTP, (Handed(OLD_CARD),))
FRONT = Post("dpmptsp", "front_office")


@pytest.fixture
def playing() -> Iterator[list[Player]]:
    players: list[Player] = []
    yield players
    for one in players:
        one.lifecycle.close()


def issued(playing: list[Player], note: str, wet: bool = False) -> Player:
    """Lead an example of the parking card to its end."""
    case = player_of(ampera(), "kartu-parkir", note, MORNING)
    playing.append(case)
    for desk in case.state.open_desks:
        case.approve(desk)
    case.done(AskSignature("terbitkan", 0, (NumberedProduct("kartu", "id-1", "552/1", 2026, 1),)), HEAD)
    case.done(CompleteSignature(HEAD.person, (SignedFile("kartu", "ab"),), wet=wet), SYSTEM)
    assert case.state.status == "terbit"
    return case


def test_a_letter_is_held_back_until_what_is_brought_is_handed_in(playing: list[Player]) -> None:
    case = issued(playing, "membawa kartu lama")
    assert case.state.withheld
    assert case.act(Fetch("kartu"), APPLICANT) == NotHandedIn((OLD_CARD,))
    assert case.act(Collect(Receiver.APPLICANT, Identity.KTP), CLERK) == NotHandedIn((OLD_CARD,))
    case.done(GIVEN, CLERK)
    assert not case.state.withheld
    case.done(Fetch("kartu"), APPLICANT)


def test_two_officers_hand_a_letter_over_once(playing: list[Player]) -> None:
    case = issued(playing, "membawa kartu lama")
    case.done(GIVEN, CLERK)
    found = case.act(GIVEN, Actor("rekan", "front_office", "dpmptsp"))
    assert isinstance(found, CollectedAlready)
    assert found.by == CLERK.person
    assert len(case.of(Collected)) == 1


def test_what_is_lost_has_what_counts_instead_and_nothing_else(playing: list[Player]) -> None:
    case = issued(playing, "membawa kartu lama")
    other = Collect(Receiver.PROXY, Identity.LETTER, (Handed(OLD_CARD, "ktp"),))
    assert case.act(other, CLERK) == NotHandedIn((OLD_CARD,))
    case.done(Collect(Receiver.PROXY, Identity.LETTER, (Handed(OLD_CARD, "surat-kehilangan"),)), CLERK)
    [event] = case.of(Collected)
    assert isinstance(event, Collected)
    assert event.handed == (Handed(OLD_CARD, "surat-kehilangan"),)


def test_nothing_is_held_back_where_nothing_is_brought(playing: list[Player]) -> None:
    case = issued(playing, "kartu baru")
    assert not case.state.awaits_collection
    assert isinstance(case.act(GIVEN, CLERK), NotNow)
    case.done(Fetch("kartu"), APPLICANT)


def test_a_letter_on_paper_is_recorded_as_fetched_and_holds_nothing_back(playing: list[Player]) -> None:
    case = issued(playing, "kartu baru", wet=True)
    case.done(Fetch("kartu"), APPLICANT)
    case.done(Collect(Receiver.APPLICANT, Identity.SIM), CLERK)
    assert case.state.collected is not None


def test_only_the_counter_hands_over_and_only_what_still_holds(playing: list[Player]) -> None:
    case = issued(playing, "membawa kartu lama")
    assert case.act(GIVEN, Actor("dishub-tim_teknis", "tim_teknis", "dishub")) == NotYourDesk()
    case.done(Revoke(case.lifecycle.permit.legal_basis[0]), HEAD)
    assert isinstance(case.act(GIVEN, CLERK), NotNow)


def test_the_standard_says_what_is_brought_and_what_counts_instead() -> None:
    city = ampera()
    told = str(standard(city.permits["kartu-parkir"][-1].permit, city.city))
    assert "Kartu lama, dibawa saat surat diambil; bila hilang: Surat kehilangan" in told
    assert "Dapat dijeda di tahap Periksa: Blangko kartu habis, paling lama 30 hari kalender" in told


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Catalog]:
    folder = tmp_path_factory.mktemp("ampera")
    return folder / "rilis", published(folder, {"kartu-parkir"})


@pytest.fixture
def office(made: tuple[Path, Catalog], tmp_path: Path) -> Iterator[AmperaOffice]:
    with visiting(Settings(tmp_path, made[0], "http://testserver", MORNING, demo=True)) as visitor:
        yield AmperaOffice(visitor, made[1])


def renewed(office: AmperaOffice) -> str:
    """File a renewal, and have it approved and signed."""
    nomor, kit = office.file("kartu-parkir", "membawa kartu lama"), kit_behind(office.client)
    casework = kit.serving.casework

    def state() -> CaseState:
        found = casework.state(CITY, nomor)
        assert found is not None
        return found

    async def reviewed() -> None:
        for desk in state().open_desks:
            by = Actor(f"{desk.agency}-1", "tim_teknis", desk.agency)
            assert isinstance(await casework.act(CITY, nomor, Approve(*desk.key, 0), by), Kept)
        command = AskSignature("terbitkan", 0)
        assert isinstance(await kit.signing.asked(CITY, nomor, command, HEAD, Once("tanda", "0" * 64)), Kept)
        deliver: Handler = kit.signing.deliver
        until = time.monotonic() + 20
        while not state().ended and time.monotonic() < until:
            await kit.serving.store.outbox.dispatch(CITY, {SIGNATURE: deliver})
            await asyncio.sleep(0.02)

    asyncio.run(reviewed())
    assert state().status == "terbit"
    return nomor


def test_the_applicant_reads_what_to_bring_and_the_counter_hands_over_once(office: AmperaOffice) -> None:
    nomor = renewed(office)
    own = f"/{CITY}/permohonan/{nomor}"
    page = office.client.get(own).text
    told = said(page)
    assert "Ambil suratnya di kantor" in told
    assert "Kartu lama; bila hilang, bawa Surat kehilangan" in told
    assert "Jalan Jembatan 1" in told
    assert "Senin, 2 Maret 2026: 07.30–12.00, 13.00–16.00" in told
    assert "Unduh" not in told
    fetched = office.client.post(f"{own}/produk/kartu", data={**hidden(page, "selesai"), "butir": ""})
    assert fetched.status_code == 404
    clerk, other, file = office.enter(FRONT), office.enter(FRONT), f"{OFFICE}/berkas/{nomor}"
    assert nomor in said(clerk.client.get(f"{OFFICE}/daftar?daftar=pengambilan").text)
    form = {
        **hidden(clerk.client.get(file).text, "penyerahan"),
        "penerima": "pemohon",
        "pengenal": "ktp",
        "nama_penerima": "Siti Aminah",
    }
    second = {**form, **hidden(other.client.get(file).text, "penyerahan"), "serah.kartu-lama": "asli"}
    nothing = clerk.client.post(f"{file}/penyerahan", data={**form, "nama_penerima": ""})
    assert nothing.status_code == 422
    assert "Tulis nama orang yang menerima surat" in said(nothing.text)
    early = clerk.client.post(f"{file}/penyerahan", data=form)
    assert early.status_code == 409
    assert "ini harus diserahkan dahulu" in said(early.text)
    form = {**form, **hidden(early.text, "penyerahan"), "serah.kartu-lama": "surat-kehilangan"}
    done = said(clerk.client.post(f"{file}/penyerahan", data=form).text)
    assert "Penyerahan surat tercatat." in done
    assert "Kartu lama: hilang; diganti Surat kehilangan" in done
    late = other.client.post(f"{file}/penyerahan", data=second)
    assert late.status_code == 409
    assert "sudah diserahkan" in said(late.text)
    assert nomor not in said(clerk.client.get(f"{OFFICE}/daftar?daftar=pengambilan").text)
    after = office.client.get(own).text
    assert "Surat diserahkan kepada Anda di kantor" in said(after)
    letter = office.client.post(f"{own}/produk/kartu", data={**hidden(after, "produk/kartu"), "butir": ""})
    assert letter.url.path == f"{own}/survei"  # held back no more: people are asked first how satisfied they are


def test_nobody_but_the_counter_records_a_hand_over(office: AmperaOffice) -> None:
    nomor = renewed(office)
    dishub = office.enter(Post("dishub", "tim_teknis"))
    page = dishub.client.get(f"{OFFICE}/berkas/{nomor}")
    assert "Serahkan surat di loket" not in said(page.text)
    token = dishub.token(f"{OFFICE}/berkas/{nomor}")
    assert dishub.client.post(f"{OFFICE}/berkas/{nomor}/penyerahan", data={"token": token}).status_code in {403, 404}
