"""Letting files wait at the own desk because something has run out: one file, or all that wait for it, in one step.

Each file has its own event and its own reason; what can not wait (used up, already waiting) is left as it is and told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.responses import Response

from rules.case_state import CaseState
from rules.command import Command, Pause, Resume
from rules.pausing import used
from rules.permit import PauseReason, Permit
from rules.printed import printed_date
from rules.validity import duration_words
from rules.words import Words
from runtime.cases.case_change import Kept, Once, Said
from runtime.cases.case_entry import ChangedError
from runtime.cases.office_lists import OfficeLists
from runtime.cases.submission import KeyReusedError
from runtime.citizen.fault import Fault, mark
from runtime.citizen.written_date import read_date
from runtime.office.case_file_page import Told
from runtime.office.case_list import asker_of
from runtime.office.desk_form import new_key, read_key, whole
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.doing import OTHERS, USED, do, faulty, words_of
from runtime.office.opened_file import OpenedFile, open_named, opened_file
from runtime.people.act import Act
from runtime.release import BrokenReleaseError

TITLE = mark("Jeda karena stok habis")
WHICH_REASON = mark("Pilih alasan jeda dari daftar")
WHICH_DAY = mark("Hari perkiraan lanjut: {fault}")
PAST_DAY = mark("Hari perkiraan lanjut sudah lewat; pilih hari ini atau sesudahnya")
PAUSED = mark("Dijeda: {count} berkas.")
RESUMED = mark("Berjalan lagi: {count} berkas.")
NOT_ALL = mark("Sebagian tidak berubah")
LINE = mark("{nomor}: {why}")
MOST = 500  # files in one step; the rest is there when the page comes again


@dataclass(slots=True)
class Together:
    """The files of one desk that may wait for one reason: those that could, and those that do."""

    permit: str
    stage: str
    stage_name: str
    reason: PauseReason
    can: list[str] = field(default_factory=list)
    wait: list[str] = field(default_factory=list)
    days: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Return what a form calls them by."""
        return hashlib.sha256(f"{self.permit}/{self.stage}/{self.reason.code}".encode()).hexdigest()[:16]


@desk_page
async def pause(visit: StaffVisit) -> Response:
    """Let one file wait."""
    opened = await _opened(visit)
    sent = dict(reversed(await visit.sent()))
    told = Told(typed={name: sent.get(name, "") for name in ("alasan_jeda", "hari_lanjut")})
    stage, place = sent.get("tahap", "")[:64], whole(sent.get("meja", ""))
    reason = opened.case.permit.permit.pause_reason(stage, place, sent.get("alasan_jeda", "")[:64])
    day = _day(visit, sent.get("hari_lanjut", ""))
    faults = [("alasan_jeda", visit.voice.say(WHICH_REASON))] if reason is None else []
    if not day.is_day:
        faults.append(("hari_lanjut", day.words))
    if reason is None or faults:
        return faulty(opened, told, faults)
    return await do(opened, Act.PAUSE, sent, Pause(stage, place, reason.code, day.words), Said(), "jeda", told)


@desk_page
async def resume(visit: StaffVisit) -> Response:
    """Let one file go on."""
    opened = await _opened(visit)
    sent = dict(reversed(await visit.sent()))
    command = Resume(sent.get("tahap", "")[:64], whole(sent.get("meja", "")))
    return await do(opened, Act.PAUSE, sent, command, Said(), "lanjut", Told())


@desk_page
async def show_all(visit: StaffVisit) -> Response:
    """Show what could wait for the same reason, and what does."""
    return _page(visit)


@desk_page
async def pause_all(visit: StaffVisit) -> Response:
    """Let all wait for one reason, or go on; each by itself."""
    sent = dict(reversed(await visit.sent()))
    chosen = next((one for one in _together(visit) if one.name == sent.get("pilihan", "")), None)
    if chosen is None:
        return visit.to(f"{visit.here}jeda")
    resumes, key = sent.get("langkah") == "lanjut", read_key(sent.get("kunci", ""))
    day = _day(visit, sent.get("hari_lanjut", ""))
    if not resumes and not day.is_day:
        return _page(visit, [(f"hari-{chosen.name}", day.words)], 422, sent)
    done, refused = 0, list[tuple[str, str]]()
    for nomor in (chosen.wait if resumes else chosen.can)[:MOST]:
        why = await _one(visit, nomor, chosen, None if resumes else day.words, key)
        if why:
            refused.append(("daftar", visit.voice.say(LINE, nomor=nomor, why=why)))
        elif why is not None:
            done += 1
    if refused:
        return _page(visit, refused, 409, sent)
    return visit.to(f"{visit.here}jeda?{'lanjut' if resumes else 'jeda'}={done}")


