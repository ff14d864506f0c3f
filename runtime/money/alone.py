"""Money for a case whose rules nobody can read any more, as its release is gone: recorded from the case's state, with
its bill and the book, in one transaction. Where the case waited for it, it is put before people.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from rules.case_event import SYSTEM, Happened
from rules.case_fold import after
from rules.command import NotNow, Pay, Refusal
from rules.settling import recorded_alone
from runtime.cases.case_change import Kept, Once
from runtime.cases.case_entry import CaseKey
from runtime.cases.casework import Casework
from runtime.cases.comes_to import desk_rows, entry_of, projection_of, state_of
from runtime.cases.idempotency import once, remember
from runtime.money.book import Told, enter


def record_alone(
    connection: Connection, casework: Casework, key: CaseKey, command: Pay, only_once: Once, now: datetime
) -> Kept | Refusal:
    """Record a payment, inside a transaction."""
    known = once(connection, key.daerah, SYSTEM.person, only_once.key, only_once.request_hash)
    if known is not None:
        return Kept(int(known), None, again=True)
    row = casework.journal.stands(connection, key)
    if row is None:
        return NotNow("")
    state, at = state_of(row.projection), max(now, row.changed_at)
    events = recorded_alone(command, state, at, SYSTEM)
    if not isinstance(events, tuple):
        return events
    for event in events:
        state = after(state, Happened(state.seq + 1, at, SYSTEM, event))
    entries = tuple(entry_of(event, None) for event in events)
    last = casework.journal.append(
        connection, key, row.seq, SYSTEM, at, entries, projection_of(state), desk_rows(state), ()
    )
    zone = casework.zone(key.daerah)
    enter(connection, Told(key.daerah, key.nomor, zone, at, row.seq + 1, events, lambda collector: collector or ""))
    remember(connection, key.daerah, SYSTEM.person, only_once.key, only_once.request_hash, str(last), at)
    return Kept(last, state, events)
