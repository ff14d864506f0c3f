"""Signing over HTTP: one file or several, late, refused, on paper; the letter of refusal; a permit taken back."""

from __future__ import annotations

import asyncio
import io
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import update

from generator.model import Catalog
from rules.case_event import SYSTEM
from rules.command import Pay
from runtime.people.tables import staff_session
from runtime.settings import Limits, Signing
from tests.given_papers import picture_of
from tests.kupang_office import CITY, kupang_catalog, published
from tests.office_visitor import said
from tests.officer import FRONT, HEAD, OFFICE, VERIFIER, Officer, ServedOffice, always_slower, hidden, served_office


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def releases(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog)


@pytest.fixture(scope="module")
def office(catalog: Catalog, releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedOffice]:
    with served_office(tmp_path_factory.mktemp("data"), releases, catalog) as served:
        yield served


@pytest.fixture(scope="module")
def failing(catalog: Catalog, releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedOffice]:
    """An office whose signing service does not answer."""
    with served_office(tmp_path_factory.mktemp("data"), releases, catalog, Signing.FAILING) as served:
        yield served


@pytest.fixture(scope="module")
def late(catalog: Catalog, releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedOffice]:
    """An office whose signing service is late."""
    with served_office(tmp_path_factory.mktemp("data"), releases, catalog, Signing.LATE) as served:
        yield served


def filed(office: ServedOffice) -> str:
    """File a case now, by the clock of the server."""
    office.kupang.hands.at = office.visitor.serving.now()
    return office.kupang.file()


def to_sign(office: ServedOffice) -> str:
    """Lead a file to the signature."""
    kupang, nomor = office.kupang, filed(office)
    for _ in range(3):
        kupang.approve_all(nomor)
    kupang.done(nomor, Pay(f"QR-{nomor}", 3_244_500, kupang.hands()), SYSTEM)
    assert kupang.state(nomor).status == "penandatanganan"
    return nomor


def until(office: ServedOffice, nomor: str, status: str) -> None:
    """Wait for what the server does by itself."""
    end = time.monotonic() + 30
    while office.kupang.state(nomor).status != status and time.monotonic() < end:
        time.sleep(0.1)
    assert office.kupang.state(nomor).status == status


def scan_of(words: str) -> bytes:
    """Draw a page as large as a scanner makes it."""
    page = Image.effect_noise((1400, 1400), 90).convert("L")
    ImageDraw.Draw(page).text((80, 100), words, fill="black", font_size=44)
    buffer = io.BytesIO()
    page.save(buffer, "jpeg", quality=97)
    return buffer.getvalue()


def unproven(office: ServedOffice, officer: Officer) -> None:
    """Let the proof of an officer be old."""
    old = update(staff_session).where(staff_session.c.nip == officer.nip).values(proved_at=None)
    asyncio.run(office.visitor.serving.store.database.write(lambda connection: connection.execute(old).close()))


def test_the_head_sees_the_draft_signs_and_the_permit_is_issued(office: ServedOffice) -> None:
    nomor = to_sign(office)
    head = office.at(HEAD)
    assert "Untuk ditandatangani" in said(head.open("").text)
    assert nomor in head.open("").text
    page = head.file(nomor).text
    assert "Yang akan terbit untuk Maria Tari:" in said(page)
    draft = head.open(f"berkas/{nomor}/konsep")
    assert draft.content.startswith(b"%PDF-")
    assert head.open(f"berkas/{nomor}/konsep/1").headers["content-type"] == "image/png"
    asked = head.send(f"berkas/{nomor}/tanda-tangan", page, {})
    assert "Tanda tangan diminta." in said(asked.text)
    until(office, nomor, "terbit")
    issued = head.file(nomor).text
    assert "SK-PBG-5371-2026-001" in issued
    link = re.search(r'href="([^"]*/dokumen/[0-9a-f]+)">Buka suratnya', issued)
    assert link is not None
    assert "Persetujuan Bangunan Gedung" in said(head.client.get(link[1]).text)


def test_without_a_fresh_proof_nothing_is_signed(office: ServedOffice) -> None:
    nomor = to_sign(office)
    head = office.at(HEAD)
    page = head.file(nomor).text
    unproven(office, head)
    assert "buktikan sekali lagi bahwa ini Anda" in said(head.file(nomor).text)
    asked = head.send(f"berkas/{nomor}/tanda-tangan", page, {}, follow=False)
    assert asked.headers["location"].startswith(f"{OFFICE}/bukti")
    many = head.client.post(
        f"{OFFICE}/tanda-tangan", data={"token": hidden(page)["token"], "berkas": nomor}, follow_redirects=False
    )
    assert many.headers["location"].startswith(f"{OFFICE}/bukti")
    assert office.kupang.state(nomor).status == "penandatanganan"
    office.officers.pop(HEAD)


