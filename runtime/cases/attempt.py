"""One attempt to do something with a case as it was opened: decided by its lifecycle, kept in the transaction given.

Gains that it keeps all or nothing, and nothing where the case has moved on; a second try is up to `casework`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from rules.answers import typed
from rules.bill import Bill
from rules.case_event import Actor, BillIssued, Event, SignatureAsked
from rules.case_state import CaseState
from rules.city import City
from rules.command import Approve, Command, Note, Pay, Refusal, Resubmit
from rules.kind import Facts, Value
from rules.lifecycle import Outcome
from runtime.cases.case_change import Change, Effect, Kept, Once, Prepare, Said
from runtime.cases.case_entry import ChangedError, Message
from runtime.cases.comes_to import desk_rows, entry_of, projection_of
from runtime.cases.first_bill import beside
from runtime.cases.idempotency import once, remember
from runtime.cases.journal import Journal
from runtime.cases.open_case import OpenCase
from runtime.json_text import Json

SIGNATURE = "tanda_tangan"  # the outbox channel of the signing service


class RefusedError(Exception):
    """Undoes the transaction in which a command was completed that is then refused: what it had taken is free again."""

    def __init__(self, refusal: Refusal) -> None:
        """Undo because of this refusal."""
        super().__init__(type(refusal).__name__)
        self.refusal = refusal


class Cases(Protocol):
    """What an attempt has to know of where it happens."""

    @property
    def journal(self) -> Journal:
        """Return where events are kept."""

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Return what is kept with each change."""

    def now(self) -> datetime:
        """Return the moment it is."""

    def calendar_of(self, daerah: str, state: CaseState) -> City:
        """Return the city whose days off a state's dates follow."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to do something with a case as it was opened."""

    cases: Cases
    case: OpenCase
    command: Command
    by: Actor
    said: Said
    only_once: Once | None
    prepare: Prepare | None
    during: Effect | None
    calendar: City | None

    def work(self, connection: Connection) -> Kept | Refusal:
        """Decide and keep, inside a transaction."""
        key, once_key = self.case.key, self.only_once
        if once_key is not None:
            known = once(connection, key.daerah, self.by.person, once_key.key, once_key.request_hash)
            if known is not None:
                return Kept(int(known), None, again=True)
        stands = self.cases.journal.stands(connection, key)
        if stands is None or stands.seq != self.case.seq:
            raise ChangedError(key, 0 if stands is None else stands.seq)
        at = max(self.cases.now(), stands.changed_at)
        command = self.command if self.prepare is None else self.prepare(connection, self.case, self.command)
        lifecycle = self.case.permit.lifecycle
        calendar = self.calendar or self.cases.calendar_of(key.daerah, self.case.state)
        if self.case.forgotten:
            assert isinstance(command, Pay | Note)
            outcome = lifecycle.record(command, self.case.state, at, self.by)
        else:
            outcome = lifecycle.act(command, self.case.state, self._facts, at, self.by, calendar)
        if not isinstance(outcome, Outcome):
            if self.prepare is not None:
                raise RefusedError(outcome)
            return outcome
        lines = iter(outcome.bills)
        entries = tuple(
            entry_of(event, self._private(number, event, lines)) for number, event in enumerate(outcome.events)
        )
        last = self.cases.journal.append(
            connection,
            key,
            self.case.seq,
            self.by,
            at,
            entries,
            projection_of(outcome.state),
            desk_rows(outcome.state),
            messages_of(outcome.events, self.case.seq),
        )
        change = Change(self.case, outcome.state, outcome.events, self.case.seq + 1, at, self.by)
        for effect in (*self.cases.effects, *(() if self.during is None else (self.during,))):
            effect(connection, change)
        if once_key is not None:
            remember(connection, key.daerah, self.by.person, once_key.key, once_key.request_hash, str(last), at)
        return Kept(last, outcome.state, outcome.events)

    def _facts(self, state: CaseState) -> Facts:
        """Return the facts that go with a state that may be further on than what is kept."""
        case, known = self.case, dict[str, Value](self.case.facts)
        if isinstance(self.command, Resubmit) and self.said.answers and len(state.changes) > len(case.state.changes):
            known = dict(case.permit.decider.facts(self.said.answers, case.filed_on))
        approves = isinstance(self.command, Approve)
        own = typed(case.permit.permit.officer_fields, self.said.answers) if approves else {}
        return case.facts_with_officers(state, known, own)

    def _private(self, number: int, event: Event, lines: Iterator[Bill]) -> dict[str, Json] | None:
        """Return what is kept beside an event: the command's own words beside its first, a bill's lines beside its
        own."""
        kept = self.said.private() if number == 0 else {}
        if isinstance(event, BillIssued):
            kept |= beside(next(lines))
        return kept or None


def messages_of(events: Sequence[Event], seq: int) -> tuple[Message, ...]:
    """Return what is to be sent out because of events that follow event `seq`."""
    return tuple(
        Message(SIGNATURE, {"seq": number}, dedupe=None)
        for number, event in enumerate(events, seq + 1)
        if isinstance(event, SignatureAsked)
    )
