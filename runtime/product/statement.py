"""What the office states about something it issued: small enough for a QR code, signed, and checked without the office.

The text is `payload.signature`, both base64url; the payload is a JSON list: the form, the key, the city, the id, then
what the letter says. Two texts are made of each product: one that is printed in the letter, and the *proof*, which has
the sha256 of the finished file too. A file can not hold its own digest, so the one that is printed does not.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from enum import StrEnum

from runtime.product.statement_key import StatementKeys

FORM = "izin1"
SIGNED = b"satupintu/izin1\n"  # before the payload: a signature under anything else is none of these
MOST_TEXT = 2000
MOST_TITLE = 60
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class StatementFault(StrEnum):
    """Why a text is no statement of the office."""

    UNREADABLE = "unreadable"
    UNKNOWN_KEY = "unknown_key"
    NOT_SIGNED = "not_signed"


@dataclass(frozen=True, slots=True)
class Statement:
    """`dated` and `until` are days, `until` empty for what has no end; `sha256` is that of the file, empty in the text
    that is printed."""

    city: str
    id: str
    number: str
    title: str
    holder: str
    dated: str
    until: str = ""
    sha256: str = ""


def statement_text(statement: Statement, keys: StatementKeys) -> str:
    """Write and sign a statement."""
    one = statement
    parts = [FORM, keys.id, one.city, one.id, one.number, one.title, one.holder, one.dated, one.until, one.sha256]
    payload = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
    return f"{_text(payload)}.{_text(keys.sign(SIGNED + payload))}"


def read_statement(text: str, keys: StatementKeys) -> Statement | StatementFault:
    """Read a statement that one of the keys signed, or say what is the matter with it."""
    parts = text[: MOST_TEXT + 1].split(".")
    if len(text) > MOST_TEXT or len(parts) != 2:
        return StatementFault.UNREADABLE
    payload, signature = _bytes(parts[0]), _bytes(parts[1])
    if payload is None or signature is None or (statement := _statement(payload)) is None:
        return StatementFault.UNREADABLE
    key, said = statement
    if key not in keys.public:
        return StatementFault.UNKNOWN_KEY
    return said if keys.verifies(key, signature, SIGNED + payload) else StatementFault.NOT_SIGNED


def short_title(title: str) -> str:
    """Shorten what something is called to what fits into a QR code."""
    return title if len(title) <= MOST_TITLE else title[: MOST_TITLE - 1].rstrip() + "…"


def _statement(payload: bytes) -> tuple[str, Statement] | None:
    try:
        parts = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    match parts:
        case [
            "izin1",
            str(key),
            str(city),
            str(id_),
            str(number),
            str(title),
            str(holder),
            str(dated),
            str(until),
            str(sha256),
        ] if _DAY.fullmatch(dated) and (not until or _DAY.fullmatch(until)):
            return key, Statement(city, id_, number, title, holder, dated, until, sha256)
        case _:
            return None


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes | None:
    """Read base64url; a text that is not written as `_text` writes it is no statement."""
    try:
        content = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    return content if _text(content) == text else None
