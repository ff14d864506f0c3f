"""Opening an application or a draft again, by its nomor and code."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from runtime.cases.codes import read_code, read_nomor
from runtime.citizen.drafting import current_draft, filling_of
from runtime.citizen.fault import mark
from runtime.citizen.form import first_faulty
from runtime.citizen.form_view import saved_draft
from runtime.citizen.standard import FIND
from runtime.citizen.visit import Visit, chosen_language

TRACK, RESUME = mark("Lacak permohonan"), mark("Lanjutkan draf")
TRACK_WHY = mark("Lihat di mana berkas Anda dan kapan selesai. Nomor dan kode ada pada tanda terima.")
RESUME_WHY = mark("Tulis nomor dan kode draf yang Anda catat. Semua jawaban akan tampil seperti yang Anda tulis.")
SAVED = mark("Draf tersimpan")


async def ask(request: Request) -> Response:
    """Ask for nomor and code."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    return _page(Visit(request), read_nomor(request.query_params.get("nomor", "")))


async def open_again(request: Request) -> Response:
    """Open what nomor and code belong to, whichever of the two pages they were given on."""
    visit = Visit(request)
    sent = dict(await visit.sent())
    if not visit.trusts(sent):
        return _page(visit, read_nomor(sent.get("nomor", "")))
    nomor, code = read_nomor(sent.get("nomor", "")), read_code(sent.get("kode", ""))
    store = visit.kit.store
    if not nomor or not code:
        return _page(visit, nomor, wrong=True)
    if "-D-" not in nomor:
        if await store.open_submission(visit.code, nomor, code, visit.address) is None:
            return _page(visit, nomor, wrong=True)
        await visit.grant(nomor)
        return visit.to(f"/{visit.code}/permohonan/{nomor}")
    draft = await store.open_draft(visit.code, nomor, code, visit.address)
    if draft is None:
        return _page(visit, nomor, wrong=True)
    await visit.grant(draft.filed_as or nomor)
    if draft.filed_as is not None:
        return visit.to(f"/{visit.code}/permohonan/{draft.filed_as}")
    release = visit.city.permit_on(draft.permit, visit.today)
    if release is None:
        raise HTTPException(404)
    faulty = first_faulty(visit, filling_of(visit, release, draft))
    here = f"/{visit.code}/izin/{draft.permit}"
    return visit.to(f"{here}/dokumen" if faulty is None else f"{here}/isi/{faulty + 1}")


async def saved(request: Request) -> Response:
    """Show under which nomor and code a draft is kept."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    permit = visit.permit().permit
    draft = await current_draft(visit, permit.code)
    if draft is None:
        return visit.to(f"/{visit.code}/lanjut")
    here = f"/{visit.code}/izin/{permit.code}"
    context = {
        "title": visit.voice.say(SAVED),
        "trail": [(f"/{visit.code}/", visit.voice.say(FIND)), (here, permit.name.to(visit.lang))],
        "saved": saved_draft(visit, draft),
        "on": f"{here}/isi/1",
    }
    return visit.page("saved.html", context)


async def finish(request: Request) -> Response:
    """End the session on this machine."""
    visit = Visit(request)
    if not visit.trusts(dict(await visit.sent())):
        raise HTTPException(403)
    await visit.end()
    return visit.to(f"/{visit.code}/")


def _page(visit: Visit, nomor: str, wrong: bool = False) -> Response:
    tracking = visit.request.url.path.endswith("/lacak")
    context = {
        "title": visit.voice.say(TRACK if tracking else RESUME),
        "explanation": visit.voice.say(TRACK_WHY if tracking else RESUME_WHY),
        "nomor": nomor,
        "wrong": wrong,
    }
    return visit.page("open.html", context, 422 if wrong else 200)
