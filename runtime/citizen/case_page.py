"""The page of a case: where it is, who holds it and until when, the one next step, its whole time, and every why."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from rules.case_event import Happened, Revoked
from rules.case_state import CaseState
from rules.cited import cited
from rules.city import City
from rules.decision_told import told
from rules.permit import PayWhen
from rules.printed import printed_day
from rules.words import Lang
from runtime.cases.open_case import OpenCase
from runtime.cases.timeline import AtDesk, Held, Waited, timeline
from runtime.citizen.case_dates import calendar_of, case_dates, moved_dates, versions_followed
from runtime.citizen.case_hearing import heard
from runtime.citizen.case_papers import case_papers
from runtime.citizen.case_step import next_step, withdrawable
from runtime.citizen.case_words import VERDICTS, holder_words, lasting, post_words, stage_words, status_words
from runtime.citizen.collection_shown import collection_said
from runtime.citizen.fault import mark
from runtime.citizen.own_case import case_path, own_case
from runtime.citizen.product import asks_survey, products
from runtime.citizen.receipt import TITLE, moment
from runtime.citizen.visit import Visit, chosen_language
from runtime.clock import from_text
from runtime.people.act import Act
from runtime.people.reach import reads_of

SENT, SAVED = mark("Perbaikan Anda sudah kami terima."), mark("Tersimpan. Anda dapat melanjutkan kapan saja.")
ALREADY = mark("Keadaan permohonan ini sudah berubah. Yang tertulis di bawah adalah keadaan sekarang.")
WITHDRAWN = mark("Permohonan ini sudah Anda tarik kembali.")
WAITED = mark("{why}, {since} sampai {until}. Janji ikut mundur.")
WAITS = mark(
    "{why}, sejak {since}. Diperkirakan lanjut {day}, paling lambat {longest}. Selama itu janji waktu tidak berjalan."
)
SURVEYED = mark("Terima kasih atas penilaian Anda. Surat Anda dapat diunduh di bawah ini.")
NOT_SURVEYED = mark("Surat Anda dapat diunduh di bawah ini.")
NEWS = {
    "disurvei": SURVEYED,
    "tanpa_survei": NOT_SURVEYED,
    "terkirim": SENT,
    "tersimpan": SAVED,
    "berubah": ALREADY,
    "ditarik": WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class DeskSaid:
    """One desk in a piece of the timeline; `verdict` is empty while its answer is awaited. It is told `whole` in the
    piece in which its turn ends, or goes on; in the others only that it was asked as well."""

    name: str
    since: str
    until: str
    lasted: str
    verdict: str
    sign: str
    due: str
    visit: str
    whole: bool
    pauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldSaid:
    """A piece of the timeline."""

    holder: str
    since: str
    until: str
    lasted: str
    why: str
    desks: tuple[DeskSaid, ...]
    side_by_side: bool  # several desks were asked at once, and not one after the other

    @property
    def beside(self) -> str:
        """Name the desks that were asked meanwhile and are told whole elsewhere."""
        return "; ".join(desk.name for desk in self.desks if not desk.whole)


async def show(request: Request) -> Response:
    """Show a case to its applicant."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    case = await own_case(visit, Act.READ_RECEIPT)
    if isinstance(case, Response):
        return case
    history = visit.kit.serving.casework.history(visit.code, case.key.nomor)
    said = next((NEWS[name] for name in request.query_params if name in NEWS), None)
    context = _context(visit, case, history, visit.kit.serving.now())
    return visit.page("case.html", {**context, "news": "" if said is None else visit.voice.say(said)})


def _context(visit: Visit, case: OpenCase, history: Iterable[Happened], now: datetime) -> dict[str, object]:
    state, permit, voice = case.state, case.permit.permit, visit.voice
    history = tuple(history)
    calendar = calendar_of(visit, case)
    decision = told(case.permit.decider.decide(case.all_facts, state.filed_at), case.city, visit.lang)
    pieces = timeline(calendar, permit, state, history, now)
    letters = products(visit, case)
    return {
        "title": voice.say(TITLE, nomor=case.key.nomor),
        "nomor": case.key.nomor,
        "permit": permit.name.to(visit.lang),
        "status": status_words(state, permit, voice),
        "good": state.status == "terbit",
        "stage": stage_words(state, permit, voice),
        "holder": "" if state.holder is None else holder_words(case.city, state.holder, voice),
        "since": moment(visit, state.spans[-1].since),
        "step": next_step(visit, case, bool(letters)),
        "dates": case_dates(visit, case, calendar, now),
        "promised": None if state.promise is None else moment(visit, state.promise),
        "ended": None if state.ended_at is None else moment(visit, state.ended_at),
        "stopped": _stopped(state),
        "limit_runs": state.legal is not None and _limit_runs(state),
        "moves": moved_dates(visit, case, history),
        "versions": versions_followed(visit, case, history),
        "refusals": _refusals(case),
        "revocation": _revocation(visit, case, history),
        "pieces": [_piece(visit, calendar, piece) for piece in pieces],
        "decision": decision,
        "to_come": _to_come(case, visit.lang),
        "accounts": [(case.fee_name(account.fee).to(visit.lang), account) for account in state.accounts],
        "papers": case_papers(visit, case),
        "products": letters,
        "collection": collection_said(visit, case),
        "survey": f"{case_path(visit, case)}/survei" if letters and asks_survey(case) else "",
        "still": not state.ended,
        "heard": heard(visit, case, history),
        "readers": _readers(visit, case),
        "filed": moment(visit, state.filed_at),
        "receipt": f"/{visit.code}/tanda-terima/{case.key.nomor}",
        "withdraw": f"{case_path(visit, case)}/tarik" if withdrawable(state) else "",
    }


