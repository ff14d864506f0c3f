"""The cookie of an officer: the id of a session, or a random id of somebody who has not signed in yet.

Gains a name that no other host can set where there is https, and an id before the login that can never be a session's.
"""

from __future__ import annotations

from starlette.responses import Response

from runtime.citizen.cookies import known_id, may_hold_session, new_id, session_cookie

__all__ = ["cookie_name", "give", "known_id", "may_hold_session", "new_id", "take_away"]


def cookie_name(secure: bool) -> str:
    """Return the name of the cookie."""
    return "__Host-spo" if secure else "spo"


def give(response: Response, value: str, secure: bool) -> None:
    """Let the browser keep an id until it is closed."""
    response.raw_headers.append((b"set-cookie", session_cookie(cookie_name(secure), value, secure)))


def take_away(response: Response, secure: bool) -> None:
    """Take the id away, and whatever the browser kept of these pages."""
    response.delete_cookie(cookie_name(secure), secure=secure, httponly=True, samesite="lax")
    response.headers["clear-site-data"] = '"cache", "storage"'
