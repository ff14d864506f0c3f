"""The applicant's bill: what is to be paid and why, how to pay it, and what has come in. To be read, paid, printed.

Where a permit has several fees, the page lists them first, and each bill has its own page: `?pungutan=<code>`.
"""

from __future__ import annotations

import segno
from starlette.requests import Request
from starlette.responses import Response

from runtime.citizen.bill_view import bill_view, fee_lines
from runtime.citizen.fault import mark
from runtime.citizen.visit import Visit, chosen_language
from runtime.money.bill_record import BillRecord, BillStatus, by_fee, of_case
from runtime.money.book import held
from runtime.money.payment_port import Charge, Instructions
from runtime.people.act import Act

NONE_YET, ALL = mark("Tagihan"), mark("Semua tagihan")
RECEIPT = mark("Permohonan {nomor}")


async def show(request: Request) -> Response:
    """Show the bill of an application that this visitor may open."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    nomor = request.path_params["nomor"]
    if await visit.reach(nomor, Act.READ_BILL) is None:
        return visit.to(f"/{visit.code}/lacak?nomor={nomor}")
    case = visit.kit.serving.casework.open(visit.code, nomor)
    if case is None:
        return visit.to(f"/{visit.code}/lacak")
    read = visit.kit.store.database.read
    bills = read(lambda connection: of_case(connection, visit.code, nomor))
    trail = [(f"/{visit.code}/tanda-terima/{nomor}", visit.voice.say(RECEIPT, nomor=nomor))]
    if not bills:
        permit = case.permit.permit.name.to(visit.lang)
        return visit.page("no_bill.html", {"title": visit.voice.say(NONE_YET), "permit": permit, "trail": trail})
    found = by_fee(bills)
    lines = fee_lines(visit.voice, case, found)
    fee = request.query_params.get("pungutan", "")
    if fee not in found:
        permit = case.permit.permit.name.to(visit.lang)
        return visit.page(
            "bills.html", {"title": visit.voice.say(ALL), "permit": permit, "trail": trail, "lines": lines}
        )
    to_pay = _instructions(visit, found[fee][-1])
    if lines:
        trail.append(("?", visit.voice.say(ALL)))
    context = {
        **bill_view(visit.kit, visit.voice, visit.city, case, found[fee]),
        "trail": trail,
        "here": f"?pungutan={fee}" if fee else "?",
        "to_pay": to_pay,
        "qr": "" if to_pay is None else segno.make(to_pay.qr, error="m").svg_data_uri(border=2, scale=4),
        "over": read(lambda connection: held(connection, visit.code, nomor, fee)),
    }
    return visit.page("bill.html", context)


def _instructions(visit: Visit, record: BillRecord) -> Instructions | None:
    if record.status is not BillStatus.OPEN:
        return None
    return visit.kit.serving.money.port.charge(Charge(record.daerah, record.code, record.open))
