"""The other ends of a case: revoked, refused by a signed letter, taken back, and over because no repair came.

One town for all of them, whose clock only goes forward; each files a case of its own over the API.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.kupang.conftest import MORNING, Meet, officer_at
from tests.browser.kupang.filed_example import file_example
from tests.browser.kupang.issued_paper import printed_code, signatures, verified
from tests.browser.kupang.officer import CONSULTED, DISHUB, DLHK, DOOR, PUPR, Officer, Staff
from tests.browser.kupang.paper import Papers
from tests.browser.kupang.shop import ENVIRONMENT
from tests.browser.kupang.town import Town, town
from tests.browser.looker import Looker

pytestmark = pytest.mark.browser

LATER, SEPTEMBER = "2026-03-02T09:10+08:00", "2026-09-07T09:00+08:00"
SHOP, TRANSFER = "50 tempat parkir", "balik nama rumah"
LAW = "PP 16/2021"


@pytest.fixture(scope="module")
def kupang(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town(releases, tmp_path_factory.mktemp("kupang"), MORNING) as made:
        yield made


@pytest.fixture(scope="module")
def staff(browser: Browser, kupang: Town, looker: Looker) -> Iterator[Staff]:
    """Officers who stay signed in from one test to the next."""
    with ExitStack() as opened:

        def seated(name: str) -> Officer:
            officer = opened.enter_context(officer_at(browser, kupang.address, looker, name))
            officer.spare_pictures()  # they are seen on the way through the door
            return officer

        yield Staff(seated)


def test_a_revoked_permit_says_so_to_everybody(
    kupang: Town, staff: Staff, meet: Meet, files: Papers, tmp_path: Path
) -> None:
    nomor, code = file_example(kupang.address, "pbg", TRANSFER, files)
    found_complete(nomor, staff)
    pupr = staff.at(PUPR, "Tim teknis")
    pupr.find(nomor)
    pupr.approve("Beri rekomendasi (setuju)")
    head = staff.at(DOOR, "Kepala dinas")
    head.find(nomor)
    head.sign()
    maria = meet("dicabut", False)
    maria.open_case(nomor, code)
    with maria.page.expect_download() as download:
        maria.page.get_by_role("button", name="Unduh Persetujuan Bangunan Gedung").click()
    letter = tmp_path / "surat.pdf"
    download.value.save_as(letter)
    link = printed_code(letter)
    valid = maria.page.get_by_text("Surat ini benar diterbitkan kantor kami dan masih berlaku.")
    maria.page.goto(link)
    expect(valid).to_be_visible()

    staff.rest()
    kupang.wake(LATER)  # too late for the proof of having signed in to be fresh
    head.find(nomor)
    head.see("terbit")
    head.page.get_by_role("link", name="Cabut izin ini").click()
    head.see("bukti")
    head.say_code()
    head.page.get_by_role("button", name="Cabut izin ini").click()
    head.see("belum-lengkap")
    head.page.get_by_label("Pasal yang menjadi dasar").select_option(label=LAW)
    head.page.get_by_label("Alasan pencabutan").fill("Surat tanah yang dilampirkan ternyata milik orang lain.")
    head.page.get_by_role("button", name="Cabut izin ini").click()
    expect(head.page.get_by_role("status")).to_be_visible()
    head.see("dicabut")

    for scripts in (True, False):
        anybody = meet("pemeriksa-dicabut", scripts)
        anybody.page.goto(link)
        expect(anybody.page.get_by_text("Surat ini sudah dicabut dan tidak berlaku lagi.")).to_be_visible()
        expect(anybody.page.get_by_role("main")).to_contain_text(LAW)
        expect(anybody.page.get_by_text("Surat ini benar diterbitkan kantor kami dan masih berlaku.")).to_have_count(0)
        anybody.see("periksa")
        maria = meet("dicabut-sesudahnya", scripts)
        maria.open_case(nomor, code)
        expect(maria.page.locator(".keadaan").first).to_contain_text("dicabut", ignore_case=True)
        maria.see("berkas")
        expect(maria.page.get_by_role("main")).to_contain_text(
            "Surat tanah yang dilampirkan ternyata milik orang lain."
        )
        expect(maria.page.get_by_role("button", name="Unduh")).to_have_count(0)
    keys = tmp_path / "kunci.json"
    keys.write_bytes(maria.page.request.get("/kota-kupang/kunci.json").body())
    assert verified(keys, link) == 0  # genuine all the same: what came later, only the office's page can tell


def test_a_refusal_comes_by_a_signed_letter(
    kupang: Town, staff: Staff, meet: Meet, files: Papers, tmp_path: Path
) -> None:
    nomor, code = file_example(kupang.address, "pbg", SHOP, files)
    found_complete(nomor, staff)
    dlhk = staff.at(DLHK, "Tim teknis")
    dlhk.find(nomor)
    dlhk.refuse(LAW, "Saluran limbah menuju sungai tanpa pengolahan.", "Ajukan lagi dengan gambar pengolahan limbah.")
    dlhk.see("ditolak")
    for agency, answers in ((DISHUB, None), (PUPR, CONSULTED)):
        other = staff.at(agency, "Tim teknis")
        other.find(nomor)
        other.approve("Beri rekomendasi (setuju)", answers)
    maria = meet("ditolak", False)
    maria.open_case(nomor, code)
    maria.see("menunggu-surat")
    head = staff.at(DOOR, "Kepala dinas")
    head.find(nomor)
    head.see("surat-penolakan")
    head.sign()
    head.see("ditandatangani")
    for scripts in (True, False):
        maria = meet("ditolak-sesudahnya", scripts)
        maria.open_case(nomor, code)
        main = maria.page.get_by_role("main")
        for words in (LAW, "Saluran limbah menuju sungai", "Ajukan lagi dengan gambar pengolahan limbah."):
            expect(main).to_contain_text(words)
        maria.see("ditolak")
    with maria.page.expect_download() as download:
        maria.page.get_by_role("button", name="Unduh").click()
    letter = tmp_path / "penolakan.pdf"
    download.value.save_as(letter)
    assert "Signature is Valid" in signatures(letter)
    anybody = meet("pemeriksa-penolakan", True)
    anybody.page.goto(printed_code(letter))
    expect(anybody.page.get_by_text("Kode QR yang Anda pindai cocok dengan catatan kami.")).to_be_visible()
    anybody.see("periksa")


def test_an_application_is_taken_back(kupang: Town, staff: Staff, meet: Meet, files: Papers) -> None:
    nomor, code = file_example(kupang.address, "pbg", SHOP, files)
    found_complete(nomor, staff)
    dlhk = staff.at(DLHK, "Tim teknis")
    dlhk.page.goto(dlhk.home)
    expect(dlhk.line(nomor)).to_have_count(1)
    maria = meet("ditarik", False)
    maria.open_case(nomor, code)
    maria.page.get_by_role("link", name="Tarik kembali permohonan ini").click()
    maria.see("tarik")
    maria.page.get_by_role("button", name="Tarik kembali").click()
    maria.see("belum-yakin")
    maria.page.get_by_label("Saya yakin: permohonan ini saya tarik kembali.").check()
    maria.page.get_by_label("Alasan").fill("Tanahnya dijual.")
    maria.page.get_by_role("button", name="Tarik kembali").click()
    expect(maria.page.get_by_role("status")).to_contain_text("Permohonan ini sudah Anda tarik kembali.")
    maria.see("ditarik")
    dlhk.page.goto(dlhk.home)
    expect(dlhk.line(nomor)).to_have_count(0)
    other = meet("ditarik-sesudahnya", True)
    other.open_case(nomor, code)
    other.see("ditarik")
    expect(other.page.get_by_role("link", name="Ajukan permohonan baru")).to_be_visible()
    expect(other.page.get_by_role("link", name="Tarik kembali permohonan ini")).to_have_count(0)


def test_a_case_is_over_when_no_repair_came(kupang: Town, staff: Staff, meet: Meet, files: Papers) -> None:
    nomor, code = file_example(kupang.address, "pbg", SHOP, files)
    front = staff.at(DOOR, "Loket depan")
    front.find(nomor)
    front.ask_repair({ENVIRONMENT: ("Tidak terbaca", "Pindai ulang semua halaman.")})
    maria = meet("terlambat", False)
    maria.open_case(nomor, code)
    expect(maria.page.get_by_role("main")).to_contain_text("Rabu, 2 September 2026 pukul 23.59 WITA")
    maria.page.get_by_role("link", name="Lihat dan perbaiki").click()
    maria.see("daftar-perbaikan")

    staff.rest()
    kupang.wake(SEPTEMBER)
    for scripts in (True, False):
        maria = meet("terlambat-sesudahnya", scripts)
        maria.open_case(nomor, code)
        ended = maria.page.get_by_text("Berakhir: waktu perbaikan sudah lewat")
        for _ in range(40):  # the round of chores
            if ended.count():
                break
            maria.page.wait_for_timeout(250)
            maria.page.reload()
        expect(ended).to_be_visible()
        maria.see("berakhir")
        expect(maria.page.get_by_role("link", name="Ajukan permohonan baru")).to_be_visible()
        maria.page.goto(f"/kota-kupang/permohonan/{nomor}/perbaikan")
        expect(maria.page.get_by_role("button", name="Unggah")).to_have_count(0)
        maria.see("tidak-dapat-lagi")


def found_complete(nomor: str, staff: Staff) -> None:
    front = staff.at(DOOR, "Loket depan")
    front.find(nomor)
    front.approve("Lengkap dan benar")
