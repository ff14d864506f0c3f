"""The applicant's bill: what is to be paid and why, how to pay it, and what has come in. To be read, paid, printed.

The lines are those that were sealed when the bill was issued, told with the law they rested on then.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import segno
from starlette.requests import Request
from starlette.responses import Response

from rules.bill import Bill
from rules.case_event import Waived
from rules.cited import cited
from rules.codec import decode
from rules.decision_told import bill_told
from rules.printed import printed_date
from runtime import json_text
from runtime.cases.open_case import BILL, OpenCase
from runtime.citizen.fault import mark
from runtime.citizen.receipt import moment
from runtime.citizen.visit import Visit, chosen_language
from runtime.money.bill_record import BillRecord, BillStatus, of_case
from runtime.money.book import Outcome, held
from runtime.money.payment_port import Charge, Instructions
from runtime.money.payments import Receipt

TITLE = mark("Tagihan {number}")
NONE_YET = mark("Tagihan")
RECEIPT = mark("Permohonan {nomor}")
RETRIBUTION, TAX = mark("Surat Ketetapan Retribusi Daerah (SKRD)"), mark("Surat Ketetapan Pajak Daerah (SKPD)")
NIL_RETRIBUTION = mark("Surat Ketetapan Retribusi Daerah Nihil (SKRD Nihil)")
NIL_TAX = mark("Surat Ketetapan Pajak Daerah Nihil (SKPD Nihil)")
STATUS = {
    BillStatus.OPEN: mark("menunggu pembayaran"),
    BillStatus.SETTLED: mark("lunas"),
    BillStatus.REPLACED: mark("diganti tagihan lain"),
    BillStatus.CANCELLED: mark("dibatalkan"),
    BillStatus.NIL: mark("nihil: tidak ada yang harus dibayar"),
}
OUTCOME = {
    Outcome.EXACT: mark("pas"),
    Outcome.SHORT: mark("belum cukup"),
    Outcome.OVER: mark("lebih"),
    Outcome.LATE: mark("datang terlambat"),
}


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What came in, as it is said."""

    when: str
    amount: int
    outcome: str
    reference: str


async def show(request: Request) -> Response:
    """Show the bill of an application that this visitor may open."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    nomor = request.path_params["nomor"]
    if nomor not in await visit.grants():
        return visit.to(f"/{visit.code}/lacak?nomor={nomor}")
    case = visit.kit.serving.casework.open(visit.code, nomor)
    if case is None:
        return visit.to(f"/{visit.code}/lacak")
    read = visit.kit.store.database.read
    bills = read(lambda connection: of_case(connection, visit.code, nomor))
    shared = {
        "nomor": nomor,
        "permit": case.permit.permit.name.to(visit.lang),
        "trail": [(f"/{visit.code}/tanda-terima/{nomor}", visit.voice.say(RECEIPT, nomor=nomor))],
    }
    if not bills:
        return visit.page("no_bill.html", {"title": visit.voice.say(NONE_YET), **shared})
    over = read(lambda connection: held(connection, visit.code, nomor))
    return visit.page("bill.html", {**shared, **_context(visit, case, bills, over)})


def _context(visit: Visit, case: OpenCase, bills: tuple[BillRecord, ...], over: int) -> dict[str, object]:
    last, say = bills[-1], visit.voice.say
    to_pay = _instructions(visit, last)
    return {
        "title": say(TITLE, number=last.number),
        "bill": last,
        "kind": say(_kind(last)),
        "status": say(STATUS[last.status]),
        "issued": moment(visit, last.issued_at),
        "filed": printed_date(case.filed_on.isoformat(), visit.lang),
        "told": bill_told(lines_of(case, last), case.city, visit.lang),
        "code": " ".join(last.code[at : at + 6] for at in range(0, len(last.code), 6)),
        "to_pay": to_pay,
        "qr": "" if to_pay is None else segno.make(to_pay.qr, error="m").svg_data_uri(border=2, scale=4),
        "payments": [_said(visit, one) for one in visit.kit.serving.payments.of_case(visit.code, case.key.nomor)],
        "over": over,
        "waivers": _waivers(visit, case, last.seq),
        "earlier": [(one.number, one.due, say(STATUS[one.status])) for one in reversed(bills[:-1])],
    }


def lines_of(case: OpenCase, record: BillRecord) -> Bill:
    """Return a bill with its lines, as it was issued."""
    bill = decode(Bill, json.loads(json_text.write(case.private[record.seq][BILL])))
    assert isinstance(bill, Bill)
    return bill


def _instructions(visit: Visit, record: BillRecord) -> Instructions | None:
    if record.status is not BillStatus.OPEN:
        return None
    return visit.kit.serving.bank.charge(Charge(record.daerah, record.code, record.open))


def _kind(record: BillRecord) -> str:
    if record.series == "SKPD":
        return NIL_TAX if record.status is BillStatus.NIL else TAX
    return NIL_RETRIBUTION if record.status is BillStatus.NIL else RETRIBUTION


def _said(visit: Visit, receipt: Receipt) -> PaidLine:
    return PaidLine(
        moment(visit, receipt.paid_at), receipt.amount, visit.voice.say(OUTCOME[receipt.outcome]), receipt.reference
    )


def _waivers(visit: Visit, case: OpenCase, since: int) -> list[tuple[int, str]]:
    """Return what was waived of the bill that event `since` issued, each with its law."""
    history = visit.kit.serving.casework.history(visit.code, case.key.nomor)
    return [
        (one.event.amount, cited(one.event.citation, case.city))
        for one in history
        if one.seq > since and isinstance(one.event, Waived)
    ]
