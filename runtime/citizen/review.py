"""Reading over, and filing: everything on one page, what follows from it, and the button."""

from __future__ import annotations

import hashlib

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rules.cited import cited
from rules.codec import written
from rules.decision import Decision, Refused
from rules.decision_told import told
from runtime.cases.drafts import Draft
from runtime.cases.filing import Application, NotFiled, draft_key, file, request_hash
from runtime.cases.submission import DraftChangedError, UploadGoneError
from runtime.citizen.corrections import corrections
from runtime.citizen.documents import kept_papers, ready_draft, wanted_papers
from runtime.citizen.drafting import current_draft, filling_of
from runtime.citizen.fault import mark
from runtime.citizen.filling import Filling
from runtime.citizen.form import EXPIRED_WHY, expired
from runtime.citizen.form_view import pages_of, saved_draft, shown_pages
from runtime.citizen.said_answer import said_answers
from runtime.citizen.standard import FIND
from runtime.citizen.visit import Visit, chosen_language

HEADING, REFUSED = mark("Periksa sebelum diajukan"), mark("Permohonan ini belum dapat diajukan")
AGREE = mark("Pernyataan: beri tanda bila Anda setuju")
CHANGED = mark("Ada yang berubah sejak Anda membacanya. Baca sekali lagi, lalu ajukan.")


async def show(request: Request) -> Response:
    """Show everything that would be filed, and what follows from it; or why it can not be filed."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    ready = await ready_draft(visit)
    if isinstance(ready, Response):
        return ready
    draft, filling = ready
    if filling.examined.decision.refusals:
        return _refused(visit, draft, filling)
    if not all(paper.uploads for paper in wanted_papers(visit, draft, filling)):
        return visit.to(f"{_here(visit, filling)}/dokumen?galat=1")
    notice = [("isi", visit.voice.say(CHANGED))] if "berubah" in request.query_params else []
    return _page(visit, draft, filling, notice)


async def submit(request: Request) -> Response:
    """File the draft, once."""
    visit = Visit(request)
    sent = await visit.sent()
    first = dict(reversed(sent))
    nomor = first.get("draf", "")
    if not visit.trusts(first) or nomor not in await visit.grants():
        return expired(visit, [], nomor, EXPIRED_WHY) if nomor else _forbidden()
    filed_as = await _filed_before(visit, nomor)
    if filed_as is not None:
        return await _receipt(visit, filed_as)
    release = visit.permit()
    draft = await current_draft(visit, release.permit.code, nomor)
    if draft is None:
        raise HTTPException(409)
    filling = filling_of(visit, release, draft)
    here = _here(visit, filling)
    if filling.faults or (str(draft.revision), _fingerprint(filling)) != (first.get("revisi"), first.get("dibaca")):
        return visit.to(f"{here}/periksa?berubah=1")
    if first.get("benar") != "ya":
        return _page(visit, draft, filling, [("benar", visit.voice.say(AGREE))], unsure=True)
    application = Application(
        daerah=visit.code,
        key=draft_key(draft.nomor),
        request_hash=request_hash(release.permit.code, filling.answers, ()),
        answers=filling.answers,
        draft=draft.nomor,
        revision=draft.revision,
    )
    try:
        effects = visit.kit.serving.casework.effects
        filed = await file(visit.kit.store, visit.permit, visit.release.digest, application, effects)
    except (DraftChangedError, UploadGoneError):
        return visit.to(f"{here}/periksa?berubah=1")
    if not isinstance(filed, NotFiled):
        return await _receipt(visit, filed.nomor)
    known = filling.examined.decision.refusals
    full = [] if known else [("isi", _said_with_law(visit, refused)) for refused in filed.refusals]
    return _page(visit, draft, filling, full, status=409) if full else visit.to(f"{here}/periksa")


def _said_with_law(visit: Visit, refused: Refused) -> str:
    """Say what only the filing itself could find, such as a quota that others have filled meanwhile."""
    law = refused.because.citation
    said = refused.message.to(visit.lang)
    return said if law is None else f"{said} ({cited(law, visit.city.city)})"


async def _filed_before(visit: Visit, nomor: str) -> str | None:
    draft = visit.kit.store.drafts.find(visit.code, nomor)
    return None if draft is None else draft.filed_as


async def _receipt(visit: Visit, nomor: str) -> Response:
    await visit.grant(nomor)
    return visit.to(f"/{visit.code}/tanda-terima/{nomor}?baru=1")


def _forbidden() -> Response:
    raise HTTPException(403)


def _here(visit: Visit, filling: Filling) -> str:
    return f"/{visit.code}/izin/{filling.release.permit.code}"


def _fingerprint(filling: Filling) -> str:
    """Return what tells whether something else would be filed than what was read: all but the day, which moves on."""
    return hashlib.sha256(written(Decision, filling.examined.decision.undated).encode()).hexdigest()[:32]


def answered_pages(visit: Visit, filling: Filling) -> list[dict[str, object]]:
    """Return each page of the form with the answers on it, and the way back to it."""
    known = {field.code: field for field in filling.release.permit.fields}
    pages = pages_of(filling.release, visit.lang)
    return [
        {
            "title": pages[index].title,
            "link": f"{_here(visit, filling)}/isi/{index + 1}?dari=periksa",
            "answers": list(
                said_answers((known[code] for code in pages[index].fields), filling.facts, filling.hidden, visit.voice)
            ),
        }
        for index in shown_pages(filling, visit.lang)
    ]


def _frame(visit: Visit, draft: Draft, filling: Filling, title: str) -> dict[str, object]:
    permit = filling.release.permit
    return {
        "title": f"{title} – {permit.name.to(visit.lang)}",
        "heading": title,
        "trail": [(f"/{visit.code}/", visit.voice.say(FIND)), (_here(visit, filling), permit.name.to(visit.lang))],
        "pages": answered_pages(visit, filling),
        "saved": saved_draft(visit, draft),
    }


def _page(
    visit: Visit, draft: Draft, filling: Filling, items: list[tuple[str, str]], unsure: bool = False, status: int = 200
) -> Response:
    here = _here(visit, filling)
    steps = len(shown_pages(filling, visit.lang)) + 2
    context = {
        **_frame(visit, draft, filling, visit.voice.say(HEADING)),
        "number": steps,
        "total": steps,
        "papers": wanted_papers(visit, draft, filling),
        "kept": kept_papers(visit, draft, filling),
        "decision": told(filling.examined.decision, visit.city.city, visit.lang),
        "documents_link": f"{here}/dokumen",
        "action": f"{here}/kirim",
        "draft": draft.nomor,
        "revision": draft.revision,
        "read": _fingerprint(filling),
        "unsure": unsure,
        "items": items,
    }
    return visit.page("review.html", context, 422 if unsure else status)


def _refused(visit: Visit, draft: Draft, filling: Filling) -> Response:
    title = visit.voice.say(REFUSED)
    decision = told(filling.examined.decision, visit.city.city, visit.lang)
    context: dict[str, object] = {
        **_frame(visit, draft, filling, title),
        "title": title,
        "refusals": decision["penolakan"],
        "corrections": corrections(visit, filling),
    }
    return visit.page("refused.html", context)
