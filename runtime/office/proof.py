"""A fresh proof: the code once more, before something is signed, revoked, waived, exported or changed about people."""

from __future__ import annotations

from starlette.responses import Response

from runtime.citizen.fault import mark
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.login import CODE, WRONG_CODE, WRONG_CODE_WHY
from runtime.office.way_back import way_back

WHY = mark("Langkah ini penting, jadi kami perlu memastikan sekali lagi bahwa ini Anda. Berlaku lima menit.")


@desk_page
async def ask(visit: StaffVisit) -> Response:
    """Ask for a code."""
    return visit.to(_back(visit)) if visit.proven else _page(visit)


@desk_page
async def prove(visit: StaffVisit) -> Response:
    """Take a code and go back to where one was; the session's id changes."""
    sent = dict(await visit.sent())
    entered = await visit.kit.people.second_factor.prove(visit.account, sent.get("kode", ""))
    if entered is None:
        return _page(visit, wrong=True)
    visit.renewed(entered.token)
    return visit.to(_back(visit))


def _page(visit: StaffVisit, wrong: bool = False) -> Response:
    context = {
        "title": visit.voice.say(CODE),
        "fault": visit.voice.say(WRONG_CODE) if wrong else "",
        "faults": [("kode", visit.voice.say(WRONG_CODE_WHY))] if wrong else [],
        "why": visit.voice.say(WHY),
        "shown": visit.kit.people.second_factor.shown(visit.account),
        "cancel": _back(visit),
    }
    return visit.page("staff_code.html", context, 422 if wrong else 200)


def _back(visit: StaffVisit) -> str:
    return way_back(visit.code, visit.request.query_params.get("kembali", ""))
