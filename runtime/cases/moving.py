"""An open case on its way to a later version of its permit: what it takes along, what its applicant is asked, and the
command that moves it. Pure.

What was answered is taken over where the later version asks it too; the rest is asked in one list, by the law of that
version. Gains the form of the later version as the measure, the same as for who files anew. Loses nothing: whom that
form refuses is told apart, and stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from rules.carried_over import carried_over, newly_asked
from rules.case_event import ItemKind, Moved, RepairItem, RepairReason, Verdict
from rules.case_state import CaseState
from rules.city import City
from rules.command import Move, NotNow, Stranded
from rules.decision import Decision
from rules.kind import Facts
from rules.permit import Permit
from rules.version_change import movable, moved
from runtime.cases.case_change import Said
from runtime.cases.examination import Examined, examine
from runtime.cases.open_case import OpenCase
from runtime.cases.quotas import places_taken
from runtime.cases.repair import Copy, changed_facts
from runtime.documents.upload import APPLICANT, CaseFile
from runtime.release import PermitRelease


@dataclass(frozen=True, slots=True)
class Target:
    """The version that a case is to follow, in its city and release."""

    permit: PermitRelease
    city: City
    release: str


Movement = tuple[OpenCase, Move, Said]  # as it is under the later version, the command, the answers that go along


def movement(case: OpenCase, to: Target, held: Iterable[CaseFile]) -> Movement | NotNow | Stranded:
    """Return how a case moves, or why it does not; `held` are the files that count now."""
    state, before, after = case.state, case.permit.permit, to.permit.permit
    if not movable(state):
        return NotNow(state.status)
    answers = carried_over(before, after, case.answers)
    examined = examine(to.permit, answers, state.filed_at)
    if examined.wrong or examined.decision.refusals:
        codes = [str(error.path[0]) for error in examined.wrong if error.path]
        rules = [refused.because.rule for refused in examined.decision.refusals]
        return Stranded(", ".join(dict.fromkeys((*codes, *rules))))
    owed = case.permit.decider.decide(case.facts, state.filed_at)
    items = tuple(_asked(after, examined, {*_copies(owed), *_given(held)}))
    under = replace(case, permit=to.permit, city=to.city, answers=answers, facts=examined.facts)
    return under, Move(event_of(case, to, examined.facts, asks=bool(items)), items), Said(answers=answers)


def event_of(case: OpenCase, to: Target, facts: Facts, *, asks: bool) -> Moved:
    """Return the event that moves a case, whose facts these are by the later version; whether it `asks` for more."""
    before, after = case.permit.permit, to.permit.permit
    changed = {*changed_facts(case.facts, facts), *newly_asked(before, after)}
    places = () if case.state.terms is not None else places_taken(case)
    return moved(before, after, to.release, case.state, changed, officers_of(case, case.state), places, asks=asks)


def _asked(after: Permit, examined: Examined, known: Collection[Copy]) -> Iterator[RepairItem]:
    """Yield what has to be answered or given and was not; the first stage looks at what comes. `known` are papers that
    were given, or asked for by the earlier version too."""
    first = after.stages[0].code
    for code in dict.fromkeys(str(error.path[0]) for error in examined.unanswered):
        yield RepairItem(ItemKind.FIELD, code, RepairReason.REGULATION, first, 0)
    for code, item in _copies(examined.decision):
        if (code, item) not in known:
            yield RepairItem(ItemKind.DOCUMENT, code, RepairReason.REGULATION, first, 0, item)


def _copies(decision: Decision) -> Iterator[Copy]:
    for document in decision.documents:
        yield from (
            (document.code, item) for item in ((None,) if document.for_each is None else range(document.copies))
        )


def _given(held: Iterable[CaseFile]) -> Iterator[Copy]:
    return ((one.document, one.item) for one in held if one.giver == APPLICANT)


def officers_of(case: OpenCase, state: CaseState) -> dict[tuple[str, int], Facts]:
    """Return what each desk that has approved answered to its own questions."""
    return {
        desk.key: case.answers_beside(desk.answer.seq)
        for desk in state.desks
        if desk.answer is not None and desk.answer.verdict is Verdict.APPROVED
    }
