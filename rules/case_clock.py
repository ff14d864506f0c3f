"""Until when a case, its desks and its repair run, from its state and the calendar of its city.

| clock | begins | stands still |
|---|---|---|
| promise (`waktu_total`) | at filing | while the applicant or an outside body holds the case, or a desk has paused |
| legal limit (fiktif positif) | when the file is complete (facts, C1) | the same, for a pause only if a law says so |
| desk | when it is asked | from its answer until it is asked again, and while it has paused |
| product (`waktu` of its own) | at filing, or as what it needs is issued | the same, until it is issued |
| repair | when the list goes out | never |

With `jam: ulang` a clock that was stopped by a repair starts anew, else it keeps its remainder (C4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from rules.case_event import DeskDue, DesksMoved, DuesSet, ProductDue
from rules.case_state import AtStage, CaseState, Desk, HolderKind, InRepair, Stop
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
    promise = None
    if promised is not None:
        promise = deadline(city, state.filed_at, promised, pauses)
    legal = None
    if state.completed_at is not None:
        limit = permit.legal_limit.duration if state.terms is None else state.terms.legal
        stops = tuple(pauses_of(permit, state, now, legal=True))
        legal = deadline(city, state.completed_at, limit, stops)
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


def pauses_of(permit: Permit, state: CaseState, now: datetime | None, legal: bool = False) -> Iterator[Pause]:
    """Yield the times in which the promise of a case, or its legal limit, stood still, with the reason in words."""
    for stop in state.stops:
        restarts = permit.repair.restarts if state.terms is None else state.terms.restarts
        end, counts_on = stop.end or now, legal and stop.pause is not None and not stop.pause.limit
        if end is not None and not counts_on:
            yield Pause(stop.start, end, stop_words(permit, stop), stop.repair and restarts)


def kept_promise(promised: Duration | None, state: CaseState) -> Duration | None:
    """Return what a case is promised: what it was when it was filed, whichever version it follows since."""
    return promised if state.terms is None else state.terms.promised or promised


def stop_words(permit: Permit, stop: Stop) -> Words:
    """Say why the clock stood still."""
    if stop.pause is not None:
        return pause_words(permit, stop.pause.stage, stop.pause.place, stop.pause.reason)
    return OUTSIDE if stop.holder is HolderKind.OUTSIDE else REPAIRING if stop.repair else PAYING


def pause_words(permit: Permit, stage: str, place: int, reason: str) -> Words:
    """Say why a desk lets a case wait, as the catalog does."""
    found = permit.pause_told(stage, place, reason)
    said = Words(reason.replace("_", " ")) if found is None else found.reason
    return Words(f"dijeda: {said.id}", f"paused: {said.to('en')}")


def desk_due(
    city: City, permit: Permit, earlier: Desk | None, duration: Duration | None, opened: datetime
) -> Deadline | None:
    """Return until when a desk that is asked at `opened` should answer; a desk asked before keeps its remainder."""
    if duration is None:
        return None
    turns = () if earlier is None else earlier.turns
    opens = (*(turn.opened for turn in turns), opened)
    pauses = [
        Pause(turn.answered, again, ANSWERED, permit.repair.restarts)
        for turn, again in zip(turns, opens[1:], strict=True)
        if turn.answered is not None
    ]
    if earlier is not None:
        pauses += _own_pauses(permit, earlier)
    return deadline(city, opens[0], duration, pauses)


def _own_pauses(permit: Permit, desk: Desk) -> Iterator[Pause]:
    for pause in desk.pauses:
        if pause.ended is not None:
            yield Pause(pause.since, pause.ended, pause_words(permit, desk.stage, desk.place, pause.reason))


def open_desk_due(city: City, permit: Permit, desk: Desk) -> Deadline | None:
    """Return until when a desk that is open should answer, by this calendar."""
    before = replace(desk, turns=desk.turns[:-1])
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
