"""A person looks after a case on a phone: where it is, what to repair, taking it back; and what everybody may see."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.case.conftest import Stations
from tests.kupang_office import CITY

pytestmark = pytest.mark.browser

Shot = Callable[[Page, str], None]
Check = Callable[[Page], None]
WHERE = {
    "berdampingan": "Sedang diperiksa",
    "perbaikan": "Perlu Anda perbaiki",
    "pembayaran": "Menunggu pembayaran Anda",
    "terbit": "Izin sudah terbit",
    "ditolak": "Ditolak",
    "dicabut": "Izin dicabut",
    "kedaluwarsa": "Berakhir: waktu perbaikan sudah lewat",
}


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "ktp baru.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def enter(page: Page, stations: Stations, name: str) -> None:
    nomor, code = stations.cases[name]
    page.goto(f"/{CITY}/lacak")
    page.get_by_label("Nomor").fill(nomor)
    page.get_by_label("Kode").fill(code)
    page.get_by_role("button", name="Buka").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Permohonan {nomor}")


@pytest.mark.parametrize("name", WHERE)
def test_a_case_says_where_it_is_and_what_to_do(
    plain_page: Page, stations: Stations, name: str, shot: Shot, accessible: Check
) -> None:
    enter(plain_page, stations, name)
    expect(plain_page.locator(".keadaan")).to_have_text(WHERE[name])
    expect(plain_page.get_by_role("region", name="Yang perlu Anda lakukan")).to_be_visible()
    shot(plain_page, f"kasus-{name}")
    accessible(plain_page)
    for summary in plain_page.locator("summary", has_text="Mengapa").all():
        summary.click()
    shot(plain_page, f"kasus-{name}-mengapa")
    accessible(plain_page)
    assert len(plain_page.content().encode()) < 30 * 1024
    plain_page.set_viewport_size({"width": 320, "height": 640})  # as with letters four times as large on a desk
    accessible(plain_page)


def test_a_repair_with_scripts_opens_what_an_answer_asks_for_at_once(
    page: Page, stations: Stations, paper: Path, shot: Shot, accessible: Check
) -> None:
    enter(page, stations, "perbaikan")
    page.get_by_role("link", name="Lihat dan perbaiki").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Perbaiki permohonan")
    expect(page.get_by_text("Di gambar ada pagar keliling.").first).to_be_visible()
    expect(page.locator("#k-prasarana")).to_be_hidden()
    shot(page, "perbaikan-daftar")
    accessible(page)
    page.get_by_role("group", name="Ada pagar").get_by_label("Ya").check()
    expect(page.locator("#k-prasarana")).to_be_visible()
    page.get_by_role("button", name="Periksa").click()
    expect(page.locator(".ringkas-galat")).to_be_focused()
    shot(page, "perbaikan-galat")
    accessible(page)
    page.get_by_label("Pagar atau tembok penahan (meter)").check()
    page.get_by_label("Ukuran atau jumlah").fill("12,5")
    page.get_by_role("button", name="Periksa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dokumen yang diperbaiki")
    shot(page, "perbaikan-dokumen")
    accessible(page)

    def look(name: str) -> None:
        shot(page, name)
        accessible(page)

    send(page, paper, look)


def test_a_repair_without_scripts_is_the_same_in_one_more_step(
    plain_page: Page, stations: Stations, paper: Path, shot: Shot, accessible: Check
) -> None:
    page = plain_page
    enter(page, stations, "perbaikan-polos")
    page.get_by_role("link", name="Lihat dan perbaiki").click()
    page.get_by_role("group", name="Ada pagar").get_by_label("Ya").check()
    page.get_by_role("button", name="Periksa").click()
    expect(page.get_by_text("Jawaban Anda membuka satu pertanyaan lagi")).to_be_visible()
    shot(page, "perbaikan-polos-pertanyaan-baru")
    accessible(page)
    page.get_by_label("Pagar atau tembok penahan (meter)").check()
    page.get_by_label("Ukuran atau jumlah").fill("12,5")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Repair the application")
    expect(page.get_by_label("Size or number")).to_have_value("12,5")  # nothing typed is lost
    accessible(page)
    page.get_by_role("button", name="Bahasa Indonesia").click()
    page.get_by_role("button", name="Periksa").click()

    def look(name: str) -> None:
        shot(page, f"polos-{name}")
        accessible(page)

    send(page, paper, look)


def send(page: Page, paper: Path, look: Callable[[str], None]) -> None:
    page.get_by_label("Pilih berkas KTP pemohon").set_input_files(paper)
    page.get_by_role("button", name="Unggah KTP pemohon").click()
    expect(page.get_by_text("ktp.pdf").first).to_be_visible()
    page.get_by_role("link", name="Lanjut ke pemeriksaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa sebelum dikirim")
    expect(page.get_by_role("heading", name="Biaya berubah")).to_be_visible()
    look("perbaikan-periksa")
    page.get_by_role("button", name="Kirim perbaikan").click()
    expect(page.get_by_text("Perbaikan Anda sudah kami terima.")).to_be_visible()
    expect(page.locator(".keadaan")).to_have_text("Sedang diperiksa")
    look("perbaikan-terkirim")


def test_an_application_is_taken_back_after_it_was_asked_once_more(
    plain_page: Page, stations: Stations, shot: Shot, accessible: Check
) -> None:
    enter(plain_page, stations, "tarik")
    plain_page.get_by_role("link", name="Tarik kembali permohonan ini").click()
    shot(plain_page, "tarik")
    accessible(plain_page)
    plain_page.get_by_role("button", name="Tarik kembali").click()
    expect(plain_page).to_have_title(re.compile("^Galat:"))
    shot(plain_page, "tarik-galat")
    accessible(plain_page)
    plain_page.get_by_label("Saya yakin").check()
    plain_page.get_by_role("button", name="Tarik kembali").click()
    expect(plain_page.locator(".keadaan")).to_have_text("Anda tarik kembali")


def test_an_issued_permit_is_saved_on_the_phone(plain_page: Page, stations: Stations) -> None:
    enter(plain_page, stations, "terbit")
    with plain_page.expect_download() as saving:
        plain_page.get_by_role("button", name=re.compile("^Unduh")).click()
    assert saving.value.suggested_filename == f"{stations.cases['terbit'][0]}-pbg.pdf"


def test_everybody_sees_in_whose_court_cases_are(plain_page: Page, shot: Shot, accessible: Check) -> None:
    plain_page.goto(f"/{CITY}/")
    plain_page.get_by_role("link", name="Di tangan siapa berkas berada").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Di tangan siapa berkas berada")
    shot(plain_page, "kinerja")
    accessible(plain_page)
