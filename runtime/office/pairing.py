"""Pairing an authenticator, at the first login: a QR code to scan or a key to type; then the codes on paper."""

from __future__ import annotations

import segno
from starlette.requests import Request
from starlette.responses import Response

from runtime.citizen.fault import mark
from runtime.citizen.visit import chosen_language
from runtime.office.login import STALE, STALE_WHY, WRONG_CODE, WRONG_CODE_WHY
from runtime.office.threshold import Threshold
from runtime.people.one_time_code import pairing_address
from runtime.people.staff_sessions import StaffSession, Step

TITLE = mark("Pasangkan aplikasi autentikator")
PAPER = mark("Simpan sepuluh kode cadangan ini")


async def ask(request: Request) -> Response:
    """Show what to scan."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    at = await Threshold.at(request)
    session = at.standing(Step.PAIRING)
    return at.elsewhere() if session is None else await _page(at, session)


async def pair(request: Request) -> Response:
    """Take the first code; show the codes on paper."""
    at = await Threshold.at(request)
    session = at.standing(Step.PAIRING)
    if session is None:
        return at.elsewhere()
    sent = await at.sent()
    if sent is None:
        return await _page(at, session, STALE, STALE_WHY, 403)
    paired = await at.kit.people.second_factor.pair(session, sent.get("kode", ""))
    if paired is None:
        return await _page(at, session, WRONG_CODE, WRONG_CODE_WHY, 422)
    at.renewed(paired.entered)
    return at.page("staff_paper.html", {"title": at.voice.say(PAPER), "codes": paired.on_paper, "on": at.back})


async def _page(at: Threshold, session: StaffSession, fault: str = "", why: str = "", status: int = 200) -> Response:
    secret = await at.kit.people.second_factor.pairing_secret(session)
    address = pairing_address(secret, session.nip, at.city.city.office.to("id"))
    context = {
        "title": at.voice.say(TITLE),
        "fault": at.voice.say(fault) if fault else "",
        "faults": [("kode", at.voice.say(why))] if why else [],
        "qr": segno.make(address, error="m").svg_data_uri(border=2, scale=4),
        "key": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
    }
    return at.page("staff_pairing.html", context, status)