async def _one(visit: StaffVisit, nomor: str, chosen: Together, day: str | None, key: str) -> str | None:
    """Let one of many wait, or go on; say why it does not, and nothing of one that this officer can not work on."""
    try:
        opened = await open_named(visit, nomor, Act.PAUSE)
    except HTTPException:
        return None  # what may not be reached does not exist
    desk = opened.desk
    if desk is None or desk.stage != chosen.stage or not opened.may(Act.PAUSE):
        return None
    command: Command = Resume(desk.stage, desk.place)
    if day is not None:
        command = Pause(desk.stage, desk.place, chosen.reason.code, day)
    what = hashlib.sha256(repr(command).encode()).hexdigest()
    once = Once(f"{Act.PAUSE.value}:{key}:{nomor}", what) if key else None
    try:
        kept = await visit.kit.serving.casework.act(visit.code, nomor, command, opened.by, only_once=once)
    except KeyReusedError:
        return visit.voice.say(USED)
    except ChangedError:
        return visit.voice.say(OTHERS)
    return "" if isinstance(kept, Kept) else words_of(opened, kept)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day (YYYY-MM-DD), or in words why it is none."""

    words: str
    is_day: bool = True


def _day(visit: StaffVisit, typed: str) -> _Day:
    day = read_date(typed)
    if isinstance(day, Fault):
        return _Day(visit.voice.say(WHICH_DAY, fault=visit.voice.fault(day)), False)
    return _Day(day) if day >= visit.today.isoformat() else _Day(visit.voice.say(PAST_DAY), False)


def _together(visit: StaffVisit) -> list[Together]:
    """Return what waits at the own desk, by permit, stage and reason."""
    asker, found = asker_of(visit), dict[str, Together]()
    for nomor, state in OfficeLists(visit.kit.store.database).states(asker):
        permit = _permit(visit, state)
        for desk in () if permit is None else state.open_desks:
            if permit is None or desk.agency != asker.agency or desk.role not in (None, asker.role):
                continue
            stage = next((one for one in permit.stages if one.code == desk.stage), None)
            for reason in () if stage is None else stage.reviewers[desk.place].pauses:
                name = stage.name if stage and stage.name else Words(desk.stage.replace("_", " ").capitalize())
                new = Together(permit.name.to(visit.lang), desk.stage, name.to(visit.lang), reason)
                one = found.setdefault(new.name, new)
                if desk.paused is None and used(desk, reason) < reason.times:
                    one.can.append(nomor)
                elif desk.paused is not None and desk.paused.reason == reason.code:
                    one.wait.append(nomor)
                    one.days.add(desk.paused.expected)
    return sorted(found.values(), key=lambda one: (one.permit, one.stage, one.reason.code))


def _permit(visit: StaffVisit, state: CaseState) -> Permit | None:
    """Return the version of a permit that a case follows, None where its release is gone."""
    try:
        city = visit.kit.releases.of(state.release).cities.get(visit.code)
    except BrokenReleaseError:
        return None
    version = None if city is None else city.version(state.permit, state.version)
    return None if version is None else version.permit


def _page(
    visit: StaffVisit,
    faults: list[tuple[str, str]] | None = None,
    status: int = 200,
    sent: Mapping[str, str] | None = None,
) -> Response:
    typed, asked, say = sent or {}, visit.request.query_params, visit.voice.say
    done = next(
        (
            say(PAUSED if name == "jeda" else RESUMED, count=whole(asked[name]))
            for name in asked
            if name in ("jeda", "lanjut")
        ),
        "",
    )
    context = {
        "title": say(TITLE),
        "fault": "" if not faults else say(NOT_ALL) if status == 409 else faults[0][1],
        "faults": faults or [],
        "wrong": dict(faults or []),
        "done": done,
        "key": new_key(),
        "together": [
            {
                "name": one.name,
                "permit": one.permit,
                "stage": one.stage_name,
                "reason": one.reason.reason.to(visit.lang),
                "longest": duration_words(one.reason.at_most).to(visit.lang),
                "limit": one.reason.limit_stops is not None,
                "can": len(one.can),
                "waits": len(one.wait),
                "days": [printed_date(day, visit.lang) for day in sorted(one.days)],
                "typed": typed.get("hari_lanjut", "") if typed.get("pilihan") == one.name else "",
            }
            for one in _together(visit)
        ],
    }
    return visit.page("office_pauses.html", context, status)


async def _opened(visit: StaffVisit) -> OpenedFile:
    opened = await opened_file(visit)
    if not opened.may(Act.PAUSE):
        raise HTTPException(403)
    return opened
