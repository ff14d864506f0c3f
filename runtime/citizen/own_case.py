"""The case that an applicant's page is about: opened only for whoever has shown its nomor and code."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from runtime.cases.codes import read_code
from runtime.cases.open_case import OpenCase
from runtime.citizen.fault import mark
from runtime.citizen.form import STRANGER_WHY, expired
from runtime.citizen.visit import Visit
from runtime.people.act import Act
from runtime.sent_form import Sent

OVER_WHY = mark(
    "Sudah lama tidak ada kegiatan, jadi kami menutup sesi ini untuk melindungi data Anda. "
    "Tulis kode pada tanda terima untuk membukanya lagi."
)


async def own_case(visit: Visit, act: Act) -> OpenCase | Response:
    """Return the case that the address names, or where to go instead: nobody learns whether there is one."""
    nomor = visit.request.path_params["nomor"]
    reached = await visit.reach(nomor, act)
    case = None if reached is None else visit.kit.serving.casework.open(visit.code, nomor)
    return case or visit.to(f"/{visit.code}/lacak?nomor={nomor}")


async def own_case_again(visit: Visit, act: Act, sent: Sent) -> OpenCase | Response:
    """Return the case that something was sent for. Where the session is over, its code is asked for, and what was sent
    is carried along."""
    first = dict(reversed(sent))
    nomor = visit.request.path_params["nomor"]
    granted = await visit.reach(nomor, act) is not None
    if not visit.trusts(first):
        return expired(visit, sent, "" if granted else nomor, STRANGER_WHY if granted else OVER_WHY)
    if not granted:
        code = read_code(first.get("kode", ""))
        if not code:
            return expired(visit, sent, nomor, OVER_WHY)
        if await visit.kit.store.open_submission(visit.code, nomor, code, visit.address) is None:
            return expired(visit, sent, nomor, OVER_WHY, wrong=True)
        await visit.grant(nomor)
    case = visit.kit.serving.casework.open(visit.code, nomor)
    if case is None:
        raise HTTPException(404)
    return case


def case_path(visit: Visit, case: OpenCase) -> str:
    """Return the address of a case's page."""
    return f"/{visit.code}/permohonan/{case.key.nomor}"
