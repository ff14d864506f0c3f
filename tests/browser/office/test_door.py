"""An officer comes in by the office's door, on a phone and at a desk, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phone import watched

pytestmark = pytest.mark.browser

Shot = Callable[[Page, str], None]
Check = Callable[[Page], None]
OFFICE = "/kota-uji/kantor"


@pytest.fixture
def desk_page(browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=server, locale="id-ID")
    with context, watched(context) as opened:
        yield opened


def come_in(page: Page, role: str, shot: Shot, accessible: Check, name: str) -> None:
    def see(step: str) -> None:
        shot(page, f"kantor-{name}-{step}")
        accessible(page)

    page.goto(f"{OFFICE}/akun")
    expect(page).to_have_title(re.compile("^Masuk untuk petugas"))
    page.get_by_label("NIP").fill("1234")
    page.get_by_label("Sandi").fill("bukan sandinya")
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("alert")).to_contain_text("NIP atau sandi tidak cocok")
    see("masuk-salah")
    page.get_by_role("link", name=role, exact=True).first.click()
    see("masuk")
    page.get_by_role("button", name="Masuk").click()
    expect(page).to_have_title(re.compile("^Kode dari aplikasi"))
    see("kode")
    shown = page.locator(".besar").inner_text()
    page.get_by_label("Kode", exact=True).fill("000000")
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page.get_by_role("alert")).to_contain_text("Kode tidak cocok")
    see("kode-salah")
    page.get_by_label("Kode", exact=True).fill(shown)
    page.get_by_role("button", name="Lanjutkan").click()


def look_round(page: Page, shot: Shot, accessible: Check, name: str) -> None:
    expect(page).to_have_title(re.compile("^Akun saya"))  # where they wanted to go
    shot(page, f"kantor-{name}-akun")
    accessible(page)
    page.get_by_label("Sandi lama").fill("bukan sandinya")
    page.get_by_label("Sandi baru", exact=True).fill("kuda biru makan awan")
    page.get_by_label("Sandi baru, sekali lagi").fill("kuda biru makan awan")
    page.get_by_role("button", name="Simpan").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Sandi lama tidak cocok")
    accessible(page)
    page.get_by_role("button", name="Buat sepuluh kode baru").click()
    expect(page.locator(".kode-cadangan li")).to_have_count(10)
    shot(page, f"kantor-{name}-kode-cadangan")
    accessible(page)
    page.get_by_role("link", name="Sudah saya simpan").click()
    expect(page).to_have_title(re.compile("^Akun saya"))
    page.get_by_role("link", name="English").click()
    expect(page).to_have_title(re.compile("^My account"))
    accessible(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page).to_have_title(re.compile("^Sign in for officers"))
    accessible(page)
    page.go_back()
    page.reload()
    expect(page).to_have_title(re.compile("^Sign in for officers"))  # nothing of the desk is left in the browser


def test_an_officer_comes_in_on_a_phone(page: Page, shot: Shot, accessible: Check) -> None:
    come_in(page, "Loket depan", shot, accessible, "ponsel")
    look_round(page, shot, accessible, "ponsel")


def test_an_officer_comes_in_without_scripts(plain_page: Page, shot: Shot, accessible: Check) -> None:
    come_in(plain_page, "Bendahara", shot, accessible, "tanpa-skrip")
    look_round(plain_page, shot, accessible, "tanpa-skrip")


def test_an_officer_comes_in_at_a_desk(desk_page: Page, shot: Shot, accessible: Check) -> None:
    come_in(desk_page, "Admin sistem", shot, accessible, "meja")
    look_round(desk_page, shot, accessible, "meja")
