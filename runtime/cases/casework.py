"""The one way in which anything happens to a case: opened, decided by its lifecycle, kept in one transaction.

    opened -> command -> lifecycle -> {request, compare-and-set, events, projection, desks, effects, messages} -> commit

Gains that two officers, two tabs, a retry and a crash give one decision: who comes second is told what was found, and
keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from rules.case_event import SYSTEM, Actor, Happened
from rules.case_state import CaseState
from rules.city import City
from rules.command import Command, Note, Pay, Refusal
from runtime.cases.attempt import Attempt, RefusedError
from runtime.cases.case_change import Effect, Kept, Moves, Once, Prepare, Said
from runtime.cases.case_entry import CaseKey, ChangedError
from runtime.cases.comes_to import happened_of, state_of
from runtime.cases.crash_point import reached
from runtime.cases.journal import Journal
from runtime.cases.open_case import ANSWERS, OpenCase, ReleaseGoneError
from runtime.cases.store import Store
from runtime.cases.store_fault import StoreUnavailableError
from runtime.cases.submission import Submission
from runtime.release import BrokenReleaseError, CityRelease, PermitRelease

MOST_TRIES = 5
ANSWERED = ("Resubmitted", "Moved")  # events beside which an applicant's answers are kept whole

FindCity = Callable[[str, str], CityRelease | None]  # a release's digest and a city's code


class NoSuchCaseError(LookupError):
    """There is no such case, or its person was forgotten and nobody can open it any more."""


class Casework:
    """The cases of one store, with the releases they were filed under."""

    def __init__(
        self,
        store: Store,
        find_city: FindCity,
        effects: Sequence[Effect] = (),
        served: Callable[[str], CityRelease | None] = lambda _: None,
    ) -> None:
        """Work on these cases; `effects` keep something of their own with each change; `served` is a city as it is
        served now."""
        self._served = served
        self._store = store
        self._journal: Journal = store.journal
        self._find_city = find_city
        self._effects = tuple(effects)
        self.halted = False  # the clock can not be believed: nothing happens to cases until it can

    def open(self, daerah: str, nomor: str) -> OpenCase | None:
        """Open a case, None where there is none; the caller has made sure that it may be seen. ReleaseGoneError."""
        return self._store.database.read(lambda connection: self._open(connection, CaseKey(daerah, nomor)))

    def forgotten(self, daerah: str, nomor: str) -> OpenCase | None:
        """Open a case whose person was forgotten, for its money: without anything that was typed, None where there is
        none. ReleaseGoneError."""
        return self._store.database.read(lambda read: self._forgotten(read, CaseKey(daerah, nomor)))

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
            repaired = private.get(stored.seq, {}).get(ANSWERS) if stored.kind in ANSWERED else None
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

        def attempt(case: OpenCase) -> Attempt:
            return Attempt(self, case, command, by, said or Said(), only_once, prepare, during, calendar)

        nothing_said = not (said or Said()).private()
        money = isinstance(command, Pay | Note) and nothing_said
        return await self._kept(daerah, nomor, attempt, forgotten=money)

    async def move(self, daerah: str, nomor: str, how: Moves, during: Effect | None = None) -> Kept | Refusal:
        """Let a case follow another version; `how` returns it as it is there, with the command, or why it stays."""

        def attempt(case: OpenCase) -> Attempt | Refusal:
            found = how(case)
            if not isinstance(found, tuple):
                return found
            under, command, said = found
            return Attempt(self, under, command, SYSTEM, said, None, None, during, None)

        return await self._kept(daerah, nomor, attempt)

    async def _kept(
        self, daerah: str, nomor: str, attempt_on: Callable[[OpenCase], Attempt | Refusal], forgotten: bool = False
    ) -> Kept | Refusal:
        """Open a case, try, and open it anew where somebody was faster."""
        if self.halted:
            raise StoreUnavailableError("the clock of this process is not that of the database")
        for attempt in range(MOST_TRIES):
            case = self.open(daerah, nomor)
            if case is None and forgotten:  # money comes in for whoever was forgotten, too
                case = self.forgotten(daerah, nomor)
            if case is None:
                raise NoSuchCaseError(nomor)
            one = attempt_on(case)
            if not isinstance(one, Attempt):
                return one
            reached("before-begin")
            try:
                return await self._store.database.write(one.work)
            except RefusedError as undone:
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

    def zone(self, daerah: str) -> str:
        """Return the time zone of a city, also where a case's own release is gone."""
        found = self._served(daerah)
        return "UTC" if found is None else found.city.zone

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
