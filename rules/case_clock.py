"""Until when a case, its desks and its repair run, from its state and the calendar of its city.

| clock | begins | stands still |
|---|---|---|
| promise (`waktu_total`) | at filing | while the applicant or an outside body holds the case |
| legal limit (fiktif positif) | when the file is complete (facts, C1) | the same |
| desk | when it is asked | from its answer until it is asked again |
| repair | when the list goes out | never |

With `jam: ulang` a clock that was stopped by a repair starts anew, else it keeps its remainder (C4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from rules.case_event import DeskDue, DesksMoved, DuesSet
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
class Dues:
    """Both limits of a case as deadlines with their stories; None where one does not run yet."""

    promised: Duration | None
    promise: Deadline | None
    legal: Deadline | None

    def event(self, release: str, moved: bool = False) -> DuesSet:
        """Return the event that sets them, by the calendar of a release."""
        both = [due for due in (self.promise, self.legal) if due is not None]
        return DuesSet(
            promised=self.promised,
            promise=None if self.promise is None else _utc(self.promise.at),
            legal=None if self.legal is None else _utc(self.legal.at),
            release=release,
            provisional=any(due.provisional for due in both),
            moved=moved,
        )


def dues(city: City, permit: Permit, state: CaseState, promised: Duration | None, now: datetime | None = None) -> Dues:
    """Return until when the case runs; a stop that lasts is counted up to `now`, without it not yet."""
    pauses = tuple(pauses_of(permit, state, now))
    promised = kept_promise(promised, state)
    promise = None if promised is None else deadline(city, state.filed_at, promised, pauses)
    legal = None
    if state.completed_at is not None:
        limit = permit.legal_limit.duration if state.terms is None else state.terms.legal
        legal = deadline(city, state.completed_at, limit, pauses)
    return Dues(promised, promise, legal)


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
    return None if (again.promise, again.legal) == (state.promise, state.legal) else again


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
