"""The bytes of a file to text that YAML may see, or the finding that says why not.

Gains: text known to be UTF-8, of bounded size, with no tab and no invisible character. Loses: a byte order mark, and
the difference between the line ends of Windows and the others.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from generator.finding import Finding, Place
from generator.reading import tks_text as tks

MOST_BYTES = 256 * 1024
# Controls, hard and zero-width spaces, direction marks, and the line ends that YAML counts and editors do not.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufeff\ufff0-\uffff]"
    "|\r(?!\n)|[\U000e0000-\U000e0fff]"
)


def read_bytes(path: Path, file: str) -> tuple[bytes | None, Finding | None]:
    """Read at most one byte more than a catalog file may hold."""
    if path.is_dir():
        return None, tks.FOLDER_FOR_FILE.at(Place(file), file=file)
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1), None
    except OSError:
        return None, tks.UNREADABLE.at(Place(file), file=file)


def decode(raw: bytes, file: str) -> tuple[str | None, Finding | None]:
    """Turn bytes into text that YAML may see, or say what stands in the way and where."""
    text, fault = plain_text(raw, file)
    if text is not None and "\t" in text:
        return None, tks.TAB.at(_place(file, text, text.index("\t")), count=str(text.count("\t")))
    return text, fault


def plain_text(raw: bytes, file: str) -> tuple[str | None, Finding | None]:
    """Turn bytes into text, or say what stands in the way and where."""
    if len(raw) > MOST_BYTES:
        return None, tks.TOO_LARGE.at(Place(file), most=str(MOST_BYTES // 1024))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, tks.NOT_UTF8.at(Place(file))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        before = raw[: fault.start].decode("utf-8")
        return None, tks.NOT_UTF8.at(_place(file, before, len(before)))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if (found := _INVISIBLE.search(text)) is not None:
        return None, tks.INVISIBLE.at(_place(file, text, found.start()), name=_name(found[0]))
    return text, None


def _place(file: str, text: str, index: int) -> Place:
    line = text.count("\n", 0, index) + 1
    column = index - (text.rfind("\n", 0, index) + 1) + 1
    return Place(file, line, column, line, column + 1)


def _name(character: str) -> str:
    """Name it as a person could search for it: U+00A0 NO-BREAK SPACE."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return f"{code} {name}" if name else code
