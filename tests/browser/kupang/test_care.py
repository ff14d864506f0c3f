"""What happens when something goes wrong, or somebody sees, types or reads otherwise."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.kupang.conftest import Begin
from tests.browser.kupang.journey import Journey
from tests.browser.kupang.paper import Papers
from tests.browser.kupang.people import HER_ADDRESS, MARIA
from tests.browser.looker import Looker

pytestmark = pytest.mark.browser

TYPED = "  Kopi ½ & <Timor> "


def test_what_is_not_right_is_listed_at_the_top_and_nothing_typed_is_lost(begin: Begin) -> None:
    journey = begin("galat")
    page = journey.page
    page.goto("/kota-kupang/izin/trayek/isi/1")
    title = page.get_by_role("heading", level=1).inner_text()
    journey.on()
    expect(page).to_have_title(re.compile(rf"^Galat: {title} – "))
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    journey.see("kosong")
    missing = summary.get_by_role("link").all_inner_texts()
    assert missing
    assert all(re.fullmatch(r".+: belum (diisi|dipilih)", text) for text in missing)

    for link in summary.get_by_role("link").all():  # each leads to a control that says the same
        target = page.locator(f"[id='{(link.get_attribute('href') or '').removeprefix('#')}']")
        expect(target).to_have_count(1)
    summary.get_by_role("link").first.click()
    expect(page.locator(":focus")).to_have_count(1)


def test_what_was_typed_comes_back_exactly_as_it_was_typed(begin: Begin) -> None:
    journey = begin("salah-ketik")
    page = journey.page
    page.goto("/kota-kupang/izin/sip-dokter/isi/1")
    journey.fill(
        "Permohonan",
        {
            "Jenis permohonan": "Baru",
            "Profesi": "Dokter gigi",
            "Kewarganegaraan": "Indonesia (WNI)",
            "Pernah berpraktik dengan STR ini?": "Ya",
        },
    )
    typed = {
        "Nama lengkap": '  Maria <b>&amp; "Tari"',
        "NIK": "53710245",
        "Tanggal lahir": "31/02/1990",
        "Nomor HP": "delapan",
    }
    for label, text in typed.items():
        page.get_by_label(label, exact=True).fill(text)
    journey.on()
    expect(page).to_have_title(re.compile("^Galat: "))
    journey.see("galat")
    said = page.get_by_role("alert").get_by_role("link").all_inner_texts()
    assert said == [
        "NIK: harus 16 angka; yang tertulis 8",
        "Tempat lahir: belum diisi",
        "Tanggal lahir: tanggal ini tidak ada di kalender",
        "Jenis kelamin: belum dipilih",
        "Nomor HP: tulis nomor lengkap dengan angka, misalnya 0812 3456 7890",
    ]
    for label, text in typed.items():
        expect(page.get_by_label(label, exact=True)).to_have_value(text)
    page.get_by_role("link", name="NIK: harus").click()
    expect(page.get_by_label("NIK", exact=True)).to_be_focused()


def test_a_draft_is_resumed_on_another_phone_by_nomor_and_code(begin: Begin) -> None:
    journey = begin("draf")
    page = journey.page
    page.goto("/kota-kupang/izin/reklame-tetap/isi/1")
    page.get_by_label("Videotron").check()
    page.get_by_label("Nama produk atau usaha yang diiklankan").fill(TYPED)
    page.get_by_role("button", name="Simpan, lanjutkan nanti").click()
    journey.see("tersimpan")
    expect(page.locator(".besar")).to_have_count(2)
    nomor, code = page.locator(".besar").all_inner_texts()

    other = begin("draf-telepon-lain")
    other.page.goto("/kota-kupang/")
    other.page.get_by_role("link", name="Lanjutkan draf").click()
    other.see("lanjut")
    other.page.get_by_label("Nomor").fill(nomor.lower())
    other.page.get_by_label("Kode").fill(code.lower().replace("-", " "))
    other.page.get_by_role("button", name="Buka").click()
    other.see("isian")
    expect(other.page.get_by_label("Videotron")).to_be_checked()
    expect(other.page.get_by_label("Nama produk atau usaha yang diiklankan")).to_have_value(TYPED)


def test_a_text_that_says_it_is_a_pdf_is_not_taken(begin: Begin, files: Papers) -> None:
    journey = begin("unggah-salah")
    page = journey.page
    _doctor_up_to_the_documents(journey)
    section = page.get_by_role("region", name="KTP pemohon", exact=True)
    section.get_by_role("button", name="Unggah").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        "KTP pemohon: pilih dulu berkasnya, lalu tekan Unggah"
    )
    journey.see("tanpa-berkas")
    section.locator("input[type=file]").set_input_files(files.renamed)
    section.get_by_role("button", name="Unggah").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(1)
    journey.see("bukan-pdf")
    said = page.get_by_role("alert").get_by_role("link").inner_text()
    assert said == "KTP pemohon: isi berkas ini bukan PDF, JPEG atau PNG"
    expect(section.locator(".galat")).to_contain_text(re.compile("isi berkas ini bukan PDF, JPEG atau PNG$", re.I))
    expect(section.get_by_text("belum ada")).to_be_visible()


def test_every_page_speaks_english(begin: Begin) -> None:
    journey = begin("english")
    page = journey.page
    page.goto("/kota-kupang/")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Building approval (PBG)").click()
    journey.see("standard")
    page.get_by_role("link", name="Fill in the application").first.click()
    page.get_by_label("New building").check()
    journey.see("form")
    page.get_by_role("button", name="Bahasa Indonesia").click()  # on a form it keeps what was answered
    expect(page.get_by_label("Bangunan baru")).to_be_checked()
    expect(page.locator("html")).to_have_attribute("lang", "id")


@pytest.mark.parametrize("scripts", [True], ids=["dengan-skrip"])
def test_a_page_is_filled_with_the_keyboard_alone(begin: Begin) -> None:
    journey = begin("papan-tombol")
    page = journey.page
    page.goto("/kota-kupang/izin/apotek/isi/1")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    journey.see("lompat")
    page.keyboard.press("Enter")
    _tab_to(page, "Baru")
    page.keyboard.press("Space")
    _tab_to(page, "Apoteker perseorangan")
    page.keyboard.press("ArrowDown")  # the other owner, whose question appears
    expect(page.get_by_label("Badan (PT, yayasan, koperasi)")).to_be_checked()
    expect(page.get_by_label("Nomor perjanjian notaris dengan apoteker")).to_be_visible()
    page.keyboard.press("ArrowUp")
    _tab_to(page, "NIB apotek")
    page.keyboard.type("1234567890123")
    journey.see("terisi")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Data diri")


@pytest.mark.parametrize("scripts", [True], ids=["dengan-skrip"])
@pytest.mark.parametrize("large", [False, True], ids=["320", "200-persen"])
def test_nothing_is_wider_than_a_narrow_screen_or_large_text(begin: Begin, looker: Looker, large: bool) -> None:
    journey = begin("huruf-besar" if large else "layar-320")
    page = journey.page
    if large:  # what a browser's setting for large text does
        page.add_init_script(
            "addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '225%' })"
        )
    else:
        page.set_viewport_size({"width": 320, "height": 640})
    permits = ("apotek", "pbg", "penelitian", "reklame-insidentil", "reklame-tetap", "sip-dokter", "trayek")
    for path in ("", "lacak", "lanjut", *(f"izin/{permit}" for permit in permits)):
        page.goto(f"/kota-kupang/{path}")
        looker.fits(page)
    journey.see("standar")
    _doctor_up_to_the_documents(journey)


def _doctor_up_to_the_documents(journey: Journey) -> None:
    journey.page.goto("/kota-kupang/izin/sip-dokter/isi/1")
    journey.fill(
        "Permohonan",
        {
            "Jenis permohonan": "Pencabutan",
            "Profesi": "Dokter umum",
            "Kewarganegaraan": "Indonesia (WNI)",
            "Nomor SIP yang lama": "503/1/SIP-DU/DPMPTSP/I/2024",
            "Tanggal SIP lama terbit": "2 Januari 2024",
            "Alasan pencabutan": "Pindah ke Atambua",
        },
    )
    journey.fill("Data diri", MARIA)
    journey.fill("Alamat dan kuasa", HER_ADDRESS)
    expect(journey.page.get_by_role("heading", level=1)).to_have_text("Dokumen")


def _tab_to(page: Page, label: str) -> None:
    wanted = page.get_by_label(label, exact=True)
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {label}")
