"""The ways that applications take through a permit version: one of each kind that there is.

Two applications take the same way when the same stages are come to and the same desks asked at them, everybody
approving. Gains a list that is whole: the solver finds no further one. Loses the other answers, which no way reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from generator.proof.answer import Amount, Answer, Flag, Picks
from generator.proof.application import Application
from generator.proof.solver import Formula, Model, all_of, any_of, no
from generator.proof.text_sample import text_sample
from generator.proof.trial import Trial
from rules.condition.tree import ALWAYS, Condition, fields_of
from rules.kind import TEXTS, Facts, Kind, Value
from rules.permit import Permit

Key = tuple[str, int]
MOST = 256  # ways that are told apart; a permit of more is looked at as far as these go


@dataclass(frozen=True, slots=True)
class Way:
    """One way to an end: where the file comes, who is asked, and the answers of one application that takes it.
    `formula` is what the solver knows of the way, `exactly` of these answers, so that it can be asked about again."""

    end: str
    stages: tuple[str, ...]
    desks: frozenset[Key]
    answers: Facts
    officers: Facts
    formula: Formula
    exactly: Formula


def ways_to(trial: Trial, end: str, beside: Iterable[Condition] = ()) -> tuple[Way, ...]:
    """Return every way that leads to an end, at most `MOST`; those that differ in conditions `beside` apart."""
    return tuple(_ways(trial, end, tuple(beside)))


def _ways(trial: Trial, end: str, beside: tuple[Condition, ...]) -> Iterator[Way]:
    application, permit = trial.application, trial.permit
    view = application.issuing(end)
    stages, desks = _stages(application), _desks(application)
    told = [*told_apart(application), *(view.holds(condition) for condition in beside)]
    read = [code for code in read_by_ways(permit) if code not in view.unknown]
    with trial.solver.supposing(view.given):
        for _ in range(MOST):
            model = trial.solver.model()
            if model is None:
                return
            facts = dict(_facts(application, model, read))
            here = [formula if model.holds(formula) else no(formula) for formula in told]
            yield Way(
                end,
                tuple(code for code, formula in stages.items() if model.holds(formula)),
                frozenset(key for key, formula in desks.items() if model.holds(formula)),
                {code: value for code, value in facts.items() if code not in application.officers},
                {code: value for code, value in facts.items() if code in application.officers},
                all_of(*here),
                all_of(*(_exactly(application.form.answers[code], model) for code in read)),
            )
            trial.solver.require(any_of(*(no(formula) for formula in here)))


def told_apart(application: Application) -> list[Formula]:
    """Return what tells one way from another: where the file comes, and who is asked."""
    desks = _desks(application)
    sometimes = [formula for key, formula in desks.items() if _when(application.permit, key) != ALWAYS]
    return [*_stages(application).values(), *sometimes]


def _stages(application: Application) -> dict[str, Formula]:
    return {stage.code: application.visited(stage.code) for stage in application.permit.stages if stage.end is None}


def _desks(application: Application) -> dict[Key, Formula]:
    return {
        (stage.code, place): application.asked(stage.code, reviewer)
        for stage in application.permit.stages
        for place, reviewer in enumerate(stage.reviewers)
    }


def decided_by(application: Application, end: str, model: Model) -> tuple[Facts, Facts]:
    """Return the answers that decide a way as the solver has chosen them: the applicant's, and the officers'."""
    unknown = application.issuing(end).unknown
    facts = dict(_facts(application, model, (code for code in read_by_ways(application.permit) if code not in unknown)))
    officers = {code: value for code, value in facts.items() if code in application.officers}
    return {code: value for code, value in facts.items() if code not in officers}, officers


def read_by_ways(permit: Permit) -> Iterator[str]:
    """Yield the answers that decide a way, and what goes out on it before its end."""
    if any(product.stage is not None for product in permit.products):
        for product in permit.products:
            yield from fields_of(product.when)
    for stage in permit.stages:
        for reviewer in stage.reviewers:
            yield from fields_of(reviewer.when)
        for row in stage.approved.rows if stage.approved else ():
            yield from fields_of(row.when)


def _when(permit: Permit, key: Key) -> Condition:
    stage = next(stage for stage in permit.stages if stage.code == key[0])
    return stage.reviewers[key[1]].when


def _facts(application: Application, model: Model, codes: Iterable[str]) -> Iterator[tuple[str, Value]]:
    for code in dict.fromkeys(codes):
        one = application.form.answers[code]
        if model.holds(one.present):
            yield code, _value(one, model)


def _exactly(one: Answer, model: Model) -> Formula:
    """Say that a question is answered as the solver has chosen."""
    if not model.holds(one.present):
        return no(one.present)
    match one.content:
        case Flag(yes):
            said = yes if model.holds(yes) else no(yes)
        case Picks(by_option):
            said = all_of(*(each if model.holds(each) else no(each) for each in by_option.values()))
        case Amount(number):
            found = model.value(number)
            said = number.below(0) if one.field.kind in TEXTS and found < 0 else number.equals(found)
        case _:
            assert_never(one.content)
    return all_of(one.present, said)


def _value(one: Answer, model: Model) -> Value:
    """Return the answer that the solver has chosen."""
    match one.content:
        case Flag(yes):
            return model.holds(yes)
        case Picks(by_option):
            return tuple(code for code, formula in by_option.items() if model.holds(formula))
        case Amount(number):
            found = model.value(number)
            if one.field.kind is Kind.CHOICE or (one.field.kind in TEXTS and found >= 0):
                return one.lexicon.word(found)
            if one.field.kind in TEXTS:
                return text_sample(one.field, 1, one.words)
            if one.field.kind is Kind.LIST:
                return ({},) * found
            return date.fromordinal(found).isoformat() if one.field.kind is Kind.DATE else one.unscaled(found)
        case _:
            assert_never(one.content)
