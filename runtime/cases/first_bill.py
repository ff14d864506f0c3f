"""A case that is billed the moment it is filed: its way begins at a signature, and money is due before.

Gains that such a bill has its lines and its row like any other; a filing without one pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from rules.bill import Bill
from rules.case_event import APPLICANT, BillIssued
from rules.codec import written
from rules.kind import Facts
from rules.lifecycle import Outcome
from runtime import json_text
from runtime.cases.case_change import Change, Effect
from runtime.cases.case_entry import CaseKey, Entry
from runtime.cases.comes_to import entry_of
from runtime.cases.open_case import BILL, OpenCase
from runtime.cases.submission import NewSubmission, Submission
from runtime.json_text import Json
from runtime.release import PermitRelease


def first_entries(begun: Outcome) -> tuple[Entry, ...]:
    """Write the events of a filing, each bill with its lines beside it."""
    lines = iter(begun.bills)
    return tuple(
        entry_of(event, beside(next(lines)) if isinstance(event, BillIssued) else None) for event in begun.events
    )


def beside(bill: Bill) -> dict[str, Json]:
    """Return the lines of a bill as they are kept beside the event that issued it."""
    return {BILL: json_text.read(written(Bill, bill))}


def with_first_bill(
    release: PermitRelease, begun: Outcome, facts: Facts, effects: Sequence[Effect]
) -> Callable[[Connection, NewSubmission, Submission], None] | None:
    """Return what else is to be kept with the filing; None where there is no bill."""
    if not begun.bills:
        return None

    def keep(connection: Connection, new: NewSubmission, filed: Submission) -> None:
        key, city = CaseKey(new.daerah, filed.nomor), release.decider.city
        case = OpenCase(key, 0, begun.state, release, city, filed, new.answers, facts, {})
        change = Change(case, begun.state, begun.events, 1, new.filed_at, APPLICANT)
        for effect in effects:
            effect(connection, change)

    return keep
