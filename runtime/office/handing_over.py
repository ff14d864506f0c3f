"""Handing a letter over at the counter: who came, what they showed, and what was handed in for it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response

from rules.case_event import Handed, Identity, Receiver, Target
from rules.command import Collect
from runtime.cases.case_change import Said
from runtime.citizen.fault import Fault, mark
from runtime.office.case_file_page import Told
from runtime.office.desk_form import said_text
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.doing import do, faulty
from runtime.office.handed_shown import ITSELF, field_name
from runtime.office.opened_file import opened_file
from runtime.people.act import Act

WHO_CAME = mark("Pilih siapa yang datang")
WHAT_SHOWN = mark("Pilih tanda pengenal yang ditunjukkan")
WHOSE_NAME = mark("Tulis nama orang yang menerima surat")


@desk_page
async def hand_over(visit: StaffVisit) -> Response:
    """Hand the letter over."""
    opened = await opened_file(visit)
    if not opened.may(Act.HAND_OVER):
        raise HTTPException(403)
    sent = dict(reversed(await visit.sent()))
    told, say = Told(typed=sent), visit.voice.say
    receiver = next((one for one in Receiver if one.value == sent.get("penerima")), None)
    identity = next((one for one in Identity if one.value == sent.get("pengenal")), None)
    name = said_text(sent.get("nama_penerima", ""), visit.lang)
    faults = [("penerima", say(WHO_CAME))] if receiver is None else []
    faults += [("pengenal", say(WHAT_SHOWN))] if identity is None else []
    if isinstance(name, Fault):
        faults.append(("nama_penerima", visit.voice.fault(name)))
    elif not name:
        faults.append(("nama_penerima", say(WHOSE_NAME)))
    if faults or receiver is None or identity is None or isinstance(name, Fault):
        return faulty(opened, told, faults)
    handed = tuple(one for target in opened.state.bring if (one := _handed(target, sent)) is not None)
    return await do(opened, Act.HAND_OVER, sent, Collect(receiver, identity, handed), Said(name), "diserahkan", told)


def _handed(target: Target, sent: Mapping[str, str]) -> Handed | None:
    """Return what was handed in for a document, None where nothing was."""
    chosen = sent.get(field_name(target), "")[:80]
    return Handed(target, None if chosen == ITSELF else chosen) if chosen else None