def _to_come(case: OpenCase, lang: Lang) -> list[tuple[str, bool]]:
    """Return which of several fees will be billed yet, and whether it is before the permit is issued."""
    if case.state.ended or not case.state.accounts:
        return []
    return [
        (case.fee_name(fee.code).to(lang), fee.pay is PayWhen.BEFORE)
        for fee in case.permit.permit.fees
        if case.state.account_of(fee.code) is None
    ]


def _stopped(state: CaseState) -> bool:
    """Tell whether the clock stands still now."""
    return state.stopped is not None and not state.ended


def _limit_runs(state: CaseState) -> bool:
    """Tell whether the legal limit runs on while the clock stands still."""
    stop = state.stopped
    return stop is not None and stop.pause is not None and not stop.pause.limit


def _piece(visit: Visit, city: City, piece: Held) -> HeldSaid:
    return HeldSaid(
        holder_words(city, piece.holder, visit.voice),
        moment(visit, piece.since),
        "" if piece.until is None else moment(visit, piece.until),
        lasting(piece.days, piece.minutes, visit.voice),
        "" if piece.why is None else piece.why.to(visit.lang),
        tuple(_desk(visit, city, piece, desk) for desk in piece.desks),
        any(_at_once(*both) for both in itertools.combinations(piece.desks, 2)),
    )


def _at_once(one: AtDesk, other: AtDesk) -> bool:
    """Tell whether two desks were asked at the same time; what is signed at once is signed in turn all the same."""
    first, then = sorted((one, other), key=lambda desk: desk.since)
    return one.stage == other.stage or first.until is None or then.since < first.until


def _desk(visit: Visit, city: City, piece: Held, desk: AtDesk) -> DeskSaid:
    verdict = "" if desk.verdict is None else visit.voice.say(VERDICTS[desk.verdict])
    return DeskSaid(
        post_words(city, desk.agency, desk.role, visit.voice),
        moment(visit, desk.since),
        "" if desk.until is None else moment(visit, desk.until),
        lasting(desk.days, desk.minutes, visit.voice),
        verdict,
        "" if desk.verdict is None else desk.verdict.value,
        "" if desk.due is None else moment(visit, desk.due),
        "" if desk.visit is None else printed_day(datetime.fromisoformat(desk.visit).date(), visit.lang),
        piece.until is None or (desk.until is not None and desk.until <= piece.until),
        tuple(_waited(visit, one) for one in desk.pauses),
    )


def _waited(visit: Visit, pause: Waited) -> str:
    say, since = visit.voice.say, moment(visit, pause.since)
    if pause.until is not None:
        return say(WAITED, why=pause.why.to(visit.lang), since=since, until=moment(visit, pause.until))
    day = printed_day(datetime.fromisoformat(pause.expected).date(), visit.lang)
    return say(WAITS, why=pause.why.to(visit.lang), since=since, day=day, longest=moment(visit, pause.longest))


def _readers(visit: Visit, case: OpenCase) -> list[tuple[str, str, int]]:
    """Return the posts whose officers opened the file, with when last and how often; no officer is named."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in reads_of(visit.kit.store, visit.code, case.key.nomor):
        found.setdefault((one.agency, one.role), []).append(one.at)
    return [
        (post_words(case.city, agency, role, visit.voice), moment(visit, from_text(max(times))), len(times))
        for (agency, role), times in found.items()
    ]


def _refusals(case: OpenCase) -> list[dict[str, str]]:
    """Return what each desk that refused says: its article, its words, and what can be done next. Nothing before all
    have answered, as what one says alone is no decision yet."""
    if case.state.root == case.permit.permit.stages[0].code:
        return []
    answers = [desk.answer for desk in case.state.desks if desk.answer is not None and desk.answer.citation is not None]
    return [
        {
            "law": "" if answer.citation is None else cited(answer.citation, case.city),
            "note": case.note(answer.seq),
            "onward": case.next_step(answer.seq),
        }
        for answer in answers
    ]


def _revocation(visit: Visit, case: OpenCase, history: Iterable[Happened]) -> dict[str, str] | None:
    """Return the article by which a permit was taken back, with the words beside it and when."""
    for one in history:
        if isinstance(one.event, Revoked):
            law = cited(one.event.citation, case.city)
            return {"law": law, "note": case.note(one.seq), "at": moment(visit, one.at)}
    return None
