"""A repair as far as its applicant has come: what was asked, what was typed and given since, and what it comes to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from rules.case_event import ItemKind, RepairItem, RepairReason, Target
from rules.case_state import InRepair
from rules.cited import cited
from rules.codec import written
from rules.decision import Decision
from rules.field import Field
from rules.kind import Kind
from rules.repair_list import document
from runtime import json_text
from runtime.cases.examination import Examined, examine
from runtime.cases.open_case import OpenCase
from runtime.cases.repair import Repair, asked_of, open_fields, repair_of, shown_fields
from runtime.cases.repair_drafts import RepairDraft
from runtime.citizen.case_words import REASONS, post_words
from runtime.citizen.fault import mark
from runtime.citizen.filling import Filling, fill
from runtime.citizen.typed import Typed, stored
from runtime.citizen.typed_again import typed_again
from runtime.citizen.visit import Visit
from runtime.documents.file_rows import current

ASKED = mark("{who} meminta ini diperbaiki: {reason}.")
BY_LAW = mark("Peraturan yang baru meminta ini: {law}.")


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that was asked for: by whom or by which law, why, the officer's own words, and all but these in a
    sentence."""

    who: str
    reason: str
    note: str
    words: str


@dataclass(frozen=True, slots=True)
class Repairing:
    """The repair of a case that is in repair. `open` are the questions that may be answered, `shown` those to show."""

    case: OpenCase
    position: InRepair
    draft: RepairDraft
    before: Examined
    filling: Filling
    repair: Repair
    open: tuple[Field, ...]
    shown: tuple[Field, ...]

    @property
    def round(self) -> int:
        """Return which repair it is, from 1."""
        return self.case.state.rounds

    @property
    def faults(self) -> dict[str, str]:
        """Return what is not right with the answers that may be changed, in the order of the form."""
        said = self.filling.faults
        return {name: said[name] for field in self.open for name in said if name.partition(".")[0] == field.code}

    @property
    def fingerprint(self) -> str:
        """Return what tells whether something else would be sent than what was read: all but the day."""
        after = self.filling.examined
        read = json_text.write(
            {
                "jawaban": after.answers,
                "berkas": [one.sha256 for one in self.repair.given],
                "putusan": written(Decision, after.decision.undated),
                "putaran": self.round,
            }
        )
        return hashlib.sha256(read.encode()).hexdigest()


def repairing(visit: Visit, case: OpenCase, draft: RepairDraft | None = None) -> Repairing | None:
    """Return the repair of a case as it stands, None where the case is in none."""
    state, permit = case.state, case.permit.permit
    if not isinstance(state.position, InRepair):
        return None
    store = visit.kit.store
    known = store.repair_drafts.find(case.key, state.rounds) if draft is None else draft
    before = examine(case.permit, case.answers, state.filed_at)
    answers = json_text.read(json_text.write(before.answers))
    assert isinstance(answers, dict)
    may = open_fields(permit, before.facts, state.position.items)
    written_since = stored(dict(known.typed))
    typed: Typed = {
        field.code: written_since[field.code]
        if field.code in written_since
        else typed_again(field, before.answers.get(field.code))
        for field in may
        # A `daftar` that nobody has filled in shows as many items as a blank form does.
        if field.kind is not Kind.LIST or field.code in written_since or field.code in before.answers
    }
    rest = {code: value for code, value in answers.items() if code not in typed}
    filling = fill(case.permit, typed, state.filed_at, visit.voice, rest)
    shown = shown_fields(permit, before.facts, filling.facts, state.position.items)
    shelf = store.shelf
    held, waiting = shelf.of_case(visit.code, case.key.nomor), shelf.of_draft(visit.code, case.key.nomor)
    repair = repair_of(permit, state.position.items, before, filling.examined, current(held), waiting)
    return Repairing(case, state.position, known, before, filling, repair, may, shown)


def wishes(visit: Visit, case: OpenCase, items: tuple[RepairItem, ...]) -> tuple[Wish, ...]:
    """Say who asked for something, and why."""
    return tuple(_wish(visit, case, item) for item in items)


def _wish(visit: Visit, case: OpenCase, item: RepairItem) -> Wish:
    if item.reason is RepairReason.REGULATION:
        law = case.state.moved_by or case.permit.permit.legal_basis[0]
        who, words = cited(law, case.city), visit.voice.say(BY_LAW, law=cited(law, case.city))
        return Wish(who, visit.voice.say(REASONS[item.reason]), "", words)
    desk = case.state.desk(item.stage, item.place)
    assert desk is not None
    note = "" if desk.answer is None else case.item_note(desk.answer.seq, _name(item.target))
    who, reason = post_words(case.city, desk.agency, desk.role, visit.voice), visit.voice.say(REASONS[item.reason])
    return Wish(who, reason, note, visit.voice.say(ASKED, who=who, reason=reason))


def _name(target: Target) -> str:
    name = f"{target.kind.value}.{target.code}"
    return name if target.item is None else f"{name}.{target.item}"


def words_of_desks(visit: Visit, case: OpenCase, items: Iterable[RepairItem]) -> list[tuple[str, str]]:
    """Return what each desk that asked wrote to its whole return, with who it is."""
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for item in items:
        desk = case.state.desk(item.stage, item.place)
        if desk is not None and desk.answer is not None and (note := case.note(desk.answer.seq)):
            found[desk.key] = post_words(case.city, desk.agency, desk.role, visit.voice), note
    return list(found.values())


def wishes_by_target(visit: Visit, case: OpenCase, position: InRepair) -> dict[Target, tuple[Wish, ...]]:
    """Return the whole list, by what is to be repaired."""
    return {asked.target: wishes(visit, case, asked.items) for asked in asked_of(position.items)}


def name_of(visit: Visit, case: OpenCase, target: Target) -> str:
    """Name a question or a document."""
    lang = visit.lang
    if target.kind is ItemKind.FIELD:
        return next((one.label.to(lang) for one in case.permit.permit.fields if one.code == target.code), target.code)
    name = next((one.name.to(lang) for one in case.city.documents if one.code == target.code), target.code)
    if target.item is None:
        return name
    each = next((one.for_each for one in case.permit.permit.requirements if one.document == target.code), None)
    label = next((one.label.to(lang) for one in case.permit.permit.fields if one.code == each), "")
    return f"{name} ({f'{label} {target.item + 1}'.strip()})"


def anchor(target: Target) -> str:
    """Return the id under which a document stands on its page."""
    assert target == document(target.code, target.item)
    return f"d-{target.code}" if target.item is None else f"d-{target.code}-{target.item}"
