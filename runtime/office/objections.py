"""The answer of a desk to an objection, in words that its objector and the applicant read."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from rules.command import AnswerObjection
from runtime.cases.case_change import Said
from runtime.citizen.fault import Fault, mark
from runtime.office.case_file_page import Told
from runtime.office.desk_form import said_text, whole
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.doing import do, faulty
from runtime.office.opened_file import opened_file
from runtime.people.act import Act

SAY = mark("Keberatan nomor {number}: tulis jawabannya")


@desk_page
async def answer(visit: StaffVisit) -> Response:
    """Answer one objection."""
    opened = await opened_file(visit)
    if not opened.may(Act.ANSWER_OBJECTION):
        raise HTTPException(403)
    sent = dict(reversed(await visit.sent()))
    number = whole(sent.get("keberatan", ""))
    name = f"balasan-{number}"
    typed = sent.get("balasan", "").replace("\r\n", "\n")
    told, said = Told(typed={name: typed}), said_text(typed, visit.lang)
    if isinstance(said, Fault):
        return faulty(opened, told, [(name, visit.voice.fault(said))])
    if not said:
        return faulty(opened, told, [(name, visit.voice.say(SAY, number=number))])
    command = AnswerObjection(sent.get("tahap", "")[:64], whole(sent.get("meja", "")), number)
    during = visit.kit.serving.objections.answering(said)
    return await do(opened, Act.ANSWER_OBJECTION, sent, command, Said(said), "keberatan", told, during=during)
