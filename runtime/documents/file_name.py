"""Names of files: what a sender calls one, which is read and not kept, and what it is called here."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
ENDINGS = {"pdf": ("pdf",), "jpeg": ("jpg", "jpeg"), "png": ("png",)}
# What Windows takes for a machine's part, whatever ending follows.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")
_SIGNS_REMOVED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_name(name: str) -> str:
    """Return the last part of a name, composed, without signs that can not be seen, at most 120 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name[:4096]))[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in _SIGNS_REMOVED)
    shown = " ".join(shown.split()).strip(". ")
    if _DEVICES.match(shown):
        shown = "berkas-" + shown
    if len(shown) > LONGEST:
        stem, dot, extension = shown.rpartition(".")
        shown = (
            stem[: LONGEST - 1 - len(extension)] + dot + extension if dot and len(extension) < 10 else shown[:LONGEST]
        )
    return shown or "berkas"


def format_of_name(name: str) -> str | None:
    """Return the format that a cleaned name's ending promises, None for any other ending."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return next((form for form, endings in ENDINGS.items() if ending in endings), None)


def name_of(document: str, item: int | None, form: str) -> str:
    """Return what a file is called, by what it is for: `ktp.jpg`, `stnk-2.pdf`. What its sender called it may say who
    somebody is, and is not kept."""
    return f"{document}{'' if item is None else f'-{item + 1}'}.{ENDINGS[form][0]}"


def named_as(name: str, form: str) -> str:
    """Return a cleaned name that ends as its format says."""
    return name if format_of_name(name) == form else f"{name}.{ENDINGS[form][0]}"
