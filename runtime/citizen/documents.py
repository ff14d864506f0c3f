"""The documents page: only what this application needs, each with its reason, given one by one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rules.city import City, Document
from runtime.cases.attempts import Allowance
from runtime.cases.drafts import Draft
from runtime.citizen.drafting import current_draft, filling_of
from runtime.citizen.fault import mark
from runtime.citizen.filling import Filling
from runtime.citizen.form import first_faulty
from runtime.citizen.form_view import saved_draft, shown_pages
from runtime.citizen.papers import Paper, folded, kept_anyway, papers
from runtime.citizen.standard import FIND
from runtime.citizen.visit import Visit, chosen_language
from runtime.documents.upload import Incoming
from runtime.documents.upload_fault import RefusedUpload

HEADING, NOT_GIVEN = mark("Dokumen"), mark("belum diunggah")
NO_FILE = mark("pilih dulu berkasnya, lalu tekan Unggah")
CHUNK = 64 * 1024


async def show(request: Request) -> Response:
    """Show which documents are needed and what was given."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    ready = await ready_draft(visit)
    if isinstance(ready, Response):
        return ready
    draft, filling = ready
    faults: dict[str, str] = {}
    wanted = wanted_papers(visit, draft, filling)
    if "galat" in request.query_params:
        faults = {paper.id: visit.voice.say(NOT_GIVEN) for paper in wanted if not paper.uploads}
    return _page(visit, draft, filling, faults)


async def save(request: Request) -> Response:
    """Take a file, or remove one."""
    visit = Visit(request)
    multipart = request.headers.get("content-type", "").partition(";")[0].strip().lower() == "multipart/form-data"
    if not multipart:
        sent = dict(await visit.sent())
        draft, filling, _ = await _trusted(visit, sent)
        await visit.kit.store.shelf.remove(visit.code, draft.nomor, sent.get("hapus", ""))
        return visit.to(request.url.path)
    limits = visit.kit.store.limits
    await visit.kit.store.attempts.count(
        visit.code, Allowance("upload", visit.address, limits.uploads_per_address, limits.uploads_per_address_window)
    )
    form = await request.form(max_files=1, max_fields=6, max_part_size=4096)
    try:
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
        draft, filling, wanted = await _trusted(visit, sent)
        item = sent.get("butir", "")
        paper = next((one for one in wanted if (one.code, one.item) == (sent.get("dokumen"), item)), None)
        if paper is None:
            raise HTTPException(422)
        fault = await take(visit, visit.city.city, draft.nomor, paper, form)
    finally:
        await form.close()
    if fault is not None:
        return _page(visit, draft, filling, {paper.id: fault})
    return visit.to(f"{request.url.path}#{paper.id}")


async def ready_draft(visit: Visit) -> tuple[Draft, Filling] | Response:
    """Return the draft whose questions are all answered, or send the visitor to where something is left."""
    release = visit.permit()
    here = f"/{visit.code}/izin/{release.permit.code}"
    draft = await current_draft(visit, release.permit.code, visit.request.query_params.get("draf", ""))
    if draft is None:
        return visit.to(f"/{visit.code}/lanjut" if visit.returning else f"{here}/isi/1")
    filling = filling_of(visit, release, draft)
    faulty = first_faulty(visit, filling)
    if faulty is not None:
        return visit.to(f"{here}/isi/{faulty + 1}?galat=1")
    if filling.examined.decision.refusals and not visit.request.url.path.endswith("/periksa"):
        return visit.to(f"{here}/periksa")
    return draft, filling


def wanted_papers(visit: Visit, draft: Draft, filling: Filling) -> tuple[Paper, ...]:
    """Return the documents that are asked for, with what was given."""
    uploads = visit.kit.store.shelf.of_draft(visit.code, draft.nomor)
    return papers(filling, visit.city.city, uploads, visit.voice)


def kept_papers(visit: Visit, draft: Draft, filling: Filling) -> list[dict[str, str]]:
    """Return what was given and is kept where nobody could conclude what is asked for."""
    uploads = visit.kit.store.shelf.of_draft(visit.code, draft.nomor)
    return kept_anyway(filling.examined.decision, visit.city.city, uploads, visit.voice)


async def _trusted(visit: Visit, sent: dict[str, str]) -> tuple[Draft, Filling, tuple[Paper, ...]]:
    if not visit.trusts(sent):
        raise HTTPException(403)
    release = visit.permit()
    draft = await current_draft(visit, release.permit.code, sent.get("draf", "") or "-")
    if draft is None:
        raise HTTPException(403)
    filling = filling_of(visit, release, draft)
    return draft, filling, wanted_papers(visit, draft, filling)


async def take(visit: Visit, city: City, owner: str, paper: Paper, form: FormData) -> str | None:
    """Keep the file for a draft or a case in the place of an earlier one; return what is not right with it."""
    given = form.get("berkas")
    if not isinstance(given, UploadFile) or not given.filename:
        return visit.voice.say(NO_FILE)
    item = int(paper.item) if paper.item else None
    taken = await visit.kit.store.shelf.accept(
        visit.code,
        Incoming(_kind(city, paper), item, given.filename, given.content_type or "", _chunks(given), owner=owner),
    )
    if isinstance(taken, RefusedUpload):
        return taken.say(visit.lang)
    for earlier in paper.uploads:
        await visit.kit.store.shelf.remove(visit.code, owner, earlier.id)
    return None


def _kind(city: City, paper: Paper) -> Document:
    return next(document for document in city.documents if document.code == paper.code)


async def _chunks(given: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await given.read(CHUNK):
        yield chunk


def _page(visit: Visit, draft: Draft, filling: Filling, faults: dict[str, str]) -> Response:
    permit = filling.release.permit
    here = f"/{visit.code}/izin/{permit.code}"
    shown = shown_pages(filling, visit.lang)
    told = [replace(paper, fault=faults.get(paper.id, "")) for paper in wanted_papers(visit, draft, filling)]
    unfold = visit.request.query_params.get("buka", "")
    wanted = folded(told, unfold)
    context = {
        "title": f"{visit.voice.say(HEADING)} – {permit.name.to(visit.lang)}",
        "heading": visit.voice.say(HEADING),
        "trail": [(f"/{visit.code}/", visit.voice.say(FIND)), (here, permit.name.to(visit.lang))],
        "number": len(shown) + 1,
        "total": len(shown) + 2,
        "wanted": wanted,
        "unfold": unfold,
        "manual": filling.examined.decision.manual is not None,
        "kept": kept_papers(visit, draft, filling),
        "items": [(f"f-{paper.id}", f"{paper.name}: {paper.fault}") for paper in wanted if paper.fault],
        "action": f"{here}/dokumen",
        "on": f"{here}/periksa",
        "back": f"{here}/isi/{shown[-1] + 1}" if shown else f"{here}/isi/1",
        "draft": draft.nomor,
        "saved": saved_draft(visit, draft),
    }
    return visit.page("documents.html", context, 422 if faults else 200)
