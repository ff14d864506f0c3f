"""One request of an applicant: the city, the language, the session, and how an answer to it is made.

A visitor without a session has only a random id in a cookie: enough for the token that each form carries, and nothing
is stored for it. A session begins in the store with a draft or with a number and its code.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import date

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.words import Lang
from runtime.cases.sessions import Session
from runtime.citizen.cookies import (
    LANGUAGE,
    known_id,
    language_in,
    may_hold_session,
    new_id,
    session_cookie,
    session_name,
)
from runtime.html_page import PERSONAL, HtmlPage
from runtime.page_kit import Kit, kit_of
from runtime.people.act import Act
from runtime.people.actor import Anybody, Applicant
from runtime.people.reach import Reached, reach
from runtime.release import CityRelease, PermitRelease, Release
from runtime.sent_form import Sent, sent_form
from runtime.voice import Voice

_LANGUAGE_KEPT = 365 * 24 * 3600


class Visit:
    """A request, opened. Raises 404 where the address names no city."""

    def __init__(self, request: Request) -> None:
        """Read what the address and the cookies say."""
        self.request = request
        self.kit: Kit = kit_of(request)
        self.release: Release = self.kit.releases.current
        code = request.path_params["city"]
        city = self.release.cities.get(code)
        if city is None:
            raise HTTPException(404)
        self.city: CityRelease = city
        self.lang: Lang = language(request)
        self.voice: Voice = self.kit.voices[self.lang]
        self.cookie = session_name(code, self.kit.settings.secure)
        self._known = known_id(request.cookies, self.cookie)
        self._fresh = "" if self._known else new_id()
        self._session: Session | None = None
        self._looked = False
        self._today: date | None = None
        self._ended = False

    @property
    def code(self) -> str:
        """Return the city's code, which every key of the store begins with."""
        return self.city.code

    @property
    def today(self) -> date:
        """Return the day it is in the city, the same for the whole request."""
        if self._today is None:
            self._today = self.kit.serving.today(self.city.city)
        return self._today

    @property
    def address(self) -> str:
        """Return where the visitor comes from, for the counters."""
        return self.request.client.host if self.request.client is not None else "?"

    @property
    def token(self) -> str:
        """Return the token that forms of this visit carry."""
        return self.kit.store.sessions.form_token(Session(self.code, self._known or self._fresh, frozenset()))

    @property
    def reviewing(self) -> bool:
        """Tell whether the visitor came from reading over, to change something and go back."""
        return bool(self.request.scope["query_string"] == b"dari=periksa")

    @property
    def returning(self) -> bool:
        """Tell whether the visitor brought the id of a session, which may be over."""
        return may_hold_session(self._known)

    async def session(self) -> Session | None:
        """Return the session, None where there is none or it is over."""
        if not self._looked:
            self._looked = True
            if may_hold_session(self._known):
                self._session = await self.kit.store.sessions.use(self.code, self._known)
        return self._session

    async def grants(self) -> frozenset[str]:
        """Return the numbers this visitor may open."""
        session = await self.session()
        return frozenset() if session is None else session.grants

    async def reach(self, nomor: str, act: Act = Act.READ_CASE) -> Reached | None:
        """Return a case that this visitor may see and do the act on, None for every other."""
        session = await self.session()
        actor = Anybody(self.code) if session is None else Applicant(self.code, session.token)
        return reach(self.kit.store, actor, self.code, nomor, act)

    async def grant(self, nomor: str) -> None:
        """Let this visitor open one more draft or submission; the session's id changes."""
        session, sessions = await self.session(), self.kit.store.sessions
        if session is not None and nomor in session.grants:
            return
        if session is None:
            self._session = await sessions.start(self.code, frozenset({nomor}))
        else:
            self._session = await sessions.grant(session, nomor)
        self._known, self._fresh = "", self._session.token

    async def end(self) -> None:
        """End the session, in the store and in the browser."""
        if (session := await self.session()) is not None:
            await self.kit.store.sessions.end(session)
        self._session, self._known, self._fresh, self._ended = None, "", "", True

    def permit(self) -> PermitRelease:
        """Return the permit that the address names, as in force today; 404 where there is none."""
        permit = self.city.permit_on(self.request.path_params["permit"], self.today)
        if permit is None:
            raise HTTPException(404)
        return permit

    async def sent(self) -> Sent:
        """Return the pairs of a form that was sent; 400 where they cannot be read."""
        return await sent_form(self.request)

    def trusts(self, sent: Mapping[str, str]) -> bool:
        """Tell whether a form carries this visitor's token."""
        return bool(self._known) and secrets.compare_digest(
            sent.get("token", "").encode("utf-8", "replace"), self.token.encode()
        )

    def page(self, template: str, context: Mapping[str, object], status: int = 200, personal: bool = True) -> Response:
        """Answer with a page."""
        return self.html(self.voice.page(template, {**self.frame(), **context}), status, personal)

    def frame(self) -> dict[str, object]:
        """Return what the layout of every page of this city shows."""
        city = self.city.city
        return {
            "office": city.office.to(self.lang),
            "contact": "" if city.contact is None else city.contact.to(self.lang),
            "city": city.code,
            "home": f"/{city.code}/",
            "assets": self.kit.assets,
            "token": self.token,
        }

    def html(self, text: str | bytes, status: int = 200, personal: bool = True) -> Response:
        """Answer with HTML."""
        body = text if isinstance(text, bytes) else text.encode()
        return self.with_cookie(HtmlPage(body, status, personal))

    def to(self, path: str) -> Response:
        """Send the browser on to a page."""
        return self.with_cookie(RedirectResponse(path, 303, {"cache-control": PERSONAL}))

    def with_cookie(self, response: Response) -> Response:
        """Give the visitor the id of the session, where it is new, or take it away."""
        if self._ended:
            response.delete_cookie(self.cookie, secure=self.kit.settings.secure, httponly=True, samesite="lax")
            response.headers["clear-site-data"] = '"cache", "storage"'
        elif self._fresh:
            cookie = session_cookie(self.cookie, self._fresh, self.kit.settings.secure)
            response.raw_headers.append((b"set-cookie", cookie))
        return response


def language(request: Request) -> Lang:
    """Return the language a visitor chose."""
    return language_in(request.cookies)


def chosen_language(request: Request) -> Response | None:
    """Keep the language that `?bahasa=` asks for, and send the browser on to the same page without it."""
    if b"bahasa=" not in request.scope["query_string"]:
        return None
    chosen = request.query_params.get("bahasa", "")
    left = URL(str(request.url)).remove_query_params("bahasa")
    path = re.sub(r"^/+", "/", left.path)
    response = RedirectResponse(f"{path}?{left.query}" if left.query else path, 303)
    return keep_language(response, chosen, kit_of(request))


def keep_language(response: Response, chosen: str, kit: Kit) -> Response:
    """Keep a language in a cookie."""
    lang = "en" if chosen == "en" else "id"
    response.set_cookie(LANGUAGE, lang, _LANGUAGE_KEPT, secure=kit.settings.secure, httponly=True, samesite="lax")
    return response
