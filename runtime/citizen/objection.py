"""An objection followed by whoever made it: what was written, the answer, and the end of what is kept of it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from runtime.cases.codes import grouped, read_nomor
from runtime.citizen.fault import mark
from runtime.citizen.notices import QUESTIONS
from runtime.citizen.notices import TITLE as NOTICES
from runtime.citizen.receipt import moment
from runtime.citizen.visit import Visit, chosen_language

TITLE, FOLLOW = mark("Keberatan {kode}"), mark("Lihat jawaban atas keberatan Anda")
SURE = mark("Beri tanda bila Anda yakin")


async def ask(request: Request) -> Response:
    """Ask for number and code."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    return _ask(Visit(request), read_nomor(request.query_params.get("nomor", "")))


async def open_again(request: Request) -> Response:
    """Open the objection that number and code belong to."""
    visit = Visit(request)
    sent = dict(await visit.sent())
    kode = read_nomor(sent.get("nomor", ""))
    if not visit.trusts(sent):
        return _ask(visit, kode)
    opened = await visit.kit.serving.objections.opened_by(visit.code, kode, sent.get("kode", ""), visit.address)
    if not opened:
        return _ask(visit, kode, wrong=True)
    await visit.grant(kode)
    return visit.to(f"/{visit.code}/keberatan/{kode}")


async def show(request: Request) -> Response:
    """Show an objection to whoever made it."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    return await _page(visit)


async def forget(request: Request) -> Response:
    """Forget who objected, once they are sure."""
    visit = Visit(request)
    sent, kode = dict(await visit.sent()), request.path_params["kode"]
    if not visit.trusts(sent) or kode not in await visit.grants():
        return await _page(visit)
    if sent.get("yakin") != "ya":
        return await _page(visit, unsure=True)
    await visit.kit.serving.objections.forget(visit.code, kode)
    return visit.to(f"/{visit.code}/keberatan/{kode}")


async def _page(visit: Visit, unsure: bool = False) -> Response:
    kode, objections = visit.request.path_params["kode"], visit.kit.serving.objections
    if kode not in await visit.grants():
        return visit.to(f"/{visit.code}/keberatan?nomor={read_nomor(kode)}")
    found = objections.find(visit.code, kode)
    if found is None:
        raise HTTPException(404)
    say, written = visit.voice.say, found.written
    values = () if written is None else (written.name, written.contact, written.connection, written.words)
    context = {
        "title": say(TITLE, kode=kode),
        "trail": [(f"/{visit.code}/pengumuman", say(NOTICES))],
        "kode": kode,
        "code": grouped(objections.code(visit.code, kode)),
        "fresh": "baru" in visit.request.query_params,
        "made": moment(visit, found.made_at),
        "written": [(say(one.label), value) for one, value in zip(QUESTIONS, values, strict=False)],
        "forgotten": written is None,
        "answer": found.answer,
        "answered": None if found.answered_at is None else moment(visit, found.answered_at),
        "unsure": unsure,
        "items": [("yakin", say(SURE))] if unsure else [],
        "action": f"/{visit.code}/keberatan/{kode}/hapus",
    }
    return visit.page("objection.html", context, 422 if unsure else 200)


def _ask(visit: Visit, kode: str, wrong: bool = False) -> Response:
    context = {
        "title": visit.voice.say(FOLLOW),
        "trail": [(f"/{visit.code}/pengumuman", visit.voice.say(NOTICES))],
        "kode": kode,
        "wrong": wrong,
    }
    return visit.page("objection_open.html", context, 422 if wrong else 200)
