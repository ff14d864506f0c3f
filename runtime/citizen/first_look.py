"""A blank page of a form for somebody who comes for the first time, answered before any routing.

Gains most of what such a page costs: it is the page that is asked for most, and nothing about it differs but a token.
Kept only while the same release is served and the same day lasts in the city; everybody who brings a cookie or asks
for anything more goes the ordinary way, which fills this shelf.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from starlette.types import ASGIApp, Receive, Scope, Send

from runtime.cases.sessions import Session
from runtime.citizen.shells import Shell
from runtime.serving import Serving

MOST = 4000
_NOBODY: frozenset[str] = frozenset()


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
    """The pages that are ready, by their path."""

    def __init__(self) -> None:
        """Begin with none."""
        self._ready: dict[str, BlankPage] = {}

    def keep(self, path: str, page: BlankPage) -> None:
        """Keep a page; when there are too many, begin anew."""
        if len(self._ready) >= MOST:
            self._ready.clear()
        self._ready[path] = page

    def find(self, path: str, serving: Serving) -> BlankPage | None:
        """Return the page of a path while it is the one to show."""
        page = self._ready.get(path)
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
        page = None
        if self.serving is not None and scope["type"] == "http" and scope["method"] == "GET":
            plain = not scope["query_string"] and not any(name == b"cookie" for name, _ in scope["headers"])
            page = self._pages.find(scope["path"], self.serving) if plain else None
        if page is None or self.serving is None:
            await self._app(scope, receive, send)
            return
        visitor = secrets.token_urlsafe(32)
        body = page.shell.blank(self.serving.store.sessions.form_token(Session(page.city, visitor, _NOBODY)))
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"private, no-cache"),
            (b"vary", b"cookie"),
            (b"set-cookie", session_cookie(page.cookie, visitor, page.secure)),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def session_cookie(name: str, value: str, secure: bool) -> bytes:
    """Write the cookie of a session: the standard library's way costs as much as the rest of a blank page."""
    return f"{name}={value}; HttpOnly; Path=/; SameSite=lax{'; Secure' if secure else ''}".encode("latin-1")


def end_of_day(now: datetime, zone: str) -> datetime:
    """Return when the day ends in a city."""
    local = now.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
