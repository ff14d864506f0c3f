"""What has happened to a case, told for its officers: when, who, what, and the words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from rules.case_event import (
    Assigned,
    BillIssued,
    Collected,
    Completed,
    DeemedFlagged,
    DeskAnswered,
    DeskPaused,
    DeskResumed,
    DesksMoved,
    Downloaded,
    DuesSet,
    Ended,
    Event,
    Filed,
    Happened,
    Issued,
    LeftToPerson,
    LimitPassed,
    Moved,
    Noted,
    NoticeEnded,
    NumberedProduct,
    ObjectionAnswered,
    ObjectionMade,
    Paid,
    PaymentAwaited,
    ProductRevoked,
    ProductsIssued,
    RepairAsked,
    RepairItem,
    Resubmitted,
    Revoked,
    SignatureAsked,
    SignatureFailed,
    Signed,
    StageClosed,
    StageOpened,
    Surveyed,
    VisitPlanned,
    VisitReported,
    Waived,
)
from rules.cited import cited
from rules.printed import printed_date, printed_rupiah
from runtime.cases.status_words import status_words
from runtime.citizen.fault import mark
from runtime.citizen.said_answer import said_answer
from runtime.issuing.case_letter import product_named
from runtime.office.answers_shown import label_of
from runtime.office.case_words import IDENTITIES, REASONS, RECEIVERS, VERDICTS
from runtime.office.handed_shown import handed_words
from runtime.office.opened_file import OpenedFile
from runtime.office.shown_picture import ShownPicture, pictures
from runtime.office.signature_shown import signature_fault
from runtime.office.target_name import target_name
from runtime.office.when import said_moment

FILED = mark("Permohonan diajukan")
FOLLOWS = mark("Permohonan mengikuti aturan yang berlaku mulai {day}, berdasarkan {law}")
MOVED = mark("Tenggat berpindah karena kalender hari libur berubah")
ASKED = mark("Diminta memeriksa ({stage}): {desks}")
GIVEN = mark("Pekerjaan diberikan kepada {person}")
OBJECTED = mark("Keberatan nomor {number} masuk")
NOTICE_OVER = mark("Pengumuman berakhir; keberatan harus dijawab")
OBJECTION_ANSWERED = mark("Keberatan nomor {number} dijawab")
PLANNED = mark("Peninjauan lapangan dijadwalkan {day}")
PAUSED = mark("Dijeda: {reason}; diperkirakan lanjut {day}, paling lama sampai {until}")
RESUMED, RESUMED_LATE = mark("Jeda berakhir"), mark("Jeda berakhir sendiri: waktu paling lamanya habis")
REPORTED = mark("Peninjauan lapangan dilaporkan")
NOTED = mark("Catatan")
ANSWERED = mark("Jawaban: {verdict}")
ANSWERED_BY_LAW = mark("Jawaban: {verdict}, berdasarkan {law}")
COMPLETE = mark("Berkas lengkap dan benar; batas hukum mulai dihitung")
REPAIR = mark("Daftar perbaikan dikirim kepada pemohon, paling lambat {day}")
REPAIRED = mark("Perbaikan masuk")
BILL = mark("Ditetapkan {amount}")
AWAITED = mark("Menunggu pembayaran")
PAID = mark("Dibayar {amount}")
WAIVED = mark("Dibebaskan {amount}, berdasarkan {law}")
SIGNING = mark("Tanda tangan diminta")
NOT_SIGNED = mark("Tanda tangan gagal: {reason}")
SIGNED, SIGNED_WET = mark("Ditandatangani"), mark("Ditandatangani di atas kertas")
OUT, TAKEN_BACK = mark("Terbit: {products}"), mark("{product} dicabut, berdasarkan {law}")
ISSUED, ENDED = mark("Izin terbit"), mark("Selesai: {status}")
REVOKED = mark("Izin dicabut, berdasarkan {law}")
HANDED_OVER = mark("Surat diserahkan kepada {who}, yang menunjukkan {shown}")
FETCHED = mark("Produk diunduh pemohon")
SURVEYED = mark("Survei kepuasan sudah ditanyakan")
LIMIT = mark("Batas hukum terlampaui")
DEEMED = mark("Fiktif positif ditandai; petugas harus memutuskan")
PERSON = mark("Sistem tidak dapat memutuskan; menunggu petugas")


# What follows by itself from what somebody did: it is nobody's own act.
_FOLLOWS = (
    *(StageOpened, Completed, RepairAsked, BillIssued, PaymentAwaited, ProductsIssued, Issued, Ended),
    *(DuesSet, DesksMoved),
)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One thing that was asked to be repaired."""

    label: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One line of the history."""

    when: str
    who: str
    what: str
    note: str
    more: tuple[tuple[str, str], ...]
    items: tuple[ShownItem, ...]
    files: tuple[ShownPicture, ...]


def shown_history(opened: OpenedFile) -> list[ShownEvent]:
    """Return the history, newest first; what only the machine needs is left out."""
    stage = ""
    found: list[ShownEvent] = []
    for happened in opened.history:
        if isinstance(happened.event, StageOpened):
            stage = happened.event.stage
        what = _said(opened, happened.event, stage)
        if what is not None:
            found.append(_shown(opened, happened, what))
    return found[::-1]


def shown_items(opened: OpenedFile, items: tuple[RepairItem, ...], seq: int) -> tuple[ShownItem, ...]:
    """Return what was asked to be repaired, with the words beside event `seq`."""
    voice = opened.visit.voice
    return tuple(
        ShownItem(
            label_of(opened, item.target),
            voice.say(REASONS[item.reason]),
            opened.case.item_note(seq, target_name(item.target)),
        )
        for item in items
    )


def _shown(opened: OpenedFile, happened: Happened, what: str) -> ShownEvent:
    event, case, voice = happened.event, opened.case, opened.visit.voice
    items: tuple[ShownItem, ...] = ()
    more: list[tuple[str, str]] = []
    hashes: tuple[str, ...] = ()
    if isinstance(event, DeskAnswered):
        items = shown_items(opened, event.items, happened.seq)
        fields = {field.code: field for field in case.permit.permit.officer_fields}
        answers = case.answers_beside(happened.seq)
        more = [
            (fields[code].label.to(voice.lang), said_answer(fields[code], answers[code], voice))
            for code in event.fields
            if code in answers and code in fields
        ]
        hashes = event.files
    if isinstance(event, Collected):
        more = [handed_words(opened, one) for one in event.handed]
    if isinstance(event, VisitReported | Noted):
        hashes = event.files
    return ShownEvent(
        when=said_moment(happened.at, case.city, voice),
        who="" if isinstance(event, _FOLLOWS) else opened.names.actor(happened.by),
        what=what,
        note=case.note(happened.seq),
        more=tuple(more),
        items=items,
        files=tuple(pictures(opened, opened.attachments, hashes)),
    )


def _said(opened: OpenedFile, event: Event, stage: str) -> str | None:
    """Say what happened, None where it only follows from what was told before."""
    say, city, lang = opened.visit.voice.say, opened.case.city, opened.visit.lang
    match event:
        case Filed():
            return say(FILED)
        case DuesSet(moved=moved):
            return say(MOVED) if moved else None
        case DesksMoved():
            return say(MOVED)
        case StageOpened(desks=desks):
            asked = "; ".join(opened.names.desk(desk.agency, desk.role) for desk in desks)
            return say(ASKED, stage=opened.stage_name(stage), desks=asked) if desks else None
        case ObjectionMade(number):
            return say(OBJECTED, number=number)
        case NoticeEnded():
            return say(NOTICE_OVER)
        case ObjectionAnswered(_, number):
            return say(OBJECTION_ANSWERED, number=number)
        case Assigned(_, person):
            return say(GIVEN, person=opened.names.person(person))
        case DeskPaused(place, reason, day, until):
            pause = opened.case.permit.permit.pause_told(stage, place, reason)
            why = reason if pause is None else pause.reason.to(lang)
            last = said_moment(until, city, opened.visit.voice)
            return say(PAUSED, reason=why, day=printed_date(day, lang), until=last)
        case DeskResumed(overdue=overdue):
            return say(RESUMED_LATE if overdue else RESUMED)
        case VisitPlanned(_, day):
            return say(PLANNED, day=printed_date(day, lang))
        case VisitReported():
            return say(REPORTED)
        case Noted():
            return say(NOTED)
        case DeskAnswered(verdict=verdict, citation=citation):
            said = say(VERDICTS[verdict])
            if citation is None:
                return say(ANSWERED, verdict=said)
            return say(ANSWERED_BY_LAW, verdict=said, law=cited(citation, city))
        case StageClosed() | Downloaded(item=int()):
            return None
        case Completed():
            return say(COMPLETE)
        case RepairAsked(due=due):
            return say(REPAIR, day=said_moment(due, city, opened.visit.voice))
        case Resubmitted():
            return say(REPAIRED)
        case BillIssued(due, fee=fee):
            return _of_fee(opened, fee, say(BILL, amount=printed_rupiah(due, lang)))
        case PaymentAwaited():
            return say(AWAITED)
        case Paid(amount=amount, fee=fee):
            return _of_fee(opened, fee, say(PAID, amount=printed_rupiah(amount, lang)))
        case Waived(amount, citation, fee=fee):
            return _of_fee(opened, fee, say(WAIVED, amount=printed_rupiah(amount, lang), law=cited(citation, city)))
        case SignatureAsked():
            return say(SIGNING)
        case SignatureFailed(reason):
            return say(NOT_SIGNED, reason=signature_fault(opened, reason))
        case Signed(wet=wet):
            return say(SIGNED_WET if wet else SIGNED)
        case ProductsIssued(products=products):
            return say(OUT, products="; ".join(_numbered(opened, one) for one in products))
        case ProductRevoked(id_, citation):
            known = next(one for one in opened.state.issued if one.id == id_)
            return say(TAKEN_BACK, product=_numbered(opened, known), law=cited(citation, city))
        case Collected(receiver, identity):
            return say(HANDED_OVER, who=say(RECEIVERS[receiver]), shown=say(IDENTITIES[identity]))
        case Issued():
            return say(ISSUED)
        case Ended(status):
            return say(ENDED, status=status_words(status).to(lang))
        case Revoked(citation):
            return say(REVOKED, law=cited(citation, city))
        case Downloaded():
            return say(FETCHED)
        case Surveyed():
            return say(SURVEYED)
        case LimitPassed():
            return say(LIMIT)
        case DeemedFlagged():
            return say(DEEMED)
        case LeftToPerson():
            return say(PERSON)
        case Moved(version=version, citation=citation):
            return say(FOLLOWS, day=printed_date(version, lang), law=cited(citation, city))
        case _:
            assert_never(event)


def _numbered(opened: OpenedFile, product: NumberedProduct) -> str:
    return f"{product_named(opened.case, product.code).name.to(opened.visit.lang)} {product.number}"


def _of_fee(opened: OpenedFile, fee: str, said: str) -> str:
    """Say which fee an event is about, where there are several."""
    name = opened.case.fee_name(fee).to(opened.visit.voice.lang)
    return f"{name}: {said}" if name else said
