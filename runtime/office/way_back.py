"""Where one was before a login or a proof: a path of the same city's office, or its first page. Never another site."""

from __future__ import annotations

import re
from urllib.parse import quote

_LONGEST = 300


def way_back(city: str, asked: str) -> str:
    """Return the path that may be gone back to: what was asked where it is one of this office, else its first page."""
    office = f"/{city}/kantor/"
    inside = asked.startswith(office) and len(asked) <= _LONGEST and re.fullmatch(r"[\w/.\-?=&%]+", asked, re.ASCII)
    outside = "//" in asked or ".." in asked or re.match(re.escape(office) + r"(masuk|keluar|bukti)\b", asked)
    return asked if inside and not outside else office


def asking(path: str, back: str) -> str:
    """Return the address of a page that will lead back."""
    return f"{path}?kembali={quote(back, safe='/')}"
