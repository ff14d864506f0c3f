"""One person's way through the pages, by what is written on them: labels, options and buttons, never names of fields.

Every page that is seen is looked at by axe, must fit the phone, and leaves a picture where one is
wanted (`album`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from tests.browser.kupang.album import Album
from tests.browser.kupang.paper import Papers
from tests.browser.looker import Looker

HOME = "/kota-kupang/"
NEWS = "Jawaban Anda membuka"

Answers = Mapping[str, object]  # by label: text, the words of an option, several of them, or one item's Answers


class Journey:
    """A page, what looks at it, and how many pictures were taken."""

    def __init__(self, page: Page, looker: Looker, papers: Papers, folder: str, scripts: bool) -> None:
        """Begin on a fresh phone; pictures of an earlier run go."""
        self.page = page
        self.scripts = scripts
        self.papers = papers
        self.album = Album(page, looker, folder)

    def see(self, name: str, publish: str = "") -> None:
        """Look at the page and keep a picture; one that README shows is published where that is asked for."""
        self.album.see(name, publish)

    def find(self, words: str, permit: str, publish: bool = False) -> None:
        """Search as people do, and read the service standard."""
        self.page.goto(HOME)
        self.see("cari", "home" if publish else "")
        self.page.get_by_label("Anda mau mengurus apa?").fill(words)
        self.page.get_by_role("button", name="Cari").click()
        self.see("ditemukan")
        self.page.get_by_role("main").get_by_role("link", name=permit).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(permit)
        self.see("standar", "standard" if publish else "")

    def start(self) -> None:
        """Begin an application."""
        self.page.get_by_role("link", name="Isi permohonan").first.click()

    def fill(self, title: str, answers: Answers, publish: str = "") -> None:
        """Answer one page of the form and go on.

        Without scripts the server shows a question once the one it hangs on was answered, so it may take more rounds.
        """
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        left = dict(answers)
        rounds = 0
        while left:
            rounds += 1
            answered = [
                label for label, answer in left.items() if self._answer(self.page.locator("#isian"), label, answer)
            ]
            assert answered, f"nothing asks for {list(left)}"
            left = {label: answer for label, answer in left.items() if label not in answered}
            self.see(_slug(title), publish)
            self.on()
            if left:
                expect(self.page.get_by_role("status")).to_contain_text(NEWS)
        assert rounds == 1 or not self.scripts

    def on(self) -> None:
        """Press Lanjut."""
        self.page.locator("form#isian .deret").get_by_role("button", name="Lanjut", exact=True).click()

    def hand_in(self, names: list[str]) -> None:
        """Give every document that is asked for, one by one; exactly these are asked for."""
        headings = self.page.locator("section.berkas h2")
        expect(headings).to_have_text(names)
        self.see("dokumen")
        for name in names:
            section = self.page.get_by_role("region", name=name, exact=True)
            control = section.locator("input[type=file]")
            control.set_input_files(self.papers.for_(control.get_attribute("accept")))
            section.get_by_role("button", name="Unggah").click()
            expect(section.get_by_text("sudah ada")).to_be_visible()
        self.see("dokumen-lengkap")
        self.page.get_by_role("link", name="Lanjut ke pemeriksaan").click()

    def submit(self) -> tuple[str, str]:
        """Read over, file, and return nomor and code."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Periksa sebelum diajukan")
        self.page.get_by_label("Saya menyatakan").check()
        self.page.get_by_role("button", name="Ajukan permohonan").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Permohonan Anda sudah diterima")
        nomor, code = self.page.locator(".besar").all_inner_texts()
        return nomor, code

    def open_case(self, nomor: str, code: str) -> None:
        """Open a case by what its applicant wrote down."""
        self.page.goto(f"{HOME}lacak")
        self.page.get_by_label("Nomor").fill(nomor)
        self.page.get_by_label("Kode").fill(code)
        self.page.get_by_role("button", name="Buka").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(f"Permohonan {nomor}")

    def section(self, heading: str) -> str:
        """Return the text between a heading of the second level and the next."""
        found = self.page.evaluate(
            """heading => {
                const start = [...document.querySelectorAll("h2")].find(one => one.innerText.trim() === heading);
                let text = "", node = (start.closest(".judul-ubah") ?? start).nextElementSibling;
                for (; node && !node.matches("h2, .judul-ubah"); node = node.nextElementSibling)
                    text += node.innerText + "\\n";
                return text;
            }""",
            heading,
        )
        assert isinstance(found, str)
        return found

    def _answer(self, within: Locator, label: str, answer: object) -> bool:
        """Answer one question, where it is shown."""
        if isinstance(answer, Mapping):
            card = within.locator("legend").get_by_text(label, exact=True).locator("..")
            return card.count() == 1 and all(self._answer(card, each, given) for each, given in answer.items())
        legend = within.locator("legend").get_by_text(label, exact=True)
        if legend.is_visible():
            group = legend.locator("..")
            for option in answer if isinstance(answer, list) else [str(answer)]:
                group.get_by_label(option, exact=True).check()
            return True
        assert isinstance(answer, str)
        control = within.get_by_label(label, exact=True)
        if not control.is_visible():
            return False
        if control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(label=answer)
        else:
            control.fill(answer)
        return True


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
