"""The repair of answers: the one list, and of the form only the questions in it, with those that it opens."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rules.case_clock import repair_due
from rules.case_event import ItemKind, Target
from rules.permit import Permit
from rules.repair_list import field as question
from rules.story_words import lines, sentence
from runtime.cases.repair import beyond
from runtime.citizen.case_dates import calendar_of
from runtime.citizen.drafting import as_json
from runtime.citizen.fault import mark
from runtime.citizen.form import change_items
from runtime.citizen.form_view import (
    FAULT_WORD,
    Place,
    as_data,
    facts_elsewhere,
    label_of,
    opened_by,
    pages_of,
    seen_of,
    summary,
)
from runtime.citizen.own_case import case_path, own_case, own_case_again
from runtime.citizen.receipt import TITLE, moment
from runtime.citizen.repairing import Repairing, Wish, anchor, name_of, repairing, wishes_by_target, words_of_desks
from runtime.citizen.shells import Shell, split
from runtime.citizen.typed import doubled, typed_page
from runtime.citizen.visit import Visit, chosen_language, keep_language
from runtime.people.act import Act
from runtime.voice import capital

HEADING = mark("Perbaiki permohonan")
NOT_ASKED, NOT_ASKED_WHY = (
    mark("Ini tidak diminta untuk diperbaiki"),
    mark("Hanya yang ada di daftar perbaikan yang dapat diubah. Tidak ada yang disimpan dari kiriman ini."),
)
NOTE = mark("Catatan petugas: {note}")
CHANGED = mark(
    "Ada perbaikan lain yang baru diminta. Yang Anda tulis tadi tidak disimpan ke sana; baca daftarnya lagi."
)


async def show(request: Request) -> Response:
    """Show what must be repaired."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    case = await own_case(visit, Act.REPAIR)
    if isinstance(case, Response):
        return case
    work = repairing(visit, case)
    if work is None:
        return visit.to(f"{case_path(visit, case)}?berubah=1")
    faults = work.faults if "galat" in request.query_params else {}
    news = visit.voice.say(CHANGED) if "berubah" in request.query_params else ""
    return visit.html(_page(visit, work, faults, news=news))


async def save(request: Request) -> Response:
    """Keep what was typed and do what the button says."""
    visit = Visit(request)
    sent = await visit.sent()
    case = await own_case_again(visit, Act.REPAIR, sent)
    if isinstance(case, Response):
        return case
    first, here = dict(reversed(sent)), case_path(visit, case)
    work = repairing(visit, case)
    if work is None:
        return visit.to(f"{here}?berubah=1")
    if first.get("putaran") != str(work.round):
        return visit.to(f"{here}/perbaikan?berubah=1")
    tried = beyond(case.permit.permit, work.open, (name for name, _ in sent))
    if tried:
        return refused(visit, work, tried)
    named = set(first.get("pertanyaan", "").split())
    fields = [one for one in work.open if one.code in named]
    if doubled(fields, sent):
        raise HTTPException(422)
    typed, action = typed_page(fields, sent), first.get("aksi", "periksa")
    change_items(fields, typed, action)
    written = {code: as_json(entry) for code, entry in typed.items()}
    draft = await visit.kit.store.repair_drafts.save(case.key, work.round, written)
    work = repairing(visit, case, draft)
    assert work is not None
    return _answer(visit, work, action, set(first.get("terlihat", "").split()))


def _answer(visit: Visit, work: Repairing, action: str, known: set[str]) -> Response:
    here = case_path(visit, work.case)
    verb, _, argument = action.partition(":")
    if verb == "bahasa":
        return keep_language(visit.to(f"{here}/perbaikan"), argument, visit.kit)
    if verb in {"tambah", "hapus"}:
        return visit.to(f"{here}/perbaikan#k-{quote(argument.partition('.')[0])}")
    if verb == "simpan":
        return visit.to(f"{here}?tersimpan=1")
    opened, told = opened_by(seen_of(work.shown, work.filling), known, work.faults)
    if told or opened:
        place = Place(work.case.permit, 0, visit.lang)
        news = [(name, label_of(place, name)) for name in opened]
        return visit.html(_page(visit, work, told, news), 422 if told else 200)
    return visit.to(f"{here}/perbaikan/{'dokumen' if work.repair.wanted else 'periksa'}")


