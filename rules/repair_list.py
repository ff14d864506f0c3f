"""What may be asked to be repaired, what may be changed for it, and who looks again: pure, over states and answers.

A return is one list on named questions and documents. Only those may be edited, with what the change newly asks for;
only who asked looks again, and those whose question changed; and a later round may raise only what the change caused
(catalog language, section 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from rules.case_event import ItemKind, RepairItem, Target, Verdict
from rules.case_state import CaseState, Desk
from rules.condition.tree import fields_of
from rules.permit import Permit, Reviewer


@dataclass(frozen=True, slots=True)
class Given:
    """An application as it stands: answers to its questions, and the sha256 of the files of each document. `asked` is
    all that it asks for, answered or not."""

    answers: Mapping[str, object]
    documents: Mapping[Target, tuple[str, ...]]
    asked: frozenset[Target] = frozenset()


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair changed; `beyond` is what it should have left alone."""

    changed: tuple[Target, ...]
    beyond: tuple[Target, ...]


def field(code: str) -> Target:
    """Return a question as what may be repaired."""
    return Target(ItemKind.FIELD, code)


def document(code: str, item: int | None = None) -> Target:
    """Return a document as what may be repaired."""
    return Target(ItemKind.DOCUMENT, code, item)


def compared(before: Given, after: Given, items: Iterable[RepairItem]) -> Repaired:
    """Compare what was filed with what came back.

    What appears because of the repair may be answered, and what vanishes with it may go; anything else that differs
    must stand in the list.
    """
    listed = {item.target for item in items}
    known, now = _targets(before), _targets(after)
    changed = sorted(target for target in known.keys() | now.keys() if known.get(target) != now.get(target))
    both = {target for target in changed if target in known and target in now}
    stayed = both | (set(changed) & before.asked & after.asked)
    beyond = [t for t in changed if t in stayed and not _covers(listed, t, known.get(t), now.get(t))]
    # Something new, with nothing of the list changed that could have called for it, was not asked for either.
    if not any(_covers(listed, target, known.get(target), now.get(target)) for target in changed):
        beyond = [target for target in changed if target in beyond or target not in stayed]
    return Repaired(tuple(changed), tuple(beyond))


def _covers(listed: Set[Target], target: Target, was: object, now: object) -> bool:
    """Tell whether a list asks for a change: of the whole, or of all the items of a `daftar` that differ."""
    if target in listed or _whole(target) in listed:
        return True
    items = {each.item for each in listed if each.kind is ItemKind.FIELD and each.code == target.code}
    if (
        target.kind is not ItemKind.FIELD
        or not items
        or not isinstance(was, tuple)
        or not isinstance(now, tuple)
        or len(was) != len(now)
    ):
        return False
    return all(one == other or index in items for index, (one, other) in enumerate(zip(was, now, strict=True)))


def _whole(target: Target) -> Target:
    """Return the question or document itself, whichever of its items was meant."""
    return Target(target.kind, target.code)


def _targets(given: Given) -> dict[Target, object]:
    found: dict[Target, object] = {field(code): value for code, value in given.answers.items()}
    found.update(given.documents)
    return found


def dropped(permit: Permit, state: CaseState, changed: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return the desks whose approval no longer stands: whether they are asked, or whether they must come and look,
    depends on a fact that is another now.

    `changed` holds codes of questions and of derived facts.
    """
    codes, stages = set(changed), {stage.code: stage for stage in permit.stages}
    found = []
    for desk in state.desks:
        stage = stages.get(desk.stage)
        if stage is None or desk.answer is None or desk.answer.verdict is not Verdict.APPROVED:
            continue
        if not codes.isdisjoint(asked_by(stage.reviewers[desk.place])):
            found.append(desk.key)
    return tuple(found)


def asked_by(reviewer: Reviewer) -> frozenset[str]:
    """Return the facts that decide whether a desk is asked, and whether it must come and look."""
    rows = () if reviewer.inspection is None else reviewer.inspection.rows
    return frozenset(code for when in (reviewer.when, *(row.when for row in rows)) for code in fields_of(when))


def announced_anew(permit: Permit, state: CaseState, changed: Iterable[str]) -> tuple[str, ...]:
    """Return the stages whose public notice is over and told people something that is another now."""
    codes = set(changed)
    return tuple(
        stage.code for stage in permit.stages if stage.code in state.noticed and not codes.isdisjoint(stage.announced)
    )


def raisable(state: CaseState, desk: Desk) -> frozenset[Target] | None:
    """Return what a desk may still ask to be repaired; None is everything, at its first look.

    Later: what it asked for before, what was sent back to its stage, and what changed since it last looked.
    """
    if desk.looked is None:
        return None
    own = {
        item.target
        for one in state.asked
        for item in one.items
        if (item.stage, item.place) == desk.key or one.to == desk.stage
    }
    since = {target for change in state.changes if change.round > desk.looked for target in change.targets}
    return frozenset(own | since)


def refused_items(state: CaseState, desk: Desk, items: Iterable[RepairItem]) -> tuple[Target, ...]:
    """Return those of the items that a desk may no longer raise."""
    may = raisable(state, desk)
    if may is None:
        return ()
    return tuple(item.target for item in items if item.target not in may and _whole(item.target) not in may)
