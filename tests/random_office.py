"""An office at random: what its people do with a case, and what they should not do."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rules.case_event import (
    APPLICANT,
    PUBLIC,
    SYSTEM,
    Actor,
    Handed,
    Identity,
    NumberedProduct,
    Receiver,
    RepairItem,
    RepairReason,
    SignedFile,
)
from rules.case_state import AtEnd, AtStage, AwaitingPayment, CaseState, Desk, InRepair, WithPerson
from rules.citation import Citation
from rules.city import City
from rules.command import (
    AnswerObjection,
    AnswerSurvey,
    Approve,
    AskSignature,
    Assign,
    Collect,
    Command,
    CompleteSignature,
    DecideAnew,
    EndNotice,
    EndPause,
    Expire,
    FailSignature,
    Fetch,
    MoveDues,
    Note,
    Object,
    Pause,
    Pay,
    PlanVisit,
    Refuse,
    ReportVisit,
    Resubmit,
    Resume,
    Return,
    Revoke,
    SeeLimit,
    Waive,
    Withdraw,
)
from rules.condition.decide import holds
from rules.decider import Decider
from rules.field import Field
from rules.kind import Facts, Kind, Value
from rules.permit import Permit
from rules.repair_list import document, field
from tests.way_oracle import reviewer_of

DOCUMENTS = ("ktp", "gambar")
REASONS = tuple(RepairReason)
UNKNOWN_LAW = Citation("uu-tak-dikenal")


@dataclass(frozen=True)
class Subject:
    """A permit whose cases are led, applications for it as JSON values, and its city once it has more days off."""

    name: str
    decider: Decider
    applications: tuple[Mapping[str, object], ...]
    later: City
    before: Decider | None = None  # the version before, whose cases follow the permit

    @property
    def permit(self) -> Permit:
        """Return the permit."""
        return self.decider.permit

    @property
    def city(self) -> City:
        """Return the city as it was when the cases were filed."""
        return self.decider.city


@dataclass(frozen=True)
class Deed:
    """What somebody does at a moment; `answers` are an officer's."""

    command: Command
    by: Actor
    at: datetime
    answers: Mapping[str, Value]


@dataclass(frozen=True)
class Sight:
    """What the office sees of a case: its state, all its facts, and what the applicant has written."""

    state: CaseState
    at: datetime
    facts: Facts
    raw: Mapping[str, object]


