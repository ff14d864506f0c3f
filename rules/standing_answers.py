"""What officers have answered and still counts: the answers of the desks that the way passes as the file is now.

A repair may lead a file another way. Whoever was asked on the way before may have answered questions that nobody asks
of this file any more; their answers decide nothing, and nothing is charged by them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rules.case_state import CaseState
from rules.decider import Decider
from rules.kind import Facts, Value
from rules.transition import Step, Transitions

DeskKey = tuple[str, int]  # stage and place


def with_standing(
    decider: Decider, transitions: Transitions, state: CaseState, facts: Facts, answers: Mapping[DeskKey, Facts]
) -> Facts:
    """Return the facts of an application with those of the answers, by desk, that count.

    A stage is asked by answers of the stages before it alone, so each round settles at least one more stage.
    """
    known = _with(facts, answers, answers)
    # Never returned and never moved: whoever has answered was on the way.
    if not answers or not (state.asked or state.terms):
        return known
    counted: frozenset[DeskKey] = frozenset(answers)
    for _ in decider.permit.stages:
        passed = _passed(decider, transitions, state, known)
        if passed is None or passed & answers.keys() == counted:
            break
        counted = passed & answers.keys()
        known = _with(facts, answers, counted)
    return known


def _with(facts: Facts, answers: Mapping[DeskKey, Facts], counted: Collection[DeskKey]) -> Facts:
    known = dict[str, Value](facts)
    for desk, answered in answers.items():
        if desk in counted:
            known.update(answered)
    return known


def _passed(decider: Decider, transitions: Transitions, state: CaseState, facts: Facts) -> frozenset[DeskKey] | None:
    """Return the desks that are asked of a file that everybody approves, from its beginning and from where a refusal
    led it, as far as can be told; None where the engine can tell nothing."""
    concluded = decider.concluded(facts)
    if concluded.manual is not None:
        return None
    stages = {stage.code: stage for stage in decider.permit.stages}
    found: set[DeskKey] = set()
    for start in dict.fromkeys((decider.permit.stages[0].code, state.root)):
        code: object = start
        for _ in stages:
            if not isinstance(code, str) or code not in stages or stages[code].end is not None:
                break
            found.update((code, place) for place, _ in decider.desks(code, concluded.held, facts))
            code = transitions.target(code, Step.APPROVE, facts)
    return frozenset(found)
