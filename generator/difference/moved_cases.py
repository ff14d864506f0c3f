"""Open cases that follow a version, explored: from every position that a case of the version before can be in, of every
kind of application, and on in the version that it moves to.

The move itself is made by `rules.lifecycle`, as it is at run time. An applicant takes one way by the old rules and one
by the new, and both are looked at together, as far as `MOST` pairs of ways go. Gains that what the two versions say
apart is also right one after the other. Loses amounts and dates, as `proof.case_life` does: what is found is played
with real answers before it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.difference.both_forms import BothForms
from generator.proof.application import View
from generator.proof.case_life import ANYTHING, Bounds, CaseLife, Deed, Situation, Sort
from generator.proof.filled import Filler
from generator.proof.issued_unapproved import against, refused_onward
from generator.proof.played import Done, played
from generator.proof.replay import NotReplayedError
from generator.proof.solver import TRUE, Formula, all_of, any_of, no
from generator.proof.ways import decided_by, told_apart
from rules.carried_over import carried_over, newly_asked
from rules.case_event import SYSTEM, Moved, RepairItem, RepairReason
from rules.case_state import EXPIRED, WITHDRAWN, CaseState
from rules.city import City
from rules.command import Move, Stranded
from rules.decider import Decider
from rules.kind import Facts
from rules.lifecycle import Lifecycle, Outcome
from rules.permit import Permit
from rules.settled import settled
from rules.version_change import movable, moved

MOST = 64
BOUNDS = Bounds(rounds=1)  # the list of the later version is a round as well


@dataclass(frozen=True, slots=True)
class Together:
    """One applicant before both versions: the ways, whether the later `asks` for more, and what tells them."""

    old: Sort
    new: Sort
    asks: bool
    formula: Formula


@dataclass(frozen=True, slots=True)
class Lost:
    """A case that a move strands: what was answered, how it came to where it was, and why nothing comes of it."""

    answers: Facts
    story: tuple[tuple[Situation, Deed], ...]
    position: str
    why: str


def lost_cases(before: Permit, after: Permit, city: City) -> Lost | None:
    """Return the first case that is stranded, None where none is; UnsettledError where that can not be told."""
    both = BothForms(before, after)
    pairs = list(_together(both))
    if not pairs:
        return None
    old = CaseLife(before, city, [pair.old for pair in pairs])
    new = CaseLife(after, city, [pair.new for pair in pairs])
    try:
        for number, pair in enumerate(pairs):
            found = _lost(old, new, number, pair)
            if found is not None:
                story, situation, why = found
                return _in_earnest(both, city, pair, story, situation, why)
    finally:
        old.close()
        new.close()
    return None


def _together(both: BothForms) -> Iterator[Together]:
    """Yield one applicant for every pair of ways, and for whether more is asked."""
    asks = any_of(*_asked_for_more(both))
    for end in _ends(both.old.permit):
        for later in _ends(both.new.permit):
            told = [*told_apart(both.old), *told_apart(both.new), asks]
            given = both.old.issuing(end).given, both.new.issuing(later).given, both.alike
            with both.solver.supposing(*given):
                for _ in range(MOST):
                    model = both.solver.model()
                    if model is None:
                        break
                    here = all_of(*(formula if model.holds(formula) else no(formula) for formula in told))
                    old, new = Sort(*decided_by(both.old, end, model)), Sort(*decided_by(both.new, later, model))
                    yield Together(old, new, model.holds(asks), all_of(*given, here))
                    both.solver.require(no(here))


def _ends(permit: Permit) -> Iterator[str]:
    return (stage.code for stage in permit.stages if stage.end is not None)


def _asked_for_more(both: BothForms) -> Iterator[Formula]:
    """Say of an applicant that the later version asks for what was never asked: a question, or a document."""
    old, new = both.old, both.new
    for code in newly_asked(old.permit, new.permit):
        yield new.form.own[code].present
    for field in new.permit.fields:
        if field.code in old.form.own:
            yield all_of(new.form.own[field.code].present, no(old.form.own[field.code].present))
    for requirement in new.permit.requirements:
        if not requirement.at_collection:
            same = [one.when for one in old.permit.requirements if one.document == requirement.document]
            yield all_of(new.form.holds(requirement.when), *(no(old.form.holds(when)) for when in same))


def _lost(
    old: CaseLife, new: CaseLife, number: int, pair: Together
) -> tuple[tuple[tuple[Situation, Deed], ...], Situation, str] | None:
    """Return how a case comes to where a move strands it."""
    lived = old.explore(number, BOUNDS)
    came: dict[Situation, Situation] = {}
    for situation in lived.came:
        if not movable(situation.state):
            continue
        event, items = _move(old.permit, new.permit, situation, pair)
        follows = new.take_over(situation, event, items, number)
        if isinstance(follows, Stranded):
            return lived.story(situation), situation, follows.reason
        if isinstance(follows, Situation):
            came.setdefault(follows, situation)
    explored = new.explore_from(came, BOUNDS)
    ends = {one for one in explored.came if one.state.ended and one.state.status not in (WITHDRAWN, EXPIRED)}
    leads = _leading_to(ends, explored.follows)
    for follows, situation in came.items():
        if follows not in leads:
            return lived.story(situation), situation, "no end"
    if not refused_onward(new.permit):
        for one in explored.came:
            if (desk := against(new, one)) is not None:
                first = came[explored.story(one)[0][0]]
                return lived.story(first), first, f"issued without {desk[0]}"
    return None


def _move(before: Permit, after: Permit, here: Situation, pair: Together) -> tuple[Moved, tuple[RepairItem, ...]]:
    codes = pair.old.answers.keys() | pair.new.answers.keys()
    changed = {code for code in codes if pair.old.answers.get(code) != pair.new.answers.get(code)}
    officers = {key: dict(said) for key, said in here.answered}
    event = moved(before, after, "-", here.state, {*changed, *newly_asked(before, after)}, officers, asks=pair.asks)
    item = RepairItem(ANYTHING.kind, ANYTHING.code, RepairReason.REGULATION, after.stages[0].code, 0)
    return event, (item,) if pair.asks else ()


def _leading_to(ends: set[Situation], follows: Mapping[Situation, tuple[Situation, ...]]) -> set[Situation]:
    before: dict[Situation, list[Situation]] = {}
    for here, after in follows.items():
        for one in after:
            before.setdefault(one, []).append(here)
    found, waiting = set(ends), list(ends)
    while waiting:
        new = [one for one in before.get(waiting.pop(), ()) if one not in found]
        found.update(new)
        waiting.extend(new)
    return found


def _in_earnest(
    both: BothForms,
    city: City,
    pair: Together,
    story: tuple[tuple[Situation, Deed], ...],
    situation: Situation,
    why: str,
) -> Lost:
    """Fill the old form, lead its case to where it was, and move it; NotReplayedError where it fares otherwise."""
    before, after = both.old.permit, both.new.permit
    filled = Filler(both.old, both.landmarks(())).fill(View(both.old.form, TRUE, frozenset(), ""), pair.formula)
    assert filled is not None, "it is an application"
    facts = {code: value for code, value in filled.facts.items() if code not in both.old.officers}
    state = played(before, city, facts, [Done(deed, facts) for _, deed in story])
    if _position(state) != _position(situation.state):
        raise NotReplayedError(f"{before.code}: {facts} comes to {_position(state)}, not {_position(situation.state)}")
    answers = carried_over(before, after, filled.answers)
    now = settled(after, answers, filled.filed_on)
    officers = {key: dict(said) for key, said in situation.answered}
    changed = {code for code in facts.keys() | now.keys() if facts.get(code) != now.get(code)}
    event = moved(before, after, "-", state, {*changed, *newly_asked(before, after)}, officers, asks=pair.asks)
    if why == "no end" or pair.asks:
        return Lost(filled.answers, story, _position(situation.state), why)
    decider = Decider(after, city)
    life = Lifecycle(decider)
    try:
        at = max((desk.turns[-1].opened for desk in state.desks), default=state.filed_at)
        outcome = life.act(Move(event), state, lambda _: {**now, **filled.officers}, at, SYSTEM)
    finally:
        life.close()
        decider.close()
    if isinstance(outcome, Outcome):
        raise NotReplayedError(f"{after.code}: {facts} moves from {_position(state)} and is not stranded")
    return Lost(filled.answers, story, _position(situation.state), why)


def _position(state: CaseState) -> str:
    return state.status
