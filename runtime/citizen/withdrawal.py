"""Taking an application back: what it means, once more, and then it is done."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from rules.case_event import APPLICANT
from rules.command import Withdraw
from runtime.cases.case_change import Kept, Once, Said
from runtime.cases.open_case import OpenCase
from runtime.cases.submission import KeyReusedError
from runtime.citizen.case_step import withdrawable
from runtime.citizen.case_words import post_words
from runtime.citizen.fault import mark
from runtime.citizen.own_case import case_path, own_case, own_case_again
from runtime.citizen.receipt import TITLE
from runtime.citizen.visit import Visit, chosen_language
from runtime.people.act import Act

HEADING, SURE = mark("Tarik kembali permohonan"), mark("Beri tanda bila Anda yakin")
LONGEST_REASON = 500


async def show(request: Request) -> Response:
    """Say what it means to withdraw, and ask."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    case = await own_case(visit, Act.WITHDRAW)
    return case if isinstance(case, Response) else _page(visit, case)


async def withdraw(request: Request) -> Response:
    """Withdraw, once."""
    visit = Visit(request)
    sent = await visit.sent()
    case = await own_case_again(visit, Act.WITHDRAW, sent)
    if isinstance(case, Response):
        return case
    first, here, nomor = dict(reversed(sent)), case_path(visit, case), case.key.nomor
    reason = first.get("alasan", "").strip()[:LONGEST_REASON]
    if not withdrawable(case.state):
        return visit.to(f"{here}?{'ditarik' if case.state.status == 'dibatalkan' else 'berubah'}=1")
    if first.get("yakin") != "ya":
        return _page(visit, case, reason, unsure=True)
    once = Once(f"tarik:{nomor}", hashlib.sha256(nomor.encode()).hexdigest())
    casework = visit.kit.serving.casework
    try:
        outcome = await casework.act(visit.code, nomor, Withdraw(), APPLICANT, Said(note=reason), only_once=once)
    except KeyReusedError:
        return visit.to(f"{here}?berubah=1")
    return visit.to(f"{here}?ditarik=1" if isinstance(outcome, Kept) else f"{here}?berubah=1")


def _page(visit: Visit, case: OpenCase, reason: str = "", unsure: bool = False) -> Response:
    if not withdrawable(case.state):
        return visit.to(f"{case_path(visit, case)}?berubah=1")
    accounts = case.state.accounts
    collectors = dict.fromkeys(one.collector or case.city.door for one in accounts if one.paid or not one.open)
    context = {
        "title": visit.voice.say(HEADING),
        "trail": [(case_path(visit, case), visit.voice.say(TITLE, nomor=case.key.nomor))],
        "permit": case.permit.permit.name.to(visit.lang),
        "paid": sum(one.paid for one in accounts),
        "owed": case.state.owed,
        "collector": ", ".join(post_words(case.city, one, "bendahara", visit.voice) for one in collectors),
        "reason": reason,
        "longest": LONGEST_REASON,
        "unsure": unsure,
        "items": [("yakin", visit.voice.say(SURE))] if unsure else [],
        "action": f"{case_path(visit, case)}/tarik",
        "back": case_path(visit, case),
    }
    return visit.page("withdraw.html", context, 422 if unsure else 200)