def refused(visit: Visit, work: Repairing, tried: tuple[Target, ...]) -> Response:
    """Say that something else than what was asked for can not be changed, and what that was."""
    context = {
        "title": visit.voice.say(NOT_ASKED),
        "explanation": visit.voice.say(NOT_ASKED_WHY),
        "names": [name_of(visit, work.case, target) for target in tried],
        "back": f"{case_path(visit, work.case)}/perbaikan",
    }
    return visit.page("beyond.html", context, 422)


def list_context(visit: Visit, work: Repairing) -> dict[str, object]:
    """Return the one list and the time that is left, for each page of a repair."""
    case = work.case
    due = repair_due(calendar_of(visit, case), case.permit.permit, work.position.since)
    here = case_path(visit, case)
    return {
        "trail": [(here, visit.voice.say(TITLE, nomor=case.key.nomor))],
        "permit": case.permit.permit.name.to(visit.lang),
        "until": moment(visit, due.at),
        "why": sentence(due.story, visit.lang),
        "lines": lines(due.story, visit.lang),
        "words": words_of_desks(visit, case, work.position.items),
        "asked": [
            {
                "name": name_of(visit, case, target),
                "link": f"{here}/perbaikan#k-{target.code}"
                if target.kind is ItemKind.FIELD
                else f"{here}/perbaikan/dokumen#{anchor(target)}",
                "document": target.kind is ItemKind.DOCUMENT,
                "wishes": found,
            }
            for target, found in sorted(
                wishes_by_target(visit, case, work.position).items(),
                key=lambda wish: _place(case.permit.permit, wish[0]),
            )
        ],
    }


def _place(permit: Permit, target: Target) -> tuple[bool, int, int]:
    """Return where something is repaired: questions as the form asks them, then documents as it wants them."""
    if target.kind is ItemKind.FIELD:
        codes = [field.code for field in permit.fields]
    else:
        codes = [requirement.document for requirement in permit.requirements]
    place = codes.index(target.code) if target.code in codes else len(codes)
    return target.kind is ItemKind.DOCUMENT, place, target.item or 0


def _page(
    visit: Visit,
    work: Repairing,
    faults: Mapping[str, str],
    opened: list[tuple[str, str]] | None = None,
    news: str = "",
) -> bytes:
    case, place = work.case, Place(work.case.permit, 0, visit.lang)
    conditional = work.shown
    context = {
        **visit.frame(),
        **list_context(visit, work),
        "holes": Shell.marks(),
        "title": visit.voice.say(HEADING),
        "news": news,
        "round": work.round,
        "codes": " ".join(one.code for one in work.shown),
        "fields": bool(work.shown),
        "action": f"{case_path(visit, case)}/perbaikan",
        "on": f"{case_path(visit, case)}/perbaikan/{'dokumen' if work.repair.wanted else 'periksa'}",
    }
    page = visit.voice.page("repair.html", context)
    content = {
        "fault_title": escape(visit.voice.say(FAULT_WORD)) if faults else "",
        "summary": summary(visit, place, faults, opened or []) if faults or opened else "",
        "facts": as_data(dict(facts_elsewhere(conditional, [one.code for one in work.shown], work.filling))),
        "seen": " ".join(seen_of(conditional, work.filling)),
        "questions": _questions(visit, work, faults),
        "token": visit.token,
    }
    return split(page, {}).fill(content)


def _questions(visit: Visit, work: Repairing, faults: Mapping[str, str]) -> str:
    """Show each question with who asked for its repair above it, as in the form else."""
    word = visit.voice.say(FAULT_WORD)
    asked = wishes_by_target(visit, work.case, work.position)
    by_code = {code: page for page in pages_of(work.case.permit, visit.lang) for code in page.fields}
    beside = {name: capital(said) for name, said in faults.items()}
    out = []
    for one in work.shown:
        found = asked.get(question(one.code), ())
        note = _asked_above(visit, one.code, found)
        control = by_code[one.code].only(one.code)
        shown = control.fill(work.filling.typed, beside, work.filling.hidden, word, (one.code,) if found else ())
        out.append(f'<div class="diminta">{note}{shown}</div>' if found else shown)
    return "".join(out)


def _asked_above(visit: Visit, code: str, found: tuple[Wish, ...]) -> str:
    """Write who asked and why; by hand, as the question itself is no template either."""
    said = []
    for wish in found:
        note = f"<br>{escape(visit.voice.say(NOTE, note=wish.note))}" if wish.note else ""
        said.append(f"<p>{escape(wish.words)}{note}</p>")
    return f'<div id="n-{escape(code)}">{"".join(said)}</div>' if said else ""
