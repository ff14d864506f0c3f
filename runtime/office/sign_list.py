"""Several files signed at once, by whoever signs for the office, after a fresh proof."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from runtime.cases.office_lists import ListName, OfficeLists
from runtime.citizen.fault import mark
from runtime.office.case_list import asker_of
from runtime.office.desk_form import new_key, read_key, whole
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.opened_file import open_named
from runtime.office.signature_shown import shown_signature
from runtime.office.signing_desk import ask
from runtime.office.way_back import asking
from runtime.office.when import when
from runtime.people.act import Act

TITLE = mark("Tanda tangani beberapa berkas")
CHOOSE = mark("Pilih paling sedikit satu berkas")
NOT_ALL = mark("Sebagian tidak jadi ditandatangani")
LINE = mark("{nomor}: {why}")
DONE = mark("Tanda tangan diminta untuk {count} berkas.")


@desk_page
async def show(visit: StaffVisit) -> Response:
    """Show what waits for the signature, to be chosen from."""
    chosen = visit.request.query_params.get("pilih", "")
    return await _page(visit, frozenset(chosen.split(".")))


@desk_page
async def sign(visit: StaffVisit) -> Response:
    """Ask for the signature of all that was chosen; each is asked for by itself, and refused by itself."""
    sent = await visit.sent()
    chosen = list(dict.fromkeys(value for name, value in sent if name == "berkas"))
    back = f"{visit.here}tanda-tangan"
    if (proof := visit.first_prove(Act.SIGN, f"{back}?pilih={'.'.join(chosen)}"[:300])) is not None:
        return proof
    if not chosen:
        return await _page(visit, frozenset(), [("daftar", visit.voice.say(CHOOSE))], 422)
    first = dict(reversed(sent))
    refused: list[tuple[str, str]] = []
    for nomor in chosen:
        try:
            opened = await open_named(visit, nomor, Act.SIGN)
        except HTTPException:
            continue  # what may not be signed does not exist
        why = await ask(opened, whole(first.get(f"putaran.{nomor}", "")), read_key(first.get("kunci", "")))
        if why:
            refused.append(("daftar", visit.voice.say(LINE, nomor=nomor, why=why)))
    done = len(chosen) - len(refused)
    if refused:
        return await _page(visit, frozenset(chosen), refused, 409, done)
    return visit.to(f"{back}?jadi={done}")


async def _page(
    visit: StaffVisit,
    chosen: frozenset[str],
    faults: list[tuple[str, str]] | None = None,
    status: int = 200,
    done: int | None = None,
) -> Response:
    lines = []
    for line in OfficeLists(visit.kit.store.database).lines(ListName.MINE, asker_of(visit), visit.now):
        if line.status != "penandatanganan":
            continue
        try:
            opened = await open_named(visit, line.nomor, Act.SIGN)
        except HTTPException:
            continue
        shown = shown_signature(opened)
        if shown is not None and not shown.awaited:
            lines.append(
                {
                    "nomor": line.nomor,
                    "link": opened.link,
                    "permit": opened.case.permit.permit.name.to(visit.lang),
                    "holder": shown.holder,
                    "letters": [letter.title for letter in shown.letters],
                    "due": when(line.due, visit.now, visit.city.city, visit.voice),
                    "round": opened.state.rounds,
                    "failed": shown.failed,
                    "chosen": line.nomor in chosen or "semua" in chosen,
                }
            )
    count = done if done is not None else whole(visit.request.query_params.get("jadi", ""))
    back = f"{visit.here}tanda-tangan"
    context = {
        "title": visit.voice.say(TITLE),
        "fault": "" if not faults else visit.voice.say(NOT_ALL) if status == 409 else faults[0][1],
        "faults": faults or [],
        "done": visit.voice.say(DONE, count=count) if count > 0 else "",
        "lines": lines,
        "key": new_key(),
        "proof": "" if visit.proven else asking(f"{visit.here}bukti", back),
    }
    return visit.page("office_sign_list.html", context, status)
