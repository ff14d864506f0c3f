"""The one way in which anything happens to a case: opened, decided by its lifecycle, kept in one transaction.

    opened -> command -> lifecycle -> {request, compare-and-set, events, projection, desks, effects, messages} -> commit

Gains that two officers, two tabs, a retry and a crash give one decision: who comes second is told what was found, and
keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from rules.answers import typed
from rules.bill import Bill
from rules.case_event import Actor, BillIssued, Event, Happened, SignatureAsked
from rules.case_state import CaseState
from rules.city import City
from rules.codec import written
from rules.command import Approve, Command, Pay, Refusal, Resubmit
from rules.kind import Facts, Value
from rules.lifecycle import Outcome
from runtime import json_text
from runtime.cases.case_entry import CaseKey, ChangedError, Message
from runtime.cases.comes_to import desk_rows, entry_of, happened_of, projection_of, state_of
from runtime.cases.crash_point import reached
from runtime.cases.idempotency import once, remember
from runtime.cases.journal import Journal
from runtime.cases.open_case import ANSWERS, BILL, NOTE, OpenCase, ReleaseGoneError
from runtime.cases.store import Store
from runtime.cases.store_fault import StoreUnavailableError
from runtime.cases.submission import Submission
from runtime.json_text import Json
from runtime.release import BrokenReleaseError, CityRelease, PermitRelease

MOST_TRIES = 5
SIGNATURE = "tanda_tangan"  # the outbox channel of the signing service

FindCity = Callable[[str, str], CityRelease | None]  # a release's digest and a city's code


class _RefusedError(Exception):
    """Undoes the transaction in which a command was completed that is then refused: what it had taken is free again."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(type(refusal).__name__)
        self.refusal = refusal


class NoSuchCaseError(LookupError):
    """There is no such case, or its person was forgotten and nobody can open it any more."""


@dataclass(frozen=True, slots=True)
class Said:
    """What goes with a command and is personal: words, an officer's answers, or an applicant's repaired answers."""

    note: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    more: Mapping[str, Json] = field(default_factory=dict)

    def private(self) -> dict[str, Json]:
        """Return it as it is kept beside the event."""
        kept: dict[str, Json] = dict(self.more)
        if self.note:
            kept[NOTE] = self.note
        if self.answers:
            kept[ANSWERS] = json_text.read(json_text.write(self.answers))
        return kept


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: the case after it. `again`: it had been done before, under the same key."""

    seq: int
    state: CaseState | None
    events: tuple[Event, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """A key that makes a request happen once, and the hash that tells a retry from another request."""

    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is about to be kept, for those who keep something of their own in the same transaction."""

    case: OpenCase
    state: CaseState
    events: tuple[Event, ...]
    first_seq: int
    at: datetime
    by: Actor
    bill: Bill | None


Effect = Callable[[Connection, Change], None]
Prepare = Callable[[Connection, OpenCase, Command], Command]


