"""The route of a permit as a graph: which stage may follow which."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from generator.checks.versions import Seen
from generator.finding import Place
from rules.permit import Permit, Stage

BUILT_IN = {"setuju": "penolakan", "perbaiki": "perbaikan", "tolak": "penolakan"}  # what each may name in every permit


@dataclass(frozen=True, slots=True)
class Step:
    """From one stage to another, by which key and where it is written."""

    stage: str
    to: str
    place: Place
    key: str

    @property
    def onward(self) -> bool:
        """Tell whether it is an approval."""
        return self.key == "setuju"

    def leads_to(self, stages: Container[str]) -> bool:
        """Tell whether it leads to one of these stages, or where every permit leads by this key."""
        return self.to in stages or self.to == BUILT_IN[self.key]


def steps_of(seen: Seen) -> Iterator[Step]:
    """Yield every step that is written."""
    for stage in seen.permit.stages:
        for index, row in enumerate(stage.approved.rows if stage.approved else ()):
            place = seen.at(("alur", stage.code, "setuju", index, "ke"), ("alur", stage.code, "setuju"))
            yield Step(stage.code, row.value, place, "setuju")
        for key, to in (("perbaiki", stage.returned), ("tolak", stage.refused)):
            if to is not None:
                yield Step(stage.code, to, seen.at(("alur", stage.code, key)), key)


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
