"""What may be asked to be repaired, what may be changed for it, and who looks again: pure, over states and answers.

A return is one list on named questions and documents. Only those may be edited, with what the change newly asks for;
only who asked looks again, and those whose question changed; and a later round may raise only what the change caused
(catalog language, section 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.case_event import ItemKind, RepairItem, Target, Verdict
from rules.case_state import CaseState, Desk
from rules.condition.tree import fields_of
from rules.permit import Permit


@dataclass(frozen=True, slots=True)
class Given:
    """An application as it stands: answers to its questions, and the sha256 of the files of each document."""

    answers: Mapping[str, object]
    documents: Mapping[Target, tuple[str, ...]]


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
    asked = {item.target for item in items}
    known, now = _targets(before), _targets(after)
    changed = sorted(target for target in known.keys() | now.keys() if known.get(target) != now.get(target))
    kept = {target for target in changed if target in known and target in now}
    listed = {(target.kind, target.code) for target in asked}
    beyond = tuple(t for t in sorted(kept) if t not in asked and not _whole_document(t, asked))
    # Something new, with nothing of the list changed that could have called for it, was not asked for either.
    if not any((target.kind, target.code) in listed for target in changed):
        beyond = (*beyond, *(t for t in changed if t not in kept))
    return Repaired(tuple(changed), beyond)


def _whole_document(target: Target, asked: set[Target]) -> bool:
    """Tell whether a document was asked for without saying for which item."""
    return target.kind is ItemKind.DOCUMENT and Target(ItemKind.DOCUMENT, target.code) in asked


def _targets(given: Given) -> dict[Target, object]:
    found: dict[Target, object] = {field(code): value for code, value in given.answers.items()}
    found.update(given.documents)
    return found


def dropped(permit: Permit, state: CaseState, changed: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return the desks whose approval no longer stands: their `bila` reads a fact that is another now.

    `changed` holds codes of questions and of derived facts.
    """
    codes, stages = set(changed), {stage.code: stage for stage in permit.stages}
    found = []
    for desk in state.desks:
        stage = stages.get(desk.stage)
        if stage is None or desk.answer is None or desk.answer.verdict is not Verdict.APPROVED:
            continue
        if not codes.isdisjoint(fields_of(stage.reviewers[desk.place].when)):
            found.append(desk.key)
    return tuple(found)


def raisable(state: CaseState, desk: Desk) -> frozenset[Target] | None:
    """Return what a desk may still ask to be repaired; None is everything, at its first look.

    Later: what it asked for before, and what changed since it last looked.
    """
    if desk.looked is None:
        return None
    own = {item.target for one in state.asked for item in one.items if (item.stage, item.place) == desk.key}
    since = {target for change in state.changes if change.round > desk.looked for target in change.targets}
    return frozenset(own | since)


def refused_items(state: CaseState, desk: Desk, items: Iterable[RepairItem]) -> tuple[Target, ...]:
    """Return those of the items that a desk may no longer raise."""
    may = raisable(state, desk)
    if may is None:
        return ()
    return tuple(item.target for item in items if item.target not in may and not _whole_document(item.target, set(may)))
