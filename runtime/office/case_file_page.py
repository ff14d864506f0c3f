"""The page of one file: what to do and until when, answers beside documents, what was decided, what has happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from starlette.responses import Response

from rules.case_clock import dues
from rules.case_state import REFUSAL_STAGE, AtStage, Desk, WithPerson
from rules.decision import Decision
from rules.decision_told import told
from runtime.cases.status_words import status_words
from runtime.citizen.fault import mark
from runtime.issuing.case_letter import product_named
from runtime.office.answers_shown import shown_pages
from runtime.office.case_list import next_nomor
from runtime.office.desk_form import DeskForm, new_key
from runtime.office.desk_people import eligible
from runtime.office.desk_shown import earlier_answers, may_raise, questions_of, shown_desk, shown_questions
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.handed_shown import shown_hand_over
from runtime.office.history_shown import shown_history
from runtime.office.masking import Mask
from runtime.office.objections_shown import shown_objections
from runtime.office.opened_file import OpenedFile, opened_file
from runtime.office.pause_shown import shown_pause
from runtime.office.signature_shown import revocable, shown_letters, shown_signature
from runtime.office.way_back import asking
from runtime.office.when import said_moment, when
from runtime.people.act import Act
from runtime.people.matrix import Sight, act_at_desk

TITLE = mark("Berkas {nomor}")
DONE: Mapping[str, str] = {
    "setuju": mark("Jawaban Anda tersimpan: setuju."),
    "kembali": mark("Permintaan perbaikan Anda tersimpan. Pemohon menerima satu daftar setelah semua meja menjawab."),
    "tolak": mark("Penolakan Anda tersimpan."),
    "catatan": mark("Catatan tersimpan."),
    "keberatan": mark("Jawaban atas keberatan tersimpan."),
    "pegang": mark("Berkas ini sekarang Anda pegang."),
    "serah": mark("Pekerjaan sudah diserahkan."),
    "diserahkan": mark("Penyerahan surat tercatat."),
    "jeda": mark("Berkas ini sekarang menunggu. Pemohon melihat sebabnya."),
    "lanjut": mark("Berkas ini berjalan lagi."),
    "rencana": mark("Jadwal peninjauan tersimpan."),
    "laporan": mark("Laporan peninjauan tersimpan."),
    "putus": mark("Sudah diputuskan lagi."),
    "tanda-tangan": mark("Tanda tangan diminta. Suratnya dicetak dan ditandatangani dalam beberapa saat."),
    "ditandatangani": mark("Suratnya sudah ditandatangani; pemohon dapat mengunduhnya."),
    "basah": mark("Surat yang ditandatangani di atas kertas sudah tersimpan."),
    "batal": mark("Tanda tangan tidak ditunggu lagi. Minta lagi, atau tanda tangani di atas kertas."),
    "cabut": mark("Izin sudah dicabut."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says at its top, a fault with its places; and what was typed: in the answer of the desk (`form`), and
    in the other forms of the page by the names of their fields (`typed`)."""

    form: DeskForm = field(default_factory=DeskForm)
    typed: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    items: Sequence[tuple[str, str]] = ()
    status: int = 200


@desk_page
async def show(visit: StaffVisit) -> Response:
    """Show a file."""
    return file_page(await opened_file(visit), Told())


