"""The one next step of an applicant: repair, pay, fetch, or wait, and for whom until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from rules.case_clock import pause_words
from rules.case_event import Verdict
from rules.case_state import (
    EXPIRED,
    ISSUED,
    REFUSED,
    REVOKED,
    WITHDRAWN,
    AtEnd,
    AtStage,
    AwaitingPayment,
    CaseState,
    Desk,
    InRepair,
    WithPerson,
)
from rules.printed import printed_day, printed_rupiah
from runtime.cases.open_case import OpenCase
from runtime.citizen.case_words import holder_words, post_words, refusing
from runtime.citizen.fault import mark
from runtime.citizen.own_case import case_path
from runtime.citizen.receipt import moment
from runtime.citizen.visit import Visit

REPAIR, REPAIR_DO = mark("Perbaiki yang diminta, paling lambat {until}."), mark("Lihat dan perbaiki")
PAY, PAY_DO = mark("Bayar {amount}. Setelah itu permohonan berjalan lagi."), mark("Lihat tagihan dan cara membayar")
FETCH, ISSUED_NOW = mark("Izin Anda sudah terbit. Unduh di bawah ini."), mark("Izin Anda sudah terbit.")
COLLECT = mark("Izin Anda sudah terbit. Ambil suratnya di kantor; yang harus dibawa tertulis di bawah ini.")
OWED = mark("Izin Anda sudah terbit. Yang masih harus dibayar: {amount}.")
FETCH_FIRST = mark("Surat yang sudah terbit dapat Anda unduh di bawah ini.")
LETTER = mark("Permohonan ini ditolak. Alasan dan dasar hukumnya ada di bawah.")
WAIT = mark("Tidak ada yang perlu Anda lakukan. {holder} memeriksanya, paling lambat {until}.")
WAIT_OPEN = mark("Tidak ada yang perlu Anda lakukan. Sekarang ada pada {holder}.")
WAIT_PAUSED = mark(
    "Tidak ada yang perlu Anda lakukan. {holder} menunda pekerjaannya ({why}). Diperkirakan lanjut {day}, paling "
    "lambat {until}."
)
WAIT_SIGNATURE = mark("Tidak ada yang perlu Anda lakukan. Izin sedang ditandatangani, paling lambat {until}.")
WAIT_LETTER = mark("Tidak ada yang perlu Anda lakukan. Surat penolakan dengan alasannya sedang ditandatangani.")
WAIT_NOTICE = mark("Tidak ada yang perlu Anda lakukan. Permohonan diumumkan kepada masyarakat sampai {until}.")
WAIT_PERSON = mark(
    "Tidak ada yang perlu Anda lakukan. Sistem tidak dapat memastikan langkah berikutnya; petugas melihatnya."
)
LIST_LATER = mark("Sudah ada yang minta perbaikan; daftarnya kami kirim sekali, sesudah semua menjawab.")
TAKEN_BACK = mark("Permohonan ini sudah Anda tarik kembali. Anda dapat mengajukan permohonan baru kapan saja.")
OVER = mark(
    "Perbaikan tidak kami terima pada waktunya, jadi permohonan ini berakhir. Anda dapat mengajukan permohonan baru "
    "kapan saja."
)
LOST = mark("Izin ini dicabut dan tidak berlaku lagi. Alasan dan dasar hukumnya ada di bawah.")
ANEW = mark("Ajukan permohonan baru")
DONE = mark("Permohonan ini sudah selesai. Tidak ada yang perlu Anda lakukan.")


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, in words; with a link where there is something to do."""

    words: str
    link: str = ""
    label: str = ""


def next_step(visit: Visit, case: OpenCase, letters: bool) -> Step:
    """Return what the applicant does next; `letters`: there is something on the page to be saved."""
    say, state, here = visit.voice.say, case.state, case_path(visit, case)
    match state.position:
        case InRepair(due=due):
            return Step(say(REPAIR, until=moment(visit, due)), f"{here}/perbaikan", say(REPAIR_DO))
        case AwaitingPayment():
            return Step(say(PAY, amount=printed_rupiah(state.owed, visit.lang)), f"{here}/tagihan", say(PAY_DO))
        case AtStage() as stage:
            waiting = _waiting(visit, case, stage)
            return Step(f"{waiting} {say(FETCH_FIRST)}" if letters else waiting)
        case WithPerson():
            return Step(say(WAIT_PERSON))
        case AtEnd(status) if status == ISSUED:
            if state.owed:
                return Step(say(OWED, amount=printed_rupiah(state.owed, visit.lang)), f"{here}/tagihan", say(PAY_DO))
            if state.withheld:
                return Step(say(COLLECT))
            return Step(say(FETCH if letters else ISSUED_NOW))
        case AtEnd(status) if status == REFUSED:
            return Step(say(LETTER))
        case AtEnd(status) if status == REVOKED:
            return Step(say(LOST))
        case AtEnd(status) if status in {WITHDRAWN, EXPIRED}:
            return _anew(visit, case, say(TAKEN_BACK if status == WITHDRAWN else OVER))
        case AtEnd():
            return Step(say(DONE))
        case _:
            assert_never(state.position)


def _anew(visit: Visit, case: OpenCase, words: str) -> Step:
    """Lead to the permit, where there still is one of that name."""
    code = case.permit.permit.code
    offered = any(head.code == code for head in visit.city.heads)
    return Step(words, f"/{visit.code}/izin/{code}", visit.voice.say(ANEW)) if offered else Step(words)


def _waiting(visit: Visit, case: OpenCase, stage: AtStage) -> str:
    say, state = visit.voice.say, case.state
    if stage.notice_until is not None and not state.open_desks:
        return say(WAIT_NOTICE, until=moment(visit, stage.notice_until))
    assert state.holder is not None
    if state.paused_desks:
        return _paused(visit, case, state.paused_desks[0])
    due = max((desk.due for desk in state.open_desks if desk.due is not None), default=None)
    holder = holder_words(case.city, state.holder, visit.voice)
    if refusing(state):
        return say(WAIT_LETTER)
    if due is None:
        return say(WAIT_OPEN, holder=holder)
    waits = say(WAIT_SIGNATURE if stage.signature else WAIT, holder=holder, until=moment(visit, due))
    return f"{waits} {say(LIST_LATER)}" if _returned(state, stage) else waits


def _paused(visit: Visit, case: OpenCase, desk: Desk) -> str:
    pause, say = desk.paused, visit.voice.say
    assert pause is not None
    holder = post_words(case.city, desk.agency, desk.role, visit.voice)
    day = printed_day(date.fromisoformat(pause.expected), visit.lang)
    why = pause_words(case.permit.permit, desk.stage, desk.place, pause.reason).to(visit.lang)
    return say(WAIT_PAUSED, holder=holder, why=why, day=day, until=moment(visit, pause.until))


def _returned(state: CaseState, stage: AtStage) -> bool:
    """Tell whether a desk has asked for a repair while others have yet to answer."""
    answers = (desk.answer for desk in state.desks if desk.stage == stage.stage)
    return any(one is not None and one.verdict is Verdict.RETURNED and one.round == state.rounds for one in answers)


def withdrawable(state: CaseState) -> bool:
    """Tell whether the applicant may still take the application back."""
    signing = isinstance(state.position, AtStage) and state.position.signing is not None
    return not state.ended and not signing
