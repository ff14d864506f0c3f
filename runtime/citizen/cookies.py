"""The two cookies of an applicant: the id of a visit to one city, and the language that was chosen.

Gains one reading of them for every way a page is answered; and the id of somebody who has not begun tells that by its
first sign, so that nobody looks in the store for a session that can not be there.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from rules.words import Lang

LANGUAGE = "bahasa"
_NOT_BEGUN = "."  # no id of a session has it
_ID = re.compile(r"\.?[A-Za-z0-9_\-]{43}")


def new_id() -> str:
    """Return a random id for a visitor who has not begun: enough for the token of a form, and never a session's."""
    return _NOT_BEGUN + secrets.token_urlsafe(32)


def may_hold_session(known: str) -> bool:
    """Tell whether an id that was brought can be one of a session."""
    return bool(known) and not known.startswith(_NOT_BEGUN)


def session_name(city: str, secure: bool) -> str:
    """Return the name of the cookie that holds the id."""
    return ("__Host-sp-" if secure else "sp-") + city


def known_id(cookies: Mapping[str, str], name: str) -> str:
    """Return the id that a visitor brings, an empty text where it is none."""
    known = cookies.get(name, "")
    return known if _ID.fullmatch(known) else ""


def language_in(cookies: Mapping[str, str]) -> Lang:
    """Return the language a visitor chose."""
    return "en" if cookies.get(LANGUAGE) == "en" else "id"


def session_cookie(name: str, value: str, secure: bool) -> bytes:
    """Write the cookie of a session: the standard library's way costs as much as the rest of a blank page."""
    return f"{name}={value}; HttpOnly; Path=/; SameSite=lax{'; Secure' if secure else ''}".encode("latin-1")
