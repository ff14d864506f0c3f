"""What somebody does who sees a case: mostly what is due, sometimes what another has come to do a moment before."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rules.case_event import APPLICANT, SYSTEM, Actor, RepairItem, RepairReason
from rules.case_state import REFUSAL_STAGE, AtEnd, AtStage, AwaitingPayment, CaseState, Desk, InRepair, WithPerson
from rules.citation import Citation
from rules.command import (
    Approve,
    AskSignature,
    Assign,
    Command,
    DecideAnew,
    FailSignature,
    Fetch,
    Refuse,
    ReportVisit,
    Resubmit,
    Return,
    Revoke,
    Withdraw,
)
from rules.permit import Permit
from rules.repair_list import document
from rules.repair_list import field as question
from tests.kupang_office import HEAD
from tests.random_office import answer_of_officer
from tests.way_oracle import reviewer_of

PARKING = "jumlah_parkir"


@dataclass(frozen=True, slots=True)
class Move:
    """Something to do. A verb without a command is done by its own way: `bank`, `send`, `sign by hand`."""

    verb: str
    by: Actor
    command: Command | None = None
    answers: Mapping[str, object] = field(default_factory=dict)
    amount: int = 0
    reference: str = ""


def move_for(permit: Permit, state: CaseState, nomor: str, own: random.Random) -> Move:
    """Choose a move. Who sees the same version mostly comes to want the same, in another's name or with another aim."""
    shared = random.Random(f"{nomor} {state.seq}") if own.random() < 0.6 else own
    moves = list(_moves(permit, state, nomor, shared, own))
    return shared.choices([move for _, move in moves], [weight for weight, _ in moves])[0]


def _moves(
    permit: Permit, state: CaseState, nomor: str, chance: random.Random, own: random.Random
) -> Iterator[tuple[float, Move]]:
    law = permit.legal_basis[0]
    if not isinstance(state.position, AtEnd):
        yield 0.15, Move("withdraw", APPLICANT, Withdraw())
    match state.position:
        case AtStage(signing=str()):
            yield 2, Move("sign by hand", HEAD)
            yield 0.15, Move("send", SYSTEM)
            yield 0.5, Move("signature fails", SYSTEM, FailSignature("terlambat"))
            yield 0.5, Move("refuse", HEAD, Refuse(state.position.stage, 0, state.rounds, law))
        case AtStage(signature=True, stage=stage, failed=failed):
            if failed is not None:
                yield 2, Move("sign by hand", HEAD)
            yield 4, Move("ask signature", HEAD, AskSignature(stage, state.rounds))
            desk = chance.choice(state.open_desks)
            yield 0.5, Move("return", HEAD, _returned(permit, desk, state.rounds, chance))
        case AtStage():
            yield from _at_desk(permit, state, chance.choice(state.open_desks), law, chance, own)
        case InRepair():
            yield 4, Move("resubmit", APPLICANT, Resubmit((document("ktp"),), ()))
            if state.permit == "pbg":
                parking = {PARKING: chance.choice((5, 50, 80))}
                yield 4, Move("resubmit", APPLICANT, Resubmit((question(PARKING),), (PARKING,)), parking)
        case AwaitingPayment():
            assert state.account is not None
            yield from _money(state, nomor, state.account.open, chance)
        case WithPerson():
            yield 1, Move("decide", _officer("dpmptsp", "back_office", own), DecideAnew())
        case AtEnd(status):
            if status == "terbit":
                yield 2, Move("revoke", HEAD, Revoke(law))
                yield 2, Move("fetch", APPLICANT, Fetch(permit.products[0].code))
            if state.account is not None and state.account.due:
                yield 0.5, Move("bank", SYSTEM, reference=f"{nomor}/1", amount=state.account.due)
            yield 0.5, Move("withdraw", APPLICANT, Withdraw())
            for late in state.desks[:1]:
                by = _officer(late.agency, late.role or "tim_teknis", own)
                yield 1, Move("approve", by, Approve(late.stage, late.place, state.rounds))


def _money(state: CaseState, nomor: str, open_: int, chance: random.Random) -> Iterator[tuple[float, Move]]:
    """A bank tells of money, often of the same twice."""
    known = 0 if state.account is None else len(state.account.references)
    amount = chance.choice((open_, open_, open_ // 2 + 1))
    for weight, number in ((6, known + 1), (1, max(1, known))):
        whole = open_ if number == 1 else amount
        yield weight, Move("bank", SYSTEM, reference=f"{nomor}/{number}", amount=whole)


def _at_desk(
    permit: Permit, state: CaseState, desk: Desk, law: Citation, chance: random.Random, own: random.Random
) -> Iterator[tuple[float, Move]]:
    role = desk.role or "tim_teknis"
    by, key, rounds = _officer(desk.agency, role, own), (desk.stage, desk.place), state.rounds
    if desk.inspection and not desk.reported:
        yield 6, Move("visit", by, ReportVisit(*key))
    reviewer = None if desk.stage == REFUSAL_STAGE else reviewer_of(permit, key)
    asked = () if reviewer is None else reviewer.officer_fields
    answers = {one.code: answer_of_officer(chance, one) for one in asked}
    yield 8, Move("approve", by, Approve(*key, rounds, tuple(answers)), answers)
    yield 1, Move("return", by, _returned(permit, desk, rounds, chance))
    yield 0.2, Move("refuse", by, Refuse(*key, rounds, law))
    yield 1, Move("assign", by, Assign(*key, _officer(desk.agency, role, own).person))


def _returned(permit: Permit, desk: Desk, rounds: int, chance: random.Random) -> Return:
    target = question(PARKING) if permit.code == "pbg" and chance.random() < 0.6 else document("ktp")
    item = RepairItem(target.kind, target.code, RepairReason.MISTAKEN, desk.stage, desk.place)
    return Return(desk.stage, desk.place, rounds, (item,))


def _officer(agency: str, role: str, own: random.Random) -> Actor:
    """Return one of the two people who work there."""
    return Actor(f"{agency}-{role}-{own.randrange(2)}", role, agency)
