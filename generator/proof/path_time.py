"""The time that the stages of a way may take, beside what is promised for it.

Stages in a row add up; of desks side by side, and a public notice, the longest counts; who answers objections comes
after their notice; an outside body's time does not count.
Lengths of one unit are added as whole numbers by the solver, over all applications at once. Where units are mixed each
combination there is is laid out on the calendar instead (`generator.proof.calendar_time`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from generator.proof.application import View, chosen
from generator.proof.solver import Formula, Model, Number, all_of, any_of, no
from generator.proof.trial import Trial
from rules.condition.tree import Condition
from rules.duration import Duration, Unit
from rules.permit import Stage
from rules.table import Policy, Table

T = TypeVar("T")

# Units that are multiples of each other are counted in the smallest.
COUNTED = {
    Unit.MINUTE: (Unit.MINUTE, 1),
    Unit.WORKING_HOUR: (Unit.MINUTE, 60),
    Unit.WORKING_DAY: (Unit.WORKING_DAY, 1),
    Unit.CALENDAR_DAY: (Unit.CALENDAR_DAY, 1),
    Unit.MONTH: (Unit.MONTH, 1),
    Unit.YEAR: (Unit.MONTH, 12),
}


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """Somebody who may hold the file at a stage for so long: the desk at `place`, None for a public notice. `rules` are
    the conditions that let it, each with whether it holds."""

    place: int | None
    duration: Duration
    when: Formula
    rules: tuple[tuple[Condition, bool], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """A stage whose time counts, when the file comes there, and who may hold it."""

    stage: str
    visited: Formula
    holdings: tuple[Holding, ...]


def legs(trial: Trial, view: View, after: str | None = None) -> tuple[Leg, ...]:
    """Return the stages whose time counts on a way to an end, in the order of the catalog; without the stage `after`
    which they are looked at."""
    application = trial.application
    return tuple(
        Leg(stage.code, application.visited(stage.code), tuple(holdings))
        for stage in trial.permit.stages
        if stage.end is None and not stage.outside and stage.code != after
        for holdings in _in_turn(trial, view, stage)
    )


def _in_turn(trial: Trial, view: View, stage: Stage) -> Iterator[Iterator[Holding]]:
    """Yield who may hold the file at a stage; those who answer objections after the notice, not beside it."""
    if stage.objections:
        yield _notice(trial, stage)
        yield _desks(trial, view, stage)
    else:
        yield itertools.chain(_desks(trial, view, stage), _notice(trial, stage))


def _desks(trial: Trial, view: View, stage: Stage) -> Iterator[Holding]:
    application = trial.application
    for place, reviewer in enumerate(stage.reviewers):
        asked = application.asked(stage.code, reviewer)
        for index, row in enumerate(reviewer.duration.rows if reviewer.duration else ()):
            assert reviewer.duration is not None
            rules = ((reviewer.when, True), *row_rules(reviewer.duration, index))
            yield Holding(place, row.value, all_of(asked, chosen(reviewer.duration, index, view)), rules)


def _notice(trial: Trial, stage: Stage) -> Iterator[Holding]:
    if stage.notice is not None:
        yield Holding(None, stage.notice, trial.application.visited(stage.code), ())


def row_rules(table: Table[T], index: int) -> tuple[tuple[Condition, bool], ...]:
    """Return which conditions hold, and which do not, where a row of a table counts."""
    row = table.rows[index]
    if row.otherwise:
        return tuple((other.when, False) for other in table.rows if not other.otherwise)
    before = table.rows[:index] if table.policy is Policy.FIRST else ()
    return (*((other.when, False) for other in before if not other.otherwise), (row.when, True))


def unit_of(way: tuple[Leg, ...], promised: Duration) -> Unit | None:
    """Return the one unit in which everything on these ways counts, None where units are mixed."""
    found = {COUNTED[holding.duration.unit][0] for leg in way for holding in leg.holdings if holding.duration.amount}
    return COUNTED[promised.unit][0] if found <= {COUNTED[promised.unit][0]} else None


def counted(duration: Duration) -> int:
    """Return a length in the unit that it is counted in."""
    return duration.amount * COUNTED[duration.unit][1]


class Sum:
    """The time of a way as a number that the solver may choose: at each stage that of anybody who holds the file."""

    def __init__(self, trial: Trial, way: tuple[Leg, ...], name: str) -> None:
        """Make the unknowns; `rules` says what they may be."""
        self._legs = way
        self._each = [trial.solver.whole(f"{name}/{leg.stage}/{number}") for number, leg in enumerate(way)]
        self.total = Number(0)
        for one in self._each:
            self.total = self.total.plus(one)

    def rules(self) -> Iterator[Formula]:
        """Yield what holds of the unknowns."""
        for leg, one in zip(self._legs, self._each, strict=True):
            held = [all_of(holding.when, one.equals(counted(holding.duration))) for holding in leg.holdings]
            yield any_of(one.equals(0), *held)

    def held(self, model: Model) -> tuple[tuple[Leg, Holding], ...]:
        """Return who holds the file, as the solver has chosen."""
        found = []
        for leg, one in zip(self._legs, self._each, strict=True):
            taken = model.value(one)
            for holding in leg.holdings:
                if taken and counted(holding.duration) == taken and model.holds(holding.when):
                    found.append((leg, holding))
                    break
        return tuple(found)


def together(trial: Trial, way: tuple[Leg, ...]) -> Iterator[tuple[tuple[Leg, tuple[Holding, ...]], ...]]:
    """Yield who holds the file at each stage, for every combination that there is under what is supposed."""
    told = [holding.when for leg in way for holding in leg.holdings]
    with trial.solver.supposing():
        while (model := trial.solver.model()) is not None:
            yield tuple((leg, tuple(one for one in leg.holdings if model.holds(one.when))) for leg in way)
            trial.solver.require(any_of(*(no(one) if model.holds(one) else one for one in told)))
