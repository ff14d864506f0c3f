"""The treasurer's pages: what is open, what came in today and does not fit, the sums of the day; one bill and its case.

A waiver is proposed here by the treasurer and decided by the head of the door, each after a fresh proof of who they
are. Nobody types an amount. Where a case has several fees, each agency's treasurer sees and minds its own bills only.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response

from rules.case_event import Actor
from rules.citation import Citation
from rules.cited import cited
from rules.command import Refusal, TwoPeopleNeeded, UnknownLaw
from runtime.cases.case_change import Kept
from runtime.cases.case_entry import ChangedError
from runtime.citizen.bill_view import bill_view, paid_line
from runtime.citizen.fault import mark
from runtime.citizen.receipt import moment_in
from runtime.money.bill_record import BillRecord, BillStatus, by_fee, of_case, open_ones
from runtime.money.book import TREASURER, held
from runtime.money.sums import sums, sums_until
from runtime.money.waivers import Waiver, WaiverStatus
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.way_back import asking
from runtime.people.act import Act
from runtime.people.reach import log_read, reach

BILLS = mark("Tagihan dan pembayaran")
MOST_OPEN = 200
LONGEST_REASON, LONGEST_REFERENCE, LONGEST_ARTICLE = 2000, 64, 64
NO_REASON, NO_REASON_WHY = mark("Alasan belum ditulis"), mark("Tulis alasannya, agar dapat diperiksa kemudian.")
NO_LAW, NO_LAW_WHY = mark("Dasar hukum belum dipilih"), mark("Pilih peraturan yang membolehkannya.")
BAD_ARTICLE = mark("Pasalnya tidak dapat dipakai")
BAD_ARTICLE_WHY = mark("Ada tanda yang tidak terlihat; hapus lalu ketik ulang.")
NO_REFERENCE = mark("Referensi belum ditulis")
NO_REFERENCE_WHY = mark("Tulis nomor transfer dari bank, huruf dan angka.")
CHANGED = mark("Keadaannya sudah berubah. Yang tampil sekarang adalah yang terbaru; belum ada yang disimpan.")
TWO_PEOPLE = mark("Yang mengusulkan tidak boleh memutuskan. Mintalah orang lain.")
DECISIONS = {
    WaiverStatus.PROPOSED: mark("menunggu keputusan"),
    WaiverStatus.CONFIRMED: mark("disetujui"),
    WaiverStatus.DECLINED: mark("ditolak"),
}

Fault = tuple[str, str, str]  # what is the matter, at which field, and why


@desk_page
async def show_all(visit: StaffVisit) -> Response:
    """Show what is open, what came in today, what is held, what is proposed, and the sums."""
    money, read, agency = visit.kit.serving.money, visit.kit.store.database.read, _own_agency(visit)
    bills = read(lambda connection: open_ones(connection, visit.code, agency, MOST_OPEN))
    minded = [one for one in money.returns.held(visit.code) if agency in (None, one.agency)]
    context = {
        "title": visit.voice.say(BILLS),
        "bills": [(one, moment_in(visit.voice, visit.city, one.issued_at)) for one in bills],
        "open_sum": sum(one.open for one in bills),
        "payments": [
            paid_line(visit.voice, visit.city, one) for one in money.payments.of_day(visit.code, visit.today, agency)
        ],
        "held": [(one.nomor, one.fee, one.amount, one.ended_at is not None) for one in minded],
        "waivers": [_said_waiver(visit, one) for one in money.waivers.open_ones(visit.code, agency)],
        "today": read(lambda connection: sums(connection, visit.code, visit.today)),
        "whole": read(lambda connection: sums_until(connection, visit.code, visit.today)),
    }
    return visit.page("staff_bills.html", context)


@desk_page
async def show_one(visit: StaffVisit) -> Response:
    """Show the bill of a case, with what this post can do about it."""
    return await _one(visit)


@desk_page
async def propose(visit: StaffVisit) -> Response:
    """Propose to waive what is open."""
    nomor, sent, fee = await _named(visit, Act.WAIVE_FIRST)
    if (asked := visit.first_prove(Act.WAIVE_FIRST, _page(visit, nomor, fee))) is not None:
        return asked
    reason, law = sent.get("alasan", "").strip()[:LONGEST_REASON], sent.get("peraturan", "")
    if not law:
        return await _one(visit, (NO_LAW, "peraturan", NO_LAW_WHY), sent)
    if not reason:
        return await _one(visit, (NO_REASON, "alasan", NO_REASON_WHY), sent)
    article = sent.get("pasal", "").strip()[:LONGEST_ARTICLE]
    if not article.isprintable():
        return await _one(visit, (BAD_ARTICLE, "pasal", BAD_ARTICLE_WHY), sent)
    citation = Citation(law, article or None)
    waivers = visit.kit.serving.money.waivers
    return await _done(
        visit, nomor, fee, lambda: waivers.propose(visit.code, nomor, citation, reason, _actor(visit), fee)
    )


@desk_page
async def decide(visit: StaffVisit) -> Response:
    """Confirm a waiver that somebody else has proposed, or do not."""
    nomor, sent, fee = await _named(visit, Act.WAIVE_SECOND)
    if (asked := visit.first_prove(Act.WAIVE_SECOND, _page(visit, nomor, fee))) is not None:
        return asked
    number, decision = sent.get("usulan", ""), sent.get("putusan", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 9) or decision not in ("setuju", "tolak"):
        raise HTTPException(400)
    waivers, seq = visit.kit.serving.money.waivers, int(number)
    if decision == "setuju":
        return await _done(visit, nomor, fee, lambda: waivers.confirm(visit.code, nomor, seq, _actor(visit)))
    reason = sent.get("alasan", "").strip()[:LONGEST_REASON]
    if not reason:
        return await _one(visit, (NO_REASON, "alasan", NO_REASON_WHY), sent)
    return await _done(visit, nomor, fee, lambda: waivers.decline(visit.code, nomor, seq, reason, _actor(visit)))


@desk_page
async def give_back(visit: StaffVisit) -> Response:
    """Write down that what is held of a case was returned."""
    nomor, sent, fee = await _named(visit, Act.RETURN_MONEY)
    if (asked := visit.first_prove(Act.RETURN_MONEY, _page(visit, nomor, fee))) is not None:
        return asked
    reference = sent.get("referensi", "").strip()
    if not reference or len(reference) > LONGEST_REFERENCE or not reference.isprintable():
        return await _one(visit, (NO_REFERENCE, "referensi", NO_REFERENCE_WHY), sent)
    returns = visit.kit.serving.money.returns
    return await _done(visit, nomor, fee, lambda: returns.give_back(visit.code, nomor, reference, _actor(visit), fee))


async def _named(visit: StaffVisit, act: Act) -> tuple[str, dict[str, str], str]:
    """Return the case, what was sent, and the fee whose bill it names, where this officer may do the act on it."""
    nomor, sent = _reached(visit, act), dict(await visit.sent())
    return nomor, sent, _minded(visit, nomor, sent.get("pungutan", ""))


async def _done(visit: StaffVisit, nomor: str, fee: str, act: Callable[[], Awaitable[Kept | Refusal]]) -> Response:
    """Do it, and show the bill as it is then; say why where it was not done."""
    try:
        done = await act()
    except ChangedError:
        return await _one(visit, (CHANGED, "", ""), {"pungutan": fee}, status=409)
    match done:
        case Kept():
            return visit.to(_page(visit, nomor, fee))
        case TwoPeopleNeeded():
            return await _one(visit, (TWO_PEOPLE, "", ""), {"pungutan": fee}, status=409)
        case UnknownLaw():
            return await _one(visit, (NO_LAW, "peraturan", NO_LAW_WHY), {"pungutan": fee})
        case _:
            return await _one(visit, (CHANGED, "", ""), {"pungutan": fee}, status=409)


async def _one(
    visit: StaffVisit, fault: Fault | None = None, sent: Mapping[str, str] | None = None, status: int = 422
) -> Response:
    nomor = _reached(visit, Act.READ_BILL)
    casework = visit.kit.serving.casework
    case = casework.open(visit.code, nomor) or casework.forgotten(visit.code, nomor)
    wanted = (sent or {}).get("pungutan", visit.request.query_params.get("pungutan"))
    fee = _minded(visit, nomor, wanted)
    if case is None:
        raise HTTPException(404)
    billed = _billed(visit, nomor)
    bills = billed[fee]
    await log_read(visit.kit.store, visit.actor, nomor)
    over = visit.kit.store.database.read(lambda connection: held(connection, visit.code, nomor, fee))
    found = [one for one in visit.kit.serving.money.waivers.of_case(visit.code, nomor) if one.fee == fee]
    proposed = next((one for one in found if one.status is WaiverStatus.PROPOSED), None)
    last, say = bills[-1], visit.voice.say
    context = {
        **bill_view(visit.kit, visit.voice, visit.city, case, bills),
        "trail": [(f"{visit.here}tagihan", say(BILLS))] if visit.may(Act.LIST_BILLS) else [],
        "fee": fee,
        "others": [
            (_page(visit, nomor, one.fee), case.fee_name(one.fee).to(visit.lang), one.number)
            for one in (others[-1] for code, others in billed.items() if code != fee)
        ],
        "fault": "" if fault is None else say(fault[0]),
        "faults": [] if fault is None or not fault[1] else [(fault[1], say(fault[2]))],
        "sent": sent or {},
        "over": over,
        "proof": "" if visit.proven else asking(f"{visit.here}bukti", _page(visit, nomor, fee)),
        "may_propose": last.status is BillStatus.OPEN and proposed is None and _may(visit, nomor, Act.WAIVE_FIRST),
        "may_decide": proposed is not None and proposed.proposed_by != visit.nip and visit.may(Act.WAIVE_SECOND),
        "may_return": over > 0 and case.state.ended and _may(visit, nomor, Act.RETURN_MONEY),
        "waivers": [(_said_waiver(visit, one), case.note(one.seq)) for one in found],
        "proposed": 0 if proposed is None else proposed.seq,
        "laws": [(law.code, f"{law.short} – {law.title.to(visit.lang)}") for law in case.city.regulations],
    }
    return visit.page("staff_bill.html", context, 200 if fault is None else status)


def _said_waiver(visit: StaffVisit, one: Waiver) -> dict[str, object]:
    return {
        "nomor": one.nomor,
        "fee": one.fee,
        "amount": one.amount,
        "law": cited(one.citation, visit.city.city),
        "by": one.proposed_by,
        "when": moment_in(visit.voice, visit.city, one.proposed_at),
        "status": visit.voice.say(DECISIONS[one.status]),
    }


def _own_agency(visit: StaffVisit) -> str | None:
    """Return the agency whose bills are shown: a treasurer's own, for everybody else who may look all of them."""
    return visit.post.agency if visit.post.role == TREASURER else None


