"""The way into the office: what opens it, what does not, and that nobody learns who works here."""

from __future__ import annotations

import asyncio
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, SECRET
from runtime.people.one_time_code import code_of, step_at
from runtime.people.people_event import REFUSED
from runtime.settings import Limits
from tests.office_visitor import OFFICE, Visitor, nip_of, office_in, said, visiting
from tests.sample_office import CITY, settings_for

FRONT, TEAM, AUDITOR = Post("dpmptsp", "front_office"), Post("dinkes", "tim_teknis"), Post("inspektorat", "auditor")
NEW = "kuda biru makan awan"
NIP = "198501012010011001"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Visitor]:
    with office_in(tmp_path) as visitor:
        yield visitor


def code(office: Visitor, ahead: int = 0) -> str:
    return code_of(SECRET, step_at(office.serving.now()) + ahead)


def hired(office: Visitor, held: Post = TEAM, name: str = "Yosefina Ola") -> str:
    """Open an account and return its one-time password."""
    return asyncio.run(office.serving.people.accounts.add(CITY, NIP, name, held))


def test_a_password_and_a_code_open_the_office(office: Visitor) -> None:
    office.enter(FRONT)
    text = said(office.client.get(f"{OFFICE}/").text)
    assert "Maria Bere" in text
    assert "front office, DPMPTSP" in text or "loket depan, DPMPTSP" in text


def test_without_a_session_every_page_leads_to_the_login_and_back_again(office: Visitor) -> None:
    answer = office.client.get(f"{OFFICE}/akun")
    assert answer.url.path == f"{OFFICE}/masuk"
    assert dict(answer.url.params) == {"kembali": f"{OFFICE}/akun"}
    back = f"{OFFICE}/masuk?kembali={OFFICE}/akun"
    token = office.token(back)
    answer = office.client.post(back, data={"token": token, "nip": nip_of(FRONT), "sandi": PASSWORD})
    assert answer.url.path == f"{OFFICE}/masuk/kode"
    token = office.token(str(answer.url))
    answer = office.client.post(str(answer.url), data={"token": token, "kode": code(office)})
    assert answer.url.path == f"{OFFICE}/akun"


@pytest.mark.parametrize(
    "back",
    [
        *("https://jahat.example/", "//jahat.example/kantor/", f"{OFFICE}/../../x", f"{OFFICE}//jahat.example"),
        *(f"{OFFICE}/masuk", f"{OFFICE}/keluar", "/kota-lain/kantor/", "/", f"{OFFICE}/\\x", f"{OFFICE}/a\nb"),
    ],
)
def test_a_login_never_leads_anywhere_but_into_this_office(office: Visitor, back: str) -> None:
    office.enter(FRONT)
    answer = office.client.get(f"{OFFICE}/masuk", params={"kembali": back}, follow_redirects=False)
    assert answer.headers["location"] == f"{OFFICE}/"


def test_an_unknown_person_and_a_wrong_password_are_answered_alike(office: Visitor) -> None:
    wrong = office.password(nip_of(FRONT), "bukan sandinya")
    unknown = office.away().password("199901012020011999", "bukan sandinya")
    nonsense = office.away().password("x' OR 1=1 --", "bukan sandinya")
    own = re.compile(r'name="token" value="[^"]*"|value="[^"]*" autocomplete="username"')
    assert wrong.status_code == unknown.status_code == nonsense.status_code == 422
    assert own.sub("", wrong.text) == own.sub("", unknown.text) == own.sub("", nonsense.text)
    assert "NIP atau sandi tidak cocok" in said(wrong.text)


def test_a_closed_account_and_a_person_without_a_post_are_answered_alike(office: Visitor) -> None:
    password = hired(office)
    asyncio.run(office.serving.people.accounts.take_post(CITY, NIP, TEAM))
    assert office.password(NIP, password).status_code == 422
    asyncio.run(office.serving.people.accounts.give_post(CITY, NIP, TEAM))
    assert office.password(NIP, password).url.path == f"{OFFICE}/masuk/sandi"
    asyncio.run(office.serving.people.accounts.close(CITY, NIP))
    assert office.away().password(NIP, password).status_code == 422


def test_it_takes_as_long_for_somebody_nobody_knows(tmp_path: Path) -> None:
    limits = Limits(sign_ins_per_person_here=1000, sign_ins_per_person=1000, sign_ins_per_address=1000)
    with office_in(tmp_path, limits) as office:
        enter = office.serving.people.sign_in.enter
        known: list[float] = []
        unknown: list[float] = []
        for _ in range(12):
            for nip, times in ((nip_of(FRONT), known), ("199901012020011999", unknown)):
                began = time.perf_counter()
                assert asyncio.run(enter(CITY, nip, "bukan sandinya", "10.0.0.1")) is None
                times.append(time.perf_counter() - began)
    ratio = statistics.median(known) / statistics.median(unknown)
    assert 0.6 < ratio < 1.67, (known, unknown)


