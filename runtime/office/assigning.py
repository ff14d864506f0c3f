"""Who works on a file: taken by oneself or given by a head, always with a reason where somebody held it before."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from rules.command import Assign, DecideAnew
from runtime.cases.case_change import Said
from runtime.citizen.fault import Fault, mark
from runtime.office.case_file_page import Told
from runtime.office.desk_form import said_text, whole
from runtime.office.desk_people import eligible
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.doing import do, faulty
from runtime.office.opened_file import OpenedFile, opened_file
from runtime.people.act import Act

WHY_TAKE = mark("Tulis mengapa Anda mengambil alih")
WHY_GIVE = mark("Tulis mengapa pekerjaan ini dialihkan")
TO_WHOM = mark("Pilih kepada siapa")


@desk_page
async def take(visit: StaffVisit) -> Response:
    """Take a file of the own post; a reason is asked for where somebody else works on it."""
    opened = await opened_file(visit)
    if not opened.may(Act.WORK):
        raise HTTPException(403)
    return await _assign(opened, Act.WORK, "alasan_ambil", WHY_TAKE, visit.nip, "pegang")


@desk_page
async def give(visit: StaffVisit) -> Response:
    """Give a file to somebody of the desk's post."""
    opened = await opened_file(visit)
    if not opened.may(Act.ASSIGN):
        raise HTTPException(403)
    sent = dict(reversed(await visit.sent()))
    return await _assign(opened, Act.ASSIGN, "alasan_alih", WHY_GIVE, sent.get("orang", ""), "serah")


@desk_page
async def decide_anew(visit: StaffVisit) -> Response:
    """Have decided again what the engine could not."""
    opened = await opened_file(visit)
    if not opened.may(Act.DECIDE_ANEW):
        raise HTTPException(403)
    sent = dict(reversed(await visit.sent()))
    return await do(opened, Act.DECIDE_ANEW, sent, DecideAnew(), Said(), "putus", Told())


async def _assign(opened: OpenedFile, act: Act, name: str, empty: str, person: str, word: str) -> Response:
    visit = opened.visit
    sent = dict(reversed(await visit.sent()))
    stage, place = sent.get("tahap", "")[:64], whole(sent.get("meja", ""))
    told = Told(typed={name: sent.get(name, ""), "orang": person})
    desk = opened.state.desk(stage, place)
    said = said_text(sent.get(name, ""), visit.lang)
    faults = []
    if isinstance(said, Fault):
        faults.append((name, visit.voice.fault(said)))
    elif not said and desk is not None and desk.person not in (None, person):
        faults.append((name, visit.voice.say(empty)))
    if desk is not None and person not in {nip for nip, _ in eligible(opened, desk)}:
        faults.append(("orang", visit.voice.say(TO_WHOM)))
    if faults or isinstance(said, Fault):
        return faulty(opened, told, faults)
    return await do(opened, act, sent, Assign(stage, place, person), Said(said), word, told)
