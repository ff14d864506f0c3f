"""A person files the sample permit on a phone, once with scripts and once without."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Shot = Callable[[Page, str], None]
Check = Callable[[Page], None]
PERMIT = "/kota-uji/izin/warung"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "dokumen saya.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path


def see(page: Page, name: str, shot: Shot, accessible: Check) -> None:
    shot(page, name)
    accessible(page)


def on(page: Page) -> None:
    page.locator("form#isian .deret").get_by_role("button", name="Lanjut", exact=True).click()


def start(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Anda mau mengurus apa?").fill("warunk makan")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Izin Warung").click()
    page.get_by_role("link", name="Isi permohonan").first.click()
    expect(page).to_have_title("Pemohon – Izin Warung – DPMPTSP Kota Uji")


def applicant(page: Page) -> None:
    page.get_by_label("Nama lengkap").fill("Maria Bere")
    page.get_by_label("NIK").fill("5371 0145 0685 0003")
    page.get_by_label("Telepon").fill("0812-3456-7890")
    page.get_by_label("Alamat").fill("Jl. Frans Seda 12\nOebobo")
    on(page)


def business(page: Page) -> None:
    page.get_by_label("Badan", exact=True).check()
    page.get_by_label("Kelurahan").select_option(label="Oebobo")
    page.get_by_label("Jumlah lantai").fill("2")
    page.get_by_label("Modal usaha").fill("Rp 1.500.000")
    page.get_by_label("Luas ruangan").fill("120,5")
    page.get_by_label("Mulai usaha").fill("1 Agustus 2026")
    page.get_by_label("Oven").check()
    page.get_by_role("group", name="Buka 24 jam").get_by_label("Tidak").check()


def hand_in(page: Page, paper: Path) -> None:
    for name in ("KTP", "Akta pendirian", "Denah bangunan"):
        page.get_by_label(f"Pilih berkas {name}").set_input_files(paper)
        page.get_by_role("button", name=f"Unggah {name}").click()
    expect(page.get_by_text("sudah ada")).to_have_count(3)


def finish(page: Page, look: Callable[[str], None]) -> None:
    page.get_by_role("link", name="Lanjut ke pemeriksaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa sebelum diajukan")
    look("periksa")
    page.get_by_role("button", name="Ajukan permohonan").click()
    expect(page).to_have_title(re.compile("^Galat:"))
    page.get_by_label("Saya menyatakan").check()
    page.get_by_role("button", name="Ajukan permohonan").click()
    expect(page.get_by_text("Permohonan Anda sudah diterima")).to_be_visible()
    expect(page.get_by_text("Rp180.750").last).to_be_visible()
    look("tanda-terima")


def test_with_scripts_questions_appear_as_they_apply(page: Page, paper: Path, shot: Shot, accessible: Check) -> None:
    def look(name: str) -> None:
        see(page, f"skrip-{name}", shot, accessible)

    page.goto("/kota-uji/")
    look("cari")
    start(page)
    look("isi-1")
    on(page)
    expect(page.locator(".ringkas-galat")).to_be_focused()
    expect(page).to_have_title(re.compile("^Galat: Pemohon"))
    look("isi-1-galat")
    page.get_by_role("link", name="NIK: belum diisi").click()
    expect(page.get_by_label("NIK")).to_be_focused()
    applicant(page)
    business(page)
    expect(page.get_by_label("NIB")).to_be_visible()
    page.get_by_label("Perorangan").check()
    expect(page.get_by_label("NIB")).to_be_hidden()
    page.get_by_label("Badan", exact=True).check()
    page.get_by_label("NIB").fill("1234567890123")
    look("isi-2")
    on(page)
    page.get_by_label("Nama penjaga").fill("Yosef")
    page.get_by_label("Ya", exact=True).check()
    page.get_by_label("Nomor sertifikat").fill("S-1")
    page.get_by_role("button", name="Tambah penjaga").click()
    page.get_by_label("Nama penjaga").nth(1).fill("Ana")
    page.get_by_label("Tidak", exact=True).nth(1).check()
    expect(page.get_by_label("Nomor sertifikat").nth(1)).to_be_hidden()
    look("isi-3")
    on(page)
    look("dokumen")
    hand_in(page, paper)
    look("dokumen-lengkap")
    finish(page, look)


def test_without_scripts_the_server_shows_what_applies(
    plain_page: Page, paper: Path, shot: Shot, accessible: Check
) -> None:
    page = plain_page

    def look(name: str) -> None:
        see(page, f"polos-{name}", shot, accessible)

    start(page)
    applicant(page)
    business(page)
    expect(page.get_by_label("NIB")).to_be_hidden()
    on(page)
    expect(page.get_by_text("Jawaban Anda membuka satu pertanyaan lagi")).to_be_visible()
    expect(page.locator(".kabar")).to_be_focused()
    look("isi-2-pertanyaan-baru")
    page.get_by_label("NIB").fill("1234567890123")
    on(page)
    page.get_by_label("Nama penjaga").fill("Yosef")
    page.get_by_label("Tidak", exact=True).check()
    page.get_by_role("button", name="Tambah penjaga").click()
    page.get_by_role("button", name="Hapus Penjaga 2").click()
    expect(page.get_by_label("Nama penjaga")).to_have_count(1)
    on(page)
    hand_in(page, paper)
    finish(page, look)


def test_an_application_that_cannot_be_granted_is_refused_with_the_rule(
    page: Page, shot: Shot, accessible: Check
) -> None:
    start(page)
    applicant(page)
    business(page)
    page.get_by_label("NIB").fill("1234567890123")
    page.get_by_role("group", name="Buka 24 jam").get_by_label("Ya").check()
    on(page)
    page.get_by_label("Nama penjaga").fill("Yosef")
    page.get_by_label("Tidak", exact=True).check()
    on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Permohonan ini belum dapat diajukan")
    expect(page.get_by_text("Warung tidak boleh buka 24 jam.")).to_be_visible()
    see(page, "skrip-ditolak", shot, accessible)


def test_a_draft_is_resumed_by_its_number_and_code_and_keeps_what_was_typed(
    page: Page, shot: Shot, accessible: Check
) -> None:
    start(page)
    page.get_by_label("Nama lengkap").fill("  Maria <b>")
    page.get_by_label("NIK").fill("12")
    page.get_by_role("button", name="Simpan, lanjutkan nanti").click()
    expect(page.locator(".besar")).to_have_count(2)
    see(page, "skrip-tersimpan", shot, accessible)
    nomor, code = page.locator(".besar").all_inner_texts()
    page.get_by_role("button", name="Selesai dan tutup di perangkat ini").click()
    page.get_by_role("link", name="Lanjutkan draf").click()
    page.get_by_label("Nomor").fill(nomor.lower())
    page.get_by_label("Kode").fill("salah")
    page.get_by_role("button", name="Buka").click()
    expect(page.locator(".ringkas-galat")).to_be_focused()
    see(page, "skrip-lanjut-galat", shot, accessible)
    page.get_by_label("Kode").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Buka").click()
    expect(page.get_by_label("Nama lengkap")).to_have_value("  Maria <b>")
    expect(page.get_by_label("NIK")).to_have_value("12")


def test_pages_speak_english(page: Page, shot: Shot, accessible: Check) -> None:
    start(page)
    page.get_by_label("Nama lengkap").fill("Maria")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("Full name")).to_have_value("Maria")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    see(page, "english-form", shot, accessible)
    page.goto(PERMIT)
    see(page, "english-standard", shot, accessible)
