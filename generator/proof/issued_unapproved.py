"""Cases that are issued though a desk has refused, or was asked and has not approved: all lives are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from generator.proof.bare_case import bare_fee
from generator.proof.case_life import Bounds, CaseLife, Deed, Key, Situation, Sort
from generator.proof.played import Done, played
from generator.proof.replay import Claim, NotReplayedError
from generator.proof.trial import Shown, Trial
from generator.proof.ways import Way, ways_to
from rules.case_event import Verdict
from rules.case_state import ISSUED, REFUSAL_STAGE, WithPerson
from rules.city import City
from rules.condition.tree import Condition, Every, Not, Some, fields_of
from rules.permit import Permit

BOUNDS = Bounds(rounds=1)


@dataclass(frozen=True, slots=True)
class Unapproved:
    """A life that ends in a permit against, or without, the word of a desk; `way` is that of its application."""

    desk: Key
    refused: bool
    end: str
    way: Way
    story: tuple[tuple[Situation, Deed], ...]


def unapproved(trial: Trial, city: City, bounds: Bounds = BOUNDS) -> Unapproved | None:
    """Return the first such life there is: the shortest one of the first way."""
    permit = trial.permit
    beside = tuple(dict.fromkeys(_after_a_refusal(permit)))
    ways = [way for end in permit.stages if end.end for way in ways_to(trial, end.code, beside)]
    if not ways:
        return None
    life = CaseLife(permit, city, [Sort(way.answers, way.officers) for way in ways])
    try:
        for number, way in enumerate(ways):
            lived = life.explore(number, bounds)
            for situation in lived.came:
                desk = against(life, situation)
                if desk is not None:
                    refused = _refused(situation, desk)
                    return Unapproved(desk, refused, situation.state.status, way, lived.story(situation))
    finally:
        life.close()
    return None


def against(life: CaseLife, situation: Situation) -> Key | None:
    """Return a desk against whose word, or without which, a permit was issued; None where there is none."""
    state = situation.state
    if state.status != ISSUED:
        return None
    asked = life.asked(situation)
    for desk in state.desks:
        verdict = None if desk.answer is None else desk.answer.verdict
        if verdict is Verdict.REFUSED or (desk.key in asked and verdict is not Verdict.APPROVED):
            return desk.key
    return None


def _refused(situation: Situation, key: Key) -> bool:
    desk = situation.state.desk(*key)
    return desk is not None and desk.answer is not None and desk.answer.verdict is Verdict.REFUSED


def _after_a_refusal(permit: Permit) -> Iterator[Condition]:
    """Yield what decides the way of a file that was refused: whole conditions, and the tests of those that read what
    officers have not answered yet."""
    stages = {stage.code: stage for stage in permit.stages}
    officers = {field.code for field in permit.officer_fields}
    pending = [stage.refused for stage in permit.stages if stage.refused is not None]
    seen: set[str] = set()
    while pending:
        code = pending.pop()
        if code in seen or code not in stages:
            continue
        seen.add(code)
        approved = stages[code].approved
        rows = () if approved is None else approved.rows
        pending += [row.value for row in rows]
        for when in (*(row.when for row in rows), *(reviewer.when for reviewer in stages[code].reviewers)):
            yield from (when,) if officers.isdisjoint(fields_of(when)) else _tests(when, officers)


def _tests(condition: Condition, officers: Set[str]) -> Iterator[Condition]:
    match condition:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _tests(part, officers)
        case Not(part):
            yield from _tests(part, officers)
        case _:
            if officers.isdisjoint(fields_of(condition)):
                yield from (condition, Not(condition))


def refused_onward(permit: Permit) -> bool:
    """Tell whether a refusal leads anywhere but to the letter. Where none does it ends there whatever else is written,
    as `rules.route` issues nothing past a desk that has not approved, and nobody has to look."""
    return any(stage.refused not in {None, REFUSAL_STAGE} for stage in permit.stages)


def form_of(trial: Trial, city: City, found: Unapproved) -> Shown:
    """Return a filled form that takes this way, led in earnest through this life."""
    shown = trial.shown(trial.application.issuing(found.way.end), Claim(), found.way.exactly)
    assert shown is not None, "it is a way"
    filed = {code: value for code, value in shown.filled.facts.items() if code not in trial.application.officers}
    deeds = [Done(deed, filed) for _, deed in found.story]
    state = played(trial.permit, city, filed, deeds)
    if isinstance(state.position, WithPerson):  # its bill can not be made, which is found by itself (RET-01)
        state = played(replace(trial.permit, fee=bare_fee(trial.permit.fee)), city, filed, deeds)
    if state.status != found.end:
        raise NotReplayedError(f"{trial.permit.code}: {filed} ends in {state.status}, not in {found.end}")
    return shown
