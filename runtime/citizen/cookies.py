"""The two cookies of an applicant: the id of a visit to one city, and the language that was chosen.

Gains one reading of them for every way a page is answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rules.words import Lang

LANGUAGE = "bahasa"
_ID = re.compile(r"[A-Za-z0-9_\-]{43}")


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
