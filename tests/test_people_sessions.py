"""Sessions of officers: they end, they can be ended, and what matters asks for a fresh proof."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from runtime.people.actor import Post
from runtime.people.demo import PASSWORD
from runtime.people.recusal import nik_index, phone_index
from runtime.people.staff_sessions import fresh
from runtime.people.tables import staff_session
from tests.office_visitor import OFFICE, Visitor, nip_of, office_in, said, visiting
from tests.people_kit import Staff, staff_in
from tests.sample_office import CITY, settings_for

FRONT, TEAM, HEAD = Post("dpmptsp", "front_office"), Post("dinkes", "tim_teknis"), Post("dinkes", "kepala")
NEW = "kuda biru makan awan"


@pytest.fixture
def staff(tmp_path: Path, database_url: str | None) -> Iterator[Staff]:
    with staff_in(tmp_path, database_url) as opened:
        yield opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Visitor]:
    with office_in(tmp_path) as visitor:
        yield visitor


def test_a_session_ends_after_a_quarter_of_an_hour_of_rest(staff: Staff) -> None:
    session = staff.enter(FRONT)
    staff.hands.pass_by(minutes=14)
    assert staff.opens(session)
    staff.hands.pass_by(minutes=14)
    assert staff.opens(session)
    staff.hands.pass_by(minutes=15)
    assert not staff.opens(session)


def test_a_session_ends_after_eight_hours_however_busy_and_no_proof_makes_it_longer(staff: Staff) -> None:
    session = staff.enter(FRONT)
    for _ in range(48):
        assert staff.opens(session)
        staff.hands.pass_by(minutes=9, seconds=55)
    proved = asyncio.run(staff.people.second_factor.prove(session, staff.code()))
    assert proved is not None
    renewed = staff.people.sessions.find(CITY, proved.token)
    assert renewed is not None
    assert staff.opens(renewed)
    staff.hands.pass_by(minutes=5)
    assert not staff.opens(renewed)


def test_what_has_ended_is_removed(staff: Staff) -> None:
    staff.enter(FRONT)
    staff.hands.pass_by(minutes=16)
    staff.enter(TEAM)
    asyncio.run(staff.people.forget_old(CITY))
    count = select(func.count()).select_from(staff_session)
    assert staff.store.database.read(lambda connection: connection.execute(count).scalar_one()) == 1


def test_a_proof_is_fresh_for_five_minutes_and_a_new_one_changes_the_id(staff: Staff) -> None:
    session = staff.enter(FRONT)
    assert fresh(session, staff.hands())
    staff.hands.pass_by(minutes=5)
    assert not fresh(session, staff.hands())
    proved = asyncio.run(staff.people.second_factor.prove(session, staff.code()))
    assert proved is not None
    assert proved.token != session.token
    assert not staff.opens(session)
    renewed = staff.people.sessions.find(CITY, proved.token)
    assert renewed is not None
    assert fresh(renewed, staff.hands())


def test_two_browsers_that_prove_with_the_same_code_are_not_both_believed(staff: Staff) -> None:
    one, other = staff.enter(FRONT), staff.enter(FRONT)
    staff.hands.pass_by(minutes=10)
    code = staff.code()

    async def both() -> list[bool]:
        prove = staff.people.second_factor.prove
        return [found is not None for found in await asyncio.gather(prove(one, code), prove(other, code))]

    assert sorted(asyncio.run(both())) == [False, True]


@pytest.mark.parametrize("change", ["give", "take", "close", "reset", "password", "end_all"])
def test_whatever_changes_what_a_person_may_do_ends_all_sessions_at_once(staff: Staff, change: str) -> None:
    mine, elsewhere, colleague = staff.enter(TEAM), staff.enter(TEAM), staff.enter(FRONT)
    accounts, nip = staff.people.accounts, mine.nip
    match change:
        case "give":
            asyncio.run(accounts.give_post(CITY, nip, HEAD))
        case "take":
            asyncio.run(accounts.take_post(CITY, nip, TEAM))
        case "close":
            asyncio.run(accounts.close(CITY, nip))
        case "reset":
            asyncio.run(accounts.reset(CITY, nip))
        case "password":
            asyncio.run(staff.people.sign_in.own_password(mine, NEW, PASSWORD))
        case _:
            asyncio.run(staff.people.sessions.end_all(CITY, nip))
    assert not staff.opens(mine)
    assert not staff.opens(elsewhere)
    assert staff.opens(colleague)


def test_a_session_of_one_city_opens_nothing_in_another(staff: Staff) -> None:
    session = staff.enter(FRONT)
    assert staff.people.sessions.find("kota-lain", session.token) is None


def test_leaving_ends_the_session_and_tells_the_browser_to_forget(office: Visitor) -> None:
    office.enter(FRONT)
    held, token = office.cookie, office.token(f"{OFFICE}/")
    assert office.client.get(f"{OFFICE}/keluar").status_code == 405
    answer = office.client.post(f"{OFFICE}/keluar", data={"token": token}, follow_redirects=False)
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert office.cookie == ""
    office.hold(held)
    assert office.client.get(f"{OFFICE}/").url.path == f"{OFFICE}/masuk"


def test_no_form_of_the_office_is_taken_without_its_token(office: Visitor) -> None:
    office.enter(FRONT)
    other = office.away()
    other.enter(HEAD)
    for path in ("keluar", "jabatan", "bukti", "akun/sandi", "akun/kertas", "akun/keluar-semua"):
        for token in ("", "x", other.token(f"{OFFICE}/")):
            assert office.client.post(f"{OFFICE}/{path}", data={"token": token}).status_code == 403, path
    assert office.client.get(f"{OFFICE}/").url.path == f"{OFFICE}/"


def test_pages_of_the_office_are_kept_by_no_browser(office: Visitor) -> None:
    assert office.client.get(f"{OFFICE}/masuk").headers["cache-control"] == "no-store"
    office.enter(FRONT)
    for path in ("", "akun", "bukti"):
        assert office.client.get(f"{OFFICE}/{path}").headers["cache-control"] == "no-store"


def test_whoever_holds_two_posts_works_in_one_at_a_time(office: Visitor) -> None:
    nip = nip_of(FRONT)
    asyncio.run(office.serving.people.accounts.give_post(CITY, nip, TEAM))
    office.enter(FRONT)
    assert "Ganti jabatan" in said(office.client.get(f"{OFFICE}/").text)
    answer = office.client.post(
        f"{OFFICE}/jabatan", data={"token": office.token(f"{OFFICE}/akun"), "jabatan": "dinkes.tim_teknis"}
    )
    assert "tim teknis, Dinas Kesehatan" in said(answer.text)
    stolen = office.client.post(
        f"{OFFICE}/jabatan", data={"token": office.token(f"{OFFICE}/akun"), "jabatan": "dinkes.kepala"}
    )
    assert stolen.status_code == 404
    asyncio.run(office.serving.people.accounts.take_post(CITY, nip, TEAM))
    assert office.client.get(f"{OFFICE}/").url.path == f"{OFFICE}/masuk"


def test_what_matters_wants_a_fresh_proof_and_comes_back_to_where_one_was(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.enter(FRONT)
        held, now = office.cookie, office.serving.now()
    with visiting(replace(settings_for(tmp_path), demo=True, clock_starts=now + timedelta(minutes=6))) as office:
        office.hold(held)
        answer = office.client.post(f"{OFFICE}/akun/kertas", data={"token": office.token(f"{OFFICE}/akun")})
        assert answer.url.path == f"{OFFICE}/bukti"
        assert "memastikan sekali lagi" in said(answer.text)
        wrong = office.client.post(str(answer.url), data={"token": office.token(str(answer.url)), "kode": "000000"})
        assert wrong.status_code == 422
        shown = re.search(r'class="besar">(\d{6})<', wrong.text)
        assert shown is not None
        right = {"token": office.token(str(answer.url)), "kode": shown[1]}
        answer = office.client.post(str(answer.url), data=right)
        assert answer.url.path == f"{OFFICE}/akun"
        assert office.cookie != held
        answer = office.client.post(f"{OFFICE}/akun/kertas", data={"token": office.token(f"{OFFICE}/akun")})
        assert len(set(re.findall(r"<li>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</li>", answer.text))) == 10
        office.hold(held)
        assert office.client.get(f"{OFFICE}/").url.path == f"{OFFICE}/masuk"


def test_an_officer_changes_the_password_and_other_devices_are_out(office: Visitor) -> None:
    office.enter(FRONT)
    other = office.away()
    other.enter(FRONT)
    form = {"lama": PASSWORD, "baru": NEW, "ulang": NEW}
    for wrong, words in (
        ({"lama": "bukan sandinya"}, "Sandi lama tidak cocok"),
        ({"ulang": "lain"}, "Kedua sandi tidak sama"),
        ({"baru": "pendek", "ulang": "pendek"}, "Sandi terlalu pendek"),
        ({"baru": PASSWORD, "ulang": PASSWORD}, "Sandi ini sama dengan yang lama"),
    ):
        token = office.token(f"{OFFICE}/akun")
        answer = office.client.post(f"{OFFICE}/akun/sandi", data={"token": token, **form, **wrong})
        assert answer.status_code == 422
        assert words in said(answer.text)
    before = office.cookie
    answer = office.client.post(f"{OFFICE}/akun/sandi", data={"token": office.token(f"{OFFICE}/akun"), **form})
    assert "Sandi baru sudah berlaku" in said(answer.text)
    assert office.cookie != before
    assert other.client.get(f"{OFFICE}/").url.path == f"{OFFICE}/masuk"
    assert "Sandi diganti" in said(answer.text)


def test_the_office_speaks_english_to_whoever_asks(office: Visitor) -> None:
    office.client.get(f"{OFFICE}/masuk?bahasa=en")
    text = said(office.client.get(f"{OFFICE}/masuk").text)
    assert "Sign in for officers" in text
    assert not re.search(r"\bSandi\b|\bMasuk\b", text)


def test_an_officer_tells_the_own_nik_and_only_its_index_is_kept(office: Visitor) -> None:
    office.enter(FRONT)
    nip, nik = nip_of(FRONT), "5371014506850003"
    accounts = office.serving.people.accounts
    wrong = office.send(f"{OFFICE}/akun/data-diri", page=f"{OFFICE}/akun", nik="123", telepon="")
    assert wrong.status_code == 422
    assert "harus 16 angka; yang tertulis 3" in said(wrong.text)
    told = office.send(f"{OFFICE}/akun/data-diri", page=f"{OFFICE}/akun", nik=nik, telepon="+62 812 3456 7890")
    assert "sudah diberitahukan" in said(told.text)
    vault = office.serving.store.vault
    assert accounts.own(CITY, nip) == {nik_index(vault, CITY, nik), phone_index(vault, CITY, "081234567890")}
    assert office.client.get(f"{OFFICE}/").url.path == f"{OFFICE}/"  # it ends no session
    office.send(f"{OFFICE}/akun/data-diri", page=f"{OFFICE}/akun", nik="", telepon="")
    assert accounts.own(CITY, nip) == frozenset()
