"""A random walk through the lives of cases, with the laws watching.

Everything follows from the seed. A step is one thing that is done with a case, or tried; a case is left a little after
its end, and another one filed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from generator.model import CityCatalog
from rules.case_event import APPLICANT, SYSTEM, Actor, ItemKind, RepairItem, RepairReason, Verdict
from rules.case_fold import ImpossibleEventError
from rules.case_state import CaseState, InRepair
from rules.city import City, Holiday
from rules.command import (
    Approve,
    AskSignature,
    Command,
    CompleteSignature,
    EndNotice,
    Expire,
    FailSignature,
    Move,
    MoveDues,
    Pay,
    Refuse,
    Resubmit,
    Return,
    Revoke,
    SeeLimit,
    Waive,
    Withdraw,
)
from rules.decider import Decider
from rules.engine import Chunk, NothingError, RuleBook
from rules.kind import Facts, Value
from rules.lifecycle import Lifecycle, Outcome
from rules.permit import Moving, Stage
from rules.repair_list import document
from rules.transition import transition_fields, transition_rules
from rules.version_change import moved
from rules.words import Words
from tests.case_laws import Broken, Watch
from tests.case_ledger import Tried
from tests.random_office import DOCUMENTS, Deed, RandomOffice, Sight, Subject
from tests.random_repair import RandomRepair, Written, repaired

ONCE = (
    Approve, Return, Refuse, Resubmit, Withdraw, Expire, EndNotice, Pay, Waive, AskSignature, CompleteSignature,
    FailSignature, Revoke, MoveDues, SeeLimit,
)  # fmt: skip
NEW_DAYS_OFF = tuple((date(2025, 1, 8) + timedelta(days=11 * n)).isoformat() for n in range(60))
GAPS = {3: 10, 70: 40, 420: 20, 2_900: 18, 13_000: 10, 90_000: 2}  # minutes at most, and how often

MakeLifecycle = Callable[[Decider], Lifecycle]


class Flaky(Chunk):
    """An engine that fails while it is told to."""

    down = False

    def run(self, numbers: Mapping[str, int]) -> Sequence[str]:
        """Match, or fail."""
        if Flaky.down:
            raise NothingError("down")
        return super().run(numbers)


def later(city: City) -> City:
    """Return a city in which days off were added under way."""
    known = {holiday.date for holiday in city.holidays}
    added = tuple(
        Holiday(day, Words("Cuti bersama tambahan"), "cuti_bersama", "SKB 2/2026", "2025-04-01")
        for day in NEW_DAYS_OFF
        if day not in known
    )
    return replace(city, holidays=tuple(sorted((*city.holidays, *added), key=lambda one: one.date)))


def moving(subject: Subject) -> Subject:
    """Return a subject whose cases may be filed under a version before: a stage had another name, the desks of a stage
    stood in another order, and more time was promised."""
    permit = subject.permit
    renamed = next((one.code for one in permit.stages[1:] if one.reviewers and one.end is None), None)
    if renamed is None:
        return subject
    old = f"{renamed}_lama"

    def name(code: str | None) -> str | None:
        return old if code == renamed else code

    def before(stage: Stage) -> Stage:
        rows = () if stage.approved is None else stage.approved.rows
        approved = tuple(replace(row, value=name(row.value) or "") for row in rows)
        return replace(
            stage,
            code=name(stage.code) or "",
            reviewers=stage.reviewers[::-1],
            approved=None if stage.approved is None else replace(stage.approved, rows=approved),
            returned=name(stage.returned),
            refused=name(stage.refused),
        )

    longer = tuple(replace(row, value=replace(row.value, amount=row.value.amount + 2)) for row in permit.promise.rows)
    products = tuple(replace(one, stage=name(one.stage)) for one in permit.products)
    earlier = replace(
        permit,
        valid_from="2020-01-01",
        stages=tuple(before(stage) for stage in permit.stages),
        promise=replace(permit.promise, rows=longer),
        products=products,
    )
    after = replace(permit, moving=Moving(((old, renamed),)))
    return replace(subject, decider=Decider(after, subject.city), before=Decider(earlier, subject.city))


def subjects_of(catalog: CityCatalog) -> tuple[Subject, ...]:
    """Return the permits of a catalog, with each of its whole examples as an application."""
    moved, found = later(catalog.city), []
    for code, versions in catalog.permits.items():
        whole = tuple(one.answers for one in catalog.examples if one.permit == code and not one.partial)
        found.append(Subject(code, Decider(versions[-1].permit, catalog.city), whole, moved))
    return tuple(found)


class Walk:
    """Leads cases of some permits at random, and tells the laws that are broken."""

    def __init__(self, subjects: Sequence[Subject], seed: int, make: MakeLifecycle = Lifecycle) -> None:
        """Compile the lives; their engine can be made to fail."""
        self.random = random.Random(seed)
        self.lives = [(subject, make(subject.decider)) for subject in subjects]
        self.before = {subject.name: make(subject.before) for subject in subjects if subject.before is not None}
        for lifecycle in (*(lifecycle for _, lifecycle in self.lives), *self.before.values()):
            lifecycle.transitions.close()
            rules, fields = transition_rules(lifecycle.permit), transition_fields(lifecycle.permit)
            lifecycle.transitions.book = RuleBook(rules, fields, open_engine=Flaky)
        self.steps = self.accepted = 0
        self.cases = Counter[str]()
        self.happened = Counter[str]()  # events, refusals and ends by name
        self.trace: list[str] = []

    def close(self) -> None:
        """Free what the engine holds."""
        for lifecycle in (*(lifecycle for _, lifecycle in self.lives), *self.before.values()):
            lifecycle.close()

    def run(self, steps: int) -> list[Broken]:
        """Take so many steps, or as many as it takes for a law to be broken; each permit has its turn."""
        until = self.steps + steps
        while self.steps < until:
            subject, lifecycle = self.lives[self.cases.total() % len(self.lives)]
            if broken := Led(self, subject, lifecycle).live(until):
                return broken
        return []


class Led:
    """One case on the walk."""

    def __init__(self, walk: Walk, subject: Subject, lifecycle: Lifecycle) -> None:
        """File it, at some moment of some twenty months."""
        rng = walk.random
        self._walk, self._random, self._subject, self._lifecycle = walk, rng, subject, lifecycle
        self._to: tuple[Subject, Lifecycle] | None = None
        if subject.before is not None and rng.random() < 0.6:
            self._to = subject, lifecycle
            self._subject, self._lifecycle = replace(subject, decider=subject.before), walk.before[subject.name]
        self._office, self._watch = RandomOffice(rng, self._subject), Watch(self._subject.decider)
        self._watch.ledger.follows = subject.permit
        self._seconds = rng.random() < 0.3
        self._at = datetime(2025, 1, 2, tzinfo=UTC) + timedelta(minutes=rng.randrange(600 * 24 * 60))
        self._filed_on = subject.decider.day_of(self._at)
        raw = rng.choice(subject.applications)
        self._written = Written(raw, self._facts_of(raw), {document(code): (f"{code}-0",) for code in DOCUMENTS})
        self._officers: dict[tuple[str, int], Mapping[str, Value]] = {}
        self._city, self._release = subject.city, "rilis-1"
        self._left = rng.choice((10, 30, 60))
        walk.cases[subject.name] += 1
        walk.trace = [f"{subject.name}, filed {self._at}: {dict(raw)}"]

    def _facts_of(self, raw: Mapping[str, object]) -> dict[str, Value]:
        return dict(self._subject.decider.facts(raw, self._filed_on))

    def live(self, until: int) -> list[Broken]:
        """Lead it to its end, or some way."""
        form = self._written.form
        begun = self._lifecycle.begin(self._release, self._facts(form, None), self._at, APPLICANT)
        self.state = begun.state
        broken = self._saw(None, APPLICANT, begun, None, form, form)
        ended = 0
        while not broken and self._walk.steps < until and ended < 4 and self._left > 0:
            self._left -= 1
            ended += self.state.ended
            broken = self._step()
        self._walk.happened[self.state.status] += 1
        Flaky.down = False
        return broken

    def _facts(self, form: Facts, before: CaseState | None) -> Callable[[CaseState], Facts]:
        """Return what the lifecycle asks for: the applicant's answers as of a state, and the officers' that stand."""

        def facts(state: CaseState) -> Facts:
            new = before is None or len(state.changes) > len(before.changes)
            known = dict(form if new else self._written.form)
            for desk in state.desks:
                if desk.answer is not None and desk.answer.verdict is Verdict.APPROVED:
                    known.update(self._officers.get(desk.key, {}))
            return known

        return facts

    def _step(self) -> list[Broken]:
        rng = self._random
        gap = rng.choices(tuple(GAPS), tuple(GAPS.values()))[0]
        if isinstance(self.state.position, InRepair):
            gap += 14 * 24 * 60
        self._at += timedelta(minutes=rng.randrange(gap + 1), seconds=rng.randrange(60) if self._seconds else 0)
        Flaky.down = rng.random() < 0.01
        sight = Sight(self.state, self._at, self._facts(self._written.form, None)(self.state), self._written.raw)
        if self._to is not None and rng.random() < 0.12:
            return self._move(self._to)
        deed = self._office.careless(sight) if rng.random() < 0.15 else self._office.careful(sight)
        self._at = deed.at
        repair = None
        if isinstance(deed.command, Resubmit):
            items = self.state.position.items if isinstance(self.state.position, InRepair) else ()
            other = rng.choice(self._subject.applications)
            repair = repaired(rng, self._subject.permit, items, self._written, other, self._facts_of)
            deed = replace(deed, command=repair.command)
        broken, accepted = self._act(deed, repair)
        if not broken and accepted and isinstance(deed.command, ONCE) and rng.random() < 0.5:
            other_person = deed.by if rng.random() < 0.5 else replace(deed.by, person=f"{deed.by.person}-lain")
            broken, _ = self._act(replace(deed, by=other_person), repair, again=True)
        return broken

    def _move(self, to: tuple[Subject, Lifecycle]) -> list[Broken]:
        """Let the case follow the later version, which asks for more or does not."""
        rng, (subject, lifecycle), before = self._random, to, self._subject.permit
        Flaky.down = rng.random() < 0.1
        first = subject.permit.stages[0].code
        codes = [one.code for one in subject.permit.fields]
        asked = [RepairItem(ItemKind.FIELD, code, RepairReason.REGULATION, first, 0) for code in codes]
        items = tuple(rng.sample(asked, rng.randrange(0, 3))) if rng.random() < 0.5 else ()
        officers = {key: dict(said) for key, said in self._officers.items()}
        event = moved(before, subject.permit, "rilis-2", self.state, (), officers, asks=bool(items))
        kept, self._lifecycle = self._lifecycle, lifecycle
        places = {(one.stage, one.place): (one.to, one.to_place) for one in event.desks}
        renamed = {places[key]: said for key, said in self._officers.items() if key in places}
        were, self._officers = self._officers, renamed
        broken, accepted = self._act(Deed(Move(event, items), SYSTEM, self._at, {}), None)
        if accepted:
            self._to, self._subject = None, subject
            self._office = RandomOffice(rng, subject)
            self._watch.follow(subject.decider)
        else:
            self._lifecycle, self._officers = kept, were
        return broken

    def _act(self, deed: Deed, repair: RandomRepair | None, again: bool = False) -> tuple[list[Broken], bool]:
        command, before, officers = deed.command, self.state, dict(self._officers)
        form_before = self._written.form
        form = form_before if repair is None else repair.written.form
        city, release = self._city, self._release
        if isinstance(command, MoveDues):
            release = command.release
            city = self._subject.city if release == "rilis-1" else self._subject.later
        if isinstance(command, Approve) and not again:
            self._officers[command.stage, command.place] = deed.answers
        try:
            outcome = self._lifecycle.act(command, before, self._facts(form, before), self._at, deed.by, city)
        except ImpossibleEventError as impossible:
            self._walk.trace.append(f"{self._at:%Y-%m-%d %H:%M:%S} {deed.by.person}: {command} -> impossible")
            return [Broken(6, str(impossible))], False
        accepted = isinstance(outcome, Outcome)
        if isinstance(outcome, Outcome):
            self.state = outcome.state
            self._written = self._written if repair is None else repair.written
        elif not isinstance(command, Move):
            self._officers = officers
        if not before.ended:
            self._city, self._release = city, release
        return self._saw(command, deed.by, outcome, before, form_before, self._written.form, repair, again), accepted

    def _saw(
        self,
        command: Command | None,
        by: Actor,
        outcome: object,
        before: CaseState | None,
        form_before: Facts,
        form: Facts,
        repair: RandomRepair | None = None,
        again: bool = False,
    ) -> list[Broken]:
        walk = self._walk
        tried = Tried(
            number=walk.steps,
            at=self._at,
            by=by,
            command=command,
            outcome=outcome,
            before=before,
            form_before=form_before,
            form=form,
            facts=self._facts(form, None)(self.state),
            calendar=self._city,
            release=self._release,
            elsewhere=repair is not None and repair.elsewhere,
            may_change=frozenset() if repair is None else repair.may_change,
            again=again and isinstance(outcome, Outcome),
            engine_down=Flaky.down,
        )
        walk.steps += 1
        walk.accepted += isinstance(outcome, Outcome)
        names = [type(e).__name__ for e in (outcome.events if isinstance(outcome, Outcome) else (outcome,))]
        walk.happened.update(names)
        walk.trace.append(f"{self._at:%Y-%m-%d %H:%M:%S} {by.person}: {command} -> {', '.join(names)}")
        return list(self._watch.saw(tried))
