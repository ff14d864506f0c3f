"""Somebody reads on a phone what is announced, objects, and follows it; an officer answers; an applicant is asked how
satisfied they are, and has the letter. Without scripts, at 360 points, and axe finds nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rules.case_event import SYSTEM
from rules.command import EndNotice
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD
from tests.ampera_town import AMPERA, ampera_release, ampera_town
from tests.browser.phone import phone, watched
from tests.browser.served import free_port, served
from tests.form_walker import read

pytestmark = pytest.mark.browser

Shot = Callable[[Page, str], None]
Check = Callable[[Page], None]
WORDS = "Menara terlalu dekat dengan sekolah, dan jalannya sempit untuk kendaraan berat."
OVER = datetime.fromisoformat("2026-03-17T09:00+07:00")


@dataclass(frozen=True)
class Kept:
    """Two folders: in one a tower is announced and a permit was issued, in the other objections wait for their desk."""

    release: Path
    now: Path
    later: Path
    issued: tuple[str, str]
    tower: str
    reviewer: str


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    release = ampera_release(tmp_path_factory.mktemp("rilis"))
    now, later = tmp_path_factory.mktemp("kini"), tmp_path_factory.mktemp("nanti")
    with ampera_town(now, release) as town:
        nomor, _ = town.file("menara", "rendah")
        town.carry(nomor, {}, until="umum")
        town.away()
        issued = town.file("rumah-sewa")
        town.carry(issued[0], {})
        reviewer = town.people[Post("kominfo", "tim_teknis")]
    with ampera_town(later, release) as town:
        tower, _ = town.file("menara", "rendah")
        town.carry(tower, {}, until="umum")
        for name in ("Rina Wulandari", "Budi Hartono"):
            town.away()
            page = town.client.get(f"/{AMPERA}/pengumuman").text
            found = re.search(rf'href="(/{AMPERA}/pengumuman/[0-9a-f]+)"', page)
            assert found is not None
            typed = {"nama": name, "kontak": "0812 1111 2222", "hubungan": "Tetangga lokasi", "keberatan": WORDS}
            town.client.post(found[1], data={**read(town.client.get(found[1])).carried, **typed})
    with ampera_town(later, release, OVER) as town:
        town.act(tower, EndNotice(), SYSTEM)
    return Kept(release, now, later, issued, tower, reviewer)


def serving(folder: Path, release: Path, at: str) -> Iterator[str]:
    settings = {
        "SATUPINTU_DATA": str(folder),
        "SATUPINTU_RILIS": str(release),
        "SATUPINTU_JAM": at,
        "SATUPINTU_PERAGAAN": "ya",
    }
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "runtime.site:site", "--port", str(port)]
    with served([*command, "--log-level", "warning"], port, settings) as address:
        yield address


@pytest.fixture(scope="module")
def server(kept: Kept) -> Iterator[str]:
    yield from serving(kept.now, kept.release, "2026-03-02T10:30:00+07:00")


@pytest.fixture(scope="module")
def afterwards(kept: Kept) -> Iterator[str]:
    yield from serving(kept.later, kept.release, "2026-03-17T09:30:00+07:00")


def test_a_neighbour_objects_on_a_phone_and_follows_it(plain_page: Page, accessible: Check, shot: Shot) -> None:
    page = plain_page
    page.goto(f"/{AMPERA}/")
    page.get_by_role("link", name="Pengumuman kepada masyarakat").click()
    expect(page.get_by_text("Jalan Musi 9")).to_be_visible()
    accessible(page)
    shot(page, "pengumuman")
    page.get_by_role("link", name="Baca dan ajukan keberatan").click()
    accessible(page)
    shot(page, "pengumuman-satu")
    page.get_by_label("Keberatan Anda").fill(WORDS)
    page.get_by_role("button", name="Kirim keberatan").click()
    expect(page.get_by_role("alert")).to_contain_text("Nama Anda: isi bagian ini")
    expect(page.get_by_label("Keberatan Anda")).to_have_value(WORDS)
    accessible(page)
    shot(page, "pengumuman-galat")
    page.get_by_label("Nama Anda").fill("Rina Wulandari")
    page.get_by_label("Telepon atau surel Anda").fill("rina@contoh.id")
    page.get_by_label("Hubungan Anda dengan rencana ini").fill("Saya tinggal di sebelahnya")
    page.get_by_role("button", name="Kirim keberatan").click()
    expect(page.get_by_text("Keberatan Anda sudah kami terima.")).to_be_visible()
    accessible(page)
    shot(page, "keberatan-diterima")
    page.get_by_text("Hapus data saya", exact=True).click()
    page.get_by_role("button", name="Hapus", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Beri tanda bila Anda yakin")
    accessible(page)
    page.goto(f"/{AMPERA}/keberatan")
    accessible(page)
    page.goto(f"/{AMPERA}/pengumuman/{'0' * 24}")
    expect(page.get_by_text("lapor.go.id")).to_be_visible()
    accessible(page)


def test_an_applicant_answers_one_page_and_has_the_letter(
    plain_page: Page, kept: Kept, accessible: Check, shot: Shot
) -> None:
    page = plain_page
    nomor, code = kept.issued
    page.goto(f"/{AMPERA}/lacak")
    page.get_by_label("Nomor").fill(nomor)
    page.get_by_label("Kode").fill(code)
    page.get_by_role("button", name="Buka").click()
    accessible(page)
    shot(page, "unduh-sebelum-survei")
    page.get_by_role("button", name="Unduh").first.click()
    expect(page).to_have_title(re.compile("Bagaimana layanan kami?"))
    accessible(page)
    shot(page, "survei")
    page.get_by_role("button", name="Kirim, lalu unduh").click()
    expect(page.get_by_role("alert")).to_contain_text("Persyaratan: pilih satu")
    accessible(page)
    shot(page, "survei-galat")
    for group in page.locator("fieldset[id^=u]").all():
        group.get_by_text("Sangat").click()
    page.get_by_text("Tentang Anda (boleh dilewati)").click()
    page.get_by_label("Umur").select_option("26 sampai 40 tahun")
    page.get_by_role("button", name="Kirim, lalu unduh").click()
    expect(page.get_by_text("Terima kasih atas penilaian Anda.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh").first.click()
    assert download.value.suggested_filename.endswith(".pdf")
    accessible(page)
    page.goto(f"/{AMPERA}/kinerja")
    accessible(page)


def test_the_desk_answers_each_objection_and_the_applicant_is_not_told_who(
    browser: Browser, kept: Kept, afterwards: str, accessible: Check, shot: Shot
) -> None:
    with phone(browser, afterwards, scripts=False, sharp=2) as context, watched(context) as page:
        page.goto(f"/{AMPERA}/kantor/masuk")
        page.get_by_label("NIP").fill(kept.reviewer)
        page.get_by_label("Sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        page.get_by_label("Kode", exact=True).fill(page.locator(".besar").inner_text())
        page.get_by_role("button", name="Lanjutkan").click()
        page.goto(f"/{AMPERA}/kantor/berkas/{kept.tower}")
        expect(page.get_by_text("Rina Wulandari")).to_be_visible()
        accessible(page)
        shot(page, "keberatan-meja")
        page.get_by_role("button", name="Simpan jawaban ini").first.click()
        expect(page.get_by_role("alert")).to_contain_text("tulis jawabannya")
        accessible(page)
        page.get_by_label("Jawaban atas keberatan 1").fill("Jaraknya 30 meter, sesuai aturan.")
        page.get_by_role("button", name="Simpan jawaban ini").first.click()
        expect(page.get_by_text("Jawaban atas keberatan tersimpan.")).to_be_visible()
        accessible(page)
        shot(page, "keberatan-dijawab")
