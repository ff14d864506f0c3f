"""What is announced to the public: every notice that runs, what is planned, until when and why; and the form with which
anybody objects, without an account and without scripts."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from starlette.requests import Request
from starlette.responses import Response

from rules.field import Field
from rules.kind import Kind
from rules.ruleset import fact_fields
from rules.story_words import lines, sentence
from rules.words import Words
from runtime.cases.attempts import TooManyTriesError
from runtime.cases.case_entry import ChangedError
from runtime.cases.store_fault import StoreUnavailableError
from runtime.cases.submission import KeyReusedError
from runtime.citizen.as_written import understood
from runtime.citizen.fault import Fault, mark
from runtime.citizen.receipt import moment
from runtime.citizen.said_answer import said_answers
from runtime.citizen.standard import FIND
from runtime.citizen.visit import Visit, chosen_language
from runtime.hearing.notices import Notice
from runtime.hearing.objections import Written

TITLE = mark("Pengumuman kepada masyarakat")
MOST_SHOWN = 50
EMPTY = mark("isi bagian ini")
SENT_OTHERWISE = mark("formulir ini sudah dikirim dengan isi lain; buka pengumumannya lagi")
TOO_OFTEN = mark("terlalu banyak keberatan dari jaringan ini; kirim lagi sesudah {minutes} menit")
BUSY = mark("sedang ada perubahan pada permohonan ini; kirim sekali lagi")
STRANGER = mark("halaman ini terlalu lama terbuka; kirim sekali lagi")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the form: its name, what is read from it, and how it is asked."""

    name: str
    label: str
    help: str
    field: Field
    lines: int = 1
    autocomplete: str = "off"


def _text(name: str, length: int) -> Field:
    return Field(name, Kind.TEXT, Words(name), length=length, optional=True)


