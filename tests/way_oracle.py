"""The way of a file, walked by the catalog as it is written and the reference of its conditions: without the engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rules.case_event import Verdict
from rules.case_state import REFUSAL_STAGE
from rules.condition.decide import holds
from rules.condition.tree import fields_of
from rules.kind import Facts
from rules.permit import Permit, Reviewer, Stage
from rules.table import Table

T = TypeVar("T")
Key = tuple[str, int]


@dataclass(frozen=True)
class There:
    """Where a file should be: at a stage with who must look, or at the end `status`."""

    stage: str | None
    looks: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    status: str | None = None


def should_be(
    permit: Permit,
    root: str,
    stands: Mapping[Key, Verdict],
    noticed: set[str],
    facts: Facts,
    objected: Collection[str] = (),
    sent: Mapping[str, set[str]] | None = None,
) -> There | None:
    """Walk the catalog's way from its beginning, past every desk whose approval stands; None where it does not say.
    `sent` are the products that went out of each stage: where all did nobody signs again, where one is new all do."""
    stages = {stage.code: stage for stage in permit.stages}
    code = root
    for _ in range(len(stages) + 2):
        if code == REFUSAL_STAGE:
            signed = stands.get((REFUSAL_STAGE, 0)) is Verdict.APPROVED
            return There(None, status="ditolak") if signed else There(REFUSAL_STAGE, frozenset({0}))
        stage = stages[code]
        if stage.end is not None:
            return There(None, status=stage.end)
        asked = {place for place, reviewer in enumerate(stage.reviewers) if holds(reviewer.when, facts)}
        if stage.objections and (code not in noticed or code not in objected):
            asked = set()  # nobody has anything to answer
        kept = frozenset(place for place in asked if stands.get((code, place)) is Verdict.APPROVED)
        if stage.signature and (gone := (sent or {}).get(code)):
            due = {product.code for product in permit.products if product.stage == code and holds(product.when, facts)}
            kept = frozenset(asked) if due <= gone else frozenset()
        if kept != asked or (stage.notice is not None and code not in noticed):
            return There(code, frozenset(asked) - kept, kept)
        following = onward(stage, facts)
        if following is None:
            return None
        code = following
    return None


def onward(stage: Stage, facts: Facts) -> str | None:
    """Return where an approval leads, None unless exactly one row says so."""
    assert stage.approved is not None
    return chosen(stage.approved, facts)


def chosen(table: Table[T], facts: Facts) -> T | None:
    """Return what the one row of a table says that counts, None where none or several do."""
    rows = [row.value for row in table.rows if not row.otherwise and holds(row.when, facts)]
    rows = rows or [row.value for row in table.rows if row.otherwise]
    return rows[0] if len(rows) == 1 else None


def reviewer_of(permit: Permit, key: Key) -> Reviewer | None:
    """Return the desk of the catalog, None for the letter of refusal."""
    stage = next((stage for stage in permit.stages if stage.code == key[0]), None)
    return None if stage is None else stage.reviewers[key[1]]


def leads_to_issue(permit: Permit, code: str, facts: Facts) -> bool:
    """Tell whether approvals lead from a stage to the permit, or may."""
    stages = {stage.code: stage for stage in permit.stages}
    for _ in stages:
        if code == REFUSAL_STAGE:
            return False
        if (end := stages[code].end) is not None:
            return end == "terbit"
        following = onward(stages[code], facts)
        if following is None:
            return True
        code = following
    return True


def last_signature(permit: Permit, code: str, facts: Facts) -> bool:
    """Tell whether nothing is signed after a stage on the way to the permit."""
    if not leads_to_issue(permit, code, facts):
        return False
    if all(product.stage is None for product in permit.products):
        return True
    stages, waiting = {stage.code: stage for stage in permit.stages}, [code]
    while waiting:
        here = stages[waiting.pop()]
        following = None if here.approved is None else onward(here, facts)
        rows = () if here.approved is None else here.approved.rows
        ways = [following] if following is not None else [row.value for row in rows]
        for way in ways:
            if way == REFUSAL_STAGE:
                continue
            undecided = following is None
            asked = undecided or any(holds(reviewer.when, facts) for reviewer in stages[way].reviewers)
            if stages[way].signature and asked:
                return False
            waiting.append(way)
    return True


def differing(before: Facts, after: Facts) -> set[str]:
    """Return the names of the facts that are another."""
    return {code for code in before.keys() | after.keys() if before.get(code) != after.get(code)}


def when_of(permit: Permit, key: Key) -> set[str] | None:
    """Return the facts that decide whether a desk is asked, and whether it visits the place."""
    reviewer = reviewer_of(permit, key)
    if reviewer is None:
        return None
    visits = () if reviewer.inspection is None else reviewer.inspection.rows
    return {code for when in (reviewer.when, *(row.when for row in visits)) for code in fields_of(when)}