def test_several_are_signed_at_once_and_each_is_refused_by_itself(office: ServedOffice) -> None:
    numbers = [to_sign(office), to_sign(office), to_sign(office)]
    head = office.at(HEAD)
    page = head.open("tanda-tangan").text
    assert all(nomor in page for nomor in numbers)
    nothing = head.send("tanda-tangan", page, {})
    assert nothing.status_code == 422
    head.send(f"berkas/{numbers[2]}/tanda-tangan", head.file(numbers[2]).text, {})
    some = head.send("tanda-tangan", page, {"berkas": numbers})
    assert some.status_code == 409
    assert f"{numbers[2]}: Tanda tangan sudah diminta" in said(some.text) or "sudah" in said(some.text)
    assert "Tanda tangan diminta untuk 2 berkas." in said(some.text)
    for nomor in numbers:
        until(office, nomor, "terbit")
    taken = [office.kupang.state(nomor).products[0].sequence for nomor in numbers]
    assert len(set(taken)) == 3


def test_a_form_of_signing_that_is_sent_twice_signs_once(office: ServedOffice) -> None:
    nomor = to_sign(office)
    head = office.at(HEAD)
    page = head.file(nomor).text
    first = head.send(f"berkas/{nomor}/tanda-tangan", page, {})
    again = head.send(f"berkas/{nomor}/tanda-tangan", page, {})
    assert first.status_code == again.status_code == 200
    until(office, nomor, "terbit")
    kinds = [type(one.event).__name__ for one in office.kupang.casework.history(CITY, nomor)]
    assert kinds.count("SignatureAsked") == kinds.count("Signed") == 1


def test_who_is_slower_again_and_again_is_asked_to_send_it_once_more(office: ServedOffice) -> None:
    nomor = to_sign(office)
    head = office.at(HEAD)
    page = head.file(nomor).text
    with always_slower(office):
        told = head.send(f"berkas/{nomor}/tanda-tangan", page, {})
    assert told.status_code == 503
    assert "kirim sekali lagi: tidak akan tercatat dua kali" in said(told.text)


def test_nobody_but_the_head_signs(office: ServedOffice) -> None:
    nomor = to_sign(office)
    for post in (FRONT, VERIFIER):
        officer = office.at(post)
        answer = officer.send(f"berkas/{nomor}/tanda-tangan", officer.open("akun").text, {})
        assert answer.status_code == 404
        assert officer.open("tanda-tangan").status_code == 404
        assert officer.open(f"berkas/{nomor}/konsep").status_code == 404
    assert office.kupang.state(nomor).status == "penandatanganan"


def test_a_refusal_goes_out_as_a_signed_letter(office: ServedOffice) -> None:
    nomor = filed(office)
    front = office.at(FRONT)
    page = front.answer(nomor, putusan="tolak")
    law = re.search(r'<option value="([^"|]+\|[^"]*)"', page.text)
    assert law is not None
    form = {"langkah": "sebab", "pasal": law[1], "catatan": "Bukan kewenangan kota.", "lanjut": "Ajukan ke provinsi."}
    front.send(f"berkas/{nomor}/kelengkapan", page.text, form)
    head = office.at(HEAD)
    page_of_letter = head.file(nomor).text
    assert "Periksa alasan penolakan, lalu tanda tangani suratnya." in said(page_of_letter)
    head.send(f"berkas/{nomor}/tanda-tangan", page_of_letter, {})
    until(office, nomor, "ditolak")
    page_after = head.file(nomor).text
    assert "Surat penolakan" in said(page_after)
    link = re.search(r'href="([^"]*/dokumen/[0-9a-f]+)">Buka suratnya', page_after)
    assert link is not None
    letter = head.client.get(f"{link[1]}/simpan").content
    printed = subprocess.run(["pdftotext", "-layout", "-", "-"], input=letter, capture_output=True, check=True).stdout
    assert "Bukan kewenangan kota." in printed.decode()
    assert "Ajukan ke provinsi." in printed.decode()


def test_an_issued_permit_is_taken_back_by_an_article_with_a_reason(office: ServedOffice) -> None:
    nomor = to_sign(office)
    head = office.at(HEAD)
    assert head.open(f"berkas/{nomor}/pencabutan").status_code == 404
    head.send(f"berkas/{nomor}/tanda-tangan", head.file(nomor).text, {})
    until(office, nomor, "terbit")
    page = head.open(f"berkas/{nomor}/pencabutan").text
    bare = head.send(f"berkas/{nomor}/pencabutan", page, {"alasan": "Bangunan lain dari gambar."})
    assert bare.status_code == 422
    assert "Bangunan lain dari gambar." in bare.text
    law = re.search(r'<option value="([^"|]+\|[^"]*)"', page)
    assert law is not None
    form = {"pasal": law[1], "alasan": "Bangunan lain dari gambar."}
    done = head.send(f"berkas/{nomor}/pencabutan", page, form)
    assert "Izin sudah dicabut." in said(done.text)
    assert office.kupang.state(nomor).status == "dicabut"
    again = head.send(f"berkas/{nomor}/pencabutan", page, {**form, "kunci": "lain"})
    assert again.status_code == 409
    check = re.search(r'href="(/[^"]*/periksa/[^"]*)"', done.text)
    assert check is not None
    assert "sudah dicabut" in said(head.client.get(check[1]).text)


