"""The repair of documents: those of the list, and those that the repaired answers newly ask for."""

from __future__ import annotations

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rules.decision import Because, RequiredDocument
from runtime.cases.attempts import Allowance
from runtime.cases.open_case import OpenCase
from runtime.cases.repair import Wanted
from runtime.citizen.documents import NOT_GIVEN, take
from runtime.citizen.fault import mark
from runtime.citizen.own_case import case_path, own_case, own_case_again
from runtime.citizen.papers import Paper, folded, paper_of, printed_size
from runtime.citizen.repair_form import NOTE, list_context
from runtime.citizen.repairing import Repairing, repairing, wishes
from runtime.citizen.visit import Visit, chosen_language
from runtime.people.act import Act

HEADING = mark("Dokumen yang diperbaiki")
OPENED = mark("Dokumen ini diminta karena jawaban yang Anda perbaiki.")
MAY_STAY = mark("Bagian ini Anda ubah. Bila dokumennya tetap benar, biarkan.")


async def show(request: Request) -> Response:
    """Show which documents are wanted and what was given."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    case = await own_case(visit, Act.REPAIR)
    if isinstance(case, Response):
        return case
    work = ready(visit, case)
    if isinstance(work, Response):
        return work
    faults: dict[str, str] = {}
    if "galat" in request.query_params:
        papers = wanted_papers(visit, work)
        faults = {
            paper.id: visit.voice.say(NOT_GIVEN)
            for paper, wanted in zip(papers, work.repair.wanted, strict=True)
            if wanted.missing
        }
    return _page(visit, work, faults)


async def save(request: Request) -> Response:
    """Take a file, or remove one that waits."""
    visit = Visit(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        return await _remove(visit)
    limits = visit.kit.store.limits
    await visit.kit.store.attempts.count(
        visit.code, Allowance("upload", visit.address, limits.uploads_per_address, limits.uploads_per_address_window)
    )
    form = await request.form(max_files=1, max_fields=6, max_part_size=4096)
    try:
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
        case = await _trusted(visit, sent)
        work = ready(visit, case)
        if isinstance(work, Response):
            return work
        named = sent.get("dokumen"), sent.get("butir", "")
        paper = next((one for one in wanted_papers(visit, work) if (one.code, one.item) == named), None)
        if paper is None:  # no page offers it: another document is not asked for
            raise HTTPException(422)
        fault = await take(visit, case.city, case.key.nomor, paper, form)
    finally:
        await form.close()
    if fault is not None:
        return _page(visit, work, {paper.id: fault})
    return visit.to(f"{request.url.path}#{paper.id}")


async def _remove(visit: Visit) -> Response:
    sent = await visit.sent()
    case = await own_case_again(visit, Act.REPAIR, sent)
    if isinstance(case, Response):
        return case
    work = ready(visit, case)
    if isinstance(work, Response):
        return work
    gone = dict(sent).get("hapus", "")
    if any(one.id == gone for one in work.repair.given):
        await visit.kit.store.shelf.remove(visit.code, case.key.nomor, gone)
    return visit.to(visit.request.url.path)


async def _trusted(visit: Visit, sent: dict[str, str]) -> OpenCase:
    """Return the case a file is given for; a file is not carried along, so that it is asked for again."""
    if not visit.trusts(sent):
        raise HTTPException(403)
    case = await own_case(visit, Act.REPAIR)
    if isinstance(case, Response):
        raise HTTPException(403)
    return case


def ready(visit: Visit, case: OpenCase) -> Repairing | Response:
    """Return the repair whose questions are answered, or where to go instead."""
    work = repairing(visit, case)
    if work is None:
        return visit.to(f"{case_path(visit, case)}?berubah=1")
    if work.faults:
        return visit.to(f"{case_path(visit, case)}/perbaikan?galat=1")
    return work


def wanted_papers(visit: Visit, work: Repairing) -> list[Paper]:
    """Return the documents that are wanted, in the order of the list."""
    return [_paper(visit, work, wanted) for wanted in work.repair.wanted]


def _paper(visit: Visit, work: Repairing, wanted: Wanted) -> Paper:
    case, target = work.case, wanted.target
    kind = next(one for one in case.city.documents if one.code == target.code)
    rule = wanted.rule or RequiredDocument(kind.code, kind.name, None, None, 1, Because("", None))
    given = () if wanted.given is None else (wanted.given,)
    paper = paper_of(work.filling, rule, kind, target.item, case.city, given, visit.voice)
    said = []
    for wish in wishes(visit, case, wanted.items):
        said.append(f"{wish.words} {visit.voice.say(NOTE, note=wish.note)}" if wish.note else wish.words)
    if not wanted.items:
        said.append(visit.voice.say(OPENED if wanted.needed else MAY_STAY))
    held = wanted.earlier
    earlier = "" if held is None else f"{held.name}, {printed_size(held.size, visit.voice)}"
    return replace(paper, wishes=tuple(said), replaces=earlier, needed=wanted.needed)


def _page(visit: Visit, work: Repairing, faults: dict[str, str]) -> Response:
    told = [replace(paper, fault=faults.get(paper.id, "")) for paper in wanted_papers(visit, work)]
    unfold = visit.request.query_params.get("buka", "")
    wanted = folded(told, unfold)
    here = case_path(visit, work.case)
    context = {
        **list_context(visit, work),
        "title": visit.voice.say(HEADING),
        "wanted": wanted,
        "unfold": unfold,
        "items": [(f"f-{paper.id}", f"{paper.name}: {paper.fault}") for paper in wanted if paper.fault],
        "action": f"{here}/perbaikan/dokumen",
        "on": f"{here}/perbaikan/periksa",
        "back": f"{here}/perbaikan" if work.shown else here,
    }
    return visit.page("repair_documents.html", context, 422 if faults else 200)
