"""The route of a permit as a graph: which stage may follow which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.checks.versions import Seen
from generator.finding import Place
from rules.permit import Permit, Stage

BUILT_IN = frozenset({"penolakan", "perbaikan"})  # stages every permit has


@dataclass(frozen=True, slots=True)
class Step:
    """From one stage to another, where it is written; `onward` when it is an approval."""

    stage: str
    to: str
    place: Place
    onward: bool


def steps_of(seen: Seen) -> Iterator[Step]:
    """Yield every step that is written."""
    for stage in seen.permit.stages:
        for index, row in enumerate(stage.approved.rows if stage.approved else ()):
            place = seen.at(("alur", stage.code, "setuju", index, "ke"), ("alur", stage.code, "setuju"))
            yield Step(stage.code, row.value, place, True)
        for key, to in (("perbaiki", stage.returned), ("tolak", stage.refused)):
            if to is not None:
                yield Step(stage.code, to, seen.at(("alur", stage.code, key)), False)


def onward(seen: Seen) -> dict[str, list[str]]:
    """Return where an approval leads from each stage."""
    graph: dict[str, list[str]] = {stage.code: [] for stage in seen.permit.stages}
    for step in steps_of(seen):
        if step.onward:
            graph[step.stage].append(step.to)
    return graph


def leads_nowhere(stage: Stage) -> bool:
    """Tell whether a file that is approved there stays there."""
    return stage.end is None and (stage.approved is None or not stage.approved.rows)


def named(permit: Permit) -> dict[str, Stage]:
    """Return the stages by their code, in the order written."""
    return {stage.code: stage for stage in permit.stages}
