"""The state that follows from the events: a fold, one event after another, and nothing else.

Gains a state that can be rebuilt at any time and compared with the one that is kept; an event that can not follow the
state is a fault of ours (`ImpossibleEventError`), never made good in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from rules.case_event import (
    Actor,
    Assigned,
    BillIssued,
    Completed,
    DeemedFlagged,
    DeskAnswered,
    DeskAsked,
    DesksMoved,
    Downloaded,
    DuesSet,
    Ended,
    Filed,
    Happened,
    Issued,
    LeftToPerson,
    LimitPassed,
    Noted,
    Paid,
    PaymentAwaited,
    RepairAsked,
    Resubmitted,
    Revoked,
    SignatureAsked,
    SignatureFailed,
    Signed,
    StageClosed,
    StageOpened,
    Verdict,
    VisitPlanned,
    VisitReported,
    Waived,
)
from rules.case_state import (
    REVOKED,
    Account,
    Answer,
    Asked,
    AtEnd,
    AtStage,
    AwaitingPayment,
    CaseState,
    Change,
    Desk,
    Duty,
    HolderKind,
    InRepair,
    Span,
    Stop,
    Turn,
    WithPerson,
)
from rules.holder import holder_of

_DeskChange = Callable[[Desk], Desk]
SIGNS, VERIFIES, RECOMMENDS = "tanda_tangan", "verifikasi", "rekomendasi"


class ImpossibleEventError(ValueError):
    """An event that can not follow the state it is said to follow."""


def folded(history: Iterable[Happened]) -> CaseState:
    """Return the state that follows from a whole history; ImpossibleEventError where it is none."""
    state: CaseState | None = None
    for happened in history:
        state = after(state, happened)
    if state is None:
        raise ImpossibleEventError("a case begins with its filing")
    return state


def after(state: CaseState | None, happened: Happened) -> CaseState:
    """Return the state after one more event."""
    event, at = happened.event, happened.at
    if state is None:
        if not isinstance(event, Filed) or happened.seq != 1:
            raise ImpossibleEventError(f"{type(event).__name__} can not begin a case")
        return _with_span(_begun(event, at), at)
    if happened.seq != state.seq + 1:
        raise ImpossibleEventError(f"event {happened.seq} can not follow event {state.seq}")
    return _with_span(replace(_changed(state, happened), seq=happened.seq), at)


def _begun(event: Filed, at: datetime) -> CaseState:
    return CaseState(
        permit=event.permit,
        version=event.version,
        release=event.release,
        calendar=event.release,
        filed_at=at,
        root=event.first,
        door=event.door,
        position=WithPerson(""),
        seq=1,
    )


def _with_span(state: CaseState, at: datetime) -> CaseState:
    """Note a change of holder, and with it whether the clock stands still."""
    holder = holder_of(state)
    if not state.spans or state.spans[-1].holder != holder:
        spans = state.spans
        if spans and spans[-1].since == at:
            spans = spans[:-1]  # nobody held it for no time
        if not spans or spans[-1].holder != holder:
            spans = (*spans, Span(at, holder))
        state = replace(state, spans=spans)
    kind = None if holder is None else holder.kind
    waiting = kind in (HolderKind.APPLICANT, HolderKind.OUTSIDE)
    running = state.stops[-1] if state.stops and state.stops[-1].end is None else None
    if running is not None and (not waiting or running.holder is not kind):
        state = replace(state, stops=(*state.stops[:-1], replace(running, end=at)))
        running = None
    if waiting and running is None:
        assert kind is not None
        state = replace(state, stops=(*state.stops, Stop(at, None, kind, isinstance(state.position, InRepair))))
    return state


def _changed(state: CaseState, happened: Happened) -> CaseState:
    event, at = happened.event, happened.at
    match event:
        case Filed():
            raise ImpossibleEventError("a case is filed once")
        case DuesSet():
            return replace(
                state,
                promised=event.promised,
                promise=event.promise,
                legal=event.legal,
                provisional=event.provisional,
                calendar=event.release,
            )
        case DesksMoved():
            return _moved(state, event)
        case StageOpened():
            return _opened(state, event, at)
        case Assigned(place, person):
            return _with_desk(state, place, lambda desk: replace(desk, person=person))
        case VisitPlanned(place, day):
            return _with_desk(state, place, lambda desk: replace(desk, visit=day))
        case VisitReported(place):
            return _with_desk(state, place, lambda desk: replace(desk, reported=True))
        case DeskAnswered():
            return _answered(state, event, happened)
        case StageClosed():
            return _closed(state, event)
        case Completed():
            return replace(state, completed_at=at)
        case RepairAsked(items, due):
            rounds = state.rounds + 1
            lists = (*state.asked, Asked(rounds, items))
            return replace(state, position=InRepair(items, due, at), rounds=rounds, asked=lists)
        case Resubmitted():
            return _resubmitted(state, event)
        case BillIssued(due, kind, collector):
            known = state.account or Account(due, kind, collector)
            return replace(state, account=replace(known, due=due, kind=kind, collector=collector, waived=0))
        case PaymentAwaited():
            return replace(state, position=AwaitingPayment(at))
        case Paid(reference, amount):
            return _paid(state, reference, amount)
        case Waived(amount):
            return _waived(state, amount)
        case SignatureAsked(person, products):
            stage = _at_stage(state)
            position = replace(stage, signing=person, failed=None)
            return replace(state, position=position, products=products or state.products)
        case SignatureFailed(reason):
            return replace(state, position=replace(_at_stage(state), signing=None, failed=reason))
        case Signed(person, files):
            position = replace(_at_stage(state), signing=None, failed=None)
            duties = (*state.duties, Duty(person, SIGNS))
            return replace(state, position=position, files=files, duties=tuple(dict.fromkeys(duties)))
        case Issued(products, valid_until):
            return replace(state, products=products, valid_until=valid_until)
        case Ended(status):
            desks = tuple(replace(desk, open=False) for desk in state.desks)
            return replace(state, position=AtEnd(status), desks=desks, ended_at=at)
        case Revoked():
            return replace(state, position=AtEnd(REVOKED))
        case LimitPassed(day):
            return replace(state, limit_passed=day)
        case DeemedFlagged(day):
            return replace(state, deemed=day)
        case LeftToPerson(reason):
            return replace(state, position=WithPerson(reason))
        case Noted() | Downloaded():
            return state
        case _:
            assert_never(event)


def _at_stage(state: CaseState) -> AtStage:
    if not isinstance(state.position, AtStage):
        raise ImpossibleEventError("the case is at no stage")
    return state.position


def _with_desk(state: CaseState, place: int, change: _DeskChange) -> CaseState:
    stage = _at_stage(state).stage
    if state.desk(stage, place) is None:
        raise ImpossibleEventError(f"no desk {place} is asked at {stage}")
    desks = tuple(change(desk) if desk.key == (stage, place) else desk for desk in state.desks)
    return replace(state, desks=desks)


def _moved(state: CaseState, event: DesksMoved) -> CaseState:
    dues = {moved.place: moved.due for moved in event.desks}
    stage = state.position.stage if isinstance(state.position, AtStage) else None
    desks = tuple(
        replace(desk, due=dues[desk.place]) if desk.stage == stage and desk.place in dues else desk
        for desk in state.desks
    )
    state = replace(state, desks=desks)
    if event.repair is not None and isinstance(state.position, InRepair):
        return replace(state, position=replace(state.position, due=event.repair))
    return state


def _opened(state: CaseState, event: StageOpened, at: datetime) -> CaseState:
    known = {desk.key: desk for desk in state.desks}
    for asked in event.desks:
        known[event.stage, asked.place] = _asked(known.get((event.stage, asked.place)), event.stage, asked, at)
    position = AtStage(event.stage, event.signature, event.outside, event.notice_until)
    return replace(state, position=position, desks=tuple(known.values()))


def _asked(earlier: Desk | None, stage: str, asked: DeskAsked, at: datetime) -> Desk:
    turns = () if earlier is None else earlier.turns
    return Desk(
        stage=stage,
        place=asked.place,
        agency=asked.agency,
        role=asked.role,
        duration=asked.duration,
        due=asked.due,
        inspection=asked.inspection,
        turns=(*turns, Turn(at)),
        again=asked.again,
        person=None if earlier is None else earlier.person,
        looked=None if earlier is None else earlier.looked,
    )


def _answered(state: CaseState, event: DeskAnswered, happened: Happened) -> CaseState:
    at, by = happened.at, happened.by
    answer = Answer(event.verdict, at, state.rounds, by.person, happened.seq)

    def change(desk: Desk) -> Desk:
        if not desk.open:
            raise ImpossibleEventError(f"desk {desk.place} of {desk.stage} has answered already")
        turns = (*desk.turns[:-1], replace(desk.turns[-1], answered=at))
        return replace(desk, answer=answer, items=event.items, open=False, turns=turns, looked=state.rounds)

    state = _with_desk(state, event.place, change)
    if event.verdict is Verdict.REFUSED:
        state = replace(state, refusal=event.citation)
    duty = _duty(state, by)
    if duty is None:
        return state
    return replace(state, duties=tuple(dict.fromkeys((*state.duties, duty))))


def _closed(state: CaseState, event: StageClosed) -> CaseState:
    if event.leads is not None:
        return replace(state, root=event.leads)
    if event.outcome is Verdict.APPROVED and _at_stage(state).notice_until is not None:
        return replace(state, noticed=(*state.noticed, event.stage))
    if event.reopens is None:
        return state
    gone = {desk.key for desk in state.desks if desk.stage == event.reopens} | _returned(state)
    return replace(state, desks=_without(state, gone), rounds=state.rounds + 1)


def _returned(state: CaseState) -> set[tuple[str, int]]:
    return {desk.key for desk in state.desks if desk.answer and desk.answer.verdict is Verdict.RETURNED}


def _without(state: CaseState, gone: set[tuple[str, int]]) -> tuple[Desk, ...]:
    return tuple(replace(desk, answer=None, items=()) if desk.key in gone else desk for desk in state.desks)


def _duty(state: CaseState, by: Actor) -> Duty | None:
    """Return which of the duties that exclude each other this is."""
    stage = _at_stage(state)
    if by.role == "sistem" or stage.outside:
        return None
    if stage.signature:
        return Duty(by.person, SIGNS)
    return Duty(by.person, VERIFIES if by.agency == state.door else RECOMMENDS)


def _resubmitted(state: CaseState, event: Resubmitted) -> CaseState:
    """Let fall the answers that no longer stand: those of who asked, and of whom the change concerns."""
    desks = _without(state, set(event.dropped) | _returned(state))
    change = Change(state.rounds, event.changed)
    return replace(state, desks=desks, changes=(*state.changes, change), position=WithPerson(""))


def _paid(state: CaseState, reference: str, amount: int) -> CaseState:
    account = state.account
    if account is None or reference in account.references:
        raise ImpossibleEventError(f"payment {reference} is for no bill, or is there already")
    account = replace(account, paid=account.paid + amount, references=(*account.references, reference))
    return replace(state, account=account)


def _waived(state: CaseState, amount: int) -> CaseState:
    account = state.account
    if account is None or not 0 < amount <= account.open:
        raise ImpossibleEventError(f"{amount} can not be waived of what is open")
    return replace(state, account=replace(account, waived=account.waived + amount))
