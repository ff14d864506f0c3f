"""The office of Kupang, served: a browser for each of its posts, signed in, and the cases behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path

from httpx2 import Response
from sqlalchemy import Connection
from starlette.applications import Starlette
from starlette.testclient import TestClient

from generator.model import Catalog
from runtime.cases.case_change import Change
from runtime.cases.case_entry import ChangedError
from runtime.cases.casework import Casework
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, demo_people
from runtime.settings import Limits, Settings, Signing
from tests.kupang_office import CITY, FILED, Hands, KupangOffice
from tests.office_visitor import Visitor, another, said, visiting

OFFICE = f"/{CITY}/kantor"
FRONT, BACK = Post("dpmptsp", "front_office"), Post("dpmptsp", "back_office")
VERIFIER, HEAD = Post("dpmptsp", "verifikator"), Post("dpmptsp", "kepala")
PUPR, DLHK, DISHUB = Post("pupr", "tim_teknis"), Post("dlhk", "tim_teknis"), Post("dishub", "tim_teknis")
DINKES = Post("dinkes", "tim_teknis")
AUDITOR = Post("inspektorat", "auditor")
TESTED = {"jawab.nomor_ba_konsultasi": "BA-1", "jawab.hasil_konsultasi": "sesuai"}


def hidden(text: str, action: str = "") -> dict[str, str]:
    """Return the hidden fields of a page, or of its form that is sent to an address with this end."""
    if action:
        form = re.search(rf'<form method="post" action="[^"]*/{re.escape(action)}".*?</form>', text, re.DOTALL)
        text = text if form is None else form[0]
    pairs = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text)
    return {name: unescape(value) for name, value in pairs if name != "perlu"}


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody at a post, with a browser."""

    nip: str
    post: Post
    client: TestClient

    def open(self, path: str) -> Response:
        """Open a page below the office."""
        return self.client.get(f"{OFFICE}/{path}")

    def file(self, nomor: str) -> Response:
        """Open the page of a file."""
        return self.open(f"berkas/{nomor}")

    def send(self, path: str, page: str, form: Mapping[str, str | list[str]], follow: bool = True) -> Response:
        """Send a form with the hidden fields of the page it stands on."""
        fields = {**hidden(page, path.rpartition("/")[2]), **form}
        return self.client.post(f"{OFFICE}/{path}", data=fields, follow_redirects=follow)

    def answer(self, nomor: str, **form: str | list[str]) -> Response:
        """Answer at the own desk, from the page of the file as it is now."""
        page = self.file(nomor).text
        return self.send(f"berkas/{nomor}/{action(page)}", page, form)


def action(page: str) -> str:
    """Return the last part of the address that the answer of a desk is sent to."""
    found = re.search(r'action="[^"]*/berkas/[^/"]+/(kelengkapan|rekomendasi|paraf|persetujuan)"', page)
    return "rekomendasi" if found is None else found[1]


@dataclass
class ServedOffice:
    """The served office."""

    visitor: Visitor
    kupang: KupangOffice
    officers: dict[Post, Officer] = field(default_factory=dict)

    def at(self, post: Post) -> Officer:
        """Return the demonstration's person at a post, signed in."""
        if post not in self.officers:
            self.officers[post] = self.enter(self.nip(post), post)
        return self.officers[post]

    def nip(self, post: Post) -> str:
        """Return who that is."""
        city = self.visitor.serving.releases.current.cities[CITY].city
        return next(one.nip for one in demo_people(city) if one.post == post)

    def enter(self, nip: str, post: Post, password: str = PASSWORD) -> Officer:
        """Sign somebody of the demonstration in, in a browser of their own."""
        client = another(self.visitor.client)
        page = client.get(f"{OFFICE}/masuk").text
        answer = client.post(f"{OFFICE}/masuk", data={**hidden(page), "nip": nip, "sandi": password})
        shown = re.search(r'class="besar">(\d{6})<', answer.text)
        assert shown is not None, said(answer.text)
        answer = client.post(f"{OFFICE}/masuk/kode", data={**hidden(answer.text), "kode": shown[1]})
        assert answer.url.path == f"{OFFICE}/", said(answer.text)
        return Officer(nip, post, client)

    def through_completeness(self, nomor: str) -> None:
        """Let the front office find a file complete."""
        answer = self.at(FRONT).answer(nomor, putusan="setuju")
        assert answer.status_code == 200, said(answer.text)


@contextmanager
def served_office(
    folder: Path, releases: Path, catalog: Catalog, signing: Signing = Signing.LOCAL
) -> Iterator[ServedOffice]:
    """Serve Kupang with the people of its demonstration, and this signing service."""
    settings = Settings(folder, releases, "http://testserver", FILED, Limits(), demo=True, signing=signing)
    with visiting(settings) as visitor:
        serving = visitor.serving
        hands = Hands(serving.now())
        kupang = KupangOffice(serving.store, serving.releases, serving.casework, catalog.cities[CITY].examples, hands)
        yield ServedOffice(visitor, kupang)


@contextmanager
def always_slower(office: ServedOffice) -> Iterator[None]:
    """Let whoever acts on a case find that others were quicker, each time."""

    def slower(connection: Connection, change: Change) -> None:
        assert connection is not None
        raise ChangedError(change.case.key, change.first_seq)

    made: object = office.visitor.client.app
    while not isinstance(made, Starlette):
        made = vars(made)["_app"]
    serving = office.visitor.serving
    casework = Casework(serving.store, lambda digest, city: serving.releases.of(digest).cities.get(city), (slower,))
    made.state.serving = replace(serving, casework=casework)
    try:
        yield
    finally:
        made.state.serving = serving
