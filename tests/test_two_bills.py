"""One permit with two fees: a survey paid to one agency before it is issued, a tax to another agency after."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from generator.examination import examine
from generator.model import Catalog
from rules.case_event import SYSTEM, Actor, BillIssued, NumberedProduct, SignedFile
from rules.case_state import CaseState
from rules.citation import Citation
from rules.codec import decode, encode
from rules.command import AskSignature, CompleteSignature, NothingToDo, NotNow, Pay, Waive
from rules.decider import Decider
from rules.decision import Decision
from rules.decision_told import told
from rules.permit import Fees, Permit
from tests.case_player import Player, player_of
from tests.kupang_office import FILED

CATALOG = Path(__file__).parent / "cases" / "kota_kedua"
CITY, PERMIT, BOARD = "kota-ampera", "reklame-besar", "papan 60 meter"
SURVEY, TAX = 180_000, 741_000
CLERK = Actor("petugas", "back_office", "dpmptsp")
LAW = Citation("perda-ampera", "9")


@cache
def catalog() -> Catalog:
    examined = examine(CATALOG)
    assert examined.sound is not None
    return examined.sound


def permit() -> Permit:
    return catalog().cities[CITY].permits[PERMIT][-1].permit


@pytest.fixture
def case() -> Iterator[Player]:
    player = player_of(catalog().cities[CITY], PERMIT, BOARD)
    for _ in range(2):
        for desk in player.state.open_desks:
            player.approve(desk)
    yield player
    player.lifecycle.close()


def signed(case: Player) -> CaseState:
    stage = case.state.open_desks[0].stage
    case.done(AskSignature(stage, case.state.rounds, (NumberedProduct("izin", "id", "1", 2026, 1),)), CLERK)
    return case.done(CompleteSignature(CLERK.person, (SignedFile("izin", "ab"),)), SYSTEM)


def test_the_survey_is_waited_for_and_the_tax_is_billed_when_the_permit_is_issued(case: Player) -> None:
    assert case.state.status == "pembayaran"
    assert [(one.fee, one.due, one.collector) for one in case.state.accounts] == [("survei", SURVEY, "pupr")]
    case.done(Pay("B-1", SURVEY, case.at, "survei"), SYSTEM)
    assert case.state.status == "penandatanganan"
    state = signed(case)
    assert state.status == "terbit"
    tax = state.account_of("pajak")
    assert tax is not None
    assert (tax.due, tax.open, tax.kind, tax.collector) == (TAX, TAX, "pajak", "bapenda")
    assert state.owed == TAX
    assert [event.fee for event in case.of(BillIssued) if isinstance(event, BillIssued)] == ["survei", "pajak"]


def test_money_for_one_bill_never_settles_another(case: Player) -> None:
    assert case.act(Pay("B-0", TAX, case.at, "pajak"), SYSTEM) == NotNow("pembayaran")
    case.done(Pay("B-1", SURVEY + 500_000, case.at, "survei"), SYSTEM)
    state = signed(case)
    assert [(one.fee, one.open, one.over) for one in state.accounts] == [("survei", 0, 500_000), ("pajak", TAX, 0)]
    case.done(Pay("B-2", TAX, case.at, "pajak"), SYSTEM)
    assert case.state.owed == 0


def test_what_is_waived_is_waived_of_one_bill(case: Player) -> None:
    case.done(Waive(LAW, "lain", "survei"), Actor("kepala", "kepala", "dpmptsp"))
    assert case.state.status == "penandatanganan"
    signed(case)
    assert case.act(Waive(LAW, "lain", "survei"), CLERK) == NothingToDo()
    assert case.state.owed == TAX


def test_a_fee_alone_is_decided_and_written_as_ever() -> None:
    city, only = catalog().cities[CITY].city, catalog().cities[CITY].permits["menara"][-1].permit
    decider = Decider(only, city)
    decision = decider.decide({"tinggi": 10}, FILED)
    decider.close()
    written = encode(Decision, decision)
    assert isinstance(written, dict)
    assert "bill" in written
    assert "bills" not in written
    assert decode(Decision, written) == decision
    assert isinstance(told(decision, city, "id")["biaya"], dict)


def test_two_bills_are_decided_each_with_its_law_and_told_with_their_sum() -> None:
    city = catalog().cities[CITY].city
    decider = Decider(permit(), city)
    decision = decider.decide(decider.facts({"luas": 60, "sosial": False}, FILED.date()), FILED)
    decider.close()
    assert [(bill.code, bill.due, bill.collector) for bill in decision.bills] == [
        ("survei", SURVEY, "pupr"),
        ("pajak", TAX, "bapenda"),
    ]
    assert decode(Decision, encode(Decision, decision)) == decision
    charge = told(decision, city, "id")["biaya"]
    assert isinstance(charge, dict)
    assert charge["rupiah"] == SURVEY + TAX


def test_the_permit_keeps_its_fees_apart() -> None:
    assert isinstance(permit().fee, Fees)
    assert [fee.rules for fee in permit().fees] == ["retribusi/survei", "retribusi/pajak"]
