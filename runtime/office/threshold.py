"""One request of somebody on the way in: before the password, or between it and the code.

Each page of the way belongs to one step; whoever comes at another step is sent there, whoever is in already goes on.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.words import Lang
from runtime.citizen.visit import language
from runtime.html_page import PERSONAL, HtmlPage
from runtime.office import staff_cookie
from runtime.office.desk_visit import city_of, session_of
from runtime.office.way_back import asking, way_back
from runtime.page_kit import Kit, kit_of
from runtime.people.sign_in import Entered
from runtime.people.staff_sessions import StaffSession, Step
from runtime.release import CityRelease
from runtime.sent_form import sent_form
from runtime.voice import Voice

_PAGES = {Step.PASSWORD: "masuk/sandi", Step.PAIRING: "masuk/pasang", Step.CODE: "masuk/kode"}


class Threshold:
    """The request, opened by `at`."""

    def __init__(self, request: Request, city: CityRelease, session: StaffSession | None) -> None:
        """Hold what was found."""
        self.request = request
        self.kit: Kit = kit_of(request)
        self.city = city
        self.session = session
        self.lang: Lang = language(request)
        self.voice: Voice = self.kit.voices[self.lang]
        self.back = way_back(city.code, request.query_params.get("kembali", ""))
        brought = staff_cookie.known_id(request.cookies, staff_cookie.cookie_name(self.kit.settings.secure))
        stranger = brought if brought and not staff_cookie.may_hold_session(brought) else ""
        self._id = session.token if session is not None else stranger or staff_cookie.new_id()
        self._give = self._id != brought

    @classmethod
    async def at(cls, request: Request) -> Threshold:
        """Open a request; 404 where the address names no city."""
        city = city_of(request)
        return cls(request, city, await session_of(request, city.code))

    @property
    def code(self) -> str:
        """Return the city's code."""
        return self.city.code

    @property
    def address(self) -> str:
        """Return where the visitor comes from, for the counters."""
        return self.request.client.host if self.request.client is not None else "?"

    @property
    def token(self) -> str:
        """Return the token that forms of this page carry."""
        return self.kit.people.sessions.form_token(self.code, self._id)

    def standing(self, step: Step) -> StaffSession | None:
        """Return the session where it stands at this step, None elsewhere."""
        return self.session if self.session is not None and self.session.step is step else None

    def elsewhere(self) -> Response:
        """Send the browser to the page of the step that it stands at."""
        step = None if self.session is None else self.session.step
        if step is Step.IN:
            return self.to(self.back)
        path = f"/{self.code}/kantor/{'masuk' if step is None else _PAGES[step]}"
        return self.to(path if self.back == f"/{self.code}/kantor/" else asking(path, self.back))

    def entered(self, entered: Entered) -> Response:
        """Give the browser the new id and send it on."""
        self.renewed(entered)
        if entered.step is Step.IN:
            return self.to(self.back)
        path = f"/{self.code}/kantor/{_PAGES[entered.step]}"
        return self.to(path if self.back == f"/{self.code}/kantor/" else asking(path, self.back))

    def renewed(self, entered: Entered) -> None:
        """Answer with the new id."""
        self._id, self._give = entered.token, True

    async def sent(self) -> dict[str, str] | None:
        """Return the form that was sent, None where it does not carry the token of this page."""
        sent = dict(await sent_form(self.request))
        given = sent.get("token", "").encode("utf-8", "replace")
        return None if self._give or not secrets.compare_digest(given, self.token.encode()) else sent

    def page(self, template: str, context: Mapping[str, object], status: int = 200) -> Response:
        """Answer with a page, which no browser keeps."""
        frame = {
            "office": self.city.city.office.to(self.lang),
            "contact": "",
            "city": self.code,
            "home": f"/{self.code}/kantor/masuk",
            "assets": self.kit.assets,
            "token": self.token,
            "person": "",
            "post": "",
            "several_posts": False,
            "demo": self.kit.people.demo,
            "menu": [],
        }
        body = self.voice.page(template, {**frame, **context}).encode()
        return self._with_cookie(HtmlPage(body, status, personal=True))

    def to(self, path: str) -> Response:
        """Send the browser on to a page."""
        return self._with_cookie(RedirectResponse(path, 303, {"cache-control": PERSONAL}))

    def _with_cookie(self, response: Response) -> Response:
        if self._give:
            staff_cookie.give(response, self._id, self.kit.settings.secure)
        return response
