"""Ways through the office that few permits take, and what holds on all of them: outside bodies, initials, late files,
two officers at once, another language, hostile words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from generator.model import Catalog, PermitVersion
from rules.case_event import SYSTEM, Actor
from rules.command import Approve, SeeLimit
from rules.duration import Duration, Unit
from rules.permit import Permit, Reviewer, Stage
from rules.table import Row, Table
from rules.words import Words
from runtime.cases.case_change import Kept
from runtime.people.actor import Post
from tests.kupang_office import CITY, FILED, Hands, kupang_catalog, open_office, published
from tests.office_visitor import said
from tests.officer import BACK, DINKES, FRONT, HEAD, OFFICE, VERIFIER, ServedOffice, hidden, served_office

BODY = "kantor-pertanahan"
HOSTILE = "<script>alert(1)</script>{{7*7}}'\"&amp;"
LATE, LIMIT = "KPG-2026-000001", "KPG-2026-000002"


def another_way(permit: Permit) -> Permit:
    """Lead a permit from the front desk to an outside body, then to an initial of the back office, then to its head."""
    days = Table((Row(Duration(3, Unit.WORKING_DAY)),))
    front, *_ = permit.stages
    signed = next(stage for stage in permit.stages if stage.signature)
    end = next(stage for stage in permit.stages if stage.end == "terbit")
    outside = Stage(
        "luar",
        Words("Peta bidang"),
        (Reviewer(BODY, duration=days),),
        approved=Table((Row("paraf"),)),
        outside=True,
    )
    initial = Stage(
        "paraf",
        Words("Paraf"),
        (Reviewer("dpmptsp", "back_office", duration=days),),
        approved=Table((Row(signed.code),)),
    )
    stages = (replace(front, approved=Table((Row("luar"),))), outside, initial, signed, end)
    return replace(permit, stages=stages)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    read = kupang_catalog()
    city = read.cities[CITY]
    (pbg,) = city.permits["pbg"]
    permits = {**city.permits, "pbg": (PermitVersion(another_way(pbg.permit), pbg.places),)}
    return Catalog({**read.cities, CITY: replace(city, permits=permits)})


@pytest.fixture(scope="module")
def office(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedOffice]:
    """The office, with a file that is late and one whose legal limit has passed."""
    releases, data = published(tmp_path_factory.mktemp("rilis"), catalog), tmp_path_factory.mktemp("data")
    before = open_office(data, releases, catalog, Hands(FILED - timedelta(days=60)))
    assert [before.file(), before.file()] == [LATE, LIMIT]
    before.approve_all(LIMIT)
    before.done(LIMIT, Approve("luar", 0, 0), Actor("198001012005011001", "back_office", "dpmptsp"))
    for day in ("2026-02-26", "2026-02-27"):
        before.hands.at = datetime.fromisoformat(f"{day}T10:00:00+08:00")
        seen = before.run(before.casework.act(CITY, LIMIT, SeeLimit(day), SYSTEM))
        assert isinstance(seen, Kept), (seen, before.state(LIMIT))
    before.store.close()
    before.releases.close()
    with served_office(data, releases, catalog) as served:
        yield served


def test_what_is_late_stands_first_and_says_so(office: ServedOffice) -> None:
    front = office.at(FRONT)
    late = front.open("daftar?daftar=terlambat").text
    assert LATE in late
    assert '<span class="tanda gawat">terlambat</span>' in late
    assert f"{OFFICE}/berkas/{LATE}" in re.findall(r'href="([^"]*/berkas/[^"]*)"', front.open("").text)[0]
    assert LATE in office.at(VERIFIER).open("daftar?daftar=terlambat").text  # of the whole city
    assert LATE not in office.at(DINKES).open("daftar?daftar=terlambat").text


def test_a_file_at_an_outside_body_is_answered_by_the_door(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    office.through_completeness(nomor)
    body = office.at(Post(BODY, "tim_teknis"))
    assert nomor not in body.open("").text
    for post in (FRONT, BACK, VERIFIER):
        assert nomor in office.at(post).open("daftar?daftar=instansi-luar").text
    assert nomor not in office.at(BACK).open("daftar?daftar=saya").text
    answer = office.at(BACK).answer(nomor, putusan="setuju", catatan="Surat BPN nomor 12.")
    assert answer.status_code == 200, said(answer.text)
    assert [desk.stage for desk in office.kupang.state(nomor).open_desks] == ["paraf"]


def test_an_initial_is_given_by_the_back_office_alone(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    office.through_completeness(nomor)
    office.at(FRONT).answer(nomor, putusan="setuju")
    back = office.at(BACK)
    page = back.file(nomor).text
    assert "Bubuhkan paraf (setuju)" in said(page)
    head = office.at(HEAD)
    denied = head.send(f"berkas/{nomor}/paraf", head.open("akun").text, {"putusan": "setuju"})
    assert denied.status_code == 404
    assert back.answer(nomor, putusan="setuju").status_code == 200
    assert office.kupang.state(nomor).status == "pembayaran"


def test_fiktif_positif_is_shown_to_people(office: ServedOffice) -> None:
    front = office.at(FRONT)
    listed = front.open("daftar?daftar=batas-hukum").text
    assert LIMIT in listed
    assert "fiktif positif" in listed
    assert "Batas hukum terlampaui dengan berkas lengkap." in said(front.file(LIMIT).text)


def test_of_two_officers_who_answer_at_once_one_is_told_of_the_other(office: ServedOffice) -> None:
    front = office.at(FRONT)
    for _ in range(5):
        nomor = office.kupang.file()
        pages = [front.file(nomor).text, front.file(nomor).text]
        with ThreadPoolExecutor(2) as pool:
            send = partial(front.send, f"berkas/{nomor}/kelengkapan", form={"putusan": "setuju"}, follow=False)
            sent = [pool.submit(send, page=page) for page in pages]
            answers = [one.result(60) for one in sent]
        assert sorted(one.status_code for one in answers) == [303, 409]
        kinds = [type(one.event).__name__ for one in office.kupang.casework.history(CITY, nomor)]
        assert kinds.count("DeskAnswered") == 1


def test_hostile_words_are_words(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = office.at(FRONT)
    answer = front.answer(nomor, putusan="setuju", catatan=HOSTILE)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert (
        HOSTILE
        in said(answer.text.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "§")).replace(
            "§", "<script>alert(1)</script>"
        )
        or "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in answer.text
    )
    strange = front.answer(office.kupang.file(), putusan="setuju", catatan="ter\u202ebalik")
    assert strange.status_code == 422
    assert "ada tanda yang tidak terlihat" in said(strange.text)


def test_what_is_not_asked_for_is_not_read(office: ServedOffice) -> None:
    nomor = office.kupang.file()
    front = office.at(FRONT)
    page = front.file(nomor).text
    strange = {"putusan": "terbit", "status": "terbit", "biaya": "0", "petugas": "1"}
    assert front.send(f"berkas/{nomor}/kelengkapan", page, strange).status_code == 422
    for marks in ("isian.tidak_ada", "lain.apa", "dokumen."):
        assert front.send(f"berkas/{nomor}/kelengkapan", page, {"putusan": "kembali", "perlu": marks}).status_code in (
            200,
            422,
        )
    wrong = {**hidden(page, "kelengkapan"), "putusan": "setuju", "putaran": "x", "meja": "-1", "tahap": "a" * 300}
    assert front.client.post(f"{OFFICE}/berkas/{nomor}/kelengkapan", data=wrong).status_code == 409
    assert office.kupang.state(nomor).completed_at is None


@pytest.mark.parametrize("path", ["", "daftar?daftar=menunggu", "cari?nomor=x", f"berkas/{LATE}", "daftar?hal=99"])
def test_every_page_speaks_english_too(office: ServedOffice, path: str) -> None:
    client = office.at(FRONT).client
    client.cookies.set("bahasa", "en", domain="testserver.local", path="/")
    page = client.get(f"{OFFICE}/{path}")
    client.cookies.delete("bahasa", domain="testserver.local", path="/")
    assert '<html lang="en">' in page.text
    text = said(page.text)
    assert "Check for completeness" in text or "File KPG" in text or "Waiting for others" in text
    assert "Paling lambat" not in text
