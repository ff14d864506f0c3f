"""Notes among officers, and the visit on the spot: planned for a day, then reported with photos."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response

from rules.command import Command, Note, PlanVisit, ReportVisit
from runtime.cases.case_change import Said
from runtime.citizen.fault import Fault, mark
from runtime.citizen.written_date import read_date
from runtime.office.attaching import attached, detached, read_parts
from runtime.office.case_file_page import Told
from runtime.office.desk_form import said_text, whole
from runtime.office.desk_visit import StaffVisit, desk_page, desk_page_with_files
from runtime.office.doing import do, faulty
from runtime.office.opened_file import OpenedFile, opened_file
from runtime.people.act import Act

EMPTY_NOTE = mark("Tulis catatannya, atau lampirkan berkas")
EMPTY_REPORT = mark("Tulis apa yang ditemukan di lokasi")
WHICH_DAY = mark("Hari peninjauan: {fault}")
PAST_DAY = mark("Hari peninjauan sudah lewat; pilih hari ini atau sesudahnya")

Made = Callable[[Mapping[str, str], tuple[str, ...]], Command]  # of the form, and the hashes of what was attached


@desk_page_with_files
async def note(visit: StaffVisit) -> Response:
    """Keep a note, with what is attached to it."""
    opened = await _opened(visit, Act.NOTE)
    return await _with_files(
        opened, Act.NOTE, "catatan_baru", EMPTY_NOTE, False, "catatan", lambda _, files: Note(files=files)
    )


@desk_page_with_files
async def report(visit: StaffVisit) -> Response:
    """Keep the report of a visit, with its photos."""
    opened = await _opened(visit, Act.WORK)
    return await _with_files(opened, Act.WORK, "laporan", EMPTY_REPORT, True, "laporan", _report)


@desk_page
async def plan(visit: StaffVisit) -> Response:
    """Announce a visit for a day."""
    opened = await _opened(visit, Act.WORK)
    sent = dict(reversed(await visit.sent()))
    typed = sent.get("hari", "")
    told = Told(typed={"hari": typed, "catatan_rencana": sent.get("catatan_rencana", "")})
    day = read_date(typed)
    said = said_text(sent.get("catatan_rencana", ""), visit.lang)
    if isinstance(day, Fault):
        words = visit.voice.say(WHICH_DAY, fault=visit.voice.fault(day))
        return faulty(opened, told, [("hari", words)])
    if day < visit.today.isoformat():
        return faulty(opened, told, [("hari", visit.voice.say(PAST_DAY))])
    if isinstance(said, Fault):
        return faulty(opened, told, [("catatan_rencana", visit.voice.fault(said))])
    command = PlanVisit(sent.get("tahap", "")[:64], whole(sent.get("meja", "")), day)
    return await do(opened, Act.WORK, sent, command, Said(said), "rencana", told)


async def _with_files(
    opened: OpenedFile, act: Act, name: str, empty: str, words_needed: bool, word: str, made: Made
) -> Response:
    """Take words and files, and do with them what `made` says; where nothing comes of it, let go of the files."""
    visit = opened.visit
    parts = await read_parts(visit)
    sent = dict(reversed(parts.sent))
    told = Told(typed={name: sent.get(name, "")})
    said = said_text(sent.get(name, ""), visit.lang)
    if isinstance(said, Fault):
        return faulty(opened, told, [(name, visit.voice.fault(said))])
    if not said and (words_needed or not parts.files):
        return faulty(opened, told, [(name, visit.voice.say(empty))])
    kept = await attached(visit, opened.nomor, parts.files)
    if kept.faults:
        return faulty(opened, told, [(f"{name}-berkas", fault) for fault in kept.faults])
    what = {**sent, "berkas": kept.hashes}
    answer = await do(opened, act, what, made(sent, kept.hashes), Said(said), word, told)
    if answer.status_code != 303:
        await detached(visit, opened.nomor, kept.taken)
    return answer


def _report(sent: Mapping[str, str], files: tuple[str, ...]) -> Command:
    return ReportVisit(sent.get("tahap", "")[:64], whole(sent.get("meja", "")), files)


async def _opened(visit: StaffVisit, act: Act) -> OpenedFile:
    opened = await opened_file(visit)
    if not opened.may(act):
        raise HTTPException(403)
    return opened
