"""The answer of a desk: complete, recommended or initialled; returned on named answers and documents; refused by an
article.

A return and a refusal are made in two steps: first what, then why. Whatever can not be done is said at the top of the
file as it is now, with everything that was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.exceptions import HTTPException
from starlette.responses import Response

from rules.case_event import RepairItem
from rules.command import Approve, Refuse, Return
from rules.field import Field
from rules.kind import Kind
from runtime.cases.case_change import Said
from runtime.cases.open_case import ITEM_NOTES, NEXT_STEP
from runtime.citizen.as_written import understand
from runtime.citizen.fault import Fault, mark
from runtime.citizen.filling import MISSING, MISSING_CHOICE
from runtime.json_text import Json
from runtime.office.answers_shown import label_of
from runtime.office.case_file_page import Told, file_page
from runtime.office.desk_form import DeskForm, new_key, read_form, said_text, whole
from runtime.office.desk_shown import PATHS, laws, questions_of, reasons
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.doing import FAULTS, do, faulty
from runtime.office.opened_file import OpenedFile, opened_file
from runtime.office.target_name import read_target
from runtime.people.act import Act

CHOOSE = mark("Pilih jawaban Anda")
MARK_SOMETHING = mark("Tandai dahulu jawaban atau dokumen yang harus diperbaiki")
UNMARK = mark("Anda menandai yang harus diperbaiki; hapus tandanya atau pilih minta perbaikan")
CHOOSE_REASON = mark("{label}: pilih alasannya")
CHOOSE_LAW = mark("Pilih pasal yang menjadi dasar penolakan")
SAY_WHY = mark("Tulis alasannya untuk pemohon")
SAY_NEXT = mark("Tulis apa yang dapat dilakukan pemohon sesudah ini")
RETURN, REFUSE = mark("Minta perbaikan"), mark("Tolak permohonan")
_CHOSEN = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YES_NO})


@desk_page
async def answer(visit: StaffVisit) -> Response:
    """Take the answer of a desk."""
    path = visit.request.scope["route"].path.rpartition("/")[2]
    act = next(one for one, known in PATHS.items() if known == path)
    opened = await opened_file(visit)
    if not opened.may(act):
        raise HTTPException(403)
    sent = await visit.sent()
    first = dict(reversed(sent))
    questions = questions_of(opened, first.get("tahap", ""), whole(first.get("meja", "")))
    form = read_form(sent, questions)
    if form.step == "kembali":
        return file_page(opened, Told(form))
    match form.verdict:
        case "setuju":
            return await _approve(opened, form, questions, act)
        case "kembali":
            return await _return(opened, form, questions, act)
        case "tolak":
            return await _refuse(opened, form, act)
        case _:
            return faulty(opened, Told(form), [("putusan", visit.voice.say(CHOOSE))])


async def _approve(opened: OpenedFile, form: DeskForm, questions: tuple[Field, ...], act: Act) -> Response:
    voice = opened.visit.voice
    faults: list[tuple[str, str]] = []
    if form.marked:
        faults.append((form.marked[0], voice.say(UNMARK)))
    answers, wrong = understand(questions, form.answers, voice.lang)
    for one in questions:
        if (fault := wrong.get(one.code)) is not None:
            faults.append((f"jawab.{one.code}", f"{one.label.to(voice.lang)}: {voice.fault(fault)}"))
        elif one.code not in answers and not one.optional:
            missing = voice.say(MISSING_CHOICE if one.kind in _CHOSEN else MISSING)
            faults.append((f"jawab.{one.code}", f"{one.label.to(voice.lang)}: {missing}"))
    note = said_text(form.note, voice.lang)
    if isinstance(note, Fault):
        faults.append(("catatan", voice.fault(note)))
    if faults or isinstance(note, Fault):
        return faulty(opened, Told(form), faults)
    command = Approve(form.stage, form.place, form.round, tuple(answers))
    return await do(opened, act, form.sent, command, Said(note, dict(answers)), "setuju", Told(form))


async def _return(opened: OpenedFile, form: DeskForm, questions: tuple[Field, ...], act: Act) -> Response:
    voice = opened.visit.voice
    marked = [name for name in form.marked if read_target(name) is not None]
    if not marked:
        return faulty(opened, Told(form), [("putusan", voice.say(MARK_SOMETHING))])
    faults: dict[str, str] = {}
    items: list[RepairItem] = []
    notes: dict[str, Json] = {}
    for name in marked:
        target, reason = read_target(name), form.reason(name)
        assert target is not None
        said = said_text(form.notes.get(name, ""), voice.lang)
        if reason is None:
            faults[f"alasan.{name}"] = voice.say(CHOOSE_REASON, label=label_of(opened, target))
        elif isinstance(said, Fault):
            faults[f"catatan.{name}"] = f"{label_of(opened, target)}: {voice.fault(said)}"
        else:
            items.append(RepairItem(target.kind, target.code, reason, form.stage, form.place, target.item))
            if said:
                notes[name] = said
    note = said_text(form.note, voice.lang)
    if isinstance(note, Fault):
        faults["catatan"] = voice.fault(note)
    if faults or isinstance(note, Fault):
        return _why_page(opened, form, act, marked, faults if form.step == "sebab" else {})
    more: dict[str, Json] = {ITEM_NOTES: notes} if notes else {}
    answers, _ = understand(questions, form.answers, voice.lang)  # kept for when the desk looks again
    command = Return(form.stage, form.place, form.round, tuple(items))
    return await do(opened, act, form.sent, command, Said(note, dict(answers), more), "kembali", Told(form))


async def _refuse(opened: OpenedFile, form: DeskForm, act: Act) -> Response:
    voice = opened.visit.voice
    law = next((one for name, _, one in laws(opened) if name == form.law), None)
    note, onward = said_text(form.note, voice.lang), said_text(form.next_step, voice.lang)
    faults: dict[str, str] = {}
    if law is None:
        faults["pasal"] = voice.say(CHOOSE_LAW)
    for name, said, missing in (("catatan", note, SAY_WHY), ("lanjut", onward, SAY_NEXT)):
        if isinstance(said, Fault):
            faults[name] = voice.fault(said)
        elif not said:
            faults[name] = voice.say(missing)
    if faults or law is None or isinstance(note, Fault) or isinstance(onward, Fault):
        return _law_page(opened, form, act, faults if form.step == "sebab" else {})
    command = Refuse(form.stage, form.place, form.round, law)
    said_all = Said(note, more={NEXT_STEP: onward})
    return await do(opened, act, form.sent, command, said_all, "tolak", Told(form))


def _why_page(
    opened: OpenedFile, form: DeskForm, act: Act, marked: Sequence[str], faults: Mapping[str, str]
) -> Response:
    """Ask why each marked thing must be repaired."""
    items = []
    for name in marked:
        target = read_target(name)
        assert target is not None
        reason, note = form.reasons.get(name, ""), form.notes.get(name, "")
        items.append((name, label_of(opened, target), reason, note, faults.get(f"alasan.{name}", "")))
    context = {
        **_step_context(opened, form, act, faults),
        "title": opened.visit.voice.say(RETURN),
        "items": items,
        "reasons": reasons(opened.visit.voice),
        "round": opened.state.rounds + 1,
        "most": opened.case.permit.permit.repair.at_most,
    }
    return opened.visit.page("office_return.html", context, 422 if faults else 200)


def _law_page(opened: OpenedFile, form: DeskForm, act: Act, faults: Mapping[str, str]) -> Response:
    """Ask by which article and why the application is refused, and what the applicant can do."""
    context = {
        **_step_context(opened, form, act, faults),
        "title": opened.visit.voice.say(REFUSE),
        "laws": [(name, words) for name, words, _ in laws(opened)],
        "wrong": faults,
    }
    return opened.visit.page("office_refuse.html", context, 422 if faults else 200)


def _step_context(opened: OpenedFile, form: DeskForm, act: Act, faults: Mapping[str, str]) -> dict[str, object]:
    return {
        "nomor": opened.nomor,
        "here": opened.link,
        "action": f"{opened.link}/{PATHS[act]}",
        "permit": opened.case.permit.permit.name.to(opened.visit.lang),
        "fault": opened.visit.voice.say(FAULTS) if faults else "",
        "faults": list(faults.items()),
        "form": form,
        "key": form.key or new_key(),
        "typed": _typed_pairs(form),
    }


def _typed_pairs(form: DeskForm) -> list[tuple[str, str]]:
    """Return the officer's own answers as pairs, so that a step further loses none."""
    found: list[tuple[str, str]] = []
    for code, entry in form.answers.items():
        for text in entry if isinstance(entry, list) else [entry]:
            if isinstance(text, str) and text:
                found.append((f"jawab.{code}", text))
    return found
