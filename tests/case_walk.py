"""A random walk through the lives of cases: what an office does, and what it should not, with the laws watching.

Everything follows from the seed. A step is one thing that is done with a case, or tried; a case is left a little after
its end, and another one filed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from generator.model import CityCatalog
from rules.case_event import (
    APPLICANT,
    SYSTEM,
    Actor,
    ItemKind,
    NumberedProduct,
    RepairItem,
    RepairReason,
    SignedFile,
    Target,
    Verdict,
)
from rules.case_state import (
    AtEnd,
    AtStage,
    AwaitingPayment,
    CaseState,
    Desk,
    InRepair,
    WithPerson,
)
from rules.citation import Citation
from rules.city import City, Holiday
from rules.command import (
    Approve,
    AskSignature,
    Assign,
    Command,
    CompleteSignature,
    DecideAnew,
    EndNotice,
    Expire,
    FailSignature,
    Fetch,
    MoveDues,
    Note,
    Pay,
    PlanVisit,
    Refuse,
    ReportVisit,
    Resubmit,
    Return,
    Revoke,
    SeeLimit,
    Waive,
    Withdraw,
)
from rules.condition.decide import holds
from rules.decider import Decider
from rules.duration import Duration
from rules.field import Field
from rules.kind import Facts, Kind, Value
from rules.lifecycle import Lifecycle, Outcome
from rules.permit import Permit
from rules.repair_list import Given, compared, document, field
from rules.words import Words
from tests.case_laws import Broken, Watch
from tests.case_ledger import Tried
from tests.way_oracle import differing, reviewer_of

ONCE = (
    Approve, Return, Refuse, Resubmit, Withdraw, Expire, EndNotice, Pay, Waive, AskSignature, CompleteSignature,
    FailSignature, Revoke, MoveDues, SeeLimit,
)  # fmt: skip
DOCUMENTS = ("ktp", "gambar")
NEW_DAYS_OFF = ("2025-05-14", "2025-06-11", "2025-11-20", "2026-04-15", "2026-06-10", "2026-08-18")
REASONS = tuple(RepairReason)


@dataclass(frozen=True)
class Subject:
    """A permit whose cases are led, and applications for it as JSON values."""

    name: str
    decider: Decider
    applications: tuple[Mapping[str, object], ...]
    later: City  # the city once more days off were decreed

    @property
    def permit(self) -> Permit:
        """Return the permit."""
        return self.decider.permit


def later(city: City) -> City:
    """Return a city in which days off were added under way."""
    known = {holiday.date for holiday in city.holidays}
    added = tuple(
        Holiday(day, Words("Cuti bersama tambahan"), "cuti_bersama", "SKB 2/2026", "2025-04-01")
        for day in NEW_DAYS_OFF
        if day not in known
    )
    return replace(city, holidays=tuple(sorted((*city.holidays, *added), key=lambda one: one.date)))


def subjects_of(catalog: CityCatalog) -> tuple[Subject, ...]:
    """Return the permits of a catalog, with each of its whole examples as an application."""
    moved = later(catalog.city)
    found = []
    for code, versions in catalog.permits.items():
        whole = tuple(one.answers for one in catalog.examples if one.permit == code and not one.partial)
        found.append(Subject(code, Decider(versions[-1].permit, catalog.city), whole, moved))
    return tuple(found)


MakeLifecycle = Callable[[Decider], Lifecycle]


class Walk:
    """Leads cases of some permits at random, and tells the laws that are broken."""

    def __init__(self, subjects: Sequence[Subject], seed: int, make: MakeLifecycle = Lifecycle) -> None:
        """Begin with the first case."""
        self._random = random.Random(seed)
        self._lives = [(subject, make(subject.decider)) for subject in subjects]
        self.steps = self.accepted = self.cases = 0
        self.reached: set[str] = set()
        self.trace: list[str] = []

    def close(self) -> None:
        """Free what the engine holds."""
        for _, lifecycle in self._lives:
            lifecycle.close()

    def run(self, steps: int) -> list[Broken]:
        """Take so many steps, or as many as it takes for a law to be broken."""
        until = self.steps + steps
        while self.steps < until:
            subject, lifecycle = self._random.choice(self._lives)
            broken = _Case(self, self._random, subject, lifecycle).live(until)
            if broken:
                return broken
        return []


class _Case:
    """One case on the walk."""

    def __init__(self, walk: Walk, rng: random.Random, subject: Subject, lifecycle: Lifecycle) -> None:
        self._walk, self._random, self._subject, self._lifecycle = walk, rng, subject, lifecycle
        self._watch = Watch(subject.decider)
        self._raw: dict[str, object] = dict(rng.choice(subject.applications))
        self._whole_minutes = rng.random() < 0.7
        self.at = datetime(2025, 1, 2, tzinfo=UTC) + timedelta(minutes=rng.randrange(480 * 24 * 60))
        self._filed_on = self.at.astimezone(ZoneInfo(subject.decider.city.zone)).date()
        self._form = self._facts_of(self._raw)
        self._files: dict[Target, tuple[str, ...]] = {document(code): (f"{code}-0",) for code in DOCUMENTS}
        self._officers: dict[tuple[str, int], Mapping[str, Value]] = {}
        self._city, self._release = subject.decider.city, "rilis-1"
        self._references: list[str] = []
        self._numbers = 0
        self._limit = rng.choice((8, 25, 60))
        walk.cases += 1
        walk.trace = [f"{subject.name}, filed {self.at}"]

    def _facts_of(self, raw: Mapping[str, object]) -> dict[str, Value]:
        return dict(self._subject.decider.facts(raw, self._filed_on))

    def live(self, until: int) -> list[Broken]:
        """Lead it to its end, or some way."""
        begun = self._lifecycle.begin(self._release, self._facts(self._form, None), self.at, APPLICANT)
        self.state = begun.state
        broken = self._saw(None, APPLICANT, begun, None, self._form)
        after_the_end = 0
        while not broken and self._walk.steps < until and after_the_end < 4 and self._limit > 0:
            self._limit -= 1
            after_the_end += self.state.ended
            broken = self._step()
        self._walk.reached.add(self.state.status)
        return broken

    def _facts(self, repaired: Facts, before: CaseState | None) -> Callable[[CaseState], Facts]:
        """Return what lifecycle asks for: the applicant's answers of that moment, and the officers' that stand."""

        def facts(state: CaseState) -> Facts:
            new = before is None or len(state.changes) > len(before.changes)
            known = dict(repaired if new else self._form)
            for desk in state.desks:
                if desk.answer is not None and desk.answer.verdict is Verdict.APPROVED:
                    known.update(self._officers.get(desk.key, {}))
            return known

        return facts

    # --- One step ----------------------------------------------------------------------------------------------------

    def _step(self) -> list[Broken]:
        rng = self._random
        gap = rng.choices((3, 70, 420, 2900, 13_000, 90_000), (10, 40, 20, 18, 10, 2))[0]
        self.at += timedelta(minutes=rng.randrange(gap + 1))
        if not self._whole_minutes:
            self.at += timedelta(seconds=rng.randrange(60))
        command, by = self._careless() if rng.random() < 0.15 else self._careful()
        self._repair: _Repair | None = None
        if isinstance(command, Resubmit):
            self._repair = self._repaired()
            command = self._repair.command
        broken = self._act(command, by)
        if not broken and self._accepted and isinstance(command, ONCE) and rng.random() < 0.5:
            other = by if rng.random() < 0.5 else replace(by, person=f"{by.person}-lain")
            broken = self._act(command, other, again=True)
        return broken

    def _act(self, command: Command, by: Actor, again: bool = False) -> list[Broken]:
        before = self.state
        form = self._form if self._repair is None or again else self._repair.form
        kept = dict(self._officers)
        if isinstance(command, Approve) and not again:
            self._officers[command.stage, command.place] = self._answers
        city, release = self._city, self._release
        if isinstance(command, MoveDues):
            city = self._subject.later if command.release != "rilis-1" else self._subject.decider.city
            release = command.release
        outcome = self._lifecycle.act(command, before, self._facts(form, before), self.at, by, city)
        self._accepted = isinstance(outcome, Outcome)
        if isinstance(outcome, Outcome):
            self.state = outcome.state
            if self._repair is not None and not again:
                self._raw, self._files = self._repair.raw, self._repair.files
        else:
            form, self._officers = self._form, kept
        if isinstance(command, MoveDues) and not before.ended:
            self._city, self._release = city, release
        return self._saw(command, by, outcome, before, form, again)

    def _saw(
        self,
        command: Command | None,
        by: Actor,
        outcome: object,
        before: CaseState | None,
        form: dict[str, Value],
        again: bool = False,
    ) -> list[Broken]:
        form_before, self._form = self._form, form
        repair = self._repair if isinstance(command, Resubmit) else None
        tried = Tried(
            number=self._walk.steps,
            at=self.at,
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
        )
        self._walk.steps += 1
        self._walk.accepted += isinstance(outcome, Outcome)
        events = [type(e).__name__ for e in outcome.events] if isinstance(outcome, Outcome) else outcome
        self._walk.trace.append(f"{self.at:%Y-%m-%d %H:%M:%S} {by.person}: {command} -> {events}")
        return list(self._watch.saw(tried))

    # --- What an office does -----------------------------------------------------------------------------------------

    def _careful(self) -> tuple[Command, Actor]:
        """Return something that is likely to be right."""
        rng, state = self._random, self.state
        if rng.random() < 0.06:
            return self._sweep(), SYSTEM
        if rng.random() < 0.03:
            return MoveDues(rng.choice(("rilis-1", "rilis-2"))), SYSTEM
        if rng.random() < 0.015:
            return Withdraw(), APPLICANT
        match state.position:
            case AtStage(signing=str(person)):
                if rng.random() < 0.7:
                    files = (SignedFile("sk", f"{rng.getrandbits(64):016x}"),)
                    return CompleteSignature(person, files, valid_until=rng.choice((None, "2031-01-01"))), SYSTEM
                return FailSignature("terlambat"), SYSTEM
            case AtStage() if not state.open_desks:
                if state.position.notice_until is not None and rng.random() < 0.6:
                    self.at = max(self.at, state.position.notice_until + timedelta(hours=rng.randrange(1, 40)))
                return EndNotice(), SYSTEM
            case AtStage(failed=str()) if rng.random() < 0.4:
                desk = state.open_desks[0]
                return CompleteSignature(self._person(desk).person, (SignedFile("sk", "ab"),), wet=True), self._clerk()
            case AtStage():
                return self._at_desk(rng.choice(state.open_desks))
            case InRepair(due=due):
                if rng.random() < 0.1:
                    self.at = max(self.at, due + timedelta(minutes=1))
                return (Expire(), SYSTEM) if rng.random() < 0.12 else (Resubmit((), ()), APPLICANT)
            case AwaitingPayment():
                return self._money()
            case WithPerson():
                return (DecideAnew(), self._clerk()) if rng.random() < 0.5 else (Withdraw(), APPLICANT)
            case AtEnd():
                law = self._law()
                return rng.choice(((Fetch("sk"), APPLICANT), (Revoke(law), self._clerk()), self._money()))

    def _at_desk(self, desk: Desk) -> tuple[Command, Actor]:
        rng, state, by = self._random, self.state, self._person(desk)
        assert isinstance(state.position, AtStage)
        at = (desk.stage, desk.place)
        if desk.inspection and not desk.reported and rng.random() < 0.7:
            return (ReportVisit(*at) if rng.random() < 0.7 else PlanVisit(*at, "2026-03-05")), by
        if rng.random() < 0.05:
            return Assign(*at, f"{by.person}-2"), by
        what = rng.choices(("setuju", "kembali", "tolak"), (75, 20, 5))[0]
        if what == "kembali":
            return Return(*at, state.rounds, self._items(desk)), by
        if what == "tolak":
            return Refuse(*at, state.rounds, self._law()), by
        if state.position.signature:
            return AskSignature(desk.stage, state.rounds, self._products()), by
        if state.position.notice_until is not None and rng.random() < 0.6:
            self.at = max(self.at, state.position.notice_until + timedelta(hours=1))
        return Approve(*at, state.rounds, self._answered(desk)), by

    def _person(self, desk: Desk) -> Actor:
        if isinstance(self.state.position, AtStage) and self.state.position.outside:
            return self._clerk()
        role = desk.role or "tim_teknis"
        person = desk.person or f"{desk.agency}-{role}-{desk.stage if desk.role == 'bendahara' else ''}"
        return Actor(person, role, desk.agency)

    def _clerk(self) -> Actor:
        return Actor("petugas-belakang", "back_office", self._subject.decider.city.door)

    def _law(self) -> Citation:
        return self._random.choice(self._subject.permit.legal_basis)

    def _products(self) -> tuple[NumberedProduct, ...]:
        found = []
        for product in self._subject.permit.products:
            self._numbers += 1
            found.append(
                NumberedProduct(product.code, f"id-{self._numbers}", f"503/{self._numbers}", 2026, self._numbers)
            )
        return tuple(found)

    def _answered(self, desk: Desk) -> tuple[str, ...]:
        """Answer the desk's questions; sometimes leave one out."""
        rng, reviewer = self._random, reviewer_of(self._subject.permit, desk.key)
        facts = dict(self._facts(self._form, None)(self.state))
        self._answers: dict[str, Value] = {}
        for asked in () if reviewer is None else reviewer.officer_fields:
            if holds(asked.shown_when, {**facts, **self._answers}) and rng.random() < 0.97:
                self._answers[asked.code] = self._value(asked)
        return tuple(self._answers)

    def _value(self, asked: Field) -> Value:
        rng = self._random
        match asked.kind:
            case Kind.CHOICE:
                return rng.choice(asked.options).code
            case Kind.YES_NO:
                return rng.random() < 0.5
            case Kind.MONEY | Kind.INTEGER:
                return rng.randrange(0, 1_000_000)
            case _:
                return "BA-1"

    def _items(self, desk: Desk) -> tuple[RepairItem, ...]:
        """Ask for a document, or for questions that other applications answer otherwise."""
        rng = self._random
        other = rng.choice(self._subject.applications)
        codes = sorted(code for code in differing(self._raw, other) if code in self._raw)  # type: ignore[arg-type]
        targets = [document(rng.choice(DOCUMENTS))] if not codes or rng.random() < 0.4 else []
        targets += [field(code) for code in rng.sample(codes, min(len(codes), rng.randrange(1, 4)))] if codes else []
        again = [item.target for asked in self.state.asked for item in asked.items]
        if again and rng.random() < 0.6:
            targets = [rng.choice(again)]
        return tuple(RepairItem(t.kind, t.code, rng.choice(REASONS), desk.stage, desk.place, t.item) for t in targets)

    def _money(self) -> tuple[Command, Actor]:
        rng, account = self._random, self.state.account
        owed = 0 if account is None else account.open
        amount = rng.choices((owed, owed // 2, owed + 5_000, 0, -owed), (70, 14, 8, 4, 4))[0]
        if rng.random() < 0.06:
            return Waive(Citation(self._subject.decider.city.regulations[0].code), "pengusul"), self._clerk()
        treasurer = Actor("bendahara-1", "bendahara", "bapenda")
        reference = f"B-{len(self._references)}"
        if self._references and rng.random() < 0.08:
            reference = rng.choice(self._references)
        self._references.append(reference)
        return Pay(reference, amount, self.at), SYSTEM if rng.random() < 0.8 else treasurer

    def _sweep(self) -> SeeLimit:
        day = self.at.astimezone(ZoneInfo(self._subject.decider.city.zone)).date()
        return SeeLimit((day + timedelta(days=self._random.choice((0, 0, 0, 0, -1, 1)))).isoformat())

    # --- What it should not do ---------------------------------------------------------------------------------------

    def _careless(self) -> tuple[Command, Actor]:
        """Return something that is likely to be wrong: a stale page, another's desk, too early, too late, twice."""
        rng, state, permit = self._random, self.state, self._subject.permit
        stages = [stage for stage in permit.stages if stage.end is None]
        stage = rng.choice(stages)
        desk = rng.choice(state.desks) if state.desks else None
        key = desk.key if desk is not None and rng.random() < 0.7 else (stage.code, rng.randrange(3))
        agencies = [agency.code for agency in self._subject.decider.city.agencies]
        by = Actor(f"x-{rng.randrange(3)}", rng.choice(("tim_teknis", "kepala", "front_office")), rng.choice(agencies))
        if desk is not None and rng.random() < 0.5:
            by = replace(self._person(desk), person=rng.choice((by.person, self._person(desk).person)))
        if state.duties and rng.random() < 0.3:
            by = replace(by, person=rng.choice(state.duties).person)
        round_ = rng.choice((state.rounds, state.rounds, state.rounds - 1, 0))
        self._answers = {}
        answers = tuple(f.code for s in permit.stages for r in s.reviewers for f in r.officer_fields)
        items = self._items(desk) if desk is not None and rng.random() < 0.8 else ()
        commands: tuple[Command, ...] = (
            Approve(*key, round_, answers if rng.random() < 0.3 else ()),
            Return(*key, round_, items),
            Refuse(*key, round_, self._law() if rng.random() < 0.7 else Citation("uu-tak-dikenal")),
            AskSignature(key[0], round_, self._products()),
            CompleteSignature(by.person, (), wet=rng.random() < 0.5, stage=rng.choice((None, key[0]))),
            FailSignature("gagal", rng.choice((None, key[0]))),
            Assign(*key, "siapa-saja"),
            PlanVisit(*key, "2026-03-05"),
            ReportVisit(*key),
            Note(),
            Resubmit((), ()),
            Withdraw() if rng.random() < 0.1 else Note(),
            Expire(),
            EndNotice(),
            Revoke(self._law()),
            Fetch("sk"),
            DecideAnew(),
            self._sweep(),
            Waive(Citation("uu-tak-dikenal"), "pengusul"),
            Waive(Citation(self._subject.decider.city.regulations[0].code), by.person),
            self._money()[0],
        )
        return rng.choice(commands), by

    # --- Repairs -----------------------------------------------------------------------------------------------------

    def _repaired(self) -> _Repair:
        """Repair what was asked for, from another application; sometimes something else with it."""
        rng, state = self._random, self.state
        items = state.position.items if isinstance(state.position, InRepair) else ()
        other = rng.choice(self._subject.applications)
        raw, files = dict(self._raw), dict(self._files)
        for item in items:
            if item.kind is ItemKind.DOCUMENT:
                files[item.target] = (f"{item.code}-{rng.randrange(1000)}",)
            elif item.code in other and rng.random() < 0.8:
                raw[item.code] = other[item.code]
        asked = {item.target for item in items}
        elsewhere = False
        if rng.random() < 0.12:
            unasked = [t for t in files if t not in asked]
            if unasked:
                files[rng.choice(unasked)] = ("lain",)
                elsewhere = True
        form = self._facts_of(raw)
        before, after = self._given(self._form, self._files), self._given(form, files)
        found = compared(before, after, items)
        comes_and_goes = {field(code) for code in before.answers.keys() ^ after.answers.keys()}
        command = Resubmit(found.changed, tuple(sorted(differing(self._form, form))), found.beyond)
        return _Repair(command, raw, form, files, frozenset(asked | comes_and_goes), elsewhere)

    def _given(self, form: Facts, files: Mapping[Target, tuple[str, ...]]) -> Given:
        questions = {one.code for one in self._subject.permit.fields}
        return Given({code: value for code, value in form.items() if code in questions}, files)


@dataclass(frozen=True)
class _Repair:
    """A repair that is sent in."""

    command: Resubmit
    raw: dict[str, object]
    form: dict[str, Value]
    files: dict[Target, tuple[str, ...]]
    may_change: frozenset[Target]
    elsewhere: bool


__all__ = ["Duration", "Subject", "Walk", "date", "later", "subjects_of"]
