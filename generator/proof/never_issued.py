"""Answers with which an application may be filed, and comes to a refusal, and never to what was applied for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.proof.application import View
from generator.proof.replay import Claim
from generator.proof.solver import TRUE, Formula
from generator.proof.trial import Shown, Trial
from rules.case_state import REFUSAL_STAGE, REFUSED
from rules.condition.tree import OneOf, fields_of
from rules.field import Field
from rules.kind import Kind, Scalar


@dataclass(frozen=True, slots=True)
class NeverIssued:
    """An answer to a question, the refusal at which its applications come out, and a form of one."""

    code: str
    option: str
    end: str
    shown: Shown


def never_issued(trial: Trial) -> Iterator[NeverIssued]:
    """Yield the answers, of questions that the way reads; nothing where no application at all is issued."""
    application = trial.application
    issued = application.issued()
    if not trial.possible(issued):
        return
    others = tuple(_elsewhere(trial))
    for field in _routing(trial) if others else ():
        for option, value in _options(field):
            test = OneOf(field.code, field.kind, (value,))
            if trial.possible(issued, issued.holds(test)):
                continue
            for end, view, also in others:
                shown = trial.shown(view, Claim(holds=(test,)), also)
                if shown is not None:
                    yield NeverIssued(field.code, option, end, shown)
                    break


def _elsewhere(trial: Trial) -> Iterator[tuple[str, View, Formula]]:
    """Yield the refusals with the applications that come there; the letter of refusal is one, where a way leads to it
    though everybody approves."""
    application = trial.application
    for stage in trial.permit.stages:
        if stage.end == REFUSED:
            yield stage.code, application.issuing(stage.code), TRUE
        for index, row in enumerate(stage.approved.rows if stage.approved else ()):
            if row.value == REFUSAL_STAGE:
                yield REFUSAL_STAGE, application.leaving(stage.code), application.row_chosen(stage.code, index)


def _routing(trial: Trial) -> Iterator[Field]:
    """Yield the applicant's questions of few answers that a way depends on."""
    rows = [row for stage in trial.permit.stages if stage.approved for row in stage.approved.rows]
    read = {code for row in rows for code in fields_of(row.when)}
    for field in trial.permit.fields:
        if field.code in read and field.kind in {Kind.CHOICE, Kind.YES_NO}:
            yield field


def _options(field: Field) -> Iterator[tuple[str, Scalar]]:
    if field.kind is Kind.YES_NO:
        yield from (("ya", True), ("tidak", False))
    else:
        yield from ((option.code, option.code) for option in field.options)
