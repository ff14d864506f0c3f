"""The way of a case, walked anew from where it begins whenever something has changed.

At each stage those asked who have not approved the file as it is now look at it; where all have, the way goes on. So a
repair sends the file to who asked, to who is newly asked, and to whom the change concerns, and to nobody else; and no
permit is issued past a desk that has not approved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from rules.case_event import Again, Verdict
from rules.case_state import REFUSAL_STAGE, CaseState
from rules.case_state import Desk as KnownDesk
from rules.conclusion import Conclusions
from rules.decider import Decider
from rules.decision import Because, Desk
from rules.duration import Duration
from rules.kind import Facts
from rules.objecting import asks_desks
from rules.permit import Stage
from rules.product_way import ends_in_permit, still_to_send
from rules.transition import NotAllowed, Step, Transitions, Undecided
from rules.words import Words

Promises = tuple[tuple[str, Duration], ...]  # how long each product of its own promise is promised to take
SIGNATORY = "kepala"
_LETTER = Words("Surat penolakan", "Letter of refusal")


@dataclass(frozen=True, slots=True)
class Look:
    """A desk that has to look, and why it looks again if it does."""

    place: int
    desk: Desk
    again: Again | None


@dataclass(frozen=True, slots=True)
class ToStage:
    """The file is at this stage; approvals at the places `kept` stand. `before_issue`: something is signed here on the
    way to being issued, so that money that is due before must have come."""

    stage: Stage
    looks: tuple[Look, ...]
    kept: tuple[int, ...]
    promised: Duration | None
    before_issue: bool
    products: Promises = ()


@dataclass(frozen=True, slots=True)
class ToEnd:
    """The way is at its end."""

    status: str
    promised: Duration | None
    products: Promises = ()


Way = ToStage | ToEnd | Undecided


def way(
    decider: Decider, transitions: Transitions, state: CaseState, facts: Facts, concluded: Conclusions | None = None
) -> Way:
    """Walk from the beginning to the first stage where somebody has to look, or to the end; `concluded` is what the
    rules say of these facts, where it is known."""
    concluded = concluded or decider.concluded(facts)
    if concluded.manual is not None:
        return Undecided(concluded.manual)
    held, promised = concluded.held, decider.promised(concluded.held)
    promises = decider.product_promises(held)
    code = state.root
    for _ in range(len(decider.permit.stages) + 1):
        if code == REFUSAL_STAGE:
            return _letter(state, promised, promises, transitions, facts)
        stage = decider.stage(code)
        if stage.end is not None:
            return ToEnd(stage.end, promised, promises)
        asked = decider.desks(code, held, facts) if asks_desks(state, stage) else ()
        looks, kept = _looks(state, stage, asked)
        if stage.signature and any(one.stage == code for one in state.sent_out):
            unsent = still_to_send(decider, state, code, held, facts)
            looks, kept = (tuple(Look(place, desk, Again.NEWLY) for place, desk in asked), ()) if unsent else ((), kept)
        if looks or (stage.notice is not None and code not in state.noticed):
            before_issue = stage.signature and ends_in_permit(decider, transitions, code, held, facts)
            return ToStage(stage, looks, kept, promised, before_issue, promises)
        target = transitions.target(code, Step.APPROVE, facts)
        match target:
            case Undecided():
                return target
            case NotAllowed():
                return Undecided(f"no way on from {code}")
            case str():
                code = target
            case _:
                assert_never(target)
    return Undecided(f"the stages run in a circle at {code}")


def _letter(
    state: CaseState, promised: Duration | None, promises: Promises, transitions: Transitions, facts: Facts
) -> Way:
    """Go to the letter of refusal, and past it once it is signed."""
    known = state.desk(REFUSAL_STAGE, 0)
    if known is not None and known.answer is not None and known.answer.verdict is Verdict.APPROVED:
        target = transitions.target(REFUSAL_STAGE, Step.APPROVE, facts)
        return (
            ToEnd(target[1:], promised, promises)
            if isinstance(target, str)
            else Undecided("no way on from the refusal")
        )
    signatory = Desk(state.door, SIGNATORY, _LETTER, None, False, Because(REFUSAL_STAGE, None))
    look = Look(0, signatory, None)
    return ToStage(Stage(REFUSAL_STAGE, _LETTER, signature=True), (look,), (), promised, False, promises)


def _looks(
    state: CaseState, stage: Stage, asked: tuple[tuple[int, Desk], ...]
) -> tuple[tuple[Look, ...], tuple[int, ...]]:
    looks, kept = [], []
    for place, desk in asked:
        known = state.desk(stage.code, place)
        if known is not None and known.answer is not None and known.answer.verdict is Verdict.APPROVED:
            kept.append(place)
        else:
            looks.append(Look(place, desk, _again(state, stage.code, known)))
    return tuple(looks), tuple(kept)


def _again(state: CaseState, stage: str, known: KnownDesk | None) -> Again | None:
    """Say why a desk looks again: it asked, its question changed, or the repair newly asks for it."""
    if known is None:
        return Again.NEWLY if any(desk.stage == stage for desk in state.desks) else None
    asked = {(item.stage, item.place) for one in state.asked for item in one.items if one.round == state.rounds}
    return Again.ASKED if known.key in asked else Again.QUESTION_CHANGED
