"""The life of a case on ways that no real permit takes yet: what `alur` can say, and what goes wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from rules.case_event import (
    Actor,
    Again,
    BillIssued,
    Completed,
    DeemedFlagged,
    DesksMoved,
    DuesSet,
    Ended,
    Event,
    Happened,
    ItemKind,
    LeftToPerson,
    LimitPassed,
    NumberedProduct,
    PaymentAwaited,
    RepairItem,
    RepairReason,
    SignedFile,
)
from rules.case_fold import ImpossibleEventError, after
from rules.case_state import HolderKind
from rules.city import Holiday
from rules.command import (
    Approve,
    AskSignature,
    CompleteSignature,
    DecideAnew,
    EndNotice,
    FailSignature,
    GivenToAnother,
    MoveDues,
    NothingToDo,
    NoticeRuns,
    NotNow,
    OneDutyEach,
    Pay,
    Refuse,
    Resubmit,
    Return,
    Revoke,
    SeeLimit,
    Withdraw,
)
from rules.decider import Decider
from rules.engine import Chunk, NothingError, RuleBook
from rules.lifecycle import Lifecycle, Outcome
from rules.permit import Component, Fee, Formula
from rules.repair_list import document
from rules.table import Row, Table
from rules.transition import transition_fields, transition_rules
from rules.words import Words
from tests.case_player import APPLICANT, FILED, SYSTEM, Player, officer
from tests.sample_permit import LAW
from tests.sample_way import BODY, FORM, city, player, ways

HEAD = Actor("kepala", "kepala", "dpmptsp")
HEALTH_HEAD = Actor("kepala-dinkes", "kepala", "dinkes")
CLERK = Actor("petugas-loket", "back_office", "dpmptsp")
FILES = (SignedFile("sk", "ab"),)
NEW_DAY_OFF = Holiday("2026-03-05", Words("Cuti bersama baru"), "cuti_bersama", "SKB 1/2026", "2026-03-01")
LATER = replace(city(), holidays=(*city().holidays, NEW_DAY_OFF))


@pytest.fixture
def begun() -> Iterator[Mapping[str, Player]]:
    players = _Players()
    yield players
    for one in players.values():
        one.lifecycle.close()


class _Players(dict[str, Player]):
    def __missing__(self, name: str) -> Player:
        self[name] = player(name)
        return self[name]


def approved(case: Player, *stages: str, hours: float = 1) -> None:
    """Let every desk of these stages approve."""
    for stage in stages:
        for desk in case.state.open_desks:
            assert desk.stage == stage
            case.approve(desk, hours=hours)


def returned(case: Player, code: str = "ktp") -> None:
    """Let the first open desk ask for a document."""
    desk = case.state.open_desks[0]
    item = RepairItem(ItemKind.DOCUMENT, code, RepairReason.UNREADABLE, desk.stage, desk.place)
    case.done(Return(desk.stage, desk.place, case.state.rounds, (item,)), officer(desk))


def signed(case: Player, by: Actor = HEAD) -> None:
    assert case.state.position is not None
    stage = case.state.open_desks[0].stage
    case.done(AskSignature(stage, case.state.rounds), by)
    case.done(CompleteSignature(by.person, FILES), SYSTEM)


def paid(case: Player) -> None:
    assert case.state.account is not None
    case.done(Pay(f"B-{case.state.seq}", case.state.account.open, case.at), SYSTEM)


def refused(case: Player) -> None:
    for desk in case.state.open_desks:
        case.done(Refuse(desk.stage, desk.place, case.state.rounds, LAW), officer(desk))


# --- Ways ------------------------------------------------------------------------------------------------------------


def test_a_permit_that_is_paid_afterwards_is_issued_with_its_bill_and_paid_when_the_money_comes(
    begun: Mapping[str, Player],
) -> None:
    case = begun["paid afterwards"]
    approved(case, "verifikasi", "teknis")
    assert case.state.status == "penandatanganan"
    assert not case.of(BillIssued)
    signed(case)
    assert case.state.status == "terbit"
    assert case.state.account is not None
    assert case.state.account.open == 45_000
    paid(case)
    assert (case.state.status, case.state.account.open) == ("terbit", 0)


def test_a_permit_whose_bill_can_not_be_made_is_left_to_a_person_and_not_given_away() -> None:
    case = player("paid afterwards")
    approved(case, "verifikasi", "teknis")
    case.form = {code: value for code, value in case.form.items() if code != "luas"}
    signed(case)
    assert case.state.status == "keputusan_orang"
    assert "NotAnswered" in str(case.of(LeftToPerson))
    case.form = {**case.form, "luas": Decimal(30)}
    assert case.done(DecideAnew(), HEAD).status == "terbit"
    case.lifecycle.close()


def test_a_bill_whose_lines_are_others_replaces_one_of_the_same_sum() -> None:
    plain = ways()["plain"]
    assert isinstance(plain.fee, Fee)
    counted = Component(Words("Retribusi"), Table((Row(Formula("luas * lantai * tarif")),)))
    decider = Decider(replace(plain, fee=replace(plain.fee, components=(counted,))), city())
    case = Player(Lifecycle(decider), {**FORM, "luas": Decimal(30), "lantai": 2})
    approved(case, "verifikasi", "teknis")
    (first,) = case.of(BillIssued)
    paid(case)
    returned(case)
    case.form = {**case.form, "luas": Decimal(60), "lantai": 1}
    case.done(Resubmit((document("ktp"),), ("luas", "lantai")), APPLICANT)
    (_, second) = case.of(BillIssued)
    assert isinstance(first, BillIssued)
    assert isinstance(second, BillIssued)
    assert first.due == second.due == 90_000
    assert first.digest != second.digest
    assert case.state.account is not None
    assert (case.state.account.open, case.state.status) == (0, "penandatanganan")
    returned(case)
    case.done(Resubmit((document("ktp"),), ()), APPLICANT)
    assert len(case.of(BillIssued)) == 2  # nothing of it is another


def test_money_is_waited_for_where_nothing_is_signed(begun: Mapping[str, Player]) -> None:
    case = begun["paid and not signed"]
    approved(case, "verifikasi", "teknis")
    assert case.state.status == "pembayaran"
    paid(case)
    assert case.state.status == "terbit"


def test_an_outside_body_holds_the_case_while_the_clock_stands_still(begun: Mapping[str, Player]) -> None:
    case = begun["outside body"]
    approved(case, "verifikasi", "teknis")
    assert case.state.holder is not None
    assert (case.state.holder.kind, case.state.holder.agency) == (HolderKind.OUTSIDE, BODY)
    before = case.state.promise
    (body,) = case.state.open_desks
    case.done(Approve("luar", body.place, 0), CLERK, 48)
    assert before is not None
    assert case.state.promise == before + timedelta(days=2)


def test_two_outside_bodies_in_a_row_stop_the_clock_once_for_each(begun: Mapping[str, Player]) -> None:
    case = begun["two outside bodies"]
    approved(case, "verifikasi", "teknis")
    case.done(Approve("luar", 0, 0), CLERK, 24)
    case.done(Approve("luar_lagi", 0, 0), CLERK, 24)
    assert [(stop.holder, stop.end is None) for stop in case.state.stops[:2]] == [(HolderKind.OUTSIDE, False)] * 2
    first, second, _ = case.state.stops
    assert first.end == second.start


def test_a_public_notice_runs_to_its_end_and_is_held_by_the_door(begun: Mapping[str, Player]) -> None:
    case = begun["public notice"]
    approved(case, "verifikasi", "teknis")
    assert case.state.open_desks == ()
    early = case.act(EndNotice(), SYSTEM)
    assert early == NoticeRuns(datetime(2026, 3, 16, 15, 59, 59, tzinfo=UTC))
    case.done(EndNotice(), SYSTEM, 24 * 15)
    assert case.state.status == "pembayaran"
    assert case.act(EndNotice(), SYSTEM) == NotNow("pembayaran")


def test_desks_of_a_notice_approve_only_after_it(begun: Mapping[str, Player]) -> None:
    case = begun["answered notice"]
    approved(case, "verifikasi")
    desk = case.state.open_desks[0]
    assert isinstance(case.act(Approve("teknis", desk.place, 0), officer(desk)), NoticeRuns)
    case.done(Approve("teknis", desk.place, 0), officer(desk), 24 * 8)
    assert case.state.status == "penandatanganan"
    assert case.state.noticed == ("teknis",)


def test_a_notice_in_working_days_moves_with_the_calendar(begun: Mapping[str, Player]) -> None:
    case = begun["answered notice"]
    approved(case, "verifikasi")
    moved = case.lifecycle.act(MoveDues("rilis-2"), case.state, case.facts, case.at, SYSTEM, LATER)
    assert isinstance(moved, Outcome)
    (desks,) = [event for event in moved.events if isinstance(event, DesksMoved)]
    assert desks.notice == datetime(2026, 3, 10, 8, tzinfo=UTC)


def test_a_refusal_may_lead_to_a_stage_of_the_catalog_and_its_letter_costs_nothing(begun: Mapping[str, Player]) -> None:
    case = begun["own refusal"]
    approved(case, "verifikasi")
    refused(case)
    assert case.state.status == "penandatanganan"
    assert not case.of(PaymentAwaited)
    signed(case)
    assert case.state.status == "ditolak"
    assert not case.of(BillIssued)


def test_an_approval_may_lead_to_the_letter_of_refusal(begun: Mapping[str, Player]) -> None:
    case = begun["refused by an answer"]
    approved(case, "verifikasi")
    case.approve(case.state.open_desks[0], {"hasil": "tidak"})
    assert case.state.open_desks[0].stage == "penolakan"
    signed(case)
    assert case.state.status == "ditolak"


def test_where_the_door_checks_nothing_the_legal_limit_begins_at_filing(begun: Mapping[str, Player]) -> None:
    assert begun["no door"].state.completed_at == FILED


def test_where_nobody_is_asked_at_the_door_the_file_is_complete_at_once(begun: Mapping[str, Player]) -> None:
    case = begun["nobody at the door"]
    assert [type(event) for event in (e for _, _, e in case.events)][1] is Completed
    assert case.state.legal is not None


def test_a_stage_asked_of_nobody_is_passed(begun: Mapping[str, Player]) -> None:
    case = begun["asked of nobody"]
    approved(case, "verifikasi")
    assert case.state.status == "pembayaran"


def test_the_treasurer_holds_what_the_treasurer_has_to_do(begun: Mapping[str, Player]) -> None:
    case = begun["by the treasurer"]
    approved(case, "verifikasi", "teknis")
    assert case.state.holder is not None
    assert case.state.holder.kind is HolderKind.TREASURER


# --- Back inside the office ------------------------------------------------------------------------------------------


def test_a_return_inside_the_office_goes_to_the_stage_and_back_to_who_asked(begun: Mapping[str, Player]) -> None:
    case = begun["back inside"]
    approved(case, "verifikasi")
    returned(case)
    (door,) = case.state.open_desks
    assert (door.stage, case.state.rounds) == ("verifikasi", 1)
    approved(case, "verifikasi")
    assert [(desk.stage, desk.again) for desk in case.state.open_desks] == [("teknis", Again.ASKED)]


def test_what_was_sent_back_may_be_passed_on_to_the_applicant_and_asked_again(begun: Mapping[str, Player]) -> None:
    case = begun["back inside"]
    approved(case, "verifikasi")
    returned(case)
    returned(case)  # the door passes it on
    assert case.state.status == "perbaikan"
    case.done(Resubmit((document("ktp"),), ()), APPLICANT)
    approved(case, "verifikasi")
    assert [desk.stage for desk in case.state.open_desks] == ["teknis"]


# --- Signatures ------------------------------------------------------------------------------------------------------


def to_signature(case: Player) -> None:
    approved(case, "verifikasi", "teknis")
    if case.state.status == "pembayaran":
        paid(case)


def test_two_stages_are_signed_one_after_the_other_and_each_holds_its_own_time(begun: Mapping[str, Player]) -> None:
    case = begun["two signatures"]
    to_signature(case)
    signed(case)
    assert case.state.holder is not None
    assert (case.state.holder.kind, case.state.holder.agency) == (HolderKind.SIGNATORY, "dinkes")
    late = CompleteSignature("kepala", FILES, stage="penerbitan")
    case.done(AskSignature("tembusan", 0), HEALTH_HEAD)
    assert case.act(late, SYSTEM) == NotNow("penandatanganan")
    assert case.act(FailSignature("terlambat", "penerbitan"), SYSTEM) == NotNow("penandatanganan")
    case.done(CompleteSignature(HEALTH_HEAD.person, FILES, stage="tembusan"), SYSTEM)
    assert case.state.status == "terbit"


def test_a_signature_answers_for_its_own_desk_only(begun: Mapping[str, Player]) -> None:
    case = begun["signed side by side"]
    to_signature(case)
    signed(case, HEALTH_HEAD)
    assert [desk.agency for desk in case.state.open_desks] == ["dpmptsp"]
    assert case.state.status == "penandatanganan"
    signed(case)
    assert case.state.status == "terbit"


def test_a_desk_that_has_refused_to_sign_signs_on_no_paper_either(begun: Mapping[str, Player]) -> None:
    case = begun["signed side by side"]
    to_signature(case)
    case.done(AskSignature("penerbitan", 0), HEAD)
    case.done(FailSignature("sertifikat berakhir"), SYSTEM)
    case.done(Refuse("penerbitan", 0, 0, LAW), HEAD)
    assert case.act(CompleteSignature("kepala", FILES, wet=True), CLERK) == NotNow("penandatanganan")


def test_a_signature_comes_from_who_asked_for_it(begun: Mapping[str, Player]) -> None:
    case = begun["free"]
    to_signature(case)
    case.done(AskSignature("penerbitan", 0), HEAD)
    assert case.act(CompleteSignature("orang-lain", FILES), SYSTEM) == GivenToAnother("kepala")


def test_whoever_brings_a_signature_on_paper_has_not_signed(begun: Mapping[str, Player]) -> None:
    case = begun["free"]
    to_signature(case)
    case.done(AskSignature("penerbitan", 0), HEAD)
    case.done(FailSignature("sertifikat berakhir"), SYSTEM)
    verifier = case.state.duties[0].person
    assert case.act(CompleteSignature(verifier, FILES, wet=True), CLERK) == OneDutyEach("verifikasi")
    case.done(CompleteSignature("kepala", FILES, wet=True), CLERK)
    assert [duty.person for duty in case.state.duties if duty.duty == "tanda_tangan"] == ["kepala"]
    answer = case.state.desks[-1].answer
    assert answer is not None
    assert answer.person == "kepala"


def test_a_product_keeps_the_number_it_has_when_a_signature_is_asked_for_again(begun: Mapping[str, Player]) -> None:
    case = begun["free"]
    to_signature(case)
    first, second = (NumberedProduct("sk", f"id-{n}", f"503/{n}", 2026, n) for n in (1, 2))
    case.done(AskSignature("penerbitan", 0, (first,)), HEAD)
    case.done(FailSignature("terlambat"), SYSTEM)
    assert case.done(AskSignature("penerbitan", 0, (second,)), HEAD).products == (first,)


# --- Money and duties ------------------------------------------------------------------------------------------------


def test_no_money_is_no_payment(begun: Mapping[str, Player]) -> None:
    case = begun["plain"]
    approved(case, "verifikasi", "teknis")
    assert case.act(Pay("B-1", 0, case.at), SYSTEM) == NothingToDo()
    assert case.act(Pay("B-1", -45_000, case.at), SYSTEM) == NothingToDo()


def test_who_has_verified_takes_no_money(begun: Mapping[str, Player]) -> None:
    case = begun["plain"]
    approved(case, "verifikasi", "teknis")
    same = Actor(case.state.duties[0].person, "bendahara", "bapenda")
    assert case.act(Pay("B-1", 45_000, case.at), same) == OneDutyEach("verifikasi")
    case.done(Pay("B-1", 45_000, case.at), Actor("bendahara", "bendahara", "bapenda"))
    signer = Actor("bendahara", "kepala", "dpmptsp")
    assert case.act(AskSignature("penerbitan", 0), signer) == OneDutyEach("terima_uang")


def test_a_return_is_from_the_desk_that_makes_it(begun: Mapping[str, Player]) -> None:
    case = begun["plain"]
    approved(case, "verifikasi")
    desk = case.state.open_desks[0]
    item = RepairItem(ItemKind.DOCUMENT, "ktp", RepairReason.UNREADABLE, "verifikasi", 7)
    case.done(Return("teknis", 0, 0, (item,)), officer(desk))
    assert [(one.stage, one.place) for one in case.state.asked[0].items] == [("teknis", 0)]


# --- The legal limit -------------------------------------------------------------------------------------------------


def see(case: Player, day: str) -> tuple[Event, ...]:
    """Sweep at ten in the morning of a day."""
    at = datetime.fromisoformat(f"{day}T02:00+00:00")
    outcome = case.lifecycle.act(SeeLimit(day), case.state, case.facts, at, SYSTEM)
    if not isinstance(outcome, Outcome):
        assert outcome == NothingToDo()
        return ()
    case.state = outcome.state
    return outcome.events


def test_a_limit_is_seen_on_one_working_day_and_put_before_people_on_another(begun: Mapping[str, Player]) -> None:
    case = begun["no door"]  # five working days from Monday 2 March
    assert see(case, "2026-03-09") == ()
    assert see(case, "2026-03-14") == ()  # a Saturday
    assert see(case, "2026-03-10") == (LimitPassed("2026-03-10"),)
    assert see(case, "2026-03-10") == ()
    assert see(case, "2026-03-15") == ()  # a Sunday
    assert see(case, "2026-03-11") == (DeemedFlagged("2026-03-11"),)
    assert see(case, "2026-03-12") == ()
    assert case.state.status == "peninjauan"


def test_a_sweep_speaks_of_its_own_day_only(begun: Mapping[str, Player]) -> None:
    case = begun["no door"]
    at = datetime(2026, 3, 10, 2, tzinfo=UTC)
    for day in ("2026-03-09", "2026-03-11"):
        assert case.lifecycle.act(SeeLimit(day), case.state, case.facts, at, SYSTEM) == NothingToDo()


def test_the_limit_does_not_pass_while_the_applicant_repairs(begun: Mapping[str, Player]) -> None:
    case = begun["no door"]
    returned(case)
    assert case.state.status == "perbaikan"
    assert see(case, "2026-03-16") == ()
    case.at = datetime(2026, 3, 16, 3, tzinfo=UTC)
    case.done(Resubmit((document("ktp"),), ()), APPLICANT)
    assert case.state.legal is not None
    assert case.state.legal > case.at


def test_a_limit_that_passed_before_the_repair_began_stays_passed(begun: Mapping[str, Player]) -> None:
    case = begun["no door"]
    assert see(case, "2026-03-10")
    case.at = datetime(2026, 3, 11, 1, tzinfo=UTC)
    returned(case)
    assert see(case, "2026-03-16") == (DeemedFlagged("2026-03-16"),)


def test_a_limit_that_the_calendar_moved_ahead_again_must_be_seen_twice_again(begun: Mapping[str, Player]) -> None:
    case = begun["no door"]
    assert see(case, "2026-03-10")
    moved = case.lifecycle.act(
        MoveDues("rilis-2"), case.state, case.facts, datetime(2026, 3, 10, 3, tzinfo=UTC), SYSTEM, LATER
    )
    assert isinstance(moved, Outcome)
    case.state = moved.state
    assert case.state.legal == datetime(2026, 3, 10, 8, tzinfo=UTC)
    assert see(case, "2026-03-11") == (LimitPassed("2026-03-11"),)


# --- The calendar ----------------------------------------------------------------------------------------------------


def test_dates_that_the_calendar_does_not_move_stay_also_while_the_applicant_repairs(
    begun: Mapping[str, Player],
) -> None:
    case = begun["no door"]
    returned(case)
    case.at += timedelta(days=10)
    assert case.act(MoveDues("rilis-2"), SYSTEM) == NothingToDo()


def test_the_calendar_moves_dates_by_its_own_days_and_not_by_those_of_a_repair(begun: Mapping[str, Player]) -> None:
    case = begun["no door"]
    returned(case)
    case.at += timedelta(days=10)
    moved = case.lifecycle.act(MoveDues("rilis-2"), case.state, case.facts, case.at, SYSTEM, LATER)
    assert isinstance(moved, Outcome)
    (dues,) = [event for event in moved.events if isinstance(event, DuesSet)]
    assert (dues.legal, dues.moved) == (datetime(2026, 3, 10, 8, tzinfo=UTC), True)


# --- When the engine can not tell ------------------------------------------------------------------------------------


class Failing(Chunk):
    """An engine that fails while it is told to."""

    down = False

    def run(self, numbers: Mapping[str, int]) -> Sequence[str]:
        if Failing.down:
            raise NothingError("down")
        return super().run(numbers)


@pytest.fixture
def failing() -> Iterator[Player]:
    """Yield a case of a plain permit whose transitions the engine can be made to fail on."""
    case = player("plain")
    permit, transitions = case.lifecycle.permit, case.lifecycle.transitions
    transitions.close()
    transitions.book = RuleBook(transition_rules(permit), transition_fields(permit), open_engine=Failing)
    approved(case, "verifikasi")
    yield case
    Failing.down = False
    case.lifecycle.close()


def test_a_return_that_the_engine_could_not_tell_is_kept_and_goes_out_when_it_can(failing: Player) -> None:
    Failing.down = True
    returned(failing)
    assert failing.state.status == "keputusan_orang"
    assert failing.done(DecideAnew(), HEAD).status == "keputusan_orang"
    Failing.down = False
    assert failing.done(DecideAnew(), HEAD).status == "perbaikan"
    assert [item.code for item in failing.state.asked[0].items] == ["ktp"]


def test_a_refusal_that_the_engine_could_not_tell_is_kept(failing: Player) -> None:
    Failing.down = True
    refused(failing)
    Failing.down = False
    failing.done(DecideAnew(), HEAD)
    assert failing.state.open_desks[0].stage == "penolakan"


def test_an_approval_after_which_the_engine_could_not_tell_the_way_is_kept(failing: Player) -> None:
    Failing.down = True
    approved(failing, "teknis")
    assert failing.state.status == "keputusan_orang"
    Failing.down = False
    assert failing.done(DecideAnew(), HEAD).status == "pembayaran"


def test_an_applicant_may_withdraw_also_while_the_engine_is_down(failing: Player) -> None:
    Failing.down = True
    assert failing.done(Withdraw(), APPLICANT).status == "dibatalkan"


# --- The end ---------------------------------------------------------------------------------------------------------


def test_nothing_is_decided_after_the_end(begun: Mapping[str, Player]) -> None:
    case = begun["plain"]
    case.done(Withdraw(), APPLICANT)
    for event in (Ended("terbit"), Completed(), LimitPassed("2026-03-10")):
        with pytest.raises(ImpossibleEventError):
            after(case.state, Happened(case.state.seq + 1, case.at, SYSTEM, event))
    assert case.act(Revoke(LAW), HEAD) == NotNow("dibatalkan")


def test_every_way_ends_in_a_permit_when_all_approve() -> None:
    for name in ways():
        case = player(name)
        for _ in range(12):
            match case.state.status:
                case "terbit":
                    break
                case "pembayaran":
                    paid(case)
                case "penandatanganan":
                    agency = case.state.open_desks[0].agency
                    signed(case, Actor(f"kepala-{agency}", "kepala", agency))
                case _ if not case.state.open_desks:
                    case.done(EndNotice(), SYSTEM, 24 * 20)
                case _:
                    desk = case.state.open_desks[0]
                    [stage] = [one for one in case.lifecycle.permit.stages if one.code == desk.stage]
                    asked = stage.reviewers[desk.place].officer_fields
                    answers = {"hasil": "sesuai"} if asked else None
                    by = CLERK if desk.agency == BODY else officer(desk)
                    case.officers[desk.key] = answers or {}
                    case.done(Approve(desk.stage, desk.place, 0, tuple(answers or ())), by, 24 * 20)
        assert case.state.status == "terbit", name
        case.lifecycle.close()
