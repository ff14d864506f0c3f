"""The documents of a case: what counts now, what it replaced, and why each was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from rules.cited import cited
from rules.decision import Because
from runtime.cases.open_case import OpenCase
from runtime.citizen.fault import mark
from runtime.citizen.papers import printed_size
from runtime.citizen.visit import Visit
from runtime.documents.file_rows import current
from runtime.documents.upload import APPLICANT

OFFICER = mark("diminta petugas")
ALWAYS = mark("Diminta untuk setiap permohonan ini.")
BECAUSE = mark("Karena {words}.")
LAW = mark("Dasar: {law}.")


@dataclass(frozen=True, slots=True)
class PaperSaid:
    """A document that the applicant gave. `earlier` are the versions it replaced, which are kept."""

    name: str
    file: str
    size: str
    earlier: int
    why: str


def case_papers(visit: Visit, case: OpenCase) -> list[PaperSaid]:
    """Return the applicant's documents, in the order in which the rules ask for them."""
    voice = visit.voice
    decision = case.permit.decider.decide(case.all_facts, case.state.filed_at)
    names = {one.code: one.name.to(voice.lang) for one in case.city.documents}
    rules = {one.code: one for one in decision.documents}
    labels = {field.code: field.label.to(voice.lang) for field in case.permit.permit.fields}
    order = [*rules, *names]
    files = tuple(one for one in visit.kit.store.shelf.of_case(visit.code, case.key.nomor) if one.giver == APPLICANT)
    found = []
    for one in sorted(current(files), key=lambda file: (order.index(file.document), file.item or 0)):
        rule = rules.get(one.document)
        item = "" if one.item is None or rule is None else f" ({labels.get(rule.for_each or '', '')} {one.item + 1})"
        same = sum((file.document, file.item) == (one.document, one.item) for file in files)
        why = voice.say(OFFICER) if rule is None else _why(visit, case, rule.because)
        found.append(PaperSaid(names[one.document] + item, one.name, printed_size(one.size, voice), same - 1, why))
    return found


def _why(visit: Visit, case: OpenCase, because: Because) -> str:
    say = visit.voice.say
    said = say(ALWAYS) if because.words is None else say(BECAUSE, words=because.words.to(visit.lang))
    return said if because.citation is None else f"{said} {say(LAW, law=cited(because.citation, case.city))}"
