"""The page of a case whose release is gone: what stands in its rows, in words, and what brings the whole page back.

Gains that a decision and its letters can be seen as long as the database is there. Loses every why: without the rules
of the filing nobody can say them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from rules.printed import printed_date, printed_day
from runtime.cases.open_case import ReleaseGoneError
from runtime.cases.status_words import status_words
from runtime.citizen.fault import mark
from runtime.page_kit import Kit
from runtime.product.register import Entry, State, of_case
from runtime.release import CityRelease
from runtime.voice import Voice

TITLE = mark("Permohonan {nomor} {status}")
FILED = mark("{permit}, diajukan {day}.")
ENDED = mark("Selesai {day}.")
LETTER = mark("{title}, nomor {number}: {state}. Dapat diperiksa siapa saja di {check}.")
UNTIL = mark("Berlaku sampai {day}.")
STATES = {
    State.VALID: mark("berlaku"),
    State.REVOKED: mark("dicabut"),
    State.REPLACED: mark("digantikan"),
    State.ENDED: mark("berakhir bersama permohonannya"),
    State.PREPARED: mark("belum terbit"),
    State.GIVEN_UP: mark("batal"),
}
WHY = mark(
    "Halaman lengkapnya belum dapat ditampilkan: aturan yang berlaku saat permohonan ini diajukan tidak ada di server "
    "ini. Semua yang tercatat tetap tersimpan, tidak ada yang hilang."
)
ASK = mark("Tanyakan ke loket. Untuk admin: kembalikan rilis {release} ke folder rilis, lalu buka lagi halaman ini.")


def kept_lines(kit: Kit, city: CityRelease, voice: Voice, gone: ReleaseGoneError) -> tuple[str, list[str]]:
    """Return the title and the lines of the page."""
    nomor, status = gone.key.nomor, status_words(gone.state.status).to(voice.lang)
    return voice.say(TITLE, nomor=nomor, status=status), list(_lines(kit, city, voice, gone))


def _lines(kit: Kit, city: CityRelease, voice: Voice, gone: ReleaseGoneError) -> Iterator[str]:
    state, zone = gone.state, ZoneInfo(city.city.zone)

    def day(at: datetime) -> str:
        return printed_day(at.astimezone(zone).date(), voice.lang)

    known = city.permit_on(state.permit, kit.serving.today(city.city))
    permit = state.permit if known is None else known.permit.name.to(voice.lang)
    yield voice.say(FILED, permit=permit, day=day(state.filed_at))
    if state.ended_at is not None:
        yield voice.say(ENDED, day=day(state.ended_at))
    key = gone.key
    for entry in kit.store.database.read(lambda connection: of_case(connection, key.daerah, key.nomor)):
        yield _letter(voice, entry)
    yield voice.say(WHY)
    yield voice.say(ASK, release=state.release)


def _letter(voice: Voice, entry: Entry) -> str:
    check = f"/{entry.daerah}/periksa/{entry.id}"
    state = voice.say(STATES[entry.state])
    said = voice.say(LETTER, title=entry.title, number=entry.number, state=state, check=check)
    if entry.valid_until is None:
        return said
    return f"{said} {voice.say(UNTIL, day=printed_date(entry.valid_until, voice.lang))}"
