"""What an applicant answered and gave, page by page, each document beside the answers that call for it; what a repair
changed is told apart, with what stood there before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rules.case_event import ItemKind, Resubmitted, Target
from rules.cited import cited
from rules.condition.tree import fields_of
from rules.decision import Decision, RequiredDocument
from rules.field import Field
from rules.kind import Facts
from rules.permit import Permit
from runtime.cases.open_case import ANSWERS
from runtime.citizen.fault import mark
from runtime.citizen.form_view import pages_of
from runtime.citizen.said_answer import said_answer
from runtime.documents.file_rows import current
from runtime.documents.upload import APPLICANT, CaseFile
from runtime.office.masking import Mask
from runtime.office.opened_file import OpenedFile
from runtime.office.shown_picture import ShownPicture, picture
from runtime.office.target_name import target_name

DOCUMENTS = mark("Dokumen setiap permohonan ini")
CHANGED = mark("berubah sejak Anda melihatnya")
REPAIRED = mark("diperbaiki pada putaran {round}")
NOT_ASKED = mark("Tidak lagi diminta oleh aturan.")


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer. `name` is its control, empty where it can not be asked to be repaired; `before` is what stood there
    when the officer last looked, `anew` whether it changed since."""

    id: str
    name: str
    label: str
    value: str | None
    tag: str
    anew: bool
    before: str | None


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """One document that is asked for, or was given."""

    id: str
    name: str
    label: str
    why: str
    law: str
    note: str
    tag: str
    anew: bool
    files: tuple[ShownPicture, ...]
    earlier: tuple[ShownPicture, ...]


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of the form: its answers, and the documents they call for."""

    id: str
    title: str
    answers: tuple[ShownAnswer, ...]
    papers: tuple[ShownPaper, ...]

    @property
    def changed(self) -> list[tuple[str, str]]:
        """Return what changed since the officer looked, as the places of the page and their words."""
        answers = [(f"t-{one.id}", one.label) for one in self.answers if one.anew]
        return [*answers, *((f"t-{paper.id}", paper.label) for paper in self.papers if paper.anew)]


def shown_pages(opened: OpenedFile, decision: Decision, may: frozenset[Target] | None, mask: Mask) -> list[ShownPage]:
    """Return what was answered and given; `may` is what can be asked to be repaired, None for everything."""
    permit = opened.case.permit.permit
    told = _Told(opened, mask, may, _looked_at(opened))
    papers = told.papers(decision)
    place = _places(permit, opened)
    pages = []
    for number, page in enumerate(pages_of(opened.case.permit, opened.visit.lang)):
        answers = tuple(told.answer(field) for code in page.fields if (field := told.shows(code)) is not None)
        here = tuple(paper for code, paper in papers if place.get(code) == number)
        if answers or here:
            pages.append(ShownPage(f"h-{number + 1}", page.title, answers, here))
    rest = tuple(paper for code, paper in papers if code not in place)
    if rest:
        pages.append(ShownPage("h-dokumen", opened.visit.voice.say(DOCUMENTS), (), rest))
    return pages


def label_of(opened: OpenedFile, target: Target) -> str:
    """Say what a target is called."""
    lang = opened.visit.lang
    if target.kind is ItemKind.FIELD:
        fields = opened.case.permit.permit.fields
        return next((field.label.to(lang) for field in fields if field.code == target.code), target.code)
    documents = opened.case.city.documents
    name = next((one.name.to(lang) for one in documents if one.code == target.code), target.code)
    return name if target.item is None else f"{name} ({target.item + 1})"


def _looked_at(opened: OpenedFile) -> datetime | None:
    """Return when the officer's desk last answered, None where it has not."""
    desk = opened.desk
    if desk is None or desk.looked is None:
        return None
    return next((turn.answered for turn in reversed(desk.turns) if turn.answered is not None), None)


def _places(permit: Permit, opened: OpenedFile) -> dict[str, int]:
    """Return the page of each document that some answer calls for."""
    page_of = {
        code: number
        for number, page in enumerate(pages_of(opened.case.permit, opened.visit.lang))
        for code in page.fields
    }
    found: dict[str, int] = {}
    for requirement in permit.requirements:
        calls = (requirement.for_each,) if requirement.for_each is not None else fields_of(requirement.when)
        number = next((page_of[code] for code in calls if code in page_of), None)
        if number is not None:
            found.setdefault(requirement.document, number)
    return found


