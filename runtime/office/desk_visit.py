"""One request of an officer: who, at which post, in which city, and how an answer is made.

A page function is made into an endpoint by `desk_page`, which lets nobody in who has not signed in, nobody whose post
the matrix does not let near the route, and no form without its token. What may be done to which case is asked of
`reach` and of the matrix again, by the page.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from functools import wraps

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.words import Lang
from runtime.cases.open_case import OpenCase
from runtime.chores.alarms import count_unseen
from runtime.citizen.visit import chosen_language, language
from runtime.html_page import PERSONAL, HtmlPage
from runtime.office import staff_cookie
from runtime.office.menu import MENU, MenuEntry
from runtime.office.way_back import asking, way_back
from runtime.page_kit import Kit, kit_of
from runtime.people.act import FRESH, ONLY_READS, Act
from runtime.people.actor import Officer, Post
from runtime.people.matrix import may_ever
from runtime.people.posts import agency_name, role_name
from runtime.people.reach import Reached, log_read, reach
from runtime.people.recusal import indexes_in, recused
from runtime.people.route_acts import act_of
from runtime.people.staff_sessions import StaffSession, Step, fresh
from runtime.release import CityRelease, Release
from runtime.sent_form import Sent, sent_form
from runtime.voice import Voice

_SAFE = frozenset({"GET", "HEAD"})


class StaffVisit:
    """A request of somebody who has signed in."""

    def __init__(self, request: Request, city: CityRelease, session: StaffSession) -> None:
        """Hold what `signed_in` has found."""
        self.request = request
        self.kit: Kit = kit_of(request)
        self.release: Release = self.kit.releases.current
        self.city: CityRelease = city
        self.account = session
        self.lang: Lang = language(request)
        self.voice: Voice = self.kit.voices[self.lang]
        self._sent: Sent | None = None
        self._fresh = ""
        self._today: date | None = None

    @property
    def code(self) -> str:
        """Return the city's code, which every key of the store begins with."""
        return self.city.code

    @property
    def here(self) -> str:
        """Return the first page of this office, ending with a slash."""
        return f"/{self.code}/kantor/"

    @property
    def nip(self) -> str:
        """Return who it is."""
        return self.account.nip

    @property
    def post(self) -> Post:
        """Return the post that is worked in."""
        return self.account.post

    @property
    def actor(self) -> Officer:
        """Return who acts, for the matrix and for `reach`."""
        return Officer(self.code, self.nip, self.post, self.post.agency == self.city.city.door)

    @property
    def now(self) -> datetime:
        """Return the moment it is."""
        return self.kit.serving.now()

    @property
    def today(self) -> date:
        """Return the day it is in the city, the same for the whole request."""
        if self._today is None:
            self._today = self.kit.serving.today(self.city.city)
        return self._today

    @property
    def address(self) -> str:
        """Return where the officer comes from, for the counters."""
        return self.request.client.host if self.request.client is not None else "?"

    @property
    def proven(self) -> bool:
        """Tell whether a second factor was given in the last minutes."""
        return fresh(self.account, self.now)

    @property
    def token(self) -> str:
        """Return the token that forms of this session carry."""
        return self.kit.people.sessions.form_token(self.code, self._fresh or self.account.token)

    def may(self, act: Act) -> bool:
        """Tell whether this post may do an act on anything at all: what a menu asks."""
        return may_ever(self.actor, act)

    async def reach(self, nomor: str, act: Act = Act.READ_CASE) -> Reached:
        """Return a case as `reached` does, and write down that it was opened."""
        found = self.reached(nomor, act)
        await log_read(self.kit.store, self.actor, nomor)
        return found

    def reached(self, nomor: str, act: Act = Act.READ_CASE) -> Reached:
        """Return a case that this officer may see and do the act on: 404 for every other, 403 for one of their own."""
        found = reach(self.kit.store, self.actor, self.code, nomor, act)
        if found is None:
            raise HTTPException(404)
        if act not in ONLY_READS:
            casework = self.kit.serving.casework
            case = casework.open(self.code, nomor)
            if case is None and act is Act.RETURN_MONEY:  # also of somebody who was forgotten
                case = casework.forgotten(self.code, nomor)
            if case is None or self.recused(case):
                raise HTTPException(404 if case is None else 403)
        return found

    def recused(self, case: OpenCase) -> bool:
        """Tell whether the application holds this officer's own NIK or telephone: then nothing may be done to it."""
        own = self.kit.people.accounts.own(self.code, self.nip)
        fields = case.permit.permit.fields
        return bool(own) and recused(own, indexes_in(self.kit.store.vault, self.code, fields, case.answers))

    def first_prove(self, act: Act, back: str | None = None) -> Response | None:
        """Return the way to a fresh proof where an act asks for one, None where it needs none or there is one.

        `back` is the page to come back to, this one when it is left out; a form is never sent again by itself.
        """
        if act not in FRESH or self.proven:
            return None
        return self.to(asking(f"{self.here}bukti", back or self.request.url.path))

    async def sent(self) -> Sent:
        """Return the pairs of a form that was sent."""
        if self._sent is None:
            self._sent = await sent_form(self.request)
        return self._sent

    def trusts(self, sent: Mapping[str, str]) -> bool:
        """Tell whether a form carries this session's token. For forms of pairs `desk_page` has asked already."""
        return secrets.compare_digest(sent.get("token", "").encode("utf-8", "replace"), self.token.encode())

    def renewed(self, token: str) -> None:
        """Answer with a new id of the session."""
        self._fresh = token

    def frame(self) -> dict[str, object]:
        """Return what the layout of every page of this office shows."""
        city = self.city.city
        return {
            "office": city.office.to(self.lang),
            "contact": "",
            "city": self.code,
            "home": self.here,
            "assets": self.kit.assets,
            "token": self.token,
            "person": self.account.name,
            "post": self.said_post(self.post),
            "several_posts": len(self.account.posts) > 1,
            "demo": self.account.demo,
            "menu": self.menu(),
        }

    def menu(self) -> list[tuple[str, str]]:
        """Return the pages that this post has, as path and words."""
        return [(f"{self.here}{one.path}", self._said_entry(one)) for one in MENU if self.may(one.act)]

    def _said_entry(self, entry: MenuEntry) -> str:
        """Say a page of the menu, with how much of it waits for somebody."""
        words = self.voice.say(entry.words)
        waiting = 0
        if entry.act is Act.SEE_ALARMS:
            waiting = count_unseen(self.kit.store.database, self.code)
        elif entry.act is Act.READ_PEOPLE:
            waiting = self._changes_waiting()
        return f"{words} ({waiting})" if waiting else words

    def _changes_waiting(self) -> int:
        """Return how many changes of people wait for this officer: to be decided, or to be looked at by an auditor."""
        changes = self.kit.people.changes
        if not self.may(Act.APPROVE_PEOPLE):
            return changes.unread(self.code, self.nip)
        return sum(self.nip not in (one.proposed_by, one.wish.nip) for one in changes.open_ones(self.code))

    def said_post(self, held: Post) -> str:
        """Say a post: role and agency."""
        city = self.city.city
        return f"{role_name(city, held).to(self.lang)}, {agency_name(city, held.agency).to(self.lang)}"

    def page(self, template: str, context: Mapping[str, object], status: int = 200) -> Response:
        """Answer with a page, which no browser keeps."""
        body = self.voice.page(template, {**self.frame(), **context}).encode()
        return self.with_cookie(HtmlPage(body, status, personal=True))

    def to(self, path: str) -> Response:
        """Send the browser on to a page."""
        return self.with_cookie(RedirectResponse(path, 303, {"cache-control": PERSONAL}))

    def with_cookie(self, response: Response) -> Response:
        """Give the officer the new id of the session, where there is one."""
        if self._fresh:
            staff_cookie.give(response, self._fresh, self.kit.settings.secure)
        return response


