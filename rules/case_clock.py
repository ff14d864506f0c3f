"""Until when a case, its desks and its repair run, from its state and the calendar of its city.

| clock | begins | stands still |
|---|---|---|
| promise (`waktu_total`) | at filing | while the applicant or an outside body holds the case |
| legal limit (fiktif positif) | when the file is complete (facts, C1) | the same |
| desk | when it is asked | from its answer until it is asked again |
| product (`waktu` of its own) | at filing, or as what it needs is issued | the same, until it is issued |
| repair | when the list goes out | never |

With `jam: ulang` a clock that was stopped by a repair starts anew, else it keeps its remainder (C4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from rules.case_event import DeskDue, DesksMoved, DuesSet, ProductDue
from rules.case_state import AtStage, CaseState, Desk, HolderKind, InRepair
from rules.city import City
from rules.duration import Duration
from rules.permit import Permit
from rules.words import Words
from rules.workdays import Deadline, Pause, deadline

REPAIRING = Words("berkas di pemohon untuk diperbaiki", "with the applicant for repair")
PAYING = Words("menunggu pembayaran", "waiting for payment")
OUTSIDE = Words("menunggu jawaban instansi luar", "waiting for an outside body")
ANSWERED = Words("sudah dijawab, menunggu perbaikan pemohon", "answered, waiting for the applicant's repair")


@dataclass(frozen=True, slots=True)
class DueOfProduct:
    """Until when a product is promised, `promised` long; None while what it needs is not issued, or where it is issued
    itself: then `said` is what was said last."""

    code: str
    promised: Duration
    deadline: Deadline | None
    said: datetime | None = None

    @property
    def event(self) -> ProductDue:
        """Return it as the events say it."""
        return ProductDue(self.code, self.promised, self.said if self.deadline is None else _utc(self.deadline.at))


@dataclass(frozen=True, slots=True)
class Dues:
    """Both limits of a case as deadlines with their stories; None where one does not run yet."""

    promised: Duration | None
    promise: Deadline | None
    legal: Deadline | None
    products: tuple[DueOfProduct, ...] = ()

    def event(self, release: str, moved: bool = False) -> DuesSet:
        """Return the event that sets them, by the calendar of a release."""
        own = [one.deadline for one in self.products]
        every = [due for due in (self.promise, self.legal, *own) if due is not None]
        return DuesSet(
            promised=self.promised,
            promise=None if self.promise is None else _utc(self.promise.at),
            legal=None if self.legal is None else _utc(self.legal.at),
            release=release,
            provisional=any(due.provisional for due in every),
            moved=moved,
            products=tuple(one.event for one in self.products),
        )


def dues(
    city: City,
    permit: Permit,
    state: CaseState,
    promised: Duration | None,
    now: datetime | None = None,
    products: tuple[tuple[str, Duration], ...] | None = None,
) -> Dues:
    """Return until when the case runs; a stop that lasts is counted up to `now`, without it not yet. `products` are
    those with a promise of their own, None for those that are known."""
    pauses = tuple(pauses_of(permit, state, now))
    promised = kept_promise(promised, state)
    promise = None if promised is None else deadline(city, state.filed_at, promised, pauses)
    legal = None
    if state.completed_at is not None:
        limit = permit.legal_limit.duration if state.terms is None else state.terms.legal
        legal = deadline(city, state.completed_at, limit, pauses)
    if products is None:
        products = tuple((one.code, one.promised) for one in state.product_dues)
    own = tuple(_of_product(city, permit, state, code, length, pauses) for code, length in products)
    return Dues(promised, promise, legal, own)


def _of_product(
    city: City, permit: Permit, state: CaseState, code: str, promised: Duration, pauses: tuple[Pause, ...]
) -> DueOfProduct:
    """Return until when a product is promised; once it is issued its date stays what it was."""
    issued = {one.product.code: one.at for one in state.sent_out}
    if code in issued:
        said = next((one.due for one in state.product_dues if one.code == code), None)
        return DueOfProduct(code, promised, None, said)
    product = permit.product(code)
    needed = None if product is None else product.needs
    begins = state.filed_at if needed is None else issued.get(needed)
    if begins is None:
        return DueOfProduct(code, promised, None)
    since = tuple(pause for pause in pauses if pause.start >= begins)
    return DueOfProduct(code, promised, deadline(city, begins, promised, since))


def pauses_of(permit: Permit, state: CaseState, now: datetime | None) -> Iterator[Pause]:
    """Yield the times in which the case's clocks stood still, with the reason in words."""
    for stop in state.stops:
        reason = OUTSIDE if stop.holder is HolderKind.OUTSIDE else REPAIRING if stop.repair else PAYING
        restarts = permit.repair.restarts if state.terms is None else state.terms.restarts
        if (end := stop.end or now) is not None:
            yield Pause(stop.start, end, reason, stop.repair and restarts)


