"""Answers settled into facts: typed, hidden questions removed in the order in which they depend on each other, and
every derived fact computed from what is left.

A question may be shown by a derived fact, which is itself computed from questions; so the order follows both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rules.answers import prune, typed
from rules.condition.tree import fields_of
from rules.derived import with_derived
from rules.kind import Facts, Value
from rules.memo import remembered
from rules.permit import Permit


def settled(permit: Permit, raw: Mapping[str, object], filed_on: date) -> Facts:
    """Return the facts of an application from its answers as JSON values."""
    if len(permit.applications) == 1:
        raw = {"permohonan": permit.applications[0].code, **raw}  # not asked where there is only one
    answers = typed(permit.fields, raw)
    codes, shown_by_derived = _derived_codes(permit)
    facts, known, before = answers, dict[str, Value](), dict[str, Value]()
    # Each round settles at least one more question that a derived fact shows, from the bottom of the order upwards.
    for _ in range(shown_by_derived + 2):
        left = prune(permit.fields, {**answers, **known})
        asked = {code: value for code, value in left.items() if code not in codes}
        if known and asked == before:
            break
        facts, before = with_derived(permit, asked, filed_on), asked
        known = {code: value for code, value in facts.items() if code in codes}
        if not shown_by_derived:
            break
    return facts


@remembered
def _derived_codes(permit: Permit) -> tuple[frozenset[str], int]:
    """Return the codes of the derived facts, and how many questions they show."""
    codes = frozenset(derived.code for derived in permit.derived)
    return codes, sum(1 for field in permit.fields if not codes.isdisjoint(fields_of(field.shown_when)))
