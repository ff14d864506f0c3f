"""Applications that are issued though nobody was asked: at no stage of review, at a stage of signature, or at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from generator.proof.promise import finds_complete
from generator.proof.replay import Claim
from generator.proof.solver import Formula, all_of, no
from generator.proof.trial import Shown, Trial
from rules.case_state import ISSUED
from rules.city import City
from rules.permit import Stage


class Lack(Enum):
    """What an issued permit lacks."""

    ANYBODY = "anybody"
    REVIEW = "review"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """A stage that an application passes on its way to `end` with nobody asked, and a form that does."""

    lack: Lack
    stage: str
    end: str
    shown: Shown


def unreviewed(trial: Trial, city: City) -> Iterator[Unreviewed]:
    """Yield the stages at which a permit that is issued lacks somebody; the review once, at the first of its stages."""
    permit = trial.permit
    complete = permit.stages[0].code if finds_complete(permit, city) else None
    # Who answers objections is asked only where there are any.
    asking = [stage for stage in permit.stages if stage.end is None and not stage.objections]
    reviews = [stage for stage in asking if stage.reviewers and not stage.signature and stage.code != complete]
    for end in (stage for stage in permit.stages if stage.end == ISSUED):
        if (one := _shown(trial, end, permit.stages[0], [_silent(trial, each) for each in asking])) is not None:
            yield Unreviewed(Lack.ANYBODY, permit.stages[0].code, end.code, one)
            continue
        nobody = [_silent(trial, stage) for stage in reviews]
        for stage in reviews:
            if (one := _shown(trial, end, stage, nobody)) is not None:
                yield Unreviewed(Lack.REVIEW, stage.code, end.code, one)
                break
        for stage in (stage for stage in asking if stage.signature):
            if (one := _shown(trial, end, stage, [_silent(trial, stage)])) is not None:
                yield Unreviewed(Lack.SIGNATURE, stage.code, end.code, one)


def _silent(trial: Trial, stage: Stage) -> Formula:
    """Say that nobody is asked at a stage, or that no file comes there."""
    return all_of(*(no(trial.application.asked(stage.code, reviewer)) for reviewer in stage.reviewers))


def _shown(trial: Trial, end: Stage, stage: Stage, nobody: list[Formula]) -> Shown | None:
    claim = Claim(fails=tuple(reviewer.when for reviewer in stage.reviewers))
    view = trial.application.issuing(end.code)
    return trial.shown(view, claim, all_of(trial.application.visited(stage.code), *nobody))
