"""Which characters a text from outside may hold.

Gains texts that look the same to everybody who reads them; characters that are invisible or turn the direction of
writing are how a name is made to look like another one.
"""

from __future__ import annotations

import unicodedata

_CONTROLS_KEPT = frozenset("\t\n")
_REFUSED = frozenset(
    {"Cc", "Cf", "Cs", "Co", "Cn"}
)  # control, format (bidi, zero width), surrogate, private, unassigned
_JOINERS = frozenset("\u200c\u200d")  # scripts and emoji need them; between letters of Latin they show nothing


def strange(text: str) -> bool:
    """Tell whether the text holds a character that has no place in an answer."""
    return (not text.isascii() and any(_is_strange(sign) for sign in text)) or any(_is_control(sign) for sign in text)


def composed(text: str) -> str:
    """Bring the text to the one form (NFC) in which equal texts are equal bytes."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def visible(text: str) -> str:
    """Leave out what cannot be seen: copied telephone numbers and dates often carry such signs around them."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def _is_control(sign: str) -> bool:
    return sign not in _CONTROLS_KEPT and (sign < " " or sign == "\x7f")


def _is_strange(sign: str) -> bool:
    return sign not in _JOINERS and not sign.isascii() and unicodedata.category(sign) in _REFUSED