@dataclass(frozen=True)
class _Told:
    opened: OpenedFile
    mask: Mask
    may: frozenset[Target] | None
    looked: datetime | None

    @property
    def _facts(self) -> Facts:
        return self.mask.facts(self.opened.case.permit.permit.fields, self.opened.case.facts)

    def shows(self, code: str) -> Field | None:
        """Return a question that was asked, None where it does not apply or was left empty."""
        known = next((one for one in self.opened.case.permit.permit.fields if one.code == code), None)
        return known if known is not None and code in self.opened.case.facts else None

    def answer(self, field: Field) -> ShownAnswer:
        """Return one answer."""
        voice, target = self.opened.visit.voice, Target(ItemKind.FIELD, field.code)
        tag = self._tag(target)
        before = None
        if tag and self.looked is not None:
            known = self._before.get(field.code)
            now = self._facts[field.code]
            before = said_answer(field, known, voice) if known is not None and known != now else None
        value = said_answer(field, self._facts[field.code], voice)
        label = field.label.to(voice.lang)
        return ShownAnswer(target_name(target), self._name(target), label, value, tag, self._anew(target), before)

    @property
    def _before(self) -> Facts:
        """Return the facts as they were when the officer last looked."""
        case, answers = self.opened.case, self.opened.case.submission.answers
        fields = case.permit.permit.fields
        for happened in self.opened.history:
            if isinstance(happened.event, Resubmitted) and self.looked is not None and happened.at <= self.looked:
                repaired = case.private.get(happened.seq, {}).get(ANSWERS)
                answers = repaired if isinstance(repaired, dict) else answers
        return self.mask.facts(fields, case.permit.decider.facts(answers, case.filed_on))

    def papers(self, decision: Decision) -> list[tuple[str, ShownPaper]]:
        """Return every document that is asked for, then what was given and is not asked for any more."""
        given = [file for file in self.opened.files if file.giver == APPLICANT]
        now = current(tuple(given))
        found: list[tuple[str, ShownPaper]] = []
        asked: set[tuple[str, int | None]] = set()
        for document in decision.documents:
            for item in [None] if document.for_each is None else range(document.copies):
                asked.add((document.code, item))
                found.append((document.code, self._paper(document, item, now, given)))
        rest = dict.fromkeys((file.document, file.item) for file in now)
        for code, item in rest:
            if (code, item) not in asked:
                target = Target(ItemKind.DOCUMENT, code, item)
                why = self.opened.visit.voice.say(NOT_ASKED)
                found.append((code, self._shown(target, why, "", "", now, given)))
        return found

    def _paper(
        self, document: RequiredDocument, item: int | None, now: Iterable[CaseFile], given: Iterable[CaseFile]
    ) -> ShownPaper:
        lang, because = self.opened.visit.lang, document.because
        why = "" if because.words is None else because.words.to(lang)
        law = "" if because.citation is None else cited(because.citation, self.opened.case.city)
        note = "" if document.note is None else document.note.to(lang)
        return self._shown(Target(ItemKind.DOCUMENT, document.code, item), why, law, note, now, given)

    def _shown(
        self, target: Target, why: str, law: str, note: str, now: Iterable[CaseFile], given: Iterable[CaseFile]
    ) -> ShownPaper:
        mine = [file for file in given if (file.document, file.item) == (target.code, target.item)]
        current_ids = {file.id for file in now}
        return ShownPaper(
            id=target_name(target),
            name=self._name(target),
            label=label_of(self.opened, target),
            why=why,
            law=law,
            note=note,
            tag=self._tag(target),
            anew=self._anew(target),
            files=tuple(picture(self.opened, file) for file in mine if file.id in current_ids),
            earlier=tuple(picture(self.opened, file) for file in mine if file.id not in current_ids),
        )

    def _name(self, target: Target) -> str:
        whole = Target(target.kind, target.code)
        return target_name(target) if self.may is None or target in self.may or whole in self.may else ""

    def _tag(self, target: Target) -> str:
        rounds = self._rounds(target)
        if not rounds:
            return ""
        if self._anew(target):
            return self.opened.visit.voice.say(CHANGED)
        return self.opened.visit.voice.say(REPAIRED, round=rounds[-1])

    def _anew(self, target: Target) -> bool:
        """Tell whether it changed since the officer's desk last answered."""
        desk, rounds = self.opened.desk, self._rounds(target)
        return bool(rounds) and desk is not None and desk.looked is not None and rounds[-1] > desk.looked

    def _rounds(self, target: Target) -> list[int]:
        whole = Target(target.kind, target.code)
        changes = self.opened.state.changes
        return [change.round for change in changes if target in change.targets or whole in change.targets]