class Casework:
    """The cases of one store, with the releases they were filed under."""

    def __init__(self, store: Store, find_city: FindCity, effects: Sequence[Effect] = ()) -> None:
        """Work on these cases; `effects` keep something of their own with each change."""
        self._store = store
        self._journal: Journal = store.journal
        self._find_city = find_city
        self._effects = tuple(effects)
        self.halted = False  # the clock can not be believed: nothing happens to cases until it can

    def open(self, daerah: str, nomor: str) -> OpenCase | None:
        """Open a case, None where there is none; the caller has made sure that it may be seen. ReleaseGoneError."""
        return self._store.database.read(lambda connection: self._open(connection, CaseKey(daerah, nomor)))

    def _forgotten(self, connection: Connection, key: CaseKey) -> OpenCase | None:
        """Open a case whose person was forgotten, without anything that was typed; None where there is none."""
        row = self._journal.stands(connection, key)
        if row is None:
            return None
        state = state_of(row.projection)
        permit, city = self._rules_of(key, state)
        what = key.daerah, key.nomor, state.permit, state.version, state.release
        blank = Submission(*what, {}, {}, {}, state.filed_at, ())
        return OpenCase(key, row.seq, state, permit, city, blank, {}, {}, {}, forgotten=True)

    def _rules_of(self, key: CaseKey, state: CaseState) -> tuple[PermitRelease, City]:
        """Return the permit of a case and its city as they were when it was filed."""
        try:
            city = self._find_city(state.release, key.daerah)
        except BrokenReleaseError as problem:
            raise ReleaseGoneError(key, state) from problem
        permit = None if city is None else city.version(state.permit, state.version)
        if city is None or permit is None:
            raise ReleaseGoneError(key, state)
        return permit, city.city

    def _open(self, connection: Connection, key: CaseKey) -> OpenCase | None:
        """Open a case on one connection: all as it was when it stood where it stands, whatever is added meanwhile."""
        daerah, nomor = key.daerah, key.nomor
        row = self._journal.stands(connection, key)
        submission = self._store.submissions.found(connection, daerah, nomor)
        if row is None or submission is None:
            return None
        state = state_of(row.projection)
        permit, city = self._rules_of(key, state)
        happened, private = self._journal.whole(connection, key, row)
        answers: Mapping[str, object] = submission.answers
        for stored in happened:
            repaired = private.get(stored.seq, {}).get(ANSWERS) if stored.kind == "Resubmitted" else None
            answers = repaired if isinstance(repaired, dict) else answers
        filed_on = permit.decider.day_of(state.filed_at)
        facts = permit.decider.facts(answers, filed_on)
        return OpenCase(key, row.seq, state, permit, city, submission, answers, facts, private)

    async def act(
        self,
        daerah: str,
        nomor: str,
        command: Command,
        by: Actor,
        said: Said | None = None,
        *,
        only_once: Once | None = None,
        prepare: Prepare | None = None,
        during: Effect | None = None,
        calendar: City | None = None,
    ) -> Kept | Refusal:
        """Do something with a case and answer after the commit; a Refusal says why it can not be done.

        `prepare` completes the command inside the transaction (numbers that leave no gap), `during` keeps something
        more in it. KeyReusedError where the key of `only_once` belongs to another request; NoSuchCaseError.
        """
        if self.halted:
            raise StoreUnavailableError("the clock of this process is not that of the database")
        for attempt in range(MOST_TRIES):
            case = self.open(daerah, nomor)
            if case is None and isinstance(command, Pay):  # money comes in for whoever was forgotten, too
                case = self._store.database.read(lambda read: self._forgotten(read, CaseKey(daerah, nomor)))
            if case is None:
                raise NoSuchCaseError(nomor)
            one = _Attempt(self, case, command, by, said or Said(), only_once, prepare, during, calendar)
            reached("before-begin")
            try:
                return await self._store.database.write(one.work)
            except _RefusedError as undone:
                return undone.refusal
            except ChangedError:
                if attempt + 1 == MOST_TRIES:
                    raise
        raise AssertionError("unreachable")

    def state(self, daerah: str, nomor: str) -> CaseState | None:
        """Return the state of a case, without opening it."""
        row = self._journal.case(daerah, nomor)
        return None if row is None else state_of(row.projection)

    def city(self, release: str, daerah: str) -> City | None:
        """Return a city as it is in a release, None where that is gone."""
        try:
            found = self._find_city(release, daerah)
        except BrokenReleaseError:
            return None
        return None if found is None else found.city

    def calendar_of(self, daerah: str, state: CaseState) -> City:
        """Return the city whose days off a state's dates follow: as it was when they were last moved."""
        city = self.city(state.calendar, daerah)
        if city is None:
            raise LookupError(f"release {state.calendar}, whose calendar a case follows, is gone")
        return city

    def history(self, daerah: str, nomor: str) -> tuple[Happened, ...]:
        """Return what has happened to a case."""
        return tuple(happened_of(stored) for stored in self._journal.events(daerah, nomor))

    @property
    def journal(self) -> Journal:
        """Return where events are kept."""
        return self._journal

    @property
    def effects(self) -> tuple[Effect, ...]:
        """Return what is kept with each change."""
        return self._effects

    def now(self) -> datetime:
        """Return the moment it is."""
        return self._store.clock()


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One attempt to do something with a case as it was opened."""

    casework: Casework
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
        stands = self.casework.journal.stands(connection, key)
        if stands is None or stands.seq != self.case.seq:
            raise ChangedError(key, 0 if stands is None else stands.seq)
        at = max(self.casework.now(), stands.changed_at)
        command = self.command if self.prepare is None else self.prepare(connection, self.case, self.command)
        lifecycle = self.case.permit.lifecycle
        calendar = self.calendar or self.casework.calendar_of(key.daerah, self.case.state)
        if self.case.forgotten:
            assert isinstance(command, Pay)
            outcome = lifecycle.record(command, self.case.state, at, self.by)
        else:
            outcome = lifecycle.act(command, self.case.state, self._facts, at, self.by, calendar)
        if not isinstance(outcome, Outcome):
            if self.prepare is not None:
                raise _RefusedError(outcome)
            return outcome
        bill = outcome.bill
        entries = tuple(
            entry_of(event, self._private(number, event, bill)) for number, event in enumerate(outcome.events)
        )
        last = self.casework.journal.append(
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
        change = Change(self.case, outcome.state, outcome.events, self.case.seq + 1, at, self.by, bill)
        for effect in (*self.casework.effects, *(() if self.during is None else (self.during,))):
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

    def _private(self, number: int, event: Event, bill: Bill | None) -> dict[str, Json] | None:
        """Return what is kept beside an event: the command's own words beside its first."""
        kept = self.said.private() if number == 0 else {}
        if isinstance(event, BillIssued) and bill is not None:
            kept[BILL] = json_text.read(written(Bill, bill))
        return kept or None


def messages_of(events: Sequence[Event], seq: int) -> tuple[Message, ...]:
    """Return what is to be sent out because of events that follow event `seq`."""
    return tuple(
        Message(SIGNATURE, {"seq": number}, dedupe=None)
        for number, event in enumerate(events, seq + 1)
        if isinstance(event, SignatureAsked)
    )
