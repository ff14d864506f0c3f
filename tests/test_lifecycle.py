"""The life of a case, from `alur` alone: the two-storey shop of Kupang on its way through the one door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.model import CityCatalog
from generator.reading.catalog_folder import read_catalog
from rules.case_event import (
    Actor,
    Again,
    BillIssued,
    Ended,
    Happened,
    ItemKind,
    PaymentAwaited,
    RepairAsked,
    RepairItem,
    RepairReason,
    SignedFile,
    StageOpened,
    Waived,
)
from rules.case_fold import ImpossibleEventError, folded
from rules.case_state import CaseState, HolderKind
from rules.citation import Citation
from rules.codec import decode, encode
from rules.command import (
    AnotherRound,
    Approve,
    AskSignature,
    BeyondTheList,
    CompleteSignature,
    DeskClosed,
    Expire,
    FailSignature,
    NoMoreRounds,
    NotAnsweredYet,
    NothingToDo,
    NotNow,
    NotYourDesk,
    OneDutyEach,
    PaidAlready,
    Pay,
    RaisedTooLate,
    Refuse,
    Resubmit,
    Return,
    Revoke,
    Signing,
    TimeLeft,
    TwoPeopleNeeded,
    UnknownLaw,
    Waive,
    Withdraw,
)
from rules.repair_list import document, field
from tests.case_player import APPLICANT, SYSTEM, Player, officer, player_of

CATALOG = Path(__file__).parent.parent / "catalog"
SHOP = "50 tempat parkir"
TESTED = {"nomor_ba_konsultasi": "BA-1", "hasil_konsultasi": "sesuai"}
HEAD = Actor("kepala", "kepala", "dpmptsp")


@pytest.fixture(scope="module")
def kupang() -> CityCatalog:
    catalog, findings = read_catalog(CATALOG)
    assert catalog is not None, findings
    return catalog.cities["kota-kupang"]


@pytest.fixture
def shop(kupang: CityCatalog) -> Iterator[Player]:
    player = player_of(kupang, "pbg", SHOP)
    yield player
    player.lifecycle.close()


def _to_reviewers(player: Player) -> None:
    player.approve(player.state.open_desks[0])


def _unreadable(code: str, place: int, kind: ItemKind = ItemKind.DOCUMENT) -> RepairItem:
    return RepairItem(kind, code, RepairReason.UNREADABLE, "teknis", place)


def _returned_by_dishub(player: Player) -> None:
    """PUPR and DLHK approve, Dishub wants a better andalalin."""
    _to_reviewers(player)
    pupr, dlhk, dishub = player.state.open_desks
    player.approve(pupr, TESTED)
    player.done(Return("teknis", 2, 0, (_unreadable("andalalin", 2),)), officer(dishub))
    player.approve(dlhk)


def _to_payment(player: Player) -> None:
    _to_reviewers(player)
    for desk in player.state.open_desks:
        player.approve(desk, TESTED if desk.agency == "pupr" else None)
    player.approve(player.state.open_desks[0])


def _to_signature(player: Player) -> None:
    _to_payment(player)
    player.done(Pay("QR-1", 3_244_500, player.at), SYSTEM)


def test_the_three_agencies_look_side_by_side_once_the_file_is_complete(shop: Player) -> None:
    assert shop.state.completed_at is None
    _to_reviewers(shop)
    assert [desk.agency for desk in shop.state.open_desks] == ["pupr", "dlhk", "dishub"]
    assert shop.state.completed_at == shop.at


def test_side_by_side_the_desk_due_last_holds_the_case(shop: Player) -> None:
    _to_reviewers(shop)
    assert shop.state.holder is not None
    assert shop.state.holder.agency == "pupr"
    shop.approve(shop.state.open_desks[0], TESTED)
    assert shop.state.holder.agency == "dlhk"


def test_a_return_goes_out_once_all_have_answered_as_one_list(shop: Player) -> None:
    _to_reviewers(shop)
    pupr, dlhk, dishub = shop.state.open_desks
    shop.done(Return("teknis", 2, 0, (_unreadable("andalalin", 2),)), officer(dishub))
    shop.done(Return("teknis", 1, 0, (_unreadable("dokumen-lingkungan", 1),)), officer(dlhk))
    assert not shop.of(RepairAsked)
    shop.approve(pupr, TESTED)
    (asked,) = shop.of(RepairAsked)
    assert isinstance(asked, RepairAsked)
    assert [item.code for item in asked.items] == ["dokumen-lingkungan", "andalalin"]
    assert shop.state.holder is not None
    assert shop.state.holder.kind is HolderKind.APPLICANT


def test_only_who_asked_looks_again(shop: Player) -> None:
    _returned_by_dishub(shop)
    shop.done(Resubmit((document("andalalin"),), ()), APPLICANT, 48)
    assert [(desk.agency, desk.again) for desk in shop.state.open_desks] == [("dishub", Again.ASKED)]


def test_who_is_newly_asked_and_whose_question_changed_look_too(kupang: CityCatalog) -> None:
    house = player_of(kupang, "pbg", "rumah tipe 36 satu lantai")
    _to_reviewers(house)
    (pupr,) = house.state.open_desks
    item = RepairItem(ItemKind.FIELD, "jumlah_parkir", RepairReason.MISTAKEN, "teknis", 0)
    house.done(Return("teknis", 0, 0, (item,)), officer(pupr))
    house.form = {**house.form, "jumlah_parkir": 60}
    house.done(Resubmit((field("jumlah_parkir"),), ("jumlah_parkir",)), APPLICANT)
    assert [(d.agency, d.again) for d in house.state.open_desks] == [("pupr", Again.ASKED), ("dishub", Again.NEWLY)]
    house.approve(house.state.open_desks[1])
    again = RepairItem(ItemKind.FIELD, "jumlah_parkir", RepairReason.MISTAKEN, "teknis", 0)
    house.done(Return("teknis", 0, 1, (again,)), officer(pupr))
    house.form = {**house.form, "jumlah_parkir": 55}
    house.done(Resubmit((field("jumlah_parkir"),), ("jumlah_parkir",)), APPLICANT)
    assert [(d.agency, d.again) for d in house.state.open_desks] == [
        ("pupr", Again.ASKED),
        ("dishub", Again.QUESTION_CHANGED),
    ]
    house.lifecycle.close()


def test_an_agency_no_longer_asked_drops_out(shop: Player) -> None:
    _returned_by_dishub(shop)
    shop.form = {**shop.form, "jumlah_parkir": 10}
    shop.done(Resubmit((field("jumlah_parkir"),), ("jumlah_parkir",)), APPLICANT)
    (opened,) = [e for e in shop.of(StageOpened)[-1:] if isinstance(e, StageOpened)]
    assert opened.stage == "penetapan"


def test_a_later_round_may_not_raise_what_the_first_could_have_seen(shop: Player) -> None:
    _returned_by_dishub(shop)
    shop.done(Resubmit((document("andalalin"),), ()), APPLICANT)
    (dishub,) = shop.state.open_desks
    refused = shop.act(Return("teknis", 2, 1, (_unreadable("ktp", 2),)), officer(dishub))
    assert refused == RaisedTooLate((document("ktp"),))
    shop.done(Return("teknis", 2, 1, (_unreadable("andalalin", 2),)), officer(dishub))


def test_rounds_are_limited(shop: Player) -> None:
    _returned_by_dishub(shop)
    shop.done(Resubmit((document("andalalin"),), ()), APPLICANT)
    (dishub,) = shop.state.open_desks
    shop.done(Return("teknis", 2, 1, (_unreadable("andalalin", 2),)), officer(dishub))
    shop.done(Resubmit((document("andalalin"),), ()), APPLICANT)
    assert shop.act(Return("teknis", 2, 2, (_unreadable("andalalin", 2),)), officer(dishub)) == NoMoreRounds(2)


def test_an_edit_beyond_the_list_is_refused(shop: Player) -> None:
    _returned_by_dishub(shop)
    assert shop.act(Resubmit((field("nama"),), ("nama",), (field("nama"),)), APPLICANT) == BeyondTheList(
        (field("nama"),)
    )
    assert shop.state.status == "perbaikan"


def test_a_desk_answers_once_and_only_its_own_people(shop: Player) -> None:
    first = shop.state.open_desks[0]
    assert shop.act(Approve("verifikasi", 0, 0), Actor("x", "tim_teknis", "pupr")) == NotYourDesk()
    shop.approve(first)
    assert shop.act(Approve("verifikasi", 0, 0), officer(first)) == DeskClosed("dpmptsp-front_office")


def test_nobody_takes_two_of_the_duties(shop: Player) -> None:
    first = shop.state.open_desks[0]
    shop.approve(first)
    same = Actor(officer(first).person, "tim_teknis", "dlhk")
    assert shop.act(Approve("teknis", 1, 0), same) == OneDutyEach("verifikasi")


def test_a_desk_answers_its_questions_first(shop: Player) -> None:
    _to_reviewers(shop)
    pupr = shop.state.open_desks[0]
    assert shop.act(Approve("teknis", 0, 0), officer(pupr)) == NotAnsweredYet(tuple(TESTED))


def test_a_question_that_is_not_shown_need_not_be_answered(kupang: CityCatalog) -> None:
    sign = player_of(kupang, "reklame-tetap", "papan iklan 4x6 m satu sisi")  # its rental value is asked on wheels only
    _to_reviewers(sign)
    (tax,) = [desk for desk in sign.state.open_desks if desk.agency == "bapenda"]
    assert sign.act(Approve("teknis", tax.place, 0), officer(tax)) == NotAnsweredYet(("ada_tunggakan",))
    sign.approve(tax, {"ada_tunggakan": False})
    sign.lifecycle.close()


def test_what_was_looked_at_before_a_repair_must_be_looked_at_again(shop: Player) -> None:
    _returned_by_dishub(shop)
    shop.done(Resubmit((document("andalalin"),), ()), APPLICANT)
    assert shop.act(Approve("teknis", 2, 0), officer(shop.state.open_desks[0])) == AnotherRound()


def test_any_refusal_refuses_and_ends_in_a_signed_letter(shop: Player) -> None:
    _to_reviewers(shop)
    pupr, dlhk, dishub = shop.state.open_desks
    law = shop.lifecycle.permit.legal_basis[2]
    assert shop.act(Refuse("teknis", 2, 0, Citation("uu-tak-dikenal")), officer(dishub)) == UnknownLaw()
    shop.done(Refuse("teknis", 2, 0, law), officer(dishub))
    shop.approve(dlhk)
    shop.approve(pupr, TESTED)
    assert (shop.state.status, shop.state.refusal) == ("penandatanganan", law)
    assert shop.act(Approve("penolakan", 0, 0), HEAD) == NotNow("penandatanganan")
    shop.done(AskSignature("penolakan", 0), HEAD)
    shop.done(CompleteSignature("kepala", (SignedFile("surat-penolakan", "ab"),)), SYSTEM)
    assert shop.state.status == "ditolak"


def test_nothing_is_signed_before_the_exact_sum_has_come(shop: Player) -> None:
    _to_payment(shop)
    (bill,) = shop.of(BillIssued)
    assert isinstance(bill, BillIssued)
    assert bill.due == 3_244_500
    assert shop.state.status == "pembayaran"
    shop.done(Pay("QR-1", 3_244_499, shop.at), SYSTEM)
    assert shop.state.status == "pembayaran"
    assert shop.act(Pay("QR-1", 1, shop.at), SYSTEM) == PaidAlready()
    shop.done(Pay("QR-2", 5, shop.at), SYSTEM)
    assert shop.state.status == "penandatanganan"
    assert shop.state.account is not None
    assert shop.state.account.over == 4


def test_two_people_and_a_law_waive_what_is_still_open(shop: Player) -> None:
    _to_payment(shop)
    shop.done(Pay("QR-1", 244_500, shop.at), SYSTEM)
    law = Citation("uu-1-2022", "96")
    waive = Waive(law, "bendahara")
    assert shop.act(replace(waive, proposed_by=HEAD.person), HEAD) == TwoPeopleNeeded()
    assert shop.act(replace(waive, citation=Citation("perda-99-1999")), HEAD) == UnknownLaw()
    assert shop.done(waive, HEAD).status == "penandatanganan"
    assert shop.of(Waived) == [Waived(3_000_000, law, "bendahara")]
    account = shop.state.account
    assert account is not None
    assert (account.paid, account.waived, account.open, account.over) == (244_500, 3_000_000, 0, 0)
    assert shop.act(waive, HEAD) == NothingToDo()


def test_an_exempted_house_gets_a_nil_assessment_and_waits_for_no_money(kupang: CityCatalog) -> None:
    house = player_of(kupang, "pbg", "MBR: bebas retribusi")
    _to_reviewers(house)
    house.approve(house.state.open_desks[0], TESTED)
    house.approve(house.state.open_desks[0])
    assert [event.due for event in house.of(BillIssued) if isinstance(event, BillIssued)] == [0]
    assert not house.of(PaymentAwaited)
    assert house.state.status == "penandatanganan"
    house.lifecycle.close()


def test_a_signature_may_fail_and_be_made_on_paper(shop: Player) -> None:
    _to_signature(shop)
    shop.done(AskSignature("penerbitan", 0), HEAD)
    assert shop.act(Withdraw(), APPLICANT) == Signing()
    shop.done(FailSignature("sertifikat berakhir"), SYSTEM)
    scan = CompleteSignature("kepala", (SignedFile("pbg", "ab"),), wet=True)
    assert shop.done(scan, SYSTEM).status == "terbit"


def test_a_permit_is_issued_once_and_can_be_revoked(shop: Player) -> None:
    _to_signature(shop)
    shop.done(AskSignature("penerbitan", 0), HEAD)
    shop.done(CompleteSignature("kepala", (SignedFile("pbg", "ab"),)), SYSTEM)
    assert shop.state.status == "terbit"
    assert shop.act(Withdraw(), APPLICANT) == NotNow("terbit")
    assert shop.done(Revoke(Citation("uu-28-2002")), HEAD).status == "dicabut"


def test_an_applicant_may_withdraw_until_it_is_decided(shop: Player) -> None:
    _to_reviewers(shop)
    assert shop.done(Withdraw(), APPLICANT).status == "dibatalkan"
    assert shop.act(Approve("teknis", 1, 0), Actor("x", "tim_teknis", "dlhk")) == NotNow("dibatalkan")


def test_a_repair_that_never_comes_expires_when_its_time_is_over(shop: Player) -> None:
    _returned_by_dishub(shop)
    early = shop.act(Expire(), SYSTEM)
    assert isinstance(early, TimeLeft)
    assert early.until == datetime(2026, 9, 2, 15, 59, 59, tzinfo=UTC)
    shop.done(Expire(), SYSTEM, 24 * 190)
    assert [event.status for event in shop.of(Ended) if isinstance(event, Ended)] == ["kedaluwarsa"]


def test_the_clock_keeps_its_remainder_while_the_applicant_repairs(shop: Player) -> None:
    _returned_by_dishub(shop)
    before = shop.state.promise
    shop.done(Resubmit((document("andalalin"),), ()), APPLICANT, 48)
    assert before == datetime(2026, 4, 21, 8, tzinfo=UTC)
    assert shop.state.promise == datetime(2026, 4, 23, 8, tzinfo=UTC)


def test_the_state_follows_from_the_events_alone_and_survives_being_written(shop: Player) -> None:
    _to_signature(shop)
    history = [Happened(seq, at, by, event) for seq, (at, by, event) in enumerate(shop.events, 1)]
    assert folded(history) == shop.state
    assert decode(CaseState, encode(CaseState, shop.state)) == shop.state
    with pytest.raises(ImpossibleEventError):
        folded(history[1:])
