"""How a case stands, for whoever follows it by program with nomor and code: posts and times, and no person's name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from rules.case_clock import dues
from rules.case_event import NumberedProduct, RepairItem
from rules.case_state import ISSUED, Account, AtEnd, AtStage, AwaitingPayment, CaseState, Holder, InRepair
from rules.city import City
from rules.codec import encode
from rules.product_standing import stands
from rules.words import Words
from runtime.api.permits import Place
from runtime.api.problem import fail
from runtime.cases.open_case import OpenCase
from runtime.cases.timeline import AtDesk, Held, Waited, timeline
from runtime.clock import as_text


def tracked(place: Place, nomor: str) -> Mapping[str, object]:
    """Return where a case is, who holds it, until when, and its whole time."""
    casework, code = place.serving.casework, place.city.code
    case = casework.open(code, nomor)
    if case is None:
        raise fail("not_found")
    state, now = case.state, place.serving.now()
    calendar = place.serving.releases.city(state.calendar, code) or case.city
    pieces = timeline(calendar, case.permit.permit, state, casework.history(code, nomor), now)
    return {
        "status": state.status,
        "stage": state.position.stage if isinstance(state.position, AtStage) else None,
        "holder": None if state.holder is None else _holder(state.holder),
        "next": _next(state),
        "dues": _dues(case, calendar, now),
        "repair": [_item(state, one) for one in state.position.items] if isinstance(state.position, InRepair) else [],
        "bill": _together(state.accounts) if state.accounts else None,
        "bills": [{"fee": one.fee, "collector": one.collector, **_together((one,))} for one in state.accounts],
        "collect": {
            "bring": [{"code": one.code, "item": one.item} for one in state.bring],
            "at": None if state.collected is None else as_text(state.collected.at),
        },
        "products": [_product(case, one) for one in state.issued],
        "timeline": [_held(one) for one in pieces],
    }


def _product(case: OpenCase, product: NumberedProduct) -> Mapping[str, object]:
    return {
        "code": product.code,
        "item": product.item,
        "number": product.number,
        "standing": stands(case.permit.permit, case.state, product).standing.value,
        "check": f"/{case.key.daerah}/periksa/{product.id}",
    }


def _next(state: CaseState) -> str:
    match state.position:
        case InRepair():
            return "perbaiki"
        case AwaitingPayment():
            return "bayar"
        case AtEnd(status) if status == ISSUED:
            if state.owed:
                return "bayar"
            return "ambil" if state.withheld else "unduh"
        case AtEnd():
            return "selesai"
        case _:
            return "tunggu"


def _together(accounts: tuple[Account, ...]) -> dict[str, object]:
    """Return what several accounts come to; what was paid too much for one settles no other."""
    return {
        "due": sum(one.due for one in accounts),
        "paid": sum(one.paid for one in accounts),
        "waived": sum(one.waived for one in accounts),
        "open": sum(one.open for one in accounts),
    }


def _dues(case: OpenCase, calendar: City, now: datetime) -> Mapping[str, object]:
    state = case.state
    both = dues(calendar, case.permit.permit, state, state.promised, state.ended_at or now)
    repair = state.position.due if isinstance(state.position, InRepair) else None
    return {
        "promise": None if both.promise is None else as_text(both.promise.at),
        "legal": None if both.legal is None else as_text(both.legal.at),
        "repair": None if repair is None else as_text(repair),
        "products": {one.code: None if one.event.due is None else as_text(one.event.due) for one in both.products},
        "provisional": state.provisional,
        "stopped": bool(state.stops) and state.stops[-1].end is None and not state.ended,
    }


def _item(state: CaseState, item: RepairItem) -> Mapping[str, object]:
    desk = state.desk(item.stage, item.place)
    return {
        "kind": item.kind.value,
        "code": item.code,
        "item": item.item,
        "reason": item.reason.value,
        "agency": None if desk is None else desk.agency,
    }


def _holder(holder: Holder) -> Mapping[str, object]:
    return {"kind": holder.kind.value, "agency": holder.agency}


def _held(piece: Held) -> Mapping[str, object]:
    return {
        "holder": _holder(piece.holder),
        "since": as_text(piece.since),
        "until": None if piece.until is None else as_text(piece.until),
        "minutes": piece.minutes,
        "stopped": None if piece.why is None else encode(Words, piece.why),
        "desks": [_desk(one) for one in piece.desks],
    }


def _desk(desk: AtDesk) -> Mapping[str, object]:
    return {
        "agency": desk.agency,
        "role": desk.role,
        "since": as_text(desk.since),
        "due": None if desk.due is None else as_text(desk.due),
        "until": None if desk.until is None else as_text(desk.until),
        "verdict": None if desk.verdict is None else desk.verdict.value,
        "minutes": desk.minutes,
        "pauses": [_pause(one) for one in desk.pauses],
    }


def _pause(pause: Waited) -> Mapping[str, object]:
    return {
        "why": encode(Words, pause.why),
        "since": as_text(pause.since),
        "expected": pause.expected,
        "longest": as_text(pause.longest),
        "until": None if pause.until is None else as_text(pause.until),
    }
