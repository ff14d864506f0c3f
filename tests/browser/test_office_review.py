"""A file goes through the office on a phone and at a desk: found complete, returned by one, answered by the others."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from runtime.people.demo import demo_people
from tests.browser.phone import phone, watched
from tests.browser.served import free_port, served
from tests.given_papers import file_with_papers
from tests.kupang_office import CITY, kupang_catalog, open_office, published

pytestmark = pytest.mark.browser

Shot = Callable[[Page, str], None]
Check = Callable[[Page], None]
OFFICE = f"/{CITY}/kantor"
NOMOR, SECOND = "KPG-2026-000001", "KPG-2026-000002"


def two_files(data: Path, releases: Path) -> None:
    """File two applications with their documents."""
    catalog = kupang_catalog()
    office = open_office(data, published(releases, catalog), catalog)
    assert [file_with_papers(office), file_with_papers(office)] == [NOMOR, SECOND]
    office.store.close()
    office.releases.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Kupang with two files in it, and the people of its demonstration."""
    data, releases = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("rilis")
    with ThreadPoolExecutor() as pool:  # a loop of its own, beside that of the browser
        pool.submit(two_files, data, releases).result(120)
    settings = {
        "SATUPINTU_DATA": str(data),
        "SATUPINTU_RILIS": str(releases),
        "SATUPINTU_JAM": "2026-03-02T10:00:00+08:00",
        "SATUPINTU_PERAGAAN": "ya",
    }
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "runtime.site:site", "--port", str(port)]
    with served([*command, "--log-level", "warning"], port, settings) as address:
        yield address


def signed_in(page: Page, agency: str, role: str) -> None:
    city = kupang_catalog().cities[CITY].city
    nip = next(one.nip for one in demo_people(city) if (one.post.agency, one.post.role) == (agency, role))
    page.goto(f"{OFFICE}/masuk?orang={nip}")
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.get_by_role("button", name="Lanjutkan").click()
    expect(page).to_have_url(re.compile(rf"{OFFICE}/$"))


def weight(page: Page) -> int:
    return len(page.content().encode())


def test_a_file_is_reviewed_on_a_phone_without_scripts(
    browser: Browser, server: str, shot: Shot, accessible: Check
) -> None:
    def see(page: Page, step: str) -> None:
        shot(page, f"kantor-tinjau-{step}")
        accessible(page)

    with phone(browser, server, scripts=False) as context, watched(context) as page:
        signed_in(page, "dpmptsp", "front_office")
        see(page, "daftar")
        page.get_by_role("link", name=NOMOR).click()
        see(page, "berkas-loket")
        assert weight(page) < 40_000
        page.get_by_label("Lengkap dan benar").check()
        page.get_by_role("button", name="Kirim jawaban").click()
        expect(page.get_by_role("status")).to_contain_text("Jawaban Anda tersimpan: setuju.")
        see(page, "tersimpan")
        page.get_by_role("link", name="Kerjakan berkas berikutnya").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(SECOND)
    with phone(browser, server, scripts=False) as context, watched(context) as page:
        signed_in(page, "pupr", "tim_teknis")
        page.get_by_role("link", name=NOMOR).click()
        see(page, "berkas-tim")
        page.get_by_label(re.compile("Perbaiki\\s*: Jumlah tempat parkir mobil")).check()
        page.get_by_label("Beri rekomendasi").check()
        page.get_by_role("button", name="Kirim jawaban").click()
        expect(page.get_by_role("alert")).to_contain_text("hapus tandanya")
        see(page, "galat")
        page.get_by_label("Minta perbaikan untuk yang ditandai").check()
        page.get_by_role("button", name="Kirim jawaban").click()
        see(page, "alasan")
        page.get_by_role("button", name="Kirim permintaan perbaikan").click()
        expect(page.get_by_role("alert")).to_contain_text("pilih alasannya")
        see(page, "alasan-galat")
        page.get_by_label("Alasan: Jumlah tempat parkir mobil").select_option(label="Isinya keliru")
        page.get_by_role("button", name="Kirim permintaan perbaikan").click()
        expect(page.get_by_role("status")).to_contain_text("Permintaan perbaikan Anda tersimpan.")
        see(page, "dikembalikan")
        page.goto(f"{OFFICE}/daftar?daftar=menunggu")
        expect(page.get_by_role("listitem").filter(has_text=NOMOR)).to_contain_text("sejak")
        see(page, "menunggu")


def test_a_file_is_refused_at_a_desk_and_its_documents_are_looked_at(
    browser: Browser, server: str, shot: Shot, accessible: Check
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=server, locale="id-ID")
    with context, watched(context) as page:
        signed_in(page, "dpmptsp", "verifikator")
        page.goto(f"{OFFICE}/berkas/{SECOND}")
        accessible(page)
        page.get_by_role("link", name="gambar-arsitektur.pdf").click()
        expect(page.get_by_role("img", name="Halaman 1 dari Gambar arsitektur")).to_be_visible()
        shot(page, "kantor-dokumen")
        accessible(page)
    other = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=server, locale="id-ID")
    with other, watched(other) as page:
        page.goto(f"{OFFICE}/masuk")
        signed_in(page, "dlhk", "tim_teknis")
        page.get_by_role("link", name=NOMOR).click()
        accessible(page)
        page.get_by_label("Tolak permohonan, dengan pasal dan alasan").check()
        page.get_by_role("button", name="Kirim jawaban").click()
        shot(page, "kantor-tolak")
        accessible(page)
        page.get_by_role("button", name="Kembali ke berkas").click()
        expect(page.get_by_label("Tolak permohonan, dengan pasal dan alasan")).to_be_checked()
