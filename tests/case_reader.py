"""Somebody at the pages of their own case; they and the office of Kupang take turns on one data folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from httpx2 import Response
from starlette.testclient import TestClient

from runtime.cases.store import Store
from runtime.serving import casework_of
from runtime.settings import Settings
from runtime.site import site
from tests.kupang_office import CITY, KupangOffice


def said(text: str) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def hidden(text: str, action: str = "") -> dict[str, str]:
    """Return the hidden fields of a form: the one that is sent to `action`, or all of the page."""
    if action:
        text = text[text.index(f'action="{action}"') :].partition("</form>")[0]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text)}


@dataclass
class CaseReader:
    """A browser without a browser that has opened a case by its nomor and code."""

    client: TestClient
    nomor: str
    code: str
    city: str = CITY

    @property
    def here(self) -> str:
        """Return the address of the case."""
        return f"/{self.city}/permohonan/{self.nomor}"

    def open(self) -> Response:
        """Give nomor and code."""
        form = hidden(self.client.get(f"/{self.city}/lacak").text)
        return self.client.post(f"/{self.city}/lacak", data={**form, "nomor": self.nomor, "kode": self.code})

    def read(self, path: str = "") -> Response:
        """Look at a page of the case."""
        return self.client.get(self.here + path)

    def send(self, path: str, data: Mapping[str, object], to: str = "") -> Response:
        """Send the form that a page of the case has, and follow."""
        action = self.here + (to or path)
        return self.client.post(action, data={**hidden(self.read(path).text, action), **data})

    def give(self, document: str, content: bytes, name: str = "baru.pdf", item: str = "") -> Response:
        """Give a file for the repair."""
        path = f"{self.here}/perbaikan/dokumen"
        form = {"token": hidden(self.read().text)["token"]}
        data = {**form, "dokumen": document, "butir": item}
        return self.client.post(path, data=data, files={"berkas": (name, content, "application/pdf")})


@contextmanager
def at_the_pages(office: KupangOffice, folder: Path, releases: Path, nomor: str) -> Iterator[CaseReader]:
    """Let the applicant of a case have the folder, until the office has it again."""
    code = office.store.submissions.code(office.city, nomor)
    office.store.close()
    with TestClient(site(Settings(folder, releases, "http://testserver", office.hands()))) as client:
        reader = CaseReader(client, nomor, code, office.city)
        reader.open()
        yield reader
    office.hands.pass_by(minutes=5)  # what was done at the pages took some time
    office.store = Store(folder, office.hands)
    office.casework = casework_of(office.store, office.releases)
