"""A letter whose content is lost where it is kept: its applicant is told what still holds and how it comes back, and
the office is called.
"""

from __future__ import annotations

import logging

from starlette.responses import Response

from runtime.cases.open_case import OpenCase
from runtime.chores.alarms import AlarmKind, call
from runtime.citizen.fault import mark
from runtime.citizen.own_case import case_path
from runtime.citizen.visit import Visit

TITLE = mark("Surat ini belum dapat diunduh")
WHAT = mark(
    "{letter} untuk permohonan {nomor} tidak dapat dibaca di tempat penyimpanan kami. Ini bukan kesalahan Anda, dan "
    "keputusannya tetap tercatat."
)
NEXT = mark(
    "Kantor sudah kami beri tahu untuk memulihkannya. Coba unduh lagi besok; bila Anda memerlukannya sekarang, "
    "sebutkan nomor permohonan di loket."
)
_log = logging.getLogger("satupintu.documents")


async def lost_letter(visit: Visit, case: OpenCase, letter: str, file: str, problem: Exception) -> Response:
    """Call the office, and answer with a page."""
    nomor, now = case.key.nomor, visit.kit.serving.now()
    _log.error("%s of %s can not be read: %s", file, nomor, type(problem).__name__)
    detail = {"letter": file}
    await visit.kit.store.database.write(
        lambda connection: call(connection, visit.code, AlarmKind.LETTER, nomor, detail, now)
    )
    lines = [visit.voice.say(WHAT, letter=letter, nomor=nomor), visit.voice.say(NEXT)]
    context = {"title": visit.voice.say(TITLE), "lines": lines, "back": case_path(visit, case)}
    return visit.page("lost_letter.html", context, 503)
