"""Text as it is taken in: composed (NFC), line breaks as \\n, and without signs that can not be seen.

Gains that what an officer reads is what was written: direction overrides, zero-width and control signs are refused,
not removed, because removing one silently would change what somebody wrote.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

Path = tuple[str | int, ...]

_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(value: object, path: Path = ()) -> tuple[object, list[tuple[Path, str]]]:
    """Return the value with its texts composed, and each place that holds a refused sign, with the sign's number."""
    found: list[tuple[Path, str]] = []
    return _clean(value, path, found), found


def strange_signs(text: str) -> Iterator[str]:
    """Yield the refused signs of a text, as U+202E."""
    for sign in text:
        if sign != "\n" and unicodedata.category(sign) in _REFUSED:
            yield f"U+{ord(sign):04X}"


def _clean(value: object, path: Path, found: list[tuple[Path, str]]) -> object:
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return value
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\t", " "))
        if (sign := next(strange_signs(text), None)) is not None:
            found.append((path, sign))
        return text
    if isinstance(value, list | tuple):
        return [_clean(item, (*path, index), found) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {str(key): _clean(item, (*path, str(key)), found) for key, item in value.items()}
    return value
