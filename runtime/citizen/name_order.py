"""The order of names in a list that people read: capitals and accents aside, numbers by their size."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"([0-9]+)")


def in_order(name: str) -> tuple[tuple[tuple[int, str], ...], str]:
    """Return what a name is sorted by; names that read alike keep an order of their own, the same each time."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    parts = (part.strip() for part in _NUMBER.split(letters))
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts if part), name
