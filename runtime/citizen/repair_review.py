"""Reading a repair over, and sending it: what was, what it is now, and what follows from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from rules.case_event import APPLICANT, ItemKind, Target
from rules.command import BeyondTheList
from rules.decision import Decision
from rules.decision_told import told
from rules.field import Field
from rules.kind import Facts
from rules.repair_list import field as question
from runtime.cases.case_change import Change, Kept, Once, Said
from runtime.cases.open_case import OpenCase
from runtime.cases.submission import KeyReusedError, UploadGoneError
from runtime.citizen.case_dates import calendar_of
from runtime.citizen.fault import mark
from runtime.citizen.own_case import case_path, own_case, own_case_again
from runtime.citizen.repair_form import list_context, refused
from runtime.citizen.repair_papers import ready, wanted_papers
from runtime.citizen.repairing import Repairing, name_of
from runtime.citizen.said_answer import said_answer
from runtime.citizen.visit import Visit, chosen_language
from runtime.documents import file_rows
from runtime.people.act import Act

HEADING = mark("Periksa sebelum dikirim")
CHANGED = mark("Ada yang berubah sejak Anda membacanya. Baca sekali lagi, lalu kirim.")


class RepairChangedError(ValueError):
    """What is about to be sent is not what was read: something was typed or given meanwhile."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A question whose answer is another; None where there is no answer."""

    label: str
    before: str | None
    after: str | None


async def show(request: Request) -> Response:
    """Show what would be sent."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    case = await own_case(visit, Act.REPAIR)
    if isinstance(case, Response):
        return case
    work = ready(visit, case)
    if isinstance(work, Response):
        return work
    if not work.repair.complete:
        return visit.to(f"{case_path(visit, case)}/perbaikan/dokumen?galat=1")
    return _page(visit, work, visit.voice.say(CHANGED) if "berubah" in request.query_params else "")


async def send(request: Request) -> Response:
    """Send the repair in, once."""
    visit = Visit(request)
    sent = await visit.sent()
    case = await own_case_again(visit, Act.REPAIR, sent)
    if isinstance(case, Response):
        return case
    first, here = dict(reversed(sent)), case_path(visit, case)
    if case.state.rounds and first.get("putaran") == str(case.state.rounds) and not _in_repair(case):
        return visit.to(f"{here}?terkirim=1")  # it was sent by the first of two presses
    work = ready(visit, case)
    if isinstance(work, Response):
        return work
    if not work.repair.complete:
        return visit.to(f"{here}/perbaikan/dokumen?galat=1")
    if first.get("dibaca") != work.fingerprint or work.filling.examined.decision.refusals:
        return visit.to(f"{here}/perbaikan/periksa?berubah=1")
    try:
        outcome = await visit.kit.serving.casework.act(
            visit.code,
            case.key.nomor,
            work.repair.command,
            APPLICANT,
            Said(answers=work.filling.examined.answers),
            only_once=_once(work),
            during=lambda connection, change: _settle(visit, work, connection, change),
        )
    except (RepairChangedError, UploadGoneError, KeyReusedError):
        return visit.to(f"{here}/perbaikan/periksa?berubah=1")
    match outcome:
        case Kept():
            return visit.to(f"{here}?terkirim=1")
        case BeyondTheList(targets):
            return refused(visit, work, targets)
        case _:
            return visit.to(f"{here}?berubah=1")


def _in_repair(case: OpenCase) -> bool:
    return case.state.status == "perbaikan"


def _once(work: Repairing) -> Once:
    """Return the key under which this round of this case is repaired: whatever is pressed, in whatever window."""
    sha = hashlib.sha256(f"{work.case.key.nomor}:{work.fingerprint}".encode()).hexdigest()
    return Once(f"perbaikan:{work.case.key.nomor}:{work.round}", sha)


def _settle(visit: Visit, work: Repairing, connection: Connection, change: Change) -> None:
    """Make sure that it is what was read, and let go of what was typed, in the transaction that sends it; the files
    that it speaks of have become the case's already."""
    store, key = visit.kit.store, work.case.key
    draft = store.repair_drafts.read(connection, key, work.round)
    if draft.revision != work.draft.revision or change.case.state.rounds != work.round:
        raise RepairChangedError
    changed = set(work.repair.command.changed)
    taken = {one.id for one in file_rows.held(connection, key.daerah, key.nomor)}
    if not taken.issuperset(one.given.id for one in work.repair.wanted if one.given and one.target in changed):
        raise RepairChangedError
    store.repair_drafts.forget(connection, key)


def _page(visit: Visit, work: Repairing, news: str) -> Response:
    before, after = work.before.decision, work.filling.examined.decision
    here = case_path(visit, work.case)
    city = calendar_of(visit, work.case)
    context = {
        **list_context(visit, work),
        "title": visit.voice.say(HEADING),
        "news": news,
        "differences": differences(visit, work),
        "same": [name_of(visit, work.case, target) for target in _same(work)],
        "papers": [paper for paper in wanted_papers(visit, work) if paper.uploads],
        "before": told(before, city, visit.lang),
        "decision": told(after, city, visit.lang),
        "dearer": _due(before) != _due(after),
        "action": f"{here}/perbaikan/kirim",
        "round": work.round,
        "read": work.fingerprint,
        "fields_link": f"{here}/perbaikan",
        "documents_link": f"{here}/perbaikan/dokumen" if work.repair.wanted else "",
        "withdraw": f"{here}/tarik",
    }
    return visit.page("repair_review.html", context)


def _same(work: Repairing) -> list[Target]:
    """Return what is asked to be repaired and stays as it was: also a file that was given once more."""
    listed = [question(one.code) for one in work.open if one.code in _listed(work)]
    given = [one.target for one in work.repair.wanted if one.items and one.given is not None]
    return [target for target in (*listed, *given) if target not in work.repair.command.changed]


def _listed(work: Repairing) -> set[str]:
    return {item.code for item in work.position.items if item.kind is ItemKind.FIELD}


def _due(decision: Decision) -> object:
    return [bill.due for bill in decision.bills]


def differences(visit: Visit, work: Repairing) -> list[Difference]:
    """Return every answer that is another than it was, in the order of the form."""
    changed = {target.code for target in work.repair.command.changed if target.kind is ItemKind.FIELD}
    was, now = work.before.facts, work.filling.facts
    return [
        Difference(one.label.to(visit.lang), _said(visit, one, was), _said(visit, one, now))
        for one in work.case.permit.permit.fields
        if one.code in changed
    ]


def _said(visit: Visit, field: Field, facts: Facts) -> str | None:
    value = facts.get(field.code)
    return None if value is None else said_answer(field, value, visit.voice)