QUESTIONS = (
    Question("nama", mark("Nama Anda"), "", _text("nama", 100), autocomplete="name"),
    Question(
        "kontak",
        mark("Telepon atau surel Anda"),
        mark("Hanya untuk menghubungi Anda tentang keberatan ini."),
        _text("kontak", 100),
    ),
    Question(
        "hubungan",
        mark("Hubungan Anda dengan rencana ini"),
        mark("Misalnya: saya tinggal 50 meter dari lokasi."),
        _text("hubungan", 300),
        lines=2,
    ),
    Question(
        "keberatan",
        mark("Keberatan Anda"),
        mark("Tulis apa yang Anda keberatan, dan mengapa."),
        _text("keberatan", 2000),
        lines=7,
    ),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice, for a page."""

    link: str
    permit: str
    answers: tuple[tuple[str, str], ...]
    until: str
    why: str
    days: tuple[str, ...]
    provisional: bool
    hears: bool


async def show_all(request: Request) -> Response:
    """Show what is announced now."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    notices, now = visit.kit.serving.notices, visit.kit.serving.now()
    running = [one for one in notices.all(visit.code) if one.until >= now][:MOST_SHOWN]
    opened = (notices.opened(visit.code, one) for one in running)
    context = {
        "title": visit.voice.say(TITLE),
        "trail": [(f"/{visit.code}/", visit.voice.say(FIND))],
        "notices": [_shown(visit, one) for one in opened if one is not None],
        "follow": f"/{visit.code}/keberatan",
    }
    return visit.page("notices.html", context, personal=False)


async def show(request: Request) -> Response:
    """Show one notice, with the form for objections."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    return _page(visit, visit.kit.serving.notices.find(visit.code, request.path_params["id"]), {}, [])


async def send(request: Request) -> Response:
    """Take an objection; whatever stands against it, nothing that was typed is lost."""
    visit = Visit(request)
    sent = {name: value.replace("\r\n", "\n") for name, value in reversed(await visit.sent())}
    notice = visit.kit.serving.notices.find(visit.code, request.path_params["id"])
    if notice is None or not _open(visit, notice):
        return _page(visit, notice, sent, [])
    if not visit.trusts(sent):
        return _page(visit, notice, sent, [("keberatan", visit.voice.say(STRANGER))])
    read: dict[str, str] = {}
    faults: list[tuple[str, str]] = []
    for one in QUESTIONS:
        value = understood(one.field, sent.get(one.name, ""), visit.lang)
        if isinstance(value, Fault):
            faults.append((one.name, visit.voice.fault(value)))
        elif not isinstance(value, str) or not value:
            faults.append((one.name, visit.voice.say(EMPTY)))
        else:
            read[one.name] = value
    if faults:
        return _page(visit, notice, sent, faults)
    written = Written(read["nama"], read["kontak"], read["hubungan"], read["keberatan"])
    where = visit.code, notice.announced.nomor, notice.stage.code
    try:
        made = await visit.kit.serving.objections.make(*where, written, _key(sent), visit.address)
    except KeyReusedError:
        return _page(visit, notice, sent, [("keberatan", visit.voice.say(SENT_OTHERWISE))])
    except TooManyTriesError as tired:
        minutes = ceil(tired.wait / timedelta(minutes=1))
        return _page(visit, notice, sent, [("keberatan", visit.voice.say(TOO_OFTEN, minutes=minutes))], 429)
    except (ChangedError, StoreUnavailableError):
        return _page(visit, notice, sent, [("keberatan", visit.voice.say(BUSY))])
    if not isinstance(made, str):
        return _page(visit, None, sent, [])
    await visit.grant(made)
    return visit.to(f"/{visit.code}/keberatan/{made}?baru=1")


def _key(sent: Mapping[str, str]) -> str:
    """Return the key by which a form is sent once; a form without one of ours is another each time."""
    key = sent.get("kunci", "")
    return key if len(key) == 24 and key.isascii() and key.isalnum() else secrets.token_hex(12)


def _open(visit: Visit, notice: Notice) -> bool:
    return notice.stage.objections and visit.kit.serving.now() <= notice.announced.until


def _page(
    visit: Visit, notice: Notice | None, sent: Mapping[str, str], faults: list[tuple[str, str]], status: int = 0
) -> Response:
    """Show a notice and its form; where it is over, say so and where else to go, with what was typed."""
    say = visit.voice.say
    wrong = dict(faults)
    over = notice is None or visit.kit.serving.now() > notice.announced.until
    context = {
        "title": say(TITLE) if notice is None else notice.case.permit.permit.name.to(visit.lang),
        "trail": [(f"/{visit.code}/pengumuman", say(TITLE))],
        "notice": None if notice is None else _shown(visit, notice),
        "over": over,
        "opens": notice is not None and _open(visit, notice),
        "asked": [
            (one, say(one.label), say(one.help) if one.help else "", sent.get(one.name, ""), wrong.get(one.name, ""))
            for one in QUESTIONS
        ],
        "typed": [(say(one.label), sent[one.name]) for one in QUESTIONS if sent.get(one.name)],
        "faults": [(name, f"{_label(visit, name)}: {words}") for name, words in faults],
        "key": _key(sent),
        "action": visit.request.url.path,
    }
    status = status or (422 if faults else 410 if over and sent else 404 if notice is None else 200)
    return visit.page("notice.html", context, status)


def _label(visit: Visit, name: str) -> str:
    return next(visit.voice.say(one.label) for one in QUESTIONS if one.name == name)


def _shown(visit: Visit, notice: Notice) -> Shown:
    case, story = notice.case, notice.deadline.story
    fields = fact_fields(case.permit.permit)
    named = [fields[code] for code in notice.stage.announced if code in fields]
    answers = said_answers(named, case.all_facts, (), visit.voice)
    return Shown(
        link=f"/{visit.code}/pengumuman/{notice.announced.id}",
        permit=case.permit.permit.name.to(visit.lang),
        answers=tuple((label, said) for label, said in answers if said is not None),
        until=moment(visit, notice.announced.until),
        why=sentence(story, visit.lang),
        days=lines(story, visit.lang),
        provisional=notice.deadline.provisional,
        hears=notice.stage.objections,
    )