Page = Callable[[StaffVisit], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def desk_page(page: Page) -> Endpoint:
    """Make a page of the office into an endpoint that only those may reach whose post the matrix lets."""
    return _endpoint(page, in_parts=False)


def desk_page_with_files(page: Page) -> Endpoint:
    """Make the same of a page whose form comes in parts, with files: it reads them and asks `trusts` itself."""
    return _endpoint(page, in_parts=True)


def _endpoint(page: Page, in_parts: bool) -> Endpoint:
    @wraps(page)
    async def endpoint(request: Request) -> Response:
        if (chosen := chosen_language(request)) is not None:
            return chosen
        city = city_of(request)
        session = await session_of(request, city.code)
        if session is None or session.step is not Step.IN:
            return _to_sign_in(request, city.code)
        visit = StaffVisit(request, city, session)
        act = act_of(request.method, request.scope["route"].path)
        if act is None or not visit.may(act):
            raise HTTPException(404)  # what is not yours does not exist
        if request.method not in _SAFE and not in_parts and not visit.trusts(dict(await visit.sent())):
            raise HTTPException(403)
        return await page(visit)

    return endpoint


def city_of(request: Request) -> CityRelease:
    """Return the city that the address names; 404 where there is none."""
    city = kit_of(request).releases.current.cities.get(request.path_params["city"])
    if city is None:
        raise HTTPException(404)
    return city


async def session_of(request: Request, city: str) -> StaffSession | None:
    """Return the session whose id a browser brings, None where it brings none."""
    kit = kit_of(request)
    known = staff_cookie.known_id(request.cookies, staff_cookie.cookie_name(kit.settings.secure))
    return await kit.people.sessions.use(city, known) if staff_cookie.may_hold_session(known) else None


def _to_sign_in(request: Request, city: str) -> Response:
    if request.method in _SAFE:
        query = request.url.query
        back = way_back(city, request.url.path + (f"?{query}" if query else ""))
    else:
        back = way_back(city, "")  # a form is not sent again by itself
    where = f"/{city}/kantor/masuk"
    there = where if back == f"/{city}/kantor/" else asking(where, back)
    return RedirectResponse(there, 303, {"cache-control": PERSONAL})
