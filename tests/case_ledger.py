"""What a clerk with a pencil would note of a case, from its events alone: written apart from `rules`' fold, plainly.

The laws (`tests.case_laws`) are checked against this, and against the catalog as it is written; nothing here asks the
engine, the lifecycle or the state it keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from rules.case_event import (
    Actor,
    Assigned,
    BillIssued,
    Completed,
    DeemedFlagged,
    DeskAnswered,
    DeskAsked,
    DeskPaused,
    DeskResumed,
    DesksMoved,
    DuesSet,
    Ended,
    Filed,
    Happened,
    Issued,
    LeftToPerson,
    LimitPassed,
    Moved,
    NoticeEnded,
    NumberedProduct,
    ObjectionAnswered,
    ObjectionMade,
    Paid,
    PaymentAwaited,
    ProductRevoked,
    ProductsIssued,
    RepairAsked,
    RepairItem,
    RepairReason,
    Resubmitted,
    Revoked,
    SignatureAsked,
    SignatureFailed,
    Signed,
    StageClosed,
    StageOpened,
    Target,
    Terms,
    Verdict,
    VisitReported,
    Waived,
)
from rules.case_state import CaseState, Holder, HolderKind
from rules.city import City
from rules.command import Command, MoveDues, NothingToDo
from rules.duration import Duration
from rules.kind import Facts
from rules.lifecycle import Outcome
from rules.permit import Permit
from tests.clock_oracle import Halt
from tests.way_oracle import Key, differing, when_of


@dataclass(frozen=True)
class Tried:
    """Something that was done with a case, or tried; `command` is None at its filing. `form` is what the applicant has
    answered by then, `facts` with what its officers have. Of a repair: `may_change` is what was asked for and what
    comes and goes with it, `elsewhere` that something else was changed. `again`: it was done before, and accepted."""

    number: int
    at: datetime
    by: Actor
    command: Command | None
    outcome: Outcome | object
    before: CaseState | None
    form_before: Facts
    form: Facts
    facts: Facts
    calendar: City
    release: str
    elsewhere: bool = False
    may_change: frozenset[Target] = frozenset()
    again: bool = False
    engine_down: bool = False

    @property
    def moves_nothing(self) -> bool:
        """Tell whether this is a calendar that was found to move nothing."""
        return isinstance(self.command, MoveDues) and isinstance(self.outcome, NothingToDo)


@dataclass(frozen=True)
class Paused:
    """A desk that lets the case wait."""

    key: Key
    reason: str
    limit: bool


@dataclass
class Waiting:
    """A time in which the office waited: for the applicant, an outside body, or a desk of its own that paused."""

    start: datetime
    repair: bool
    paused: Paused | None = None
    end: datetime | None = None


@dataclass
class Turns:
    """When a desk was asked, and when it answered."""

    asked: list[datetime] = field(default_factory=list)
    answered: list[datetime] = field(default_factory=list)
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)  # that are over


@dataclass
class Ledger:
    """One case of a permit, as its events tell."""

    permit: Permit
    city: City
    bill_known: Callable[[Tried], bool]
    history: list[Happened] = field(default_factory=list)
    phase: str = "orang"  # tahap | perbaikan | bayar | orang | akhir
    status: str = ""
    root: str = ""
    stage: str | None = None
    opened: StageOpened | None = None
    opened_at: datetime | None = None
    open: dict[Key, DeskAsked] = field(default_factory=dict)
    dues: dict[Key, datetime | None] = field(default_factory=dict)
    stands: dict[Key, Verdict] = field(default_factory=dict)
    this_time: dict[Key, DeskAnswered] = field(default_factory=dict)  # answers since the stage was opened
    stages_opened: set[str] = field(default_factory=set)
    turns: dict[Key, Turns] = field(default_factory=dict)
    reported: set[Key] = field(default_factory=set)
    paused: dict[Key, tuple[datetime, DeskPaused]] = field(default_factory=dict)
    paused_before: list[tuple[Key, str]] = field(default_factory=list)
    person: dict[Key, str] = field(default_factory=dict)
    rounds: int = 0
    looked: dict[Key, int] = field(default_factory=dict)
    own: dict[Key, set[Target]] = field(default_factory=dict)
    sent_back: dict[str, set[Target]] = field(default_factory=dict)
    latest: tuple[RepairItem, ...] = ()
    changes: list[tuple[int, set[Target]]] = field(default_factory=list)
    noticed: set[str] = field(default_factory=set)
    objections: dict[int, str] = field(default_factory=dict)  # the stage of each by its number
    heard: set[int] = field(default_factory=set)  # those that were answered
    notice_until: datetime | None = None
    signing: str | None = None
    failed: bool = False
    bill: BillIssued | None = None
    paid: int = 0
    waived: int = 0
    references: list[str] = field(default_factory=list)
    products: dict[tuple[str, int | None], NumberedProduct] = field(default_factory=dict)
    sent: dict[str, set[str]] = field(default_factory=dict)  # codes of the products that went out of each stage
    sent_ids: dict[str, str] = field(default_factory=dict)  # their codes, by id
    taken_back: set[str] = field(default_factory=set)  # ids
    waits: list[Waiting] = field(default_factory=list)
    courts: list[tuple[datetime, Holder | None]] = field(default_factory=list)  # since when in whose
    completed_at: datetime | None = None
    promised: Duration | None = None
    promise: datetime | None = None
    legal: datetime | None = None
    calendar: str = ""
    repair_due: datetime | None = None
    repair_since: datetime | None = None
    passed: str | None = None
    deemed: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    duties: dict[str, set[str]] = field(default_factory=dict)
    follows: Permit | None = None  # the version that open cases move to
    terms: Terms | None = None
    law_rounds: int = 0
    moving: int | None = None  # the number of what was tried as it moved
    listed_until: datetime | None = None  # of a list that was out when more was asked

    @property
    def money_open(self) -> int:
        """Return what is still to be paid."""
        return 0 if self.bill is None else max(0, self.bill.due - self.paid - self.waived)

    def halts(self, now: datetime | None = None, legal: bool = False) -> list[Halt]:
        """Return the times the office waited; one that lasts is counted up to `now`, or not at all. For the limit of
        the law a pause counts only where a law says so."""
        return [
            Halt(wait.start, end, wait.repair and (self.terms.restarts if self.terms else self.permit.repair.restarts))
            for wait in self.waits
            if (end := wait.end or now) is not None and not (legal and wait.paused and not wait.paused.limit)
        ]

    def take(self, happened: Happened, tried: Tried) -> None:
        """Note an event."""
        at, event = happened.at, happened.event
        self.history.append(happened)
        name = type(event).__name__
        self.counts[name] = self.counts.get(name, 0) + 1
        match event:
            case Filed(_, _, release, first):
                self.root, self.calendar = first, release
            case Completed():
                self.completed_at = at
            case DuesSet():
                self.promised, self.promise, self.legal, self.calendar = (
                    event.promised, event.promise, event.legal, event.release,
                )  # fmt: skip
                if self.deemed is None and (event.legal is None or event.legal >= at):
                    self.passed = None
            case DesksMoved(desks, repair, notice):
                for desk in desks:
                    self.dues[self.stage or "", desk.place] = desk.due
                self.repair_due = repair or self.repair_due
                self.notice_until = notice or self.notice_until
            case StageOpened():
                self._open(event, at)
            case ObjectionMade(number):
                self.objections[number] = self.stage or ""
            case NoticeEnded(stage):
                self.noticed.add(stage)
            case ObjectionAnswered(_, number):
                self.heard.add(number)
                self._duty(happened.by.person, "periksa" if happened.by.agency == self.city.door else "nilai")
            case Assigned(place, person):
                self.person[self.stage or "", place] = person
            case DeskPaused(place, reason):
                self.paused[self.stage or "", place] = at, event
                self.paused_before.append(((self.stage or "", place), reason))
            case DeskResumed(place, due):
                key = self.stage or "", place
                self.turns[key].pauses.append((self.paused.pop(key)[0], at))
                self.dues[key] = due
            case VisitReported(place):
                self.reported.add((self.stage or "", place))
            case DeskAnswered():
                self._answer(event, at, happened.by)
            case StageClosed():
                self._close(event)
            case RepairAsked(items, due):
                self._put_by(at, set())
                self.rounds += 1
                by_law = [item for item in items if item.reason is RepairReason.REGULATION]
                self.law_rounds += bool(by_law)
                for item in by_law:  # as if the door had asked
                    self.own.setdefault((item.stage, item.place), set()).add(item.target)
                self.listed_until = self.repair_due if self.phase == "perbaikan" else None
                self.latest = items
                self.phase, self.repair_due, self.repair_since = "perbaikan", due, at
            case Resubmitted(changed):
                self.changes.append((self.rounds, set(changed)))
                self._forget_returns()
                changed_facts = differing(tried.form_before, tried.form)
                for key in list(self.stands):
                    when = when_of(self.permit, key)
                    if when is not None and not changed_facts.isdisjoint(when):
                        del self.stands[key]
                self._announce_anew(changed_facts)
                self.phase = "orang"
            case BillIssued():
                self.bill, self.waived = event, 0
            case PaymentAwaited():
                self._put_by(at, set())
                self.phase = "bayar"
            case Moved():
                self._move(event, tried.number)
            case Paid(reference, amount):
                self.paid += amount
                self.references.append(reference)
                if happened.by.agency is not None:
                    self._duty(happened.by.person, "uang")
            case Waived(amount):
                self.waived += amount
            case SignatureAsked(person, products):
                self.signing, self.failed = person, False
                for product in products:
                    self.products.setdefault((product.code, product.item), product)
            case SignatureFailed():
                self.signing, self.failed = None, True
            case Signed(person):
                self.signing = None
                self._duty(person, "tanda tangan")
            case LeftToPerson():
                self.phase = "orang"
            case ProductsIssued(stage, products):
                self.sent.setdefault(stage, set()).update(product.code for product in products)
                self.sent_ids.update((product.id, product.code) for product in products)
            case ProductRevoked(id_):
                self.taken_back.add(id_)
            case Issued():
                pass
            case Ended(status):
                self.phase, self.status = "akhir", status
                self.open.clear()
                self.paused.clear()
            case Revoked():
                self.status = "dicabut"
            case LimitPassed(day):
                self.passed = day
            case DeemedFlagged(day):
                self.deemed = day
            case _:
                pass
        self._hold(at, isinstance(event, StageOpened | PaymentAwaited | RepairAsked))

    def _open(self, event: StageOpened, at: datetime) -> None:
        self.phase, self.stage, self.opened, self.opened_at = "tahap", event.stage, event, at
        self.notice_until, self.signing, self.failed = event.notice_until, None, False
        still = {(event.stage, desk.place) for desk in event.desks} & self.open.keys()
        self._put_by(at, still)
        self.open = {(event.stage, desk.place): desk for desk in event.desks}
        self.this_time = {}
        if event.desks:
            self.stages_opened.add(event.stage)
        for desk in event.desks:
            key = event.stage, desk.place
            self.dues[key] = desk.due
            if key not in still:
                self.reported.discard(key)
                self.turns.setdefault(key, Turns()).asked.append(at)

    def _put_by(self, at: datetime, but: set[Key]) -> None:
        """Ask nobody any more who was asked before a move, but for these."""
        for key in self.open.keys() - but:
            self.turns[key].answered.append(at)
            del self.open[key]

    def _move(self, event: Moved, number: int) -> None:
        """Note that the case follows the later version, where desks stand at other places."""
        assert self.follows is not None
        stages, to = dict(event.stages), {(one.stage, one.place): (one.to, one.to_place) for one in event.desks}
        lapsed = {(one.to, one.to_place) for one in event.desks if not one.stands}
        self.permit, self.terms, self.moving, self.root = self.follows, event.terms, number, event.first
        self.open = {to[key]: desk for key, desk in self.open.items() if key in to}
        self.dues = {to[key]: due for key, due in self.dues.items() if key in to}
        self.stands = {to[key]: said for key, said in self.stands.items() if key in to}
        self.this_time = {
            to[key]: replace(said, items=tuple(replace(one, stage=to[key][0], place=to[key][1]) for one in said.items))
            for key, said in self.this_time.items()
            if key in to
        }
        self.turns = {to[key]: turns for key, turns in self.turns.items() if key in to}
        self.person = {to[key]: person for key, person in self.person.items() if key in to}
        self.reported = {to[key] for key in self.reported if key in to}
        self.looked = {to[key]: when for key, when in self.looked.items() if key in to}
        self.own = {to[key]: own for key, own in self.own.items() if key in to}
        self.paused_before = [(to[key], why) for key, why in self.paused_before if key in to]
        for key in lapsed & {key for key, said in self.stands.items() if said is Verdict.APPROVED}:
            del self.stands[key]
            self.looked.pop(key, None)
        self.latest = tuple(
            replace(item, stage=to[item.stage, item.place][0], place=to[item.stage, item.place][1])
            for item in self.latest
            if (item.stage, item.place) in to
        )
        self.noticed = {stages[stage] for stage in self.noticed if stage in stages}
        self.sent_back = {stages[stage]: back for stage, back in self.sent_back.items() if stage in stages}
        self.objections = {number: stages.get(stage, stage) for number, stage in self.objections.items()}
        self.stages_opened = {stage for stage, _ in self.turns}
        if self.phase == "tahap":
            self.phase = "tahap" if self.stage in stages else "orang"
            self.stage = stages.get(self.stage or "", self.stage)
        elif self.phase == "perbaikan" and not event.items:
            self.phase = "orang"

    def _answer(self, event: DeskAnswered, at: datetime, by: Actor) -> None:
        key = self.stage or "", event.place
        self.open.pop(key, None)
        self.stands[key] = event.verdict
        self.this_time[key] = event
        self.looked[key] = self.rounds
        self.turns[key].answered.append(at)
        if event.verdict is Verdict.RETURNED:
            self.own.setdefault(key, set()).update(item.target for item in event.items)
        if by.agency is not None and self.opened is not None and not self.opened.outside:
            if not self.opened.signature:
                self._duty(by.person, "periksa" if by.agency == self.city.door else "nilai")
            elif event.verdict is not Verdict.APPROVED:
                self._duty(by.person, "tanda tangan")

    def _close(self, event: StageClosed) -> None:
        if event.leads is not None:
            self.root = event.leads
        elif event.outcome is Verdict.APPROVED:
            if self.notice_until is not None and self.stage == event.stage:
                self.noticed.add(event.stage)
        elif event.reopens is not None:
            self.rounds += 1
            self.latest = tuple(
                item for _, answer in sorted(self.this_time.items(), key=lambda kv: kv[0]) for item in answer.items
            )
            self.sent_back.setdefault(event.reopens, set()).update(item.target for item in self.latest)
            self._forget_returns()
            for key in [key for key in self.stands if key[0] == event.reopens]:
                del self.stands[key]

    def _announce_anew(self, changed: set[str]) -> None:
        for stage in self.permit.stages:
            if stage.code in self.noticed and not changed.isdisjoint(stage.announced):
                self.noticed.discard(stage.code)
                for key in [key for key in self.stands if key[0] == stage.code]:
                    del self.stands[key]

    def _forget_returns(self) -> None:
        for key in [key for key, verdict in self.stands.items() if verdict is Verdict.RETURNED]:
            del self.stands[key]

    def _duty(self, person: str, duty: str) -> None:
        self.duties.setdefault(person, set()).add(duty)

    def _hold(self, at: datetime, anew: bool) -> None:
        holder = self.whose()
        if not self.courts or self.courts[-1][1] != holder:
            self.courts.append((at, holder))
        paused = self._waits_for()
        waiting = paused or (holder is not None and holder.kind in (HolderKind.APPLICANT, HolderKind.OUTSIDE))
        last = self.waits[-1] if self.waits and self.waits[-1].end is None else None
        repair = self.phase == "perbaikan"
        if last is not None and (not waiting or anew or (last.repair, last.paused) != (repair, paused)):
            last.end = at
            last = None
        if waiting and last is None:
            self.waits.append(Waiting(at, repair, paused))

    def _waits_for(self) -> Paused | None:
        """Return the desk that paused for which the clock stands still: where the limit waits too before others."""
        found = [Paused(key, event.reason, event.limit) for key, (_, event) in sorted(self.paused.items())]
        return next((one for one in found if one.limit), found[0] if found else None)

    def whose(self) -> Holder | None:
        """Return in whose court the case is."""
        door = self.city.door
        last = self.due_last()
        agency = None if last is None else last.agency
        if self.phase == "akhir":
            return None
        if self.phase in ("perbaikan", "bayar"):
            return Holder(HolderKind.APPLICANT)
        if self.phase == "orang" or self.opened is None:
            return Holder(HolderKind.FRONT_OFFICE, door)
        if self.opened.outside:
            return Holder(HolderKind.OUTSIDE, agency)
        if self.opened.signature:
            return Holder(HolderKind.SIGNATORY, agency or door)
        if last is None or (agency == door and last.role == "front_office"):
            return Holder(HolderKind.FRONT_OFFICE, door)
        return Holder(HolderKind.TREASURER if last.role == "bendahara" else HolderKind.AGENCY, agency)

    def due_last(self) -> DeskAsked | None:
        """Return the open desk that is due last; without a date is later than any, and of equals the first counts."""
        keys = sorted(self.paused or self.open, key=lambda key: key[1])
        dated = [(key, self.dues[key]) for key in keys]
        undated = [key for key, due in dated if due is None]
        if undated:
            return self.open[undated[0]]
        latest = max((due for _, due in dated if due is not None), default=None)
        return next((self.open[key] for key, due in dated if due == latest), None)