def test_failed_logins_are_written_down_whoever_they_name(office: Visitor) -> None:
    office.password(nip_of(FRONT), "bukan sandinya")
    office.away().password("199901012020011999", "bukan sandinya")
    events = office.serving.people.events
    assert [one.kind for one in events.of(CITY, nip_of(FRONT))][:1] == [REFUSED]
    assert [one.kind for one in events.of(CITY, "199901012020011999")] == [REFUSED]


def test_five_wrong_passwords_from_one_place_close_the_door_there_and_not_elsewhere(office: Visitor) -> None:
    for _ in range(5):
        assert office.password(nip_of(FRONT), "bukan sandinya").status_code == 422
    answer = office.password(nip_of(FRONT))
    assert answer.status_code == 429
    assert "Terlalu sering mencoba" in said(answer.text)
    sign_in = office.serving.people.sign_in
    assert asyncio.run(sign_in.enter(CITY, nip_of(FRONT), PASSWORD, "10.9.9.9")) is not None
    assert office.password(nip_of(AUDITOR)).url.path == f"{OFFICE}/masuk/kode"  # a colleague beside


def test_the_code_is_guessed_five_times_and_no_more(office: Visitor) -> None:
    office.password(nip_of(FRONT))
    for guess in range(5):
        assert office.send(f"{OFFICE}/masuk/kode", kode=f"00000{guess}").status_code in (422, 200)
    assert office.send(f"{OFFICE}/masuk/kode", kode=code(office)).status_code == 429


def test_a_code_is_taken_once(office: Visitor) -> None:
    used = code(office)
    office.password(nip_of(FRONT))
    assert office.send(f"{OFFICE}/masuk/kode", kode=used).url.path == f"{OFFICE}/"
    other = office.away()
    other.password(nip_of(FRONT))
    answer = other.send(f"{OFFICE}/masuk/kode", kode=used)
    assert answer.status_code == 422
    assert "Kode tidak cocok" in said(answer.text)
    assert other.send(f"{OFFICE}/masuk/kode", kode=code(office, -1)).status_code == 422  # nor one before it
    assert other.send(f"{OFFICE}/masuk/kode", kode=code(office, 1)).url.path == f"{OFFICE}/"


def test_a_code_of_long_ago_or_of_later_is_none(office: Visitor) -> None:
    office.password(nip_of(FRONT))
    for ahead in (-3, 3):
        assert office.send(f"{OFFICE}/masuk/kode", kode=code(office, ahead)).status_code == 422


def test_the_id_changes_at_every_step_and_none_from_before_opens_anything(office: Visitor) -> None:
    seen = []
    office.client.get(f"{OFFICE}/masuk")
    seen.append(office.cookie)
    office.password(nip_of(FRONT))
    seen.append(office.cookie)
    office.send(f"{OFFICE}/masuk/kode", kode=code(office))
    assert len({*seen, office.cookie}) == 3
    for old in seen:
        stranger = office.away()
        stranger.hold(old)
        assert stranger.client.get(f"{OFFICE}/akun").url.path == f"{OFFICE}/masuk"


@pytest.mark.parametrize("planted", ["." + "a" * 43, "a" * 43])
def test_an_id_that_somebody_planted_is_never_the_one_of_the_session(office: Visitor, planted: str) -> None:
    office.hold(planted)
    office.enter(AUDITOR)
    assert office.cookie != planted
    thief = office.away()
    thief.hold(planted)
    assert thief.client.get(f"{OFFICE}/akun").url.path == f"{OFFICE}/masuk"


def test_a_password_alone_opens_no_page_of_the_office(office: Visitor) -> None:
    office.password(nip_of(FRONT))
    for path in ("/", "/akun", "/bukti"):
        assert office.client.get(f"{OFFICE}{path}").url.path.startswith(f"{OFFICE}/masuk")