def kept_promise(promised: Duration | None, state: CaseState) -> Duration | None:
    """Return what a case is promised: what it was when it was filed, whichever version it follows since."""
    return promised if state.terms is None else state.terms.promised or promised


def desk_due(
    city: City, permit: Permit, earlier: Desk | None, duration: Duration | None, opened: datetime
) -> Deadline | None:
    """Return until when a desk that is asked at `opened` should answer; a desk asked before keeps its remainder."""
    if duration is None:
        return None
    if earlier is None:
        return deadline(city, opened, duration)
    turns = earlier.turns
    ends = (*(turn.opened for turn in turns[1:]), opened)
    pauses = [
        Pause(turn.answered, end, ANSWERED, permit.repair.restarts)
        for turn, end in zip(turns, ends, strict=True)
        if turn.answered is not None
    ]
    return deadline(city, turns[0].opened, duration, pauses)


def open_desk_due(city: City, permit: Permit, desk: Desk) -> Deadline | None:
    """Return until when a desk that is open should answer, by this calendar."""
    if len(desk.turns) == 1:
        return desk_due(city, permit, None, desk.duration, desk.turns[0].opened)
    before = _before_last_turn(desk)
    return desk_due(city, permit, before, desk.duration, desk.turns[-1].opened)


def limit_runs_until(city: City, permit: Permit, state: CaseState, now: datetime) -> datetime | None:
    """Return until when the legal limit runs as of now: while the clock stands still, it is put off."""
    if state.stopped is None or state.legal is None:
        return state.legal
    legal = dues(city, permit, state, None, now).legal
    return None if legal is None else _utc(legal.at)


def moved_dues(city: City, permit: Permit, state: CaseState, release: str) -> DuesSet | None:
    """Return both limits by the calendar of another release, None where none moves. A stop that lasts has not been
    counted yet, and is not counted here."""
    again = dues(city, permit, state, state.promised).event(release, moved=True)
    said = (state.promise, state.legal, state.product_dues)
    return None if (again.promise, again.legal, again.products) == said else again


def _before_last_turn(desk: Desk) -> Desk:
    return Desk(desk.stage, desk.place, desk.agency, desk.role, desk.duration, None, desk.inspection, desk.turns[:-1])


def repair_due(city: City, permit: Permit, asked: datetime) -> Deadline:
    """Return until when the applicant may repair what was asked at a moment."""
    return deadline(city, asked, permit.repair.duration)


def moved(city: City, permit: Permit, state: CaseState) -> DesksMoved | None:
    """Return what open desks, the open repair and a public notice are due by this calendar, None where none moves."""
    repair, notice = None, None
    if isinstance(state.position, InRepair):
        due = _utc(repair_due(city, permit, state.position.since).at)
        repair = due if due != state.position.due else None
    desks = []
    if isinstance(state.position, AtStage):
        notice = _moved_notice(city, permit, state.position)
        for desk in state.open_desks:
            again = open_desk_due(city, permit, desk)
            if again is not None and _utc(again.at) != desk.due:
                desks.append(DeskDue(desk.place, _utc(again.at)))
    return DesksMoved(tuple(desks), repair, notice) if desks or repair or notice else None


def notice_until(city: City, notice: Duration, since: datetime) -> datetime:
    """Return until when a public notice runs."""
    return _utc(deadline(city, since, notice).at)


def _moved_notice(city: City, permit: Permit, position: AtStage) -> datetime | None:
    stage = next((stage for stage in permit.stages if stage.code == position.stage), None)
    if stage is None or stage.notice is None or position.notice_until is None or position.since is None:
        return None
    until = notice_until(city, stage.notice, position.since)
    return until if until != position.notice_until else None


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
