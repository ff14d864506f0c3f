"""A bill as it is shown, to the applicant and in the office: its lines as sealed, and what has become of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from rules.bill import Bill
from rules.case_event import Waived
from rules.cited import cited
from rules.codec import decode
from rules.decision_told import bill_told
from rules.permit import PayWhen
from rules.printed import printed_date
from runtime import json_text
from runtime.cases.open_case import BILL, OpenCase
from runtime.citizen.fault import mark
from runtime.citizen.receipt import moment_in
from runtime.money.bill_record import BillRecord, BillStatus
from runtime.money.book import Outcome, treasury
from runtime.money.payments import Receipt
from runtime.page_kit import Kit
from runtime.release import CityRelease
from runtime.voice import Voice

TITLE = mark("Tagihan {number}")
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
STILL_TO_COME = mark("belum ditetapkan")
OUTCOME = {
    Outcome.EXACT: mark("pas"),
    Outcome.SHORT: mark("belum cukup"),
    Outcome.OVER: mark("lebih"),
    Outcome.LATE: mark("datang terlambat"),
}


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What came in, as it is said; `nomor` is of its case, `plain` tells that it was as it should be."""

    when: str
    amount: int
    outcome: str
    plain: bool
    reference: str
    nomor: str
    fee: str


def bill_view(
    kit: Kit, voice: Voice, city: CityRelease, case: OpenCase, bills: tuple[BillRecord, ...]
) -> dict[str, object]:
    """Return what a template shows of the last of a case's bills for one fee."""
    last, say, nomor = bills[-1], voice.say, case.key.nomor
    payments = [one for one in kit.serving.money.payments.of_case(city.code, nomor) if one.fee == last.fee]
    return {
        "title": say(TITLE, number=last.number),
        "nomor": nomor,
        "permit": case.permit.permit.name.to(voice.lang),
        "what": case.fee_name(last.fee).to(voice.lang),
        "collector": agency_said(case, last.agency, voice),
        "bill": last,
        "kind": say(_kind(last)),
        "status": say(STATUS[last.status]),
        "issued": moment_in(voice, city, last.issued_at),
        "filed": printed_date(case.filed_on.isoformat(), voice.lang),
        "told": None if case.forgotten else bill_told(lines_of(case, last), case.city, voice.lang),
        "code": grouped(last.code),
        "payments": [paid_line(voice, city, one) for one in payments],
        "waived": _waived(kit, case, last),
        "earlier": [(one.number, one.due, say(STATUS[one.status])) for one in reversed(bills[:-1])],
    }


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One of several fees of a case: what it is, who collects it, and its bill, None where it is still to come."""

    code: str
    name: str
    collector: str
    before: bool
    bill: BillRecord | None
    status: str


def fee_lines(voice: Voice, case: OpenCase, bills: Mapping[str, tuple[BillRecord, ...]]) -> list[FeeLine]:
    """Return the fees of a case that has several, in the order of the catalog."""
    found = []
    for fee in case.permit.permit.fees if any(one.code for one in case.permit.permit.fees) else ():
        last = bills[fee.code][-1] if fee.code in bills else None
        agency = treasury(case.city, fee.collector) if last is None else last.agency
        found.append(
            FeeLine(
                fee.code,
                case.fee_name(fee.code).to(voice.lang),
                agency_said(case, agency, voice),
                fee.pay is PayWhen.BEFORE,
                last,
                voice.say(STILL_TO_COME if last is None else STATUS[last.status]),
            )
        )
    return found


def agency_said(case: OpenCase, code: str, voice: Voice) -> str:
    """Return what the agency is called that collects a bill."""
    return next((one.name.to(voice.lang) for one in case.city.agencies if one.code == code), code)


def lines_of(case: OpenCase, record: BillRecord) -> Bill:
    """Return a bill with its lines, as it was issued."""
    bill = decode(Bill, json.loads(json_text.write(case.private[record.seq][BILL])))
    assert isinstance(bill, Bill)
    return bill


def paid_line(voice: Voice, city: CityRelease, receipt: Receipt) -> PaidLine:
    """Say what came in."""
    return PaidLine(
        when=moment_in(voice, city, receipt.paid_at),
        amount=receipt.amount,
        outcome=voice.say(OUTCOME[receipt.outcome]),
        plain=receipt.outcome is Outcome.EXACT,
        reference=receipt.reference,
        nomor=receipt.nomor,
        fee=receipt.fee,
    )


def grouped(code: str) -> str:
    """Write a billing code in groups of six, as it is shown."""
    return " ".join(code[at : at + 6] for at in range(0, len(code), 6))


def _kind(record: BillRecord) -> str:
    if record.series == "SKPD":
        return NIL_TAX if record.status is BillStatus.NIL else TAX
    return NIL_RETRIBUTION if record.status is BillStatus.NIL else RETRIBUTION


def _waived(kit: Kit, case: OpenCase, record: BillRecord) -> list[tuple[int, str]]:
    """Return what was waived of a bill, each with its law."""
    history = kit.serving.casework.history(case.key.daerah, case.key.nomor)
    return [
        (one.event.amount, cited(one.event.citation, case.city))
        for one in history
        if one.seq > record.seq and isinstance(one.event, Waived) and one.event.fee == record.fee
    ]