def test_a_new_officer_chooses_a_password_pairs_and_is_in(office: Visitor) -> None:
    given = hired(office)
    answer = office.password(NIP, given)
    assert answer.url.path == f"{OFFICE}/masuk/sandi"
    assert office.send(f"{OFFICE}/masuk/sandi", baru=NEW, ulang=NEW + "x").status_code == 422
    answer = office.send(f"{OFFICE}/masuk/sandi", baru=NEW, ulang=NEW)
    assert answer.url.path == f"{OFFICE}/masuk/pasang"
    found = re.search(r'class="sidik">([A-Z2-7 ]+)<', answer.text)
    assert found is not None
    key = found[1].replace(" ", "")
    assert f"{OFFICE}/masuk/pasang" == office.client.get(f"{OFFICE}/").url.path  # nothing opens before it is paired
    assert key in office.client.get(f"{OFFICE}/masuk/pasang").text.replace(" ", "")  # the same key when asked again
    assert office.send(f"{OFFICE}/masuk/pasang", kode="000000").status_code in (422, 200)
    answer = office.send(f"{OFFICE}/masuk/pasang", kode=code_of(key, step_at(office.serving.now())))
    papers = re.findall(r"<li>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</li>", answer.text)
    assert len(set(papers)) == 10
    assert "Yosefina Ola" in said(office.client.get(f"{OFFICE}/").text)

    other = office.away()
    assert other.password(NIP, given).status_code == 422  # the one-time password was for one time
    other.password(NIP, NEW)
    assert other.send(f"{OFFICE}/masuk/kode", kode=papers[3].lower()).url.path == f"{OFFICE}/"
    third = office.away()
    third.password(NIP, NEW)
    assert third.send(f"{OFFICE}/masuk/kode", kode=papers[3]).status_code == 422  # each code on paper once
    assert third.send(f"{OFFICE}/masuk/kode", kode=papers[4]).url.path == f"{OFFICE}/"


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("pendek", "Sandi terlalu pendek"),
        ("x1" * 80, "Sandi terlalu panjang"),
        ("Kupang2026!!", "Sandi ini mudah ditebak"),
        ("P@ssw0rd1234", "Sandi ini mudah ditebak"),
        ("123456789012", "Sandi ini mudah ditebak"),
        ("Yosefina2026", "Sandi ini memuat nama atau NIP Anda"),
        (f"saya{NIP}", "Sandi ini memuat nama atau NIP Anda"),
    ],
)
def test_a_weak_password_is_refused_with_one_step_to_take(office: Visitor, password: str, words: str) -> None:
    office.password(NIP, hired(office))
    answer = office.send(f"{OFFICE}/masuk/sandi", baru=password, ulang=password)
    assert answer.status_code == 422
    assert words in said(answer.text)


def test_the_one_time_password_can_not_be_kept(office: Visitor) -> None:
    given = hired(office)
    office.password(NIP, given)
    answer = office.send(f"{OFFICE}/masuk/sandi", baru=given, ulang=given)
    assert "Sandi ini sama dengan yang lama" in said(answer.text)


def test_a_one_time_password_lasts_three_days(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        given = hired(office)
        now = office.serving.now()
    for days, path in ((2, f"{OFFICE}/masuk/sandi"), (4, f"{OFFICE}/masuk")):
        settings = replace(settings_for(tmp_path), demo=True, clock_starts=now + timedelta(days=days))
        with visiting(settings) as office:
            assert office.password(NIP, given).url.path == path


def test_people_of_a_demonstration_are_nobody_where_there_is_none(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        office.enter(FRONT)
        held = office.cookie
        assert PASSWORD in office.away().client.get(f"{OFFICE}/masuk").text
    with office_in(tmp_path, demo=False) as office:
        text = office.client.get(f"{OFFICE}/masuk").text
        assert PASSWORD not in text
        assert "peragaan" not in text.lower()
        assert office.password(nip_of(FRONT)).status_code == 422
        office.hold(held)
        assert office.client.get(f"{OFFICE}/").url.path == f"{OFFICE}/masuk"


def test_a_form_without_the_token_of_its_page_signs_nobody_in(office: Visitor) -> None:
    office.client.get(f"{OFFICE}/masuk")
    for token in ("", "x", office.away().token(f"{OFFICE}/masuk")):
        data = {"token": token, "nip": nip_of(FRONT), "sandi": PASSWORD}
        answer = office.client.post(f"{OFFICE}/masuk", data=data)
        assert answer.status_code == 403
        assert "Belum ada yang dikirim" in said(answer.text)
    data = {"token": office.token(f"{OFFICE}/masuk"), "nip": nip_of(FRONT), "sandi": PASSWORD}
    other_site = {"sec-fetch-site": "cross-site"}
    assert office.client.post(f"{OFFICE}/masuk", data=data, headers=other_site).status_code == 403


def test_no_password_code_or_id_stands_in_the_database_as_it_is(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        given = hired(office)
        office.password(NIP, given)
        office.send(f"{OFFICE}/masuk/sandi", baru=NEW, ulang=NEW)
        answer = office.client.get(f"{OFFICE}/masuk/pasang")
        found = re.search(r'class="sidik">([A-Z2-7 ]+)<', answer.text)
        assert found is not None
        key = found[1].replace(" ", "")
        answer = office.send(f"{OFFICE}/masuk/pasang", kode=code_of(key, step_at(office.serving.now())))
        paper = re.findall(r"<li>([0-9A-Z-]{14})</li>", answer.text)[0]
        secrets = [given, NEW, key, paper, paper.replace("-", ""), office.cookie, PASSWORD, SECRET]
    content = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir() if path.is_file())
    assert [secret for secret in secrets if secret.encode() in content] == []
