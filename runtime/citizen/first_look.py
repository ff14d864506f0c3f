"""A blank page of a form for somebody who has not begun, answered before any routing.

Gains most of what such a page costs: it is the page that is asked for most, and nothing about it differs but a token.
Kept only while the same release is served and the same day lasts in the city; everybody who may hold a session or asks
for anything more goes the ordinary way, which fills this shelf.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from rules.words import Lang
from runtime.cases.sessions import Session
from runtime.citizen.cookies import known_id, language_in, may_hold_session, new_id, session_cookie
from runtime.citizen.shells import Shell
from runtime.serving import Serving

MOST = 4000
_NOBODY: frozenset[str] = frozenset()

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class BlankPage:
    """A page that is ready, and for how long it is."""

    shell: Shell
    city: str
    cookie: str
    secure: bool
    digest: str
    until: datetime


class BlankPages:
    """The pages that are ready, by their path and language."""

    def __init__(self) -> None:
        """Begin with none."""
        self._ready: dict[tuple[str, Lang], BlankPage] = {}

    def keep(self, path: str, lang: Lang, page: BlankPage) -> None:
        """Keep a page; when there are too many, begin anew."""
        if len(self._ready) >= MOST:
            self._ready.clear()
        self._ready[path, lang] = page

    def find(self, path: str, lang: Lang, serving: Serving) -> BlankPage | None:
        """Return the page of a path while it is the one to show."""
        page = self._ready.get((path, lang))
        if page is None or page.digest != serving.releases.current.digest or serving.now() >= page.until:
            return None
        return page


class FirstLook:
    """Answers with a page that is ready, or lets the request through."""

    def __init__(self, app: ASGIApp, pages: BlankPages) -> None:
        """Stand before `app`, whose state tells what is served."""
        self._app = app
        self._pages = pages
        self.serving: Serving | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let through."""
        found = None
        if self.serving is not None and scope["type"] == "http" and scope["method"] == "GET":
            found = None if scope["query_string"] else self._answer(scope, self.serving)
        if found is None:
            await self._app(scope, receive, send)
            return
        headers, body = found
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _answer(self, scope: Scope, serving: Serving) -> tuple[Headers, bytes] | None:
        """Return the page for a visitor who has not begun, None where there is none to show."""
        brought = any(name == b"cookie" for name, _ in scope["headers"])
        cookies = HTTPConnection(scope).cookies if brought else {}
        page = self._pages.find(scope["path"], language_in(cookies), serving)
        if page is None:
            return None
        known = known_id(cookies, page.cookie)
        if may_hold_session(known):
            return None
        visitor = known or new_id()
        body = page.shell.blank(serving.store.sessions.form_token(Session(page.city, visitor, _NOBODY)))
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"private, no-cache"),
            (b"vary", b"cookie"),
        ]
        if not known:
            headers.append((b"set-cookie", session_cookie(page.cookie, visitor, page.secure)))
        return headers, body


def end_of_day(now: datetime, zone: str) -> datetime:
    """Return when the day ends in a city."""
    local = now.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