def test_a_signature_that_fails_is_tried_again_or_made_on_paper(failing: ServedOffice) -> None:
    nomor = to_sign(failing)
    head = failing.at(HEAD)
    head.send(f"berkas/{nomor}/tanda-tangan", head.file(nomor).text, {})
    end = time.monotonic() + 30
    while "belum berhasil" not in head.file(nomor).text and time.monotonic() < end:
        time.sleep(0.1)
    page = head.file(nomor).text
    assert "Layanan tanda tangan sedang tidak menjawab." in said(page)
    assert "Coba tanda tangani lagi" in said(page)
    paper = head.open(f"berkas/{nomor}/surat/pbg")
    assert paper.content.startswith(b"%PDF-")
    fields = hidden(page, "tanda-tangan-basah")
    wet = f"{OFFICE}/berkas/{nomor}/tanda-tangan-basah"
    none = head.client.post(wet, data=fields, files={"pbg": ("", b"", "application/pdf")})
    assert none.status_code == 422
    assert "Pilih hasil pindai surat" in said(none.text)
    strange = head.client.post(wet, data=fields, files={"pbg": ("a.pdf", b"bukan pdf", "application/pdf")})
    assert strange.status_code == 422
    scan = ("pindai.jpg", picture_of("Surat bertanda tangan"), "image/jpeg")
    done = head.client.post(wet, data=fields, files={"pbg": scan})
    assert done.status_code == 200, said(done.text)
    assert failing.kupang.state(nomor).status == "terbit"
    assert "Ditandatangani di atas kertas" in said(done.text)
    other = ("lain.jpg", picture_of("Surat lain"), "image/jpeg")
    again = head.client.post(wet, data=fields, files={"pbg": other})
    assert again.status_code == 409
    assert "Formulir ini sudah pernah dikirim dengan isi lain." in said(again.text)
    assert failing.visitor.serving.store.shelf.waiting(CITY, nomor, head.nip) == ()


def test_many_letters_are_signed_on_paper_at_once(failing: ServedOffice) -> None:
    kupang = failing.kupang
    kupang.hands.at = failing.visitor.serving.now()
    example = kupang.example("penelitian", "skripsi")
    places = [{"kecamatan_penelitian": "oebobo", "kelurahan_penelitian": f"Kelurahan {place}"} for place in range(7)]
    many = replace(example, answers={**example.answers, "lokasi": places})
    nomor = kupang.run(kupang.store.submissions.file(kupang.submission(many))).nomor
    for answers in ({}, {"hasil_telaah": "aman"}):
        kupang.approve(nomor, kupang.state(nomor).open_desks[0], answers)
    head = failing.at(HEAD)
    head.send(f"berkas/{nomor}/tanda-tangan", head.file(nomor).text, {})
    end = time.monotonic() + 30
    while "belum berhasil" not in head.file(nomor).text and time.monotonic() < end:
        time.sleep(0.1)
    fields = hidden(head.file(nomor).text, "tanda-tangan-basah")
    names = ["skp", *(f"tembusan-{number}" for number in range(1, 8))]
    scans = {name: (f"{name}.jpg", scan_of(name), "image/jpeg") for name in names}
    assert sum(len(content) for _, content, _ in scans.values()) > Limits().upload_body, (
        "more than other forms may send"
    )
    wet = f"{OFFICE}/berkas/{nomor}/tanda-tangan-basah"
    done = head.client.post(wet, data=fields, files=scans)
    assert done.status_code == 200, said(done.text)
    assert kupang.state(nomor).status == "terbit"
    assert len(kupang.state(nomor).files) == 8


def test_a_late_signature_is_awaited_and_can_be_given_up(late: ServedOffice) -> None:
    nomor = to_sign(late)
    head = late.at(HEAD)
    head.send(f"berkas/{nomor}/tanda-tangan", head.file(nomor).text, {})
    page = head.file(nomor).text
    assert "dan sedang diproses" in said(page)
    assert "Berhenti menunggu" in said(page)
    assert nomor not in head.open("tanda-tangan").text
    given_up = head.send(f"berkas/{nomor}/tanda-tangan-batal", page, {})
    assert "Tanda tangan tidak ditunggu lagi." in said(given_up.text)
    assert "Coba tanda tangani lagi" in said(given_up.text)


def test_a_head_who_does_not_sign_returns_or_refuses(office: ServedOffice) -> None:
    nomor = to_sign(office)
    head = office.at(HEAD)
    page = head.file(nomor).text
    assert "Tidak menandatangani: minta perbaikan atau tolak" in said(page)
    why = head.answer(nomor, putusan="kembali", perlu="isian.luas_bangunan")
    assert why.status_code == 200
    form: dict[str, str | list[str]] = {"perlu": "isian.luas_bangunan", "langkah": "sebab"}
    form["alasan.isian.luas_bangunan"] = "tidak_sesuai"
    returned = head.send(f"berkas/{nomor}/persetujuan", why.text, form)
    assert returned.status_code == 200, said(returned.text)
    assert office.kupang.state(nomor).status == "perbaikan"
