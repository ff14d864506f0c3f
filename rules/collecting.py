"""Handing a letter over at the office: who came, what was handed in for it, and that it happens once.

Gains a letter that is never out while an old card still is; what is lost has another document instead, so that nobody
is stuck. Only what must be brought holds a letter back: one that is on paper is merely noted as fetched.
"""

from __future__ import annotations

from rules.case_event import Collected, Handed, ItemKind, Target
from rules.command import Collect, CollectedAlready, NotHandedIn, NotNow, NotYourDesk, Refusal
from rules.decision import RequiredDocument
from rules.permit import Permit
from rules.telling import Telling

AT_THE_COUNTER = frozenset({"front_office", "back_office"})


def collect(command: Collect, story: Telling, permit: Permit) -> Refusal | None:
    """Hand the letter over."""
    state, by = story.state, story.by
    if state.collected is not None:
        return CollectedAlready(state.collected.person, state.collected.at)
    if not state.awaits_collection:
        return NotNow(state.status)
    if by.agency != state.door or by.role not in AT_THE_COUNTER:
        return NotYourDesk()
    given = {one.target: one for one in command.handed if _fits(one, permit)}
    if missing := tuple(target for target in state.bring if target not in given):
        return NotHandedIn(missing)
    handed = tuple(given[target] for target in state.bring)
    story.add(Collected(command.receiver, command.identity, handed))
    return None


def brought(documents: tuple[RequiredDocument, ...]) -> tuple[Target, ...]:
    """Return each document that must be handed in, one by one where there is one for each item."""
    return tuple(
        Target(ItemKind.DOCUMENT, one.code, None if one.for_each is None else item)
        for one in documents
        for item in range(1 if one.for_each is None else one.copies)
    )


def instead_of(permit: Permit, document: str) -> tuple[str, ...]:
    """Return what may be handed in where a document is lost."""
    return next((one.instead for one in permit.requirements if one.document == document and one.at_collection), ())


def _fits(handed: Handed, permit: Permit) -> bool:
    """Tell whether what was handed in is the document itself, or one that counts instead."""
    return handed.instead is None or handed.instead in instead_of(permit, handed.target.code)
