"""The state that follows from the events: a fold, one event after another, and nothing else.

Gains a state that can be rebuilt at any time and compared with the one that is kept; an event that can not follow the
state is a fault of ours (`ImpossibleEventError`), never made good in silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from rules.case_event import (
    Actor,
    Assigned,
    BillIssued,
    Collected,
    Completed,
    DeemedFlagged,
    DeskAnswered,
    DeskPaused,
    DeskResumed,
    DesksMoved,
    Downloaded,
    DuesSet,
    Ended,
    Filed,
    Happened,
    Issued,
    LeftToPerson,
    LimitPassed,
    Moved,
    Noted,
    NoticeEnded,
    ObjectionAnswered,
    ObjectionMade,
    Paid,
    PaymentAwaited,
    ProductRevoked,
    ProductsIssued,
    RepairAsked,
    Resubmitted,
    Revoked,
    SignatureAsked,
    SignatureFailed,
    Signed,
    StageClosed,
    StageOpened,
    Surveyed,
    VisitPlanned,
    VisitReported,
    Waived,
)
from rules.case_state import (
    ISSUED,
    REVOKED,
    Account,
    AtEnd,
    AwaitingPayment,
    CaseState,
    Collection,
    Duty,
    SentOut,
    WithPerson,
)
from rules.desk_change import (
    ImpossibleEventError,
    answered,
    asked_to_repair,
    at_stage,
    closed,
    moved,
    opened,
    paused,
    put_by,
    resubmitted,
    resumed,
    with_desk,
    with_duty,
)
from rules.duty import SIGNS, duty_of_payment
from rules.holder import held
from rules.objection_change import announced_anew, notice_over, objected, objection_answered
from rules.version_change import after_move

__all__ = ["ImpossibleEventError", "after", "folded"]


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
        return held(_begun(event, at), 1, at)
    if happened.seq != state.seq + 1:
        raise ImpossibleEventError(f"event {happened.seq} can not follow event {state.seq}")
    if state.ended and not _follows_the_end(state, happened):
        raise ImpossibleEventError(f"{type(event).__name__} can not follow the end {state.status}")
    anew = isinstance(event, StageOpened | PaymentAwaited | RepairAsked)
    return held(_changed(state, happened), happened.seq, at, anew)


def _follows_the_end(state: CaseState, happened: Happened) -> bool:
    """Tell whether an event can come after the end: nothing that decides anything, but for taking back the permit."""
    match happened.event:
        case Revoked():
            return state.status == ISSUED
        case ProductRevoked(id_):
            return any(product.id == id_ for product in state.issued)
        case Paid() | Waived() | Noted() | Downloaded() | Surveyed():
            return True
        case Collected():
            return state.awaits_collection
        case _:
            return False


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


def _changed(state: CaseState, happened: Happened) -> CaseState:
    event, at = happened.event, happened.at
    match event:
        case Filed():
            raise ImpossibleEventError("a case is filed once")
        case DuesSet():
            return _due(state, event, at)
        case DesksMoved():
            return moved(state, event)
        case StageOpened():
            return opened(state, event, at)
        case ObjectionMade():
            return objected(state, event, at)
        case NoticeEnded(stage):
            return notice_over(state, stage)
        case ObjectionAnswered():
            return objection_answered(state, event, happened)
        case Assigned(place, person):
            return with_desk(state, place, lambda desk: replace(desk, person=person))
        case DeskPaused():
            return paused(state, event, at)
        case DeskResumed():
            return resumed(state, event, at)
        case VisitPlanned(place, day):
            return with_desk(state, place, lambda desk: replace(desk, visit=day))
        case VisitReported(place):
            return with_desk(state, place, lambda desk: replace(desk, reported=True))
        case DeskAnswered():
            return answered(state, event, happened)
        case StageClosed():
            return closed(state, event)
        case Completed():
            return replace(state, completed_at=at)
        case RepairAsked(items, due):
            return asked_to_repair(state, items, due, at)
        case Resubmitted():
            return announced_anew(resubmitted(state, event), event.announced_anew)
        case BillIssued(due, kind, collector, digest, fee):
            known = state.account_of(fee) or Account(due, kind, collector, fee=fee)
            bill = replace(known, due=due, kind=kind, collector=collector, waived=0, digest=digest, stands_on=None)
            return _with_account(state, bill)
        case PaymentAwaited():
            return put_by(replace(state, position=AwaitingPayment(at)), at)
        case Paid():
            return _paid(state, event, happened.by)
        case Waived():
            return _waived(state, event)
        case SignatureAsked(person, products, place):
            position = replace(at_stage(state), signing=person, signing_at=place, failed=None)
            return replace(state, position=position, products=products or state.products)
        case SignatureFailed(reason):
            return replace(state, position=replace(at_stage(state), signing=None, failed=reason))
        case Signed(person, files, wet):
            position = replace(at_stage(state), signing=person, failed=None)
            return with_duty(replace(state, position=position, files=files, wet=wet), Duty(person, SIGNS))
        case ProductsIssued():
            return _sent_out(state, event, at)
        case Issued(products, valid_until, bring):
            return replace(state, products=products, valid_until=valid_until, bring=bring)
        case Collected(receiver):
            return replace(state, collected=Collection(at, receiver, happened.by.person, happened.seq))
        case Ended(status):
            desks = tuple(replace(desk, open=False) for desk in state.desks)
            return replace(state, position=AtEnd(status), desks=desks, ended_at=at)
        case Revoked():
            return replace(state, position=AtEnd(REVOKED))
        case ProductRevoked(id_):
            return replace(state, taken_back=(*state.taken_back, id_))
        case Surveyed():
            return replace(state, surveyed=True)
        case LimitPassed(day):
            return replace(state, limit_passed=day)
        case DeemedFlagged(day):
            return replace(state, deemed=day)
        case LeftToPerson(reason, closing):
            return replace(state, position=WithPerson(reason, closing))
        case Moved():
            return after_move(state, event)
        case Noted() | Downloaded():
            return state
        case _:
            assert_never(event)


def _due(state: CaseState, event: DuesSet, at: datetime) -> CaseState:
    """Set the dates; a limit that was seen passed and is ahead again has not been seen passed."""
    passed = event.legal is not None and event.legal < at
    return replace(
        state,
        promised=event.promised,
        promise=event.promise,
        legal=event.legal,
        provisional=event.provisional,
        calendar=event.release,
        product_dues=event.products,
        limit_passed=state.limit_passed if passed or state.deemed else None,
    )


def _sent_out(state: CaseState, event: ProductsIssued, at: datetime) -> CaseState:
    """Note what went out, so that the next signature begins with nothing."""
    files = {(file.code, file.item): file for file in event.files}
    found = tuple(SentOut(one, event.stage, at, files.get((one.code, one.item))) for one in event.products)
    gone = {(one.code, one.item) for one in event.products}
    return replace(
        state,
        sent_out=(*state.sent_out, *found),
        products=tuple(one for one in state.products if (one.code, one.item) not in gone),
        files=tuple(one for one in state.files if (one.code, one.item) not in gone),
    )


def _paid(state: CaseState, event: Paid, by: Actor) -> CaseState:
    account = state.account_of(event.fee)
    if account is None or any(event.reference in one.references for one in state.accounts):
        raise ImpossibleEventError(f"payment {event.reference} is for no bill, or is there already")
    references = (*account.references, event.reference)
    duty = duty_of_payment(by)
    state = _with_account(state, replace(account, paid=account.paid + event.amount, references=references))
    return state if duty is None else with_duty(state, Duty(by.person, duty))


def _waived(state: CaseState, event: Waived) -> CaseState:
    account = state.account_of(event.fee)
    if account is None or not 0 < event.amount <= account.open:
        raise ImpossibleEventError(f"{event.amount} can not be waived of what is open")
    return _with_account(state, replace(account, waived=account.waived + event.amount))


def _with_account(state: CaseState, account: Account) -> CaseState:
    """Put an account in the place of that of the same fee, or behind the others."""
    if state.account_of(account.fee) is None:
        return replace(state, accounts=(*state.accounts, account))
    return replace(state, accounts=tuple(account if one.fee == account.fee else one for one in state.accounts))