class RandomOffice:
    """The people who work on one case."""

    def __init__(self, rng: random.Random, subject: Subject) -> None:
        """Let chance lead them."""
        self._random, self._subject = rng, subject
        self._references: list[str] = []
        self._numbers = 0
        self._zone = ZoneInfo(subject.city.zone)

    def careful(self, sight: Sight) -> Deed:
        """Do something that is likely to be right."""
        at, answers = sight.at, dict[str, Value]()
        command, by = self._chosen(sight, answers)
        state, position = sight.state, sight.state.position
        if isinstance(position, AtStage) and position.notice_until is not None and self._random.random() < 0.6:
            at = max(at, position.notice_until + timedelta(minutes=self._random.randrange(1, 2000)))
        if isinstance(command, EndPause) and (desk := state.desk(command.stage, command.place)) and desk.paused:
            at = max(at, desk.paused.until + timedelta(minutes=self._random.randrange(0, 3)))
        if isinstance(command, Expire) and isinstance(state.position, InRepair):
            at = max(at, state.position.due + timedelta(minutes=1))
        if isinstance(command, SeeLimit):
            command = self._sweep(at)
        return Deed(command, by, at, answers)

    def _chosen(self, sight: Sight, answers: dict[str, Value]) -> tuple[Command, Actor]:
        rng, state = self._random, sight.state
        often, late = rng.random(), state.legal is not None and sight.at > state.legal and state.deemed is None
        if often < 0.05 or (late and rng.random() < 0.4):
            return self._sweep(sight.at), SYSTEM
        if often < 0.09:
            return MoveDues(rng.choice(("rilis-1", "rilis-2"))), SYSTEM
        if often < 0.105:
            return Withdraw(), APPLICANT
        if state.sent_out and not state.ended and often < 0.15:
            return Revoke(self._law(), rng.choice(state.sent_out).product.id), self.clerk
        match state.position:
            case AtStage(signing=str(person)):
                if rng.random() < 0.7:
                    codes = [(one.code, one.item) for one in state.products] or [("sk", None)]
                    files = tuple(SignedFile(code, f"{rng.getrandbits(64):016x}", item) for code, item in codes)
                    return CompleteSignature(person, files, valid_until=rng.choice((None, "2031-01-01"))), SYSTEM
                return FailSignature("terlambat"), SYSTEM
            case AtStage(stage=stage) if not state.open_desks:
                objects = rng.random() < 0.6
                return (Object(stage, f"{rng.getrandbits(64):016x}"), PUBLIC) if objects else (EndNotice(), SYSTEM)
            case AtStage(failed=str()) if rng.random() < 0.4:
                signer = self.person(state, state.open_desks[0]).person
                return CompleteSignature(signer, (SignedFile("sk", "ab"),), wet=True), self.clerk
            case AtStage():
                return self._at_desk(sight, rng.choice(state.open_desks), answers)
            case InRepair():
                return (Expire(), SYSTEM) if rng.random() < 0.12 else (Resubmit((), ()), APPLICANT)
            case AwaitingPayment():
                return self._money(sight)
            case WithPerson():
                return (Withdraw(), APPLICANT) if rng.random() < 0.2 else (DecideAnew(), self.clerk)
            case AtEnd():
                law = self._law()
                if (state.awaits_collection and rng.random() < 0.5) or rng.random() < 0.1:
                    given = tuple(Handed(target) for target in state.bring if rng.random() < 0.8)
                    return Collect(rng.choice(tuple(Receiver)), rng.choice(tuple(Identity)), given), self.clerk
                if state.issued and rng.random() < 0.2:
                    return Revoke(law, rng.choice(state.issued).id), self.clerk
                return rng.choice(
                    (
                        (Fetch("sk"), APPLICANT),
                        (AnswerSurvey(), APPLICANT),
                        (Revoke(law), self.clerk),
                        self._money(sight),
                    )
                )

    def _at_desk(self, sight: Sight, desk: Desk, answers: dict[str, Value]) -> tuple[Command, Actor]:
        rng, state, by = self._random, sight.state, self.person(sight.state, desk)
        assert isinstance(state.position, AtStage)
        if desk.paused is not None and rng.random() < 0.55:
            return (Resume(*desk.key), by) if rng.random() < 0.75 else (EndPause(*desk.key), SYSTEM)
        if (pause := self._pause(sight, desk)) is not None and rng.random() < 0.25:
            return pause, by
        if desk.inspection and not desk.reported and rng.random() < 0.7:
            return (ReportVisit(*desk.key) if rng.random() < 0.7 else PlanVisit(*desk.key, "2026-03-05")), by
        waiting = [one.number for one in state.objected(desk.stage) if one.answered is None]
        if waiting and rng.random() < 0.5:
            return AnswerObjection(*desk.key, rng.choice(waiting)), by
        if rng.random() < 0.05:
            return Assign(*desk.key, f"{by.person}-2"), by
        what = rng.choices(("setuju", "kembali", "tolak"), (72, 23, 5))[0]
        seen = state.rounds - (state.rounds > 0 and rng.random() < 0.06)  # sometimes from a page of yesterday
        if what == "kembali":
            return Return(*desk.key, seen, self._items(sight, desk) if rng.random() < 0.98 else ()), by
        if what == "tolak":
            return Refuse(*desk.key, seen, self._law()), by
        if state.position.signature:
            return AskSignature(desk.stage, seen, self._products(desk.stage, sight)), by
        answers.update(self._answers(sight.facts, desk))
        return Approve(*desk.key, seen, tuple(answers)), by

    def _pause(self, sight: Sight, desk: Desk) -> Pause | None:
        """Let the desk wait for one of its reasons until some day, sometimes too late."""
        reviewer = reviewer_of(self._subject.permit, desk.key)
        if reviewer is None or not reviewer.pauses:
            return None
        day = sight.at.astimezone(self._zone).date() + timedelta(days=self._random.choice((0, 1, 2, 3, 15, 40)))
        return Pause(*desk.key, self._random.choice(reviewer.pauses).code, day.isoformat())

    def person(self, state: CaseState, desk: Desk) -> Actor:
        """Return who works at a desk; for an outside body the door does."""
        if isinstance(state.position, AtStage) and state.position.outside:
            return self.clerk
        role = desk.role or "tim_teknis"
        return Actor(desk.person or f"{desk.agency}-{role}", role, desk.agency)

    @property
    def clerk(self) -> Actor:
        """Return somebody of the door who answers for no desk of it."""
        return Actor("petugas-belakang", "back_office", self._subject.city.door)

    def _law(self) -> Citation:
        return self._random.choice(self._subject.permit.legal_basis)

    def _products(self, stage: str, sight: Sight) -> tuple[NumberedProduct, ...]:
        """Take new numbers every time, as nobody should."""
        found, permit = [], self._subject.permit
        sent = {one.product.code for one in sight.state.sent_out}
        last = all(product.stage != stage for product in permit.products)
        for product in permit.products:
            if not (product.stage == stage or (product.stage is None and last)) or product.code in sent:
                continue
            if not holds(product.when, sight.facts):
                continue
            self._numbers += 1
            number = self._numbers
            found.append(NumberedProduct(product.code, f"id-{number}", f"503/{number}", 2026, number))
        return tuple(found)

    def _answers(self, facts: Facts, desk: Desk) -> dict[str, Value]:
        """Answer the desk's questions that are shown; sometimes leave one out."""
        reviewer, found = reviewer_of(self._subject.permit, desk.key), dict[str, Value]()
        for asked in () if reviewer is None else reviewer.officer_fields:
            if holds(asked.shown_when, {**facts, **found}) and self._random.random() < 0.93:
                found[asked.code] = answer_of_officer(self._random, asked)
        return found

    def _items(self, sight: Sight, desk: Desk) -> tuple[RepairItem, ...]:
        """Ask for documents and for questions; after the first round mostly for what may still be raised."""
        rng, again = self._random, [item.target for asked in sight.state.asked for item in asked.items]
        again += [target for change in sight.state.changes for target in change.targets]
        codes = [one.code for one in self._subject.permit.fields if one.code in sight.raw]
        targets = [field(code) for code in rng.sample(codes, rng.randrange(min(3, len(codes)) + 1))]
        if again and rng.random() < 0.7:
            targets = [rng.choice(again)]
        if not targets or rng.random() < 0.4:
            targets.append(document(rng.choice(DOCUMENTS)))
        unique = dict.fromkeys(targets)
        return tuple(RepairItem(t.kind, t.code, rng.choice(REASONS), desk.stage, desk.place, t.item) for t in unique)

    def _money(self, sight: Sight) -> tuple[Command, Actor]:
        rng, account = self._random, sight.state.account
        owed = 0 if account is None else account.open
        amount = rng.choices((owed, owed // 2, owed + 5_000, 0, -owed), (70, 14, 8, 4, 4))[0]
        if rng.random() < 0.06:
            proposer = self.clerk.person if rng.random() < 0.3 else "pengusul"
            return Waive(Citation(self._subject.city.regulations[0].code), proposer), self.clerk
        reference = f"B-{len(self._references)}"
        if self._references and rng.random() < 0.08:
            reference = rng.choice(self._references)
        self._references.append(reference)
        treasurer = Actor("bendahara-1", "bendahara", "bapenda")
        return Pay(reference, amount, sight.at), SYSTEM if rng.random() < 0.8 else treasurer

    def _sweep(self, at: datetime) -> SeeLimit:
        day = at.astimezone(self._zone).date()
        return SeeLimit((day + timedelta(days=self._random.choice((0, 0, 0, 0, -1, 1)))).isoformat())

    def careless(self, sight: Sight) -> Deed:
        """Do something that is likely to be wrong: a stale page, another's desk, too early, too late, twice."""
        rng, state, permit = self._random, sight.state, self._subject.permit
        stage = rng.choice([stage for stage in permit.stages if stage.end is None])
        desk = rng.choice(state.desks) if state.desks else None
        key = desk.key if desk is not None and rng.random() < 0.7 else (stage.code, rng.randrange(3))
        agency = rng.choice(self._subject.city.agencies).code
        by = Actor(f"x-{rng.randrange(3)}", rng.choice(("tim_teknis", "kepala", "front_office")), agency)
        if desk is not None and rng.random() < 0.5:
            by = self.person(state, desk)
        if state.duties and rng.random() < 0.3:
            by = replace(by, person=rng.choice(state.duties).person)
        seen = rng.choice((state.rounds, state.rounds, state.rounds - 1, 0))
        fields = tuple(one.code for one in permit.officer_fields) if rng.random() < 0.3 else ()
        commands: tuple[Command, ...] = (
            Approve(*key, seen, fields),
            Return(*key, seen, self._items(sight, desk) if desk is not None and rng.random() < 0.8 else ()),
            Refuse(*key, seen, self._law() if rng.random() < 0.7 else UNKNOWN_LAW),
            AskSignature(key[0], seen, self._products(key[0], sight)),
            CompleteSignature(by.person, (), wet=rng.random() < 0.5, stage=rng.choice((None, key[0]))),
            FailSignature("gagal", rng.choice((None, key[0]))),
            Assign(*key, "siapa-saja"),
            PlanVisit(*key, "2026-03-05"),
            ReportVisit(*key),
            Pause(*key, rng.choice(("stok", "mesin")), sight.at.date().isoformat()),
            Resume(*key),
            EndPause(*key),
            Note(),
            Resubmit((), ()),
            Expire(),
            EndNotice(),
            Object(key[0], "ab"),
            AnswerObjection(*key, rng.randrange(1, 3)),
            Revoke(self._law()),
            Fetch("sk"),
            DecideAnew(),
            self._sweep(sight.at),
            Waive(UNKNOWN_LAW, "pengusul"),
            Waive(Citation(self._subject.city.regulations[0].code), by.person),
            self._money(sight)[0],
        )
        return Deed(rng.choice(commands), by, sight.at, {})


def answer_of_officer(rng: random.Random, asked: Field) -> Value:
    """Return some answer to an officer's question."""
    match asked.kind:
        case Kind.CHOICE:
            return rng.choice(asked.options).code
        case Kind.YES_NO:
            return rng.random() < 0.5
        case Kind.MONEY | Kind.INTEGER:
            return rng.randrange(0, 1_000_000)
        case _:
            return "BA-1"
