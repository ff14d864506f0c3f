"""The receipt: what was filed, what was decided and why, where the file is. To be kept, printed, and opened again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

import segno
from starlette.requests import Request
from starlette.responses import Response

from rules.answers import typed
from rules.cited import cited
from rules.codec import decode
from rules.decision import Decision
from rules.decision_told import told
from rules.printed import printed_date, printed_day
from rules.story import Began, Due, Entry, HolidaySkipped, Paused, Provisional, WeekendSkipped
from rules.words import Lang
from runtime import json_text
from runtime.cases.submission import FiledDocument, Submission
from runtime.citizen.fault import mark
from runtime.citizen.form_view import grouped, pages_of
from runtime.citizen.papers import printed_size
from runtime.citizen.said_answer import said_answers
from runtime.citizen.visit import Visit, chosen_language
from runtime.people.act import Act
from runtime.release import CityRelease, PermitRelease
from runtime.voice import Voice

TITLE = mark("Permohonan {nomor}")
AT = mark("{day} pukul {time}")


async def receipt(request: Request) -> Response:
    """Show the receipt of a submission that this visitor may open."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    nomor = request.path_params["nomor"]
    if await visit.reach(nomor, Act.READ_RECEIPT) is None:
        return visit.to(f"/{visit.code}/lacak?nomor={nomor}")
    submission = visit.kit.store.submissions.find(visit.code, nomor)
    if submission is None:
        return visit.to(f"/{visit.code}/lacak")
    release = visit.city.version(submission.permit, submission.version)
    fresh = "baru" in request.query_params
    return visit.page("receipt.html", _context(visit, submission, release, fresh))


def _context(visit: Visit, submission: Submission, release: PermitRelease | None, fresh: bool) -> dict[str, object]:
    decision = decided(submission, ZoneInfo(visit.city.city.zone))
    address = f"{visit.kit.settings.public_url}/{visit.code}/lacak?nomor={submission.nomor}"
    names = {document.code: document.name.to(visit.lang) for document in visit.city.city.documents}
    names |= {document.code: document.name.to(visit.lang) for document in decision.documents}
    asked = [document.code for document in decision.documents]
    given = sorted(
        submission.documents, key=lambda one: asked.index(one.document) if one.document in asked else len(asked)
    )
    code = visit.kit.store.submissions.code(visit.code, submission.nomor) if fresh else ""
    return {
        "title": visit.voice.say(TITLE, nomor=submission.nomor),
        "fresh": fresh,
        "permit": submission.permit if release is None else release.permit.name.to(visit.lang),
        "nomor": submission.nomor,
        "code": grouped(code),
        "filed": moment(visit, submission.filed_at),
        "qr": segno.make(address, error="m").svg_data_uri(border=2, scale=4),
        "decision": told(decision, visit.city.city, visit.lang),
        "documents": [
            {
                "name": names.get(one.document, one.document) + _of_item(one, decision, release, visit.lang),
                "file": one.name,
                "size": printed_size(one.size, visit.voice),
            }
            for one in given
        ],
        "pages": [] if release is None else _pages(visit, submission, release),
        "version": printed_date(submission.version, visit.lang),
        "followed": _followed(visit, submission.nomor),
        "digest": f"{submission.release[:16]} · {decision.ruleset_digest[:16]} · {decision.facts_digest[:16]}",
    }


def _followed(visit: Visit, nomor: str) -> dict[str, str] | None:
    """Return which version the case follows by now, and by which law, where it is another than that of its filing."""
    state = visit.kit.serving.casework.state(visit.code, nomor)
    if state is None or state.moved_by is None:
        return None
    return {"version": printed_date(state.version, visit.lang), "law": cited(state.moved_by, visit.city.city)}


def _of_item(paper: FiledDocument, decision: Decision, release: PermitRelease | None, lang: Lang) -> str:
    """Say which item of a `daftar` a document was given for: « (Kendaraan 2)»."""
    if paper.item is None:
        return ""
    each = next((document.for_each for document in decision.documents if document.code == paper.document), None)
    fields = () if release is None else release.permit.fields
    label = next((field.label.to(lang) for field in fields if field.code == each), "")
    return f" ({label} {paper.item + 1})".replace("( ", "(")


def decided(submission: Submission, zone: ZoneInfo) -> Decision:
    """Return the decision as it was stored, its moments in the city's zone again, which JSON keeps as an offset."""
    decision = decode(Decision, json.loads(json_text.write(submission.decision)))
    assert isinstance(decision, Decision)
    if (due := decision.deadline) is None:
        return decision
    story = tuple(_in_zone(entry, zone) for entry in due.story)
    return replace(decision, deadline=replace(due, at=due.at.astimezone(zone), story=story))


def _in_zone(entry: Entry, zone: ZoneInfo) -> Entry:
    match entry:
        case Began(done, counted):
            return replace(entry, done=done.astimezone(zone), counted=counted.astimezone(zone))
        case Paused(start, resumed):
            return replace(entry, start=start.astimezone(zone), resumed=resumed.astimezone(zone))
        case Due(at):
            return Due(at.astimezone(zone))
        case WeekendSkipped() | HolidaySkipped() | Provisional():
            return entry
        case _:
            assert_never(entry)


def moment(visit: Visit, at: datetime) -> str:
    """Say a moment in the city's own time."""
    return moment_in(visit.voice, visit.city, at)


def moment_in(voice: Voice, city: CityRelease, at: datetime) -> str:
    """Say a moment in a city's own time."""
    local = at.astimezone(ZoneInfo(city.city.zone))
    time = f"{local:%H.%M}" if voice.lang == "id" else f"{local:%H:%M}"
    return voice.say(AT, day=printed_day(local.date(), voice.lang), time=f"{time} {local.tzname() or ''}".strip())


def _pages(visit: Visit, submission: Submission, release: PermitRelease) -> list[dict[str, object]]:
    """Return what was filed, page by page; a question that was not asked has no answer to show."""
    permit = release.permit
    answers = typed(permit.fields, submission.answers)
    known = {field.code: field for field in permit.fields}
    pages: list[dict[str, object]] = []
    for page in pages_of(release, visit.lang):
        fields = [known[code] for code in page.fields if code in answers]
        if fields:
            pages.append({"title": page.title, "answers": list(said_answers(fields, answers, (), visit.voice))})
    return pages
