"""Everything the pages need that outlives a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from starlette.requests import Request

from runtime.cases.store import Store
from runtime.citizen.fillings import Fillings
from runtime.citizen.first_look import BlankPages
from runtime.citizen.shells import Shells
from runtime.issuing.signing import Signing
from runtime.people.people import People
from runtime.releases import Releases
from runtime.serving import Serving, serving_of
from runtime.settings import Settings
from runtime.static_files import StaticFiles
from runtime.voice import Voices, voices


class Assets(TypedDict):
    """Addresses that templates link to."""

    css: str
    office: str
    form: str
    check: str
    icon: str


@dataclass(frozen=True, slots=True)
class Kit:
    """What the server holds, and beside it what only pages need."""

    serving: Serving
    voices: Voices
    files: StaticFiles
    shells: Shells
    fillings: Fillings
    blank_pages: BlankPages
    assets: Assets

    @property
    def signing(self) -> Signing:
        """Return how letters are signed."""
        served = self.serving
        return Signing(
            store=served.store,
            casework=served.casework,
            office=served.issuing,
            accounts=served.people.accounts,
            find_city=lambda digest, city: served.releases.of(digest).cities.get(city),
            voice=self.voices["id"],
            public_url=served.settings.public_url,
        )

    @property
    def store(self) -> Store:
        """Return everything that is kept."""
        return self.serving.store

    @property
    def people(self) -> People:
        """Return those who work on cases."""
        return self.serving.people

    @property
    def settings(self) -> Settings:
        """Return what the operator has set."""
        return self.serving.settings

    @property
    def releases(self) -> Releases:
        """Return the releases that are served from."""
        return self.serving.releases


def kit_of(request: Request) -> Kit:
    """Return what answers a request; its `serving` is the one of this moment."""
    pages = request.app.state.pages
    assert isinstance(pages, PageKit)
    return pages.kit(serving_of(request))


class PageKit:
    """What pages need and no store changes."""

    def __init__(self) -> None:
        """Read words, templates and static files."""
        self.voices: Voices = voices()
        self.files = StaticFiles()
        self.shells = Shells()
        self.fillings = Fillings()
        self.blank_pages = BlankPages()
        self.assets: Assets = {
            "css": self.files.link("site.css"),
            "office": self.files.link("office.css"),
            "form": self.files.link("form.js"),
            "check": self.files.link("periksa.js"),
            "icon": self.files.link("icon.svg"),
        }
        self._kit: Kit | None = None

    def kit(self, serving: Serving) -> Kit:
        """Return all of it together with what the server holds, put together once."""
        known = self._kit
        if known is None or known.serving is not serving:
            known = self._kit = Kit(
                serving, self.voices, self.files, self.shells, self.fillings, self.blank_pages, self.assets
            )
        return known
