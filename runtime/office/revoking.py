"""Taking an issued permit back: by an article, with a reason, after a fresh proof."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response

from rules.case_state import ISSUED
from rules.command import Revoke
from runtime.cases.case_change import Said
from runtime.citizen.fault import Fault, mark
from runtime.office.case_file_page import Told
from runtime.office.desk_form import new_key, said_text
from runtime.office.desk_shown import laws
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.doing import FAULTS, do
from runtime.office.opened_file import OpenedFile, opened_file
from runtime.office.signature_shown import revocable, shown_letters
from runtime.people.act import Act

TITLE = mark("Cabut izin")
CHOOSE_PRODUCT = mark("Pilih surat yang dicabut")
CHOOSE_LAW = mark("Pilih pasal yang menjadi dasar pencabutan")
SAY_WHY = mark("Tulis alasan pencabutan")


@desk_page
async def show(visit: StaffVisit) -> Response:
    """Ask by which article and why, after a fresh proof."""
    opened = await _issued(visit)
    proof = visit.first_prove(Act.REVOKE)
    return proof if proof is not None else _page(opened, {}, {})


@desk_page
async def revoke(visit: StaffVisit) -> Response:
    """Take the permit back."""
    opened = await _issued(visit)
    sent = dict(reversed(await visit.sent()))
    if (proof := visit.first_prove(Act.REVOKE)) is not None:
        return proof
    law = next((one for name, _, one in laws(opened) if name == sent.get("pasal")), None)
    said = said_text(sent.get("alasan", ""), visit.lang)
    faults: dict[str, str] = {}
    if law is None:
        faults["pasal"] = visit.voice.say(CHOOSE_LAW)
    if isinstance(said, Fault):
        faults["alasan"] = visit.voice.fault(said)
    elif not said:
        faults["alasan"] = visit.voice.say(SAY_WHY)
    if _several(opened) and "produk" not in sent:
        faults["produk"] = visit.voice.say(CHOOSE_PRODUCT)
    if faults or law is None or isinstance(said, Fault):
        return _page(opened, sent, faults)
    return await do(opened, Act.REVOKE, sent, Revoke(law, _chosen(opened, sent)), Said(said), "cabut", Told())


def _page(opened: OpenedFile, typed: Mapping[str, str], faults: Mapping[str, str]) -> Response:
    visit = opened.visit
    context = {
        "title": visit.voice.say(TITLE),
        "nomor": opened.nomor,
        "here": opened.link,
        "permit": opened.case.permit.permit.name.to(visit.lang),
        "fault": visit.voice.say(FAULTS) if faults else "",
        "faults": list(faults.items()),
        "wrong": faults,
        "typed": typed,
        "letters": shown_letters(opened),
        "several": _several(opened),
        "whole": opened.state.status == ISSUED,
        "laws": [(name, words) for name, words, _ in laws(opened)],
        "key": typed.get("kunci") or new_key(),
    }
    return visit.page("office_revoke.html", context, 422 if faults else 200)


def _several(opened: OpenedFile) -> bool:
    """Tell whether one of several products may be meant, or one of a case that was not issued as a whole."""
    return len([letter for letter in shown_letters(opened) if letter.id]) > (opened.state.status == ISSUED)


def _chosen(opened: OpenedFile, sent: Mapping[str, str]) -> str | None:
    """Return the product that was chosen, None for all of them."""
    known = {letter.id for letter in shown_letters(opened) if letter.id}
    return sent["produk"] if sent.get("produk") in known else None


async def _issued(visit: StaffVisit) -> OpenedFile:
    """Open a file whose permit this officer may take back; the lifecycle says whether there is still one."""
    opened = await opened_file(visit, Act.REVOKE)
    if not opened.may(Act.REVOKE):
        raise HTTPException(403)
    if visit.request.method == "GET" and not revocable(opened):
        raise HTTPException(404)
    return opened
