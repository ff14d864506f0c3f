"""An officer's browser: in by the door of a demonstration, a file out of the list by its due date, an answer given.

As on a journey, everything goes by what is written on the pages, and each page that is seen leaves a picture.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page, expect

from tests.browser.kupang.album import Album
from tests.browser.looker import Looker

WAIT = 30.0  # seconds for a letter to be printed and signed
OFFICE = "/kota-kupang/kantor/"
DOOR = "DPMPTSP Kota Kupang"
PUPR = "Dinas Pekerjaan Umum dan Penataan Ruang"
DLHK = "Dinas Lingkungan Hidup dan Kebersihan"
DISHUB = "Dinas Perhubungan"
PICTURE = re.compile(r"/dokumen/[^/]+/\d+$")
NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
LOAD_PICTURES = """() => Promise.all([...document.images].map(one => {
    one.loading = "eager";
    return one.decode();
}))"""
CONSULTED: Mapping[str, str] = {
    "Nomor berita acara konsultasi": "BA-17/PUPR/2026",
    "Hasil konsultasi": "Sesuai standar teknis",
}


class Officer:
    """Somebody at a post, on the screen they work at."""

    home = OFFICE

    def __init__(self, page: Page, looker: Looker, folder: str) -> None:
        """Sit down at a screen on which nobody is signed in."""
        self.page = page
        self._album = Album(page, looker, folder)

    def see(self, name: str, publish: str = "", pictures: bool = False) -> None:
        """Look at the page and keep a picture, with the pictures that the page loads as it is scrolled."""
        if pictures:
            self.page.evaluate(LOAD_PICTURES)
        self._album.see(name, publish)

    def come_in(self, agency: str, role: str) -> None:
        """Sign in as the demonstration's person of an agency and role, with the code that holds now."""
        page = self.page
        page.goto(OFFICE)
        expect(page.get_by_role("heading", level=1)).to_have_text("Masuk untuk petugas")
        people = page.locator(f"h3:text-is('{agency}') + ul")
        people.get_by_role("link", name=role, exact=True).click()
        page.get_by_role("button", name="Masuk", exact=True).click()
        self.say_code()

    def say_code(self) -> None:
        """Give the code that a demonstration shows."""
        page = self.page
        shown = page.locator(".besar").inner_text()
        page.get_by_label("Kode", exact=True).fill(shown)
        page.get_by_role("button", name="Lanjutkan").click()

    def spare_pictures(self) -> None:
        """Do without pictures of documents, which are drawn anew each time a file is opened."""
        self.page.route(PICTURE, lambda route: route.fulfill(body=NOTHING, content_type="image/svg+xml"))

    def leave(self) -> None:
        """Sign out."""
        self.page.get_by_role("button", name="Keluar", exact=True).click()

    def line(self, nomor: str) -> Locator:
        """Return the line of a file in the list that is shown."""
        return self.page.locator("ol.antrean > li").filter(has=self.page.get_by_role("link", name=nomor, exact=True))

    def other_list(self, name: str) -> None:
        """Go to another list."""
        lists = self.page.get_by_role("navigation", name="Daftar berkas")
        lists.get_by_role("link", name=re.compile(f"^{name} ")).click()

    def open(self, nomor: str) -> None:
        """Open a file from the list that is shown."""
        self.line(nomor).get_by_role("link", name=nomor, exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(nomor)

    def find(self, nomor: str) -> None:
        """Open a file from one's own list, or by its number where it is not there."""
        self.page.goto(self.home)
        if self.line(nomor).count():
            self.open(nomor)
        else:
            self.page.get_by_label("Buka menurut nomor").fill(nomor)
            self.page.get_by_role("button", name="Buka", exact=True).click()
            expect(self.page.get_by_role("heading", level=1)).to_contain_text(nomor)

    def answer(self, verdict: str, answers: Mapping[str, str] | None = None, note: str = "") -> None:
        """Give an answer at the own desk, with the answers to its questions, and go on."""
        page, desk = self.page, self.page.locator("#putusan")
        for label, answer in (answers or {}).items():
            legend = desk.locator("legend").get_by_text(label, exact=True)
            if legend.count():
                legend.locator("..").get_by_label(answer, exact=True).check()
            else:
                desk.get_by_label(label, exact=True).fill(answer)
        desk.get_by_label(verdict).check()
        if note:
            desk.get_by_label("Catatan (boleh kosong)").fill(note)
        page.get_by_role("button", name="Kirim jawaban", exact=True).click()

    def approve(self, words: str, answers: Mapping[str, str] | None = None, note: str = "") -> None:
        """Answer that all is well, in the words of the own desk; the page says that it is kept."""
        self.answer(words, answers, note)
        expect(self.page.get_by_role("status")).to_be_visible()

    def ask_repair(self, wrong: Mapping[str, tuple[str, str]], answers: Mapping[str, str] | None = None) -> None:
        """Mark what must be repaired, and say of each why and what to do."""
        page = self.page
        for label in wrong:
            page.get_by_label(f"Perbaiki: {label}", exact=True).check()
        self.answer("Minta perbaikan untuk yang ditandai", answers)
        expect(page.get_by_role("heading", level=1)).to_have_text("Minta perbaikan")
        for label, (reason, note) in wrong.items():
            card = page.locator("fieldset.kartu").filter(has=page.locator("legend").get_by_text(label, exact=True))
            card.get_by_label(f"Alasan: {label}").select_option(label=reason)
            card.get_by_label("Apa yang harus dilakukan pemohon?").fill(note)
        self.see("minta-perbaikan")
        page.get_by_role("button", name="Kirim permintaan perbaikan").click()
        expect(page.get_by_role("status")).to_be_visible()

    def refuse(self, law: str, why: str, onward: str) -> None:
        """Refuse by an article, with the reason and what the applicant can do."""
        page = self.page
        self.answer("Tolak permohonan, dengan pasal dan alasan")
        expect(page.get_by_role("heading", level=1)).to_have_text("Tolak permohonan")
        page.get_by_label("Pasal yang menjadi dasar").select_option(label=law)
        page.get_by_label("Alasan penolakan").fill(why)
        page.get_by_label("Apa yang dapat dilakukan pemohon").fill(onward)
        self.see("tolak")
        page.get_by_role("button", name="Tolak permohonan").click()
        expect(page.get_by_role("status")).to_be_visible()

    def sign(self) -> None:
        """Ask for the signature, and look again until the letter is there."""
        page = self.page
        page.get_by_role("button", name="Tanda tangani", exact=True).click()
        expect(page.get_by_role("status")).to_be_visible()
        self.see("diminta")
        issued = page.get_by_role("heading", name="Surat yang terbit")
        until = time.monotonic() + WAIT
        while not issued.count():
            assert time.monotonic() < until, "the letter was not signed"
            page.wait_for_timeout(1000)
            page.reload()
        expect(page.get_by_role("status")).to_contain_text("Suratnya sudah ditandatangani")


class Staff:
    """The officers of an office, each signed in once, on a screen of their own."""

    def __init__(self, seat: Callable[[str], Officer]) -> None:
        """Seat them by this when they are first needed."""
        self._seat = seat
        self._seated: dict[tuple[str, str], Officer] = {}

    def at(self, agency: str, role: str) -> Officer:
        """Return whoever is at a post."""
        post = (agency, role)
        if post not in self._seated:
            self._seated[post] = self._seat(f"ujung-{role.lower().replace(' ', '-')}-{len(self._seated)}")
            self._seated[post].come_in(agency, role)
        return self._seated[post]

    def rest(self) -> None:
        """Let all look at nothing, so that no picture of a page is on its way when the town goes to sleep."""
        for officer in self._seated.values():
            officer.page.goto("about:blank")
