"""Two years of an office: cases of every permit, each minute of them held by somebody, each date that of a slow oracle.

Officers work in office hours, mostly; applicants file, repair and pay at night and on holidays too; in the middle of
2025 and of 2026 more days off are decreed, and open dates move.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.reading.catalog_folder import read_catalog
from rules.case_event import (
    APPLICANT,
    SYSTEM,
    Actor,
    DeskResumed,
    DesksMoved,
    DuesSet,
    Happened,
    ItemKind,
    RepairAsked,
    RepairItem,
    RepairReason,
    SignedFile,
    StageOpened,
    Verdict,
)
from rules.case_state import REFUSAL_STAGE, AtEnd, AtStage, AwaitingPayment, CaseState, Desk, Holder, InRepair
from rules.command import (
    Approve,
    AskSignature,
    Command,
    CompleteSignature,
    EndPause,
    Expire,
    MoveDues,
    Pause,
    Pay,
    Refuse,
    ReportVisit,
    Resubmit,
    Resume,
    Return,
    Withdraw,
)
from rules.condition.decide import holds
from rules.decider import Decider
from rules.duration import Duration, Unit
from rules.holder import minutes_by_holder
from rules.kind import Facts, Value
from rules.lifecycle import Lifecycle, Outcome
from rules.permit import PauseReason
from rules.repair_list import document
from rules.words import Words
from tests.case_ledger import Ledger, Tried
from tests.case_walk import later, subjects_of
from tests.clock_oracle import MINUTE, next_open, office_time
from tests.laws_of_time import DatesExplained, courts, office
from tests.random_office import Subject, answer_of_officer
from tests.way_oracle import reviewer_of

CATALOG = Path(__file__).parent.parent / "catalog"
FIRST_DAY, LAST_DAY = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
DECREED = datetime(2025, 7, 1, 2, tzinfo=UTC)  # more days off, from then on
DATED = (DeskResumed, DuesSet, StageOpened, RepairAsked, DesksMoved)
TICKED = 200  # of so many cases one is counted minute by minute


@dataclass(frozen=True)
class Life:
    """A permit as it was released before more days off were decreed, and after."""

    before: tuple[Subject, Lifecycle]
    after: tuple[Subject, Lifecycle]


@dataclass
class Office:
    """What a simulation counts."""

    cases: int = 0
    ended: dict[str, int] = field(default_factory=dict)
    moved: int = 0
    ticked: int = 0
    dates: int = 0
    repairs: int = 0
    pauses: int = 0


class Simulated:
    """One case of the office, led to its end at a plausible pace."""

    def __init__(self, rng: random.Random, life: Life, count: Office) -> None:
        self.at = FIRST_DAY + rng.randrange((LAST_DAY - FIRST_DAY) // MINUTE) * MINUTE
        early = self.at < DECREED
        subject, lifecycle = life.before if early else life.after
        self._random, self._subject, self._lifecycle, self._count = rng, subject, lifecycle, count
        self._city, self._release = subject.city, "rilis-1" if early else "rilis-2"
        filed_on = subject.decider.day_of(self.at)
        self._form: Facts = subject.decider.facts(rng.choice(subject.applications), filed_on)
        self._officers: dict[tuple[str, int], Mapping[str, Value]] = {}
        self._ledger = Ledger(subject.permit, subject.city, lambda _: True)
        self._dates = DatesExplained(subject.decider)

    def _facts(self, state: CaseState) -> Facts:
        known = dict(self._form)
        for desk in state.desks:
            if desk.answer is not None and desk.answer.verdict is Verdict.APPROVED:
                known.update(self._officers.get(desk.key, {}))
        return known

    def lead(self) -> None:
        """Lead it from filing to end, and check what it came to."""
        begun = self._lifecycle.begin(self._release, self._facts, self.at, APPLICANT)
        self.state = begun.state
        self._noted(None, APPLICANT, begun)
        for _ in range(60):
            if isinstance(self.state.position, AtEnd):
                break
            self._next()
        assert isinstance(self.state.position, AtEnd)
        self._count.cases += 1
        self._count.ended[self.state.status] = self._count.ended.get(self.state.status, 0) + 1
        self._adds_up()

    def _next(self) -> None:
        rng, state = self._random, self.state
        match state.position:
            case AtStage(signing=str(person)):
                self._wait(rng.randrange(1, 90))
                self._do(CompleteSignature(person, (SignedFile("sk", "ab"),)), SYSTEM)
            case AtStage():
                self._at_desk(rng.choice(state.open_desks))
            case InRepair(due=due):
                self._count.repairs += 1
                if rng.random() < 0.06:
                    self._until(due + MINUTE)
                    while isinstance(self.state.position, InRepair) and self.state.position.due >= self.at:
                        self._until(self.state.position.due + MINUTE)  # it has moved meanwhile
                    self._do(Expire(), SYSTEM)
                else:
                    self._wait(min(rng.randrange(60, 20 * 24 * 60), max(1, (due - self.at) // MINUTE)))
                    self._do(Resubmit((document("ktp"),), ()), APPLICANT)
            case AwaitingPayment():
                self._wait(rng.randrange(5, 8 * 24 * 60))
                assert state.account is not None
                self._do(Pay(f"B-{state.seq}", state.account.open, self.at), SYSTEM)
            case _:
                self._do(Withdraw(), APPLICANT)

    def _at_desk(self, desk: Desk) -> None:
        rng, state, role = self._random, self.state, desk.role or "tim_teknis"
        by = Actor(f"{desk.agency}-{role}", role, desk.agency)
        self._works(desk)
        if self._runs_out(desk, by):
            return
        if desk.inspection and not desk.reported:
            self._do(ReportVisit(*desk.key), by)
            return
        what = rng.random()
        if desk.stage == REFUSAL_STAGE:
            self._do(AskSignature(desk.stage, state.rounds), by)
        elif what < 0.01:
            self._do(Withdraw(), APPLICANT)
        elif what < 0.03:
            self._do(Refuse(*desk.key, state.rounds, self._subject.permit.legal_basis[0]), by)
        elif what < 0.15 and state.rounds < self._subject.permit.repair.at_most:
            items = (RepairItem(ItemKind.DOCUMENT, "ktp", RepairReason.UNREADABLE, *desk.key),)
            if desk.looked is None or any(item.code == "ktp" for one in state.asked for item in one.items):
                self._do(Return(*desk.key, state.rounds, items), by)
        elif isinstance(state.position, AtStage) and state.position.signature:
            self._do(AskSignature(desk.stage, state.rounds), by)
        else:
            reviewer = reviewer_of(self._subject.permit, desk.key)
            facts, answers = self._facts(state), dict[str, Value]()
            for asked in () if reviewer is None else reviewer.officer_fields:
                if holds(asked.shown_when, {**facts, **answers}):
                    answers[asked.code] = answer_of_officer(rng, asked)
            self._officers[desk.key] = answers
            self._do(Approve(*desk.key, state.rounds, tuple(answers)), by)

    def _runs_out(self, desk: Desk, by: Actor) -> bool:
        """Sometimes let the stock of a desk run out, and come again, or not in time."""
        reviewer = reviewer_of(self._subject.permit, desk.key)
        if reviewer is None or not reviewer.pauses or desk.pauses or self._random.random() > 0.15:
            return False
        day = office(self._city).local(self.at).date()
        self._do(Pause(*desk.key, reviewer.pauses[0].code, day.isoformat()), by)
        paused = self.state.desk(*desk.key)
        assert paused is not None
        assert paused.paused is not None
        self._count.pauses += 1
        if self._random.random() < 0.2:
            self._until((paused.paused.until + MINUTE).replace(second=0))
            self._do(EndPause(*desk.key), SYSTEM)
        else:
            self._wait(self._random.randrange(1, 15 * 24 * 60))
            self._do(Resume(*desk.key), by)
        return True

    def _works(self, desk: Desk) -> None:
        """Let a desk take its time: mostly within it, sometimes late, mostly in office hours."""
        rng = self._random
        most = 3 * 24 * 60 if desk.due is None else max(60, (desk.due - self.at) // MINUTE)
        self._wait(int(most * rng.choice((0.05, 0.1, 0.3, 0.3, 0.5, 0.5, 0.8, 0.8, 1.0, 1.6))) + rng.randrange(60))
        if rng.random() < 0.85:
            self._until(next_open(office(self._city), self.at).astimezone(UTC))

    def _wait(self, minutes: int) -> None:
        self._until(self.at + minutes * MINUTE)

    def _until(self, moment: datetime) -> None:
        """Let time pass; the day on which more days off are decreed moves what is open then."""
        if self._release == "rilis-1" and moment >= DECREED:
            self.at = max(self.at, DECREED)
            self._do(MoveDues("rilis-2"), SYSTEM)
        self.at = max(self.at, moment)

    def _do(self, command: Command, by: Actor) -> None:
        if isinstance(command, MoveDues):
            self._city, self._release = self._subject.later, command.release
        outcome = self._lifecycle.act(command, self.state, self._facts, self.at, by, self._city)
        if isinstance(outcome, Outcome):
            self.state = outcome.state
            self._count.moved += isinstance(command, MoveDues)
            self._noted(command, by, outcome)
        else:
            assert isinstance(command, MoveDues), (command, outcome)
            stale = self._dates.stands(self.state, self._tried(command, by, outcome), self._ledger)
            assert not list(stale)

    def _tried(self, command: Command | None, by: Actor, outcome: object) -> Tried:
        form = self._form
        return Tried(
            0, self.at, by, command, outcome, None, form, form, self._facts(self.state), self._city, self._release
        )

    def _noted(self, command: Command | None, by: Actor, outcome: Outcome) -> None:
        tried = self._tried(command, by, outcome)
        for event in outcome.events:
            self._ledger.take(Happened(len(self._ledger.history) + 1, self.at, by, event), tried)
        if any(isinstance(event, DATED) for event in outcome.events):
            self._count.dates += 1
            broken = list(self._dates.stands(self.state, tried, self._ledger))
            assert not broken, (self._subject.name, broken, [happened.event for happened in self._ledger.history])

    def _adds_up(self) -> None:
        """Compare who has held it how long with all the time there was, and sometimes minute by minute."""
        hours, state, end = office(self._city), self.state, self.at
        found = minutes_by_holder(self._city, state.spans, end)
        assert sum(found.values()) == office_time(hours, state.filed_at, end) // MINUTE
        noted = {holder: time // MINUTE for holder, time in courts(self._ledger, end, hours).items()}
        assert {holder: n for holder, n in found.items() if n} == {holder: n for holder, n in noted.items() if n}
        if self._count.cases % TICKED == 0:
            self._count.ticked += 1
            assert {holder: n for holder, n in found.items() if n} == self._ticked(end)

    def _ticked(self, end: datetime) -> dict[Holder, int]:
        """Ask of each minute in whose court it was."""
        hours, found, marks = office(self._city), dict[Holder, int](), list(self._ledger.courts)
        minute, holder = hours.local(self.state.filed_at), marks[0][1]
        while minute < end:
            while marks and marks[0][0] <= minute:
                holder = marks.pop(0)[1]
            if holder is not None and any(opens <= minute < closes for opens, closes in hours.spans(minute.date())):
                found[holder] = found.get(holder, 0) + 1
            minute += MINUTE
        return found


@pytest.fixture(scope="module")
def lives() -> Iterator[list[Life]]:
    catalog, findings = read_catalog(CATALOG)
    assert catalog is not None, findings
    found = []
    for number, subject in enumerate(subjects_of(catalog.cities["kota-kupang"])):
        before = subject if number % 4 else can_run_out(subject)
        after = replace(before, decider=Decider(before.permit, before.later))
        found.append(Life((before, Lifecycle(before.decider)), (after, Lifecycle(after.decider))))
    yield found
    for life in found:
        life.before[1].close()
        life.after[1].close()


def can_run_out(subject: Subject) -> Subject:
    """Return a permit of which every desk has something that can run out; at every other one the limit of the law
    waits too."""
    permit = subject.permit
    longest = Duration(15, Unit.CALENDAR_DAY)
    stages = []
    for number, stage in enumerate(permit.stages):
        law = permit.legal_basis[0] if number % 2 else None
        pause = PauseReason("stok", Words("Blangko habis"), permit.legal_basis[0], longest, limit_stops=law)
        desks = tuple(desk if stage.outside else replace(desk, pauses=(pause,)) for desk in stage.reviewers)
        stages.append(replace(stage, reviewers=desks))
    changed = replace(permit, stages=tuple(stages))
    subject.decider.close()
    return replace(subject, decider=Decider(changed, subject.city))


def simulate(lives: list[Life], cases: int, seed: int) -> Office:
    """Lead so many cases to their end."""
    rng, count = random.Random(seed), Office()
    for number in range(cases):
        Simulated(rng, lives[number % len(lives)], count).lead()
    assert count.cases == cases
    return count


def test_every_minute_of_two_years_of_cases_is_somebodys_and_every_date_the_oracles(
    lives: list[Life],
) -> None:
    count = simulate(lives, 2_000, 2025)
    assert {"terbit", "ditolak", "dibatalkan", "kedaluwarsa"} <= count.ended.keys()
    assert count.ended["terbit"] > 1_200
    assert count.ticked == 10
    assert count.moved > 20
    assert count.repairs > 400
    assert count.pauses > 30


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_thousand_cases(seed: int, lives: list[Life]) -> None:
    simulate(lives, 10_000, seed)


def test_days_off_that_are_added_are_no_days_off_yet(lives: list[Life]) -> None:
    subject, _ = lives[0].before
    before, after = subject.city, later(subject.city)
    assert len(after.holidays) > len(before.holidays) + 30
    assert after.holidays == subject.later.holidays
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    year = timedelta(days=700)
    assert office_time(office(after), moment, moment + year) < office_time(office(before), moment, moment + year)
