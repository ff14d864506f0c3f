"""What a bank calls: what is open of a bill, and that it was paid. Whoever signs is the bank; nobody else is anybody.

    POST /{city}/bayar/tagihan     {"kode_billing"}                                          before it takes money
    POST /{city}/bayar/panggilan   {"referensi", "kode_billing", "jumlah", "dibayar_pada"}   after it has

Told again, a payment gets the same answer and changes nothing; a fault of ours is 500 or 503, and the bank tells it
again. No answer holds anything personal.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import assert_never

import jsonschema_rs
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rules.words import Words
from runtime import json_text
from runtime.api.body import checker, raw_body, shaped
from runtime.api.problem import Problem, ProblemError, fail, problem_response
from runtime.api.shapes import Shape
from runtime.cases.case_entry import ChangedError
from runtime.cases.store_fault import StoreUnavailableError
from runtime.clock import as_text
from runtime.json_text import Json
from runtime.money.bank_message import NotTrusted
from runtime.money.bill_record import BillRecord, BillStatus, read_code
from runtime.money.payments import BankCall, Receipt, ReferenceReused, UnknownBill
from runtime.serving import Serving, serving_of

Checker = jsonschema_rs.Draft202012Validator
Answer = Callable[[Serving, str, Mapping[str, Json]], Awaitable[dict[str, Json]]]

MOST_BYTES = 4096
MOST_RUPIAH = 10**15 - 1
AHEAD = timedelta(minutes=5)  # a bank's clock may be so much before ours
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
_NO_MOMENT = Words(
    "dibayar_pada bukan saat dengan zona, atau belum tiba", "dibayar_pada is no moment with its zone, or still to come"
)
_WHY = {
    NotTrusted.UNSIGNED: Words("Tanpa tanda tangan", "Not signed"),
    NotTrusted.FORGED: Words("Tanda tangannya tidak cocok", "The signature does not match"),
    NotTrusted.STALE: Words("Ditandatangani lebih dari lima menit lalu", "Not signed within five minutes of now"),
}
CODE: Shape = {"type": "string", "pattern": "^[0-9]{18}$"}
_ASKED = checker(
    {
        "type": "object",
        "properties": {"kode_billing": CODE},
        "required": ["kode_billing"],
        "additionalProperties": False,
    }
)
_PAID = checker(
    {
        "type": "object",
        "properties": {
            "referensi": {"type": "string", "pattern": "^[A-Za-z0-9._/-]{1,64}$"},
            "kode_billing": CODE,
            "jumlah": {"type": "integer", "minimum": 1, "maximum": MOST_RUPIAH},
            "dibayar_pada": {"type": "string", "maxLength": 40},
        },
        "required": ["referensi", "kode_billing", "jumlah", "dibayar_pada"],
        "additionalProperties": False,
    }
)


def bank_routes() -> list[Route]:
    """Return what a bank can call."""
    return [
        Route("/{city}/bayar/tagihan", ask, methods=["POST"]),
        Route("/{city}/bayar/panggilan", tell, methods=["POST"]),
    ]


async def ask(request: Request) -> Response:
    """Tell what is open of a bill."""
    return await _answered(request, _ASKED, _bill)


async def tell(request: Request) -> Response:
    """Take a payment."""
    return await _answered(request, _PAID, _payment)


async def _answered(request: Request, shape: Checker, answer: Answer) -> Response:
    serving, city = serving_of(request), request.path_params["city"]
    try:
        if city not in serving.releases.current.cities:
            raise fail("not_found")
        content = await raw_body(request, MOST_BYTES)
        said = await answer(serving, city, shaped(_trusted(request, serving, content), shape))
    except ProblemError as ended:
        return problem_response(ended.problem)
    except (StoreUnavailableError, ChangedError):
        return problem_response(Problem("unavailable", headers={"Retry-After": "2"}))
    return Response(json_text.write(said), headers={"Cache-Control": "no-store"}, media_type="application/json")


def _trusted(request: Request, serving: Serving, content: bytes) -> bytes:
    """Return the body of a call that is the bank's, before any of it is read."""
    distrust = serving.money.port.distrust(request.url.path, request.headers, content, serving.now())
    if distrust is not None:
        raise fail("not_the_bank", _WHY[distrust])
    return content


async def _bill(serving: Serving, city: str, asked: Mapping[str, Json]) -> dict[str, Json]:
    bill = serving.money.payments.bill(city, _code(asked))
    if bill is None:
        raise fail("no_such_bill")
    return {"nomor": bill.number, "status": bill.status.value, "jumlah": bill.due, "terbuka": _open(bill)}


async def _payment(serving: Serving, city: str, paid: Mapping[str, Json]) -> dict[str, Json]:
    reference, amount = paid["referensi"], paid["jumlah"]
    assert isinstance(reference, str)
    if not isinstance(amount, int):  # 1.0 is a whole number to a schema
        raise fail("body")
    call = BankCall(reference, _code(paid), amount, _moment(paid["dibayar_pada"], serving.now()))
    match await serving.money.payments.take(city, call):
        case Receipt() as receipt:
            return {
                "referensi": receipt.reference,
                "hasil": receipt.outcome.value,
                "jumlah": receipt.amount,
                "dipakai": receipt.applied,
                "titipan": receipt.held,
                "dicatat_pada": as_text(receipt.recorded_at),
            }
        case UnknownBill():
            raise fail("no_such_bill")
        case ReferenceReused():
            raise fail("reference_reused")
        case other:
            assert_never(other)


def _open(bill: BillRecord) -> int:
    return bill.open if bill.status is BillStatus.OPEN else 0


def _code(asked: Mapping[str, Json]) -> str:
    code = asked["kode_billing"]
    assert isinstance(code, str)
    known = read_code(code)
    if known is None:
        raise fail("no_such_bill")
    return known


def _moment(text: Json, now: datetime) -> datetime:
    assert isinstance(text, str)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not EARLIEST <= moment <= now + AHEAD:
        raise fail("body", _NO_MOMENT)
    return moment
