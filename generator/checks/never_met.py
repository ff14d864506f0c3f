"""Why no application meets a condition: the bound, the question or the refusal that keeps all of them out.

Gains the second place that an officer has to look at. Loses reasons that need more than one such place.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.versions import Seen
from generator.checks.wording import plain
from generator.finding import Label
from generator.proof.answer import Answer, bounds
from generator.proof.application import View
from generator.proof.solver import Solver, no
from generator.proof.trial import Trial, trial
from rules.condition.tree import ALWAYS, Always, Condition, Every, fields_of
from rules.kind import ORDERED

MOST = 2
REFUSED = plain("ditolak aturan ini", "this rule refuses it")
BOUND = plain("batas jawabannya di sini", "its answer is bounded here")
SHOWN = plain("hanya tampil bila ini", "only shown when this holds")


def reasons(seen: Seen, condition: Condition) -> tuple[Label, ...]:
    """Return the places that keep every application from meeting a condition over its own answers."""
    proof = trial(seen.permit)
    offered = proof.application.offered
    if proof.possible(offered, offered.holds(condition)):
        return tuple(_refusals(seen, proof, condition))[:MOST]
    return tuple(_questions(seen, proof, _needed(proof, offered, condition)))[:MOST]


def _refusals(seen: Seen, proof: Trial, condition: Condition) -> Iterator[Label]:
    view = proof.application.offered
    for index, refusal in enumerate(seen.permit.eligibility):
        if not proof.possible(view, view.holds(condition), no(view.holds(refusal.when))):
            yield Label(seen.at(("kelayakan", index, "tolak_bila")), REFUSED)
            return


def _needed(proof: Trial, view: View, condition: Condition) -> Condition:
    """Return the tests that are already too many, as few as can be."""
    parts = list(condition.parts) if isinstance(condition, Every) else [condition]
    for part in tuple(parts):
        fewer = [other for other in parts if other is not part]
        if not proof.possible(view, *map(view.holds, fewer)):
            parts = fewer
    return parts[0] if len(parts) == 1 else Every(tuple(parts)) if parts else ALWAYS


def _questions(seen: Seen, proof: Trial, needed: Condition) -> Iterator[Label]:
    answers = proof.application.form.answers
    alone = len({*fields_of(needed)}) == 1
    for field in (field for field in seen.permit.fields if field.code in {*fields_of(needed)}):
        one = answers[field.code]
        if alone and field.kind in ORDERED and (side := _side(proof, one, needed)) is not None:
            path = ("isian", field.code, side)
            if path in seen.version.places.at:
                yield Label(seen.at(path), BOUND)
        elif not isinstance(field.shown_when, Always):
            yield Label(seen.at(("isian", field.code, "tampil_bila")), SHOWN)


def _side(proof: Trial, one: Answer, needed: Condition) -> str | None:
    """Return which bound of a question keeps a test of it from holding, None where neither does alone."""
    holds = proof.application.form.holds(needed)
    solver = Solver(beside=proof.solver)
    low, high = bounds(one.field)
    if not solver.possible(holds, one.number.at_most(high)):
        return "maksimal"
    return None if solver.possible(holds, one.number.at_least(low)) else "minimal"
