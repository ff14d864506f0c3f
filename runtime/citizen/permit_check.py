"""The public check of what was issued: where its QR code leads, for anybody who holds the letter.

Shows whether it is valid now, to whom (masked) and until when; with the statement of the QR code, also whether that
agrees with the register. An id of 128 bits is all that opens it: what was never issued, or is not signed yet, does not
exist.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from rules.printed import printed_date, printed_day
from runtime.citizen.fault import mark
from runtime.citizen.visit import Visit, chosen_language
from runtime.clock import from_text
from runtime.product.register import OUT, Entry, State, find, statement_of
from runtime.product.statement import Statement, read_statement
from runtime.product.statement_key import StatementKeys

TITLE = mark("Pemeriksaan surat")
VALID = mark("Surat ini benar diterbitkan kantor kami dan masih berlaku.")
REVOKED = mark("Surat ini sudah dicabut dan tidak berlaku lagi.")
EXPIRED = mark("Surat ini benar diterbitkan kantor kami, tetapi masa berlakunya sudah berakhir.")
REPLACED = mark("Surat sementara ini benar diterbitkan kantor kami, dan sudah digantikan oleh surat yang tetap.")
ENDED = mark("Surat sementara ini tidak berlaku lagi: permohonannya berakhir tanpa surat yang tetap.")
AGREES = mark("Kode QR yang Anda pindai cocok dengan catatan kami.")
DIFFERS = mark("Kode QR yang Anda pindai tidak cocok dengan catatan kami. Jangan percaya surat itu.")
_ID = re.compile(r"[A-Za-z0-9_-]{22}")  # 128 bits, as `register.prepare` writes them


class Standing(StrEnum):
    """What is to be said of a letter."""

    VALID = "berlaku"
    EXPIRED = "kedaluwarsa"
    REVOKED = "dicabut"
    REPLACED = "digantikan"
    ENDED = "berakhir"


WORDS = {
    Standing.VALID: VALID,
    Standing.EXPIRED: EXPIRED,
    Standing.REVOKED: REVOKED,
    Standing.REPLACED: REPLACED,
    Standing.ENDED: ENDED,
}
NAMES = {
    Standing.VALID: mark("Berlaku"),
    Standing.EXPIRED: mark("Kedaluwarsa"),
    Standing.REVOKED: mark("Dicabut"),
    Standing.REPLACED: mark("Digantikan"),
    Standing.ENDED: mark("Berakhir"),
}

_STANDINGS = {
    State.REVOKED: Standing.REVOKED,
    State.REPLACED: Standing.REPLACED,
    State.ENDED: Standing.ENDED,
}
LOOKS = {
    Standing.VALID: "kotak",
    Standing.EXPIRED: "kabar",
    Standing.REVOKED: "ringkas-galat",
    Standing.REPLACED: "kabar",
    Standing.ENDED: "ringkas-galat",
}


async def show(request: Request) -> Response:
    """Show how a letter stands today."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    entry = _entry(visit)
    standing = standing_of(entry, visit.today)
    statement = request.query_params.get("s", "")
    scanned = agrees(statement, entry, visit.kit.serving.issuing.keys) if statement else None
    successor = None if entry.successor is None else _found(visit, entry.successor)
    context = {
        "title": visit.voice.say(TITLE),
        "standing": standing.value,
        "look": LOOKS[standing],
        "name": visit.voice.say(NAMES[standing]),
        "words": visit.voice.say(WORDS[standing]),
        "statement": statement,
        "scanned": scanned,
        "agreement": visit.voice.say(AGREES if scanned else DIFFERS),
        "entry": entry,
        "dated": printed_date(entry.dated, visit.lang),
        "until": "" if entry.valid_until is None else printed_date(entry.valid_until, visit.lang),
        "revoked": _day(visit, entry.revoked_at) if entry.revoked_at and standing is Standing.REVOKED else "",
        "ended": _day(visit, entry.revoked_at) if entry.revoked_at and standing is not Standing.REVOKED else "",
        "successor": successor,
        "now": _moment(visit, visit.kit.serving.now()),
        "host": visit.kit.settings.public_url.partition("://")[2],
        "proof": f"/{visit.code}/periksa/{entry.id}/bukti.txt",
        "keys": f"/{visit.code}/kunci.json",
    }
    return visit.page("check.html", context)


async def proof(request: Request) -> Response:
    """Give the statement that has the digest of the file, to be checked without us."""
    entry = _entry(Visit(request))
    assert entry.proof is not None
    return PlainTextResponse(f"{entry.proof}\n", headers={"cache-control": "no-store"})


async def keys(request: Request) -> Response:
    """Publish the keys by which statements are checked."""
    visit = Visit(request)
    published = {"daerah": visit.code, **visit.kit.serving.issuing.keys.published}
    return JSONResponse(published, headers={"cache-control": "public, max-age=3600"})


def standing_of(entry: Entry, today: date) -> Standing:
    """Tell how what was issued stands on a day."""
    if entry.state in _STANDINGS:
        return _STANDINGS[entry.state]
    return Standing.EXPIRED if entry.expired(today) else Standing.VALID


def agrees(scanned: str, entry: Entry, keys: StatementKeys) -> bool:
    """Tell whether a scanned statement is ours and says what the register says."""
    said = read_statement(scanned, keys)
    return isinstance(said, Statement) and said in (
        statement_of(entry),
        statement_of(entry, entry.pdf_sha256 or ""),
    )


def _entry(visit: Visit) -> Entry:
    """Return what was issued under the address's id; 404 where nothing was."""
    id_ = visit.request.path_params["id"]
    entry = None
    if _ID.fullmatch(id_):
        entry = _found(visit, id_)
    if entry is None or entry.state not in OUT:
        raise HTTPException(404)
    return entry


def _found(visit: Visit, id_: str) -> Entry | None:
    return visit.kit.store.database.read(lambda connection: find(connection, visit.code, id_))


def _day(visit: Visit, moment: str) -> str:
    return printed_day(from_text(moment).astimezone(ZoneInfo(visit.city.city.zone)).date(), visit.lang)


def _moment(visit: Visit, at: datetime) -> str:
    local = at.astimezone(ZoneInfo(visit.city.city.zone))
    time = f"{local:%H.%M}" if visit.lang == "id" else f"{local:%H:%M}"
    return f"{printed_day(local.date(), visit.lang)}, {time} {local.tzname() or ''}".strip()