def _reached(visit: StaffVisit, act: Act) -> str:
    """Return the number of the case that the address names, where this officer may do the act on it; else 404, and 403
    where the application is their own."""
    return visit.reached(str(visit.request.path_params["nomor"]), act).nomor


def _may(visit: StaffVisit, nomor: str, act: Act) -> bool:
    return reach(visit.kit.store, visit.actor, visit.code, nomor, act) is not None


def _actor(visit: StaffVisit) -> Actor:
    return Actor(visit.nip, visit.post.role, visit.post.agency)


def _page(visit: StaffVisit, nomor: str, fee: str = "") -> str:
    return f"{visit.here}tagihan/{nomor}{f'?pungutan={fee}' if fee else ''}"


def _billed(visit: StaffVisit, nomor: str) -> dict[str, tuple[BillRecord, ...]]:
    """Return the bills of a case that this post may see, by fee: a treasurer's own, for everybody else all."""
    agency = _own_agency(visit)
    found = by_fee(visit.kit.store.database.read(lambda connection: of_case(connection, visit.code, nomor)))
    return {fee: bills for fee, bills in found.items() if agency in (None, bills[-1].agency)}


def _minded(visit: StaffVisit, nomor: str, fee: str | None) -> str:
    """Return the fee that is named, the first where none is; 404 where it is none of those that this post may see."""
    billed = _billed(visit, nomor)
    found = next(iter(billed), None) if fee is None else fee
    if found is None or found not in billed:
        raise HTTPException(404)
    return found
