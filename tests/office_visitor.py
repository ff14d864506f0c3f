"""An officer's browser without a browser: signing in to the office of the sample city, for tests of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from runtime.page_kit import Kit, PageKit
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, demo_people
from runtime.serving import Serving
from runtime.settings import Limits, Settings
from runtime.site import site
from tests.sample_office import CITY, settings_for
from tests.sample_permit import sample_city

OFFICE = f"/{CITY}/kantor"


def said(text: str) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def nip_of(held: Post) -> str:
    """Return the NIP of the demonstration's person at a post of the sample city."""
    return next(one.nip for one in demo_people(sample_city()) if one.post == held)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A client, and what the tests reach behind it."""

    client: TestClient
    serving: Serving

    def token(self, path: str) -> str:
        """Return the token of a page's form."""
        found = re.search(r'name="token" value="([^"]*)"', self.client.get(path).text)
        assert found is not None, path
        return found[1]

    def send(self, path: str, page: str = "", **form: str) -> Response:
        """Send a form from a page, from the one at its own path where none is named, and follow."""
        return self.client.post(path, data={"token": self.token(page or path), **form})

    def password(self, nip: str, password: str = PASSWORD) -> Response:
        """Give a NIP and a password."""
        return self.send(f"{OFFICE}/masuk", nip=nip, sandi=password)

    def enter(self, held: Post) -> None:
        """Sign in as the demonstration's person at a post."""
        answer = self.password(nip_of(held))
        shown = re.search(r'class="besar">(\d{6})<', answer.text)
        assert shown is not None, said(answer.text)
        answer = self.send(f"{OFFICE}/masuk/kode", kode=shown[1])
        assert answer.url.path == f"{OFFICE}/", said(answer.text)

    @property
    def cookie(self) -> str:
        """Return the id that this browser holds."""
        return self.client.cookies.get("spo") or ""

    def hold(self, cookie: str) -> None:
        """Bring an id, wherever it comes from."""
        self.client.cookies.set("spo", cookie, domain="testserver.local", path="/")

    def away(self) -> Visitor:
        """Return another browser on the same server, with no cookie."""
        return Visitor(another(self.client), self.serving)


@contextmanager
def office_in(folder: Path, limits: Limits | None = None, demo: bool = True) -> Iterator[Visitor]:
    """Serve the sample city with the people of the demonstration."""
    with visiting(replace(settings_for(folder, limits), demo=demo)) as visitor:
        yield visitor


@contextmanager
def visiting(settings: Settings) -> Iterator[Visitor]:
    """Serve these settings, as somebody who has just come."""
    made = site(settings)
    with TestClient(made) as client:
        yield Visitor(client, _serving(made))


def another(client: TestClient) -> TestClient:
    """Return the browser of somebody else at the same server, whose one event loop answers both."""
    made = TestClient(client.app)
    made.portal = client.portal
    return made


def kit_behind(client: TestClient) -> Kit:
    """Return what the pages of a served site are made with."""
    return PageKit().kit(_serving(client.app))


def _serving(made: object) -> Serving:
    inner = made
    while not isinstance(inner, Starlette):
        inner = vars(inner)["_app"]
    found = inner.state.serving
    assert isinstance(found, Serving)
    return found
