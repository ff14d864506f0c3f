"""A permit of which only the flow is left, and states of its cases without their moments.

Gains that two cases which can go on alike are equal, so that there is an end to them. Loses dates, documents, amounts,
visits and pauses, none of which a flow waits for longer than somebody wants: the bill is always the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from rules.case_state import Answer, AtStage, AwaitingPayment, CaseState, Desk, InRepair, Objection, Position, Turn
from rules.citation import Citation
from rules.duration import Duration, Unit
from rules.permit import Component, Constant, Fee, Fees, Free, LegalLimit, PayWhen, Permit, Product, Repair, Stage
from rules.table import Row, Table
from rules.words import Words

BEGUN = datetime(2026, 1, 5, 2, tzinfo=UTC)
LATER = timedelta(days=30)  # past every repair and notice of a bare permit
LAW = Citation("-")
_DAY = Duration(1, Unit.CALENDAR_DAY)
_MOMENT = timedelta(minutes=1)
_SOMETHING = Component(Words("-"), Table((Row(Constant(Decimal(1))),)))


def bare(permit: Permit) -> Permit:
    """Return a permit with the same ways, and nothing beside them that takes time to work out."""
    return replace(
        permit,
        legal_limit=LegalLimit(_DAY, LAW),
        legal_basis=(LAW,),
        validity=None,
        requirements=(),
        eligibility=(),
        stages=tuple(_bare_stage(stage) for stage in permit.stages),
        promise=Table(()),
        repair=Repair(_DAY, at_most=permit.repair.at_most),
        fee=bare_fee(permit.fee),
        products=_bare_products(permit),
    )


def _bare_products(permit: Permit) -> tuple[Product, ...]:
    """Return the products of a permit of which some go out before its end; of any other the flow knows none."""
    if all(product.stage is None for product in permit.products):
        return ()
    return tuple(
        Product(one.code, Words(one.code), stage=one.stage, needs=one.needs, replaces=one.replaces, when=one.when)
        for one in permit.products
    )


def bare_fee(fee: Fee | Fees | Free) -> Fee | Fees | Free:
    """Return fees of which the bill can always be made, and is the same for all."""
    match fee:
        case Fee():
            return _bare_one(fee)
        case Fees(each):
            return Fees(tuple(_bare_one(one) for one in each))
        case Free():
            return fee


def _bare_one(fee: Fee) -> Fee:
    lines = (_SOMETHING,) if fee.pay is PayWhen.BEFORE else ()
    return Fee(fee.citation, (), lines, pay=fee.pay, code=fee.code, name=fee.name)


def _bare_stage(stage: Stage) -> Stage:
    reviewers = tuple(replace(one, duration=None, inspection=None, pauses=()) for one in stage.reviewers)
    return replace(stage, reviewers=reviewers, notice=None if stage.notice is None else _DAY)


def next_moment(state: CaseState) -> datetime:
    """Return a moment after all that a timeless state holds."""
    return max((desk.turns[-1].opened for desk in state.desks), default=BEGUN) + _MOMENT


def timeless(state: CaseState) -> CaseState:
    """Return a state in which moments are left only as the order in which desks were asked last, and nothing of what no
    deed depends on: who did what, what stood still, what is due."""
    moments = sorted({desk.turns[-1].opened for desk in state.desks})
    rank = {moment: BEGUN + number * _MOMENT for number, moment in enumerate(moments)}
    desks = (_timeless_desk(desk, rank[desk.turns[-1].opened]) for desk in state.desks)
    return replace(
        state,
        seq=1,
        filed_at=BEGUN,
        position=_timeless_position(state.position),
        desks=tuple(sorted(desks, key=lambda desk: desk.key)),
        completed_at=None if state.completed_at is None else BEGUN,
        legal=None,
        provisional=False,
        accounts=tuple(replace(account, references=()) for account in state.accounts),
        objections=tuple(_timeless_objection(one) for one in state.objections),
        stops=(),
        spans=(),
        duties=(),
        limit_passed=None,
        ended_at=None,
        sent_out=tuple(replace(one, at=BEGUN) for one in state.sent_out),
    )


def _timeless_desk(desk: Desk, opened: datetime) -> Desk:
    answer = None if desk.answer is None else Answer(desk.answer.verdict, BEGUN, 0, "", 0)
    return replace(desk, turns=(Turn(opened),), due=None, again=None, answer=answer, person=None)


def _timeless_objection(objection: Objection) -> Objection:
    return replace(objection, at=BEGUN, answered=None if objection.answered is None else 0)


def _timeless_position(position: Position) -> Position:
    match position:
        case AtStage(notice_until=until):
            return replace(position, since=BEGUN, notice_until=None if until is None else BEGUN)
        case InRepair():
            return replace(position, due=BEGUN, since=BEGUN)
        case AwaitingPayment():
            return AwaitingPayment(BEGUN)
        case _:
            return position
