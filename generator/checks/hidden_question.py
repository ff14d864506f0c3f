"""Questions that no application is ever shown, so that nothing is said of what only follows from that."""

from __future__ import annotations

from collections.abc import Iterable

from generator.proof.application import View
from generator.proof.trial import AT_ONCE, Trial, trial
from rules.condition.tree import Always, Condition, fields_of
from rules.field import Field
from rules.memo import remembered
from rules.permit import Permit


def _never_shown(permit: Permit) -> frozenset[str]:
    """Return the questions of the form, and of the items of its lists (`daftar.isian`), that are never shown."""
    proof = trial(permit)
    if not proof.sound:
        return frozenset()
    offered = proof.application.offered
    found = {field.code for field in _never(proof, permit.fields, offered)}
    for code, items in proof.application.items.items():
        if code not in found:
            found |= {f"{code}.{item.code}" for item in _never(proof, items.any_one.fields, offered.of_item(items))}
    return frozenset(found)


never_shown = remembered(_never_shown, most=AT_ONCE)


def _never(proof: Trial, fields: Iterable[Field], view: View) -> Iterable[Field]:
    for field in fields:
        if not isinstance(field.shown_when, Always) and not proof.possible(view, view.holds(field.shown_when)):
            yield field


def reads_hidden(permit: Permit, condition: Condition, items: str | None = None) -> bool:
    """Tell whether a condition reads a question that is never shown."""
    hidden = never_shown(permit)
    return any(code in hidden or f"{items}.{code}" in hidden for code in fields_of(condition))