def file_page(opened: OpenedFile, said: Told) -> Response:
    """Return the page of a file as it stands now, with what was typed before."""
    visit, case, state = opened.visit, opened.case, opened.state
    desk = opened.desk
    signature = isinstance(state.position, AtStage) and state.position.signature
    act = act_at_desk(visit.actor, signing=signature)
    works = desk is not None and act is not None and opened.may(act)
    decision = _decision(opened)
    may = may_raise(opened, desk) if desk is not None and works and _answers(opened, desk) else frozenset()
    mask = Mask.of(opened.sight, checks_identity=works and act is Act.VERIFY)
    faults = dict(said.items)
    questions = questions_of(opened, desk.stage, desk.place) if desk is not None else ()
    earlier = earlier_answers(opened, desk) if desk is not None else {}
    done = visit.request.query_params.get("jadi", "")
    if done == "tanda-tangan" and state.ended:  # looked at again since
        done = "ditandatangani"
    following = next_nomor(visit, opened.nomor) if visit.may(Act.LIST_CASES) else None
    shown = [] if opened.sight in (Sight.BILL, Sight.NOTHING) else shown_pages(opened, decision, may, mask)
    context: dict[str, object] = {
        "title": visit.voice.say(TITLE, nomor=opened.nomor),
        "nomor": opened.nomor,
        "here": opened.link,
        "permit": case.permit.permit.name.to(visit.lang),
        "fault": said.title,
        "faults": list(said.items),
        "done": visit.voice.say(DONE[done]) if done in DONE else "",
        "following": "" if following is None else f"{visit.here}berkas/{following}",
        "form": said.form,
        "unsaved": said.form.note if not works else "",
        "key": new_key(),
        "round": state.rounds,
        "answers": works and desk is not None and _answers(opened, desk),
        "desk": shown_desk(opened, desk, signature) if desk is not None and works else None,
        "questions": shown_questions(questions, said.form, earlier, faults, visit.voice),
        "pages": shown,
        "changed": [link for page in shown for link in page.changed],
        "masked": mask.contacts,
        "recused": opened.recused,
        "place": _place(opened),
        "decision": told(decision, case.city, visit.lang),
        "evidence": case.permit.permit.evidence,
        "history": shown_history(opened),
        "stuck": isinstance(state.position, WithPerson) and opened.may(Act.DECIDE_ANEW),
        "signature": shown_signature(opened) if opened.may(Act.SIGN) else None,
        "letters": shown_letters(opened),
        "objections": shown_objections(opened, works),
        "proof": asking(f"{visit.here}bukti", opened.link),
        "may_revoke": opened.may(Act.REVOKE) and revocable(opened),
        "accounts": [(case.fee_name(account.fee).to(visit.lang), account) for account in state.accounts],
        "bill": f"{visit.here}tagihan/{opened.nomor}" if state.accounts and opened.may(Act.READ_BILL) else "",
        "typed": said.typed,
        "wrong": faults,
        "hand_over": shown_hand_over(opened, said.typed) if opened.may(Act.HAND_OVER) else None,
        "pause": shown_pause(opened, desk) if desk is not None and opened.may(Act.PAUSE) else None,
        "may_note": opened.may(Act.NOTE),
        "may_take": works and desk is not None and _to_take(opened, desk),
        "given": _given(opened) if opened.may(Act.ASSIGN) else [],
    }
    return visit.page("office_file.html", context, said.status)


def _answers(opened: OpenedFile, desk: Desk) -> bool:
    """Tell whether the desk can be answered: its work is nobody else's, and no letter is signed or about to be."""
    position = opened.state.position
    signing = isinstance(position, AtStage) and position.signing is not None
    own = desk.person in (None, opened.visit.nip) and desk.paused is None
    return own and desk.stage != REFUSAL_STAGE and not signing


def _to_take(opened: OpenedFile, desk: Desk) -> bool:
    """Tell whether there is something to take: from somebody else, or before somebody else does."""
    return desk.person != opened.visit.nip and (desk.person is not None or len(eligible(opened, desk)) > 1)


def _given(opened: OpenedFile) -> list[dict[str, object]]:
    """Return the desks whose work the officer may give to somebody, each with who may do it."""
    return [
        {
            "stage": desk.stage,
            "place": desk.place,
            "name": opened.names.desk(desk.agency, desk.role),
            "person": "" if desk.person is None else opened.names.person(desk.person),
            "people": [one for one in eligible(opened, desk) if one[0] not in (desk.person, opened.visit.nip)],
        }
        for desk in opened.led_desks
    ]


def _decision(opened: OpenedFile) -> Decision:
    """Return what follows from the file as it stands, its deadline with every pause so far."""
    case, now = opened.case, opened.visit.now
    decision = case.permit.decider.decide(case.all_facts, opened.state.filed_at)
    promised = opened.state.promised or decision.promise
    due = dues(case.city, case.permit.permit, opened.state, promised, opened.state.ended_at or now)
    return replace(decision, deadline=due.promise or decision.deadline)


def _place(opened: OpenedFile) -> dict[str, object]:
    """Say where the file is: in whose court since when, who is asked, until when everything runs."""
    state, voice, city, now = opened.state, opened.visit.voice, opened.case.city, opened.visit.now
    since = state.spans[-1].since if state.spans else state.filed_at
    return {
        "status": status_words(state.status).to(voice.lang),
        "holder": opened.names.held_by(state.holder),
        "since": said_moment(since, city, voice),
        "ended": state.ended,
        "filed": said_moment(state.filed_at, city, voice),
        "promise": when(state.promise, now, city, voice),
        "legal": None if state.legal is None else when(state.legal, now, city, voice),
        "deemed": state.deemed is not None,
        "products": [
            (product_named(opened.case, one.code).name.to(voice.lang), when(one.due, now, city, voice))
            for one in state.product_dues
            if one.due is not None and all(out.product.code != one.code for out in state.sent_out)
        ],
        "asked": [
            (
                opened.names.desk(desk.agency, desk.role),
                when(desk.due, now, city, voice),
                "" if desk.person is None else opened.names.person(desk.person),
            )
            for desk in state.open_desks
        ],
    }
