"""Officers let files wait for what has run out, one or all of them, and the applicant reads why and until when."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from generator.model import Catalog
from runtime.chores.alarms import AlarmKind, unseen
from runtime.chores.pauses import end_pauses
from runtime.people.actor import Post
from runtime.settings import Settings
from tests.ampera_office import CITY, MORNING, OFFICE, AmperaOffice, published
from tests.office_visitor import Visitor, said, visiting
from tests.officer import hidden

DISHUB = Post("dishub", "tim_teknis")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Catalog]:
    folder = tmp_path_factory.mktemp("ampera")
    return folder / "rilis", published(folder, {"kartu-parkir", "kartu-angkutan"})


@pytest.fixture
def office(made: tuple[Path, Catalog], tmp_path: Path) -> Iterator[AmperaOffice]:
    with visiting(Settings(tmp_path, made[0], "http://testserver", MORNING, demo=True)) as visitor:
        yield AmperaOffice(visitor, made[1])


def send(by: Visitor, page: str, action: str, **form: str) -> tuple[int, str]:
    """Send a form of a page."""
    carried = hidden(by.client.get(page).text, action.rsplit("/", 1)[-1])
    answer = by.client.post(action, data={**carried, **form})
    return answer.status_code, said(answer.text)


def test_an_officer_pauses_a_file_and_the_applicant_reads_why_and_until_when(office: AmperaOffice) -> None:
    nomor = office.file("kartu-parkir", "kartu baru")
    dishub, page = office.enter(DISHUB), f"{OFFICE}/berkas/{nomor}"
    status, told = send(dishub, page, f"{page}/jeda", hari_lanjut="")
    assert status == 422
    assert "Hari perkiraan lanjut" in told
    status, told = send(dishub, page, f"{page}/jeda", alasan_jeda="stok_kartu", hari_lanjut="1/6/2026")
    assert status == 409
    assert "tidak lewat" in told
    status, told = send(dishub, page, f"{page}/jeda", alasan_jeda="stok_kartu", hari_lanjut="20/3/2026")
    assert status == 200
    assert "Berkas ini sekarang menunggu" in told
    assert "Blangko kartu habis. Diperkirakan lanjut 20 Maret 2026" in told
    assert "dijeda" in said(dishub.client.get(f"{OFFICE}/").text)
    own = said(office.client.get(f"/{CITY}/permohonan/{nomor}").text)
    assert "menunda pekerjaannya (dijeda: Blangko kartu habis). Diperkirakan lanjut Jumat, 20 Maret 2026" in own
    assert "jam berhenti" in own
    assert "Batas menurut hukum tetap berjalan." in own
    english = said(office.client.get(f"/{CITY}/permohonan/{nomor}?bahasa=en").text)
    assert "paused: Blank cards have run out" in english
    status, told = send(dishub, page, f"{page}/lanjutkan")
    assert status == 200
    assert "Berkas ini berjalan lagi" in told
    assert "Sesuatu habis" not in told  # it was used up


def test_all_that_wait_for_the_same_are_paused_and_go_on_in_one_step(office: AmperaOffice) -> None:
    numbers = [office.file("kartu-parkir", "kartu baru") for _ in range(3)]
    dishub, page = office.enter(DISHUB), f"{OFFICE}/jeda"
    assert "Jeda semua yang menunggu hal yang sama" in said(dishub.client.get(f"{OFFICE}/").text)
    shown = dishub.client.get(page).text
    assert "Jeda semua (3 berkas)" in said(shown)
    form = {**hidden(shown), "hari_lanjut": "20/3/2026"}
    first = dishub.client.post(page, data=form)
    assert "Dijeda: 3 berkas." in said(first.text)
    assert "3 berkas sedang menunggu, diperkirakan lanjut 20 Maret 2026." in said(first.text)
    again = dishub.client.post(page, data=form)  # the same page, sent twice
    assert again.status_code == 200
    casework = office.visitor.serving.casework
    states = [casework.state(CITY, nomor) for nomor in numbers]
    assert all(state is not None and len(state.paused_desks) == 1 for state in states)
    events = [type(one.event).__name__ for one in casework.history(CITY, numbers[0])]
    assert events.count("DeskPaused") == 1
    on = dishub.client.post(page, data={**hidden(first.text), "langkah": "lanjut"})
    assert "Berjalan lagi: 3 berkas." in said(on.text)


def test_a_day_that_is_none_is_said_where_it_was_typed(office: AmperaOffice) -> None:
    office.file("kartu-parkir", "kartu baru")
    dishub, page = office.enter(DISHUB), f"{OFFICE}/jeda"
    form = {**hidden(dishub.client.get(page).text), "hari_lanjut": "kemarin"}
    answer = dishub.client.post(page, data=form)
    assert answer.status_code == 422
    assert 'value="kemarin"' in answer.text
    assert answer.text.count("galat") > 0


def test_who_has_no_such_desk_can_not_pause(office: AmperaOffice) -> None:
    nomor = office.file("kartu-parkir", "kartu baru")
    clerk, page = office.enter(Post("dpmptsp", "front_office")), f"{OFFICE}/berkas/{nomor}"
    token = clerk.token(page)
    form = {"token": token, "tahap": "periksa", "meja": "0", "alasan_jeda": "stok_kartu", "hari_lanjut": "20/3/2026"}
    assert clerk.client.post(f"{page}/jeda", data=form).status_code == 403


def test_the_round_of_chores_ends_what_waits_too_long_and_calls_once(
    made: tuple[Path, Catalog], tmp_path: Path
) -> None:
    settings = Settings(tmp_path, made[0], "http://testserver", MORNING, demo=True)
    with visiting(settings) as visitor:
        office = AmperaOffice(visitor, made[1])
        numbers = [office.file("kartu-parkir", "kartu baru") for _ in range(2)]
        dishub = office.enter(DISHUB)
        form = {**hidden(dishub.client.get(f"{OFFICE}/jeda").text), "hari_lanjut": "20/3/2026"}
        dishub.client.post(f"{OFFICE}/jeda", data=form)
    later = Settings(tmp_path, made[0], "http://testserver", MORNING + timedelta(days=31), demo=True)
    with visiting(later) as visitor:
        serving = visitor.serving
        asyncio.run(end_pauses(serving.casework, serving.store.database, CITY))
        states = [serving.casework.state(CITY, nomor) for nomor in numbers]
        assert all(state is not None and state.paused_desks == () for state in states)
        called = [one for one in unseen(serving.store.database, CITY) if one.kind is AlarmKind.PAUSE]
        assert [dict(one.detail) for one in called] == [
            {"permit": "Kartu juru parkir", "reason": "Blangko kartu habis"}
        ]


def test_what_did_not_change_is_not_counted(office: AmperaOffice) -> None:
    office.file("kartu-parkir", "kartu baru")
    dishub, page = office.enter(DISHUB), f"{OFFICE}/jeda"
    form = {**hidden(dishub.client.get(page).text), "hari_lanjut": "20/3/2026"}
    assert "Dijeda: 1 berkas." in said(dishub.client.post(page, data=form).text)
    went_back = dishub.client.post(page, data={**form, "langkah": "lanjut"})  # to the page of before, in the browser
    assert went_back.status_code == 409
    assert "Formulir ini sudah pernah dikirim dengan isi lain." in said(went_back.text)
    assert "Satu berkas sedang menunggu" in said(went_back.text)
    on = dishub.client.post(page, data={**hidden(went_back.text), "langkah": "lanjut"})
    assert "Berjalan lagi: 1 berkas." in said(on.text)
