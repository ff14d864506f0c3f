"""During a public notice anybody may object: who is asked, until when, what each is told, and what nobody is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from rules.case_event import (
    PUBLIC,
    Happened,
    ItemKind,
    NoticeEnded,
    ObjectionAnswered,
    ObjectionMade,
    RepairItem,
    RepairReason,
)
from rules.case_fold import ImpossibleEventError, after
from rules.command import (
    AnswerObjection,
    Approve,
    EndNotice,
    NothingToDo,
    NoticeOver,
    NotYourDesk,
    Object,
    ObjectionsOpen,
    Refuse,
    Resubmit,
    Return,
)
from rules.repair_list import field
from tests.case_player import APPLICANT, SYSTEM, Player, officer, player_of
from tests.test_language_stretch import ampera

WIB = ZoneInfo("Asia/Jakarta")
FILED = datetime(2026, 3, 2, 9, 0, tzinfo=WIB)
OVER = datetime(2026, 3, 17, 9, 0, tzinfo=WIB)  # fourteen days of the calendar from Monday the 2nd


@pytest.fixture
def case() -> Iterator[Player]:
    """A tower that is announced to the public."""
    player = player_of(ampera(), "menara", "rendah", FILED)
    for _ in ("berkas", "gerbang"):
        [desk] = player.state.open_desks
        player.approve(desk)
    yield player
    player.lifecycle.close()


def test_a_notice_to_which_nobody_objects_asks_nobody(case: Player) -> None:
    assert not any(case.state.open_desks)
    case.at = OVER
    case.done(EndNotice(), SYSTEM)
    assert {desk.agency for desk in case.state.open_desks} == {"pupr", "kominfo"}
    assert {desk.stage for desk in case.state.open_desks} == {"teknis"}


def test_after_a_notice_with_objections_its_desk_answers_each_before_it_decides(case: Player) -> None:
    case.done(Object("umum", "aa"), PUBLIC)
    case.done(Object("umum", "bb"), PUBLIC)
    assert not any(case.state.open_desks)  # nobody works on it before the notice is over
    case.at = OVER
    case.done(EndNotice(), SYSTEM)
    [desk] = case.state.open_desks
    assert (desk.stage, desk.agency) == ("umum", "kominfo")
    assert desk.due is not None
    # Three working days after Tuesday the 17th.
    assert desk.due.astimezone(WIB).date() == datetime(2026, 3, 20, tzinfo=WIB).date()
    by, law = officer(desk), case.lifecycle.permit.legal_basis[0]
    item = RepairItem(ItemKind.FIELD, "lokasi", RepairReason.MISTAKEN, "umum", 0)
    for decision in (Approve("umum", 0, 0), Refuse("umum", 0, 0, law), Return("umum", 0, 0, (item,))):
        assert case.act(decision, by) == ObjectionsOpen((1, 2))
    case.done(AnswerObjection("umum", 0, 2), by)
    assert case.act(AnswerObjection("umum", 0, 2), by) == NothingToDo()
    assert case.act(Approve("umum", 0, 0), by) == ObjectionsOpen((1,))
    assert case.act(AnswerObjection("umum", 0, 1), officer(case.state.desks[0])) == NotYourDesk()
    case.done(AnswerObjection("umum", 0, 1), by)
    case.done(Approve("umum", 0, 0), by)
    assert {desk.stage for desk in case.state.open_desks} == {"teknis"}


def test_an_objection_comes_while_the_notice_runs_and_never_after(case: Player) -> None:
    case.done(Object("umum", "aa"), PUBLIC)
    until = case.state.position
    case.at = OVER
    late = case.act(Object("umum", "bb"), PUBLIC)
    assert isinstance(late, NoticeOver)
    assert late.until is not None
    assert late.until.astimezone(WIB).date() == datetime(2026, 3, 16, tzinfo=WIB).date()
    case.done(EndNotice(), SYSTEM)
    assert case.act(Object("umum", "bb"), PUBLIC) == NoticeOver()
    assert case.act(Object("teknis", "bb"), PUBLIC) == NoticeOver()
    assert len(case.of(ObjectionMade)) == 1
    assert until != case.state.position


def test_what_was_announced_and_is_another_now_is_announced_again(case: Player) -> None:
    case.done(Object("umum", "aa"), PUBLIC)
    case.at = OVER
    case.done(EndNotice(), SYSTEM)
    [desk] = case.state.open_desks
    by = officer(desk)
    case.done(AnswerObjection("umum", 0, 1), by)
    item = RepairItem(ItemKind.FIELD, "lokasi", RepairReason.MISTAKEN, "umum", 0)
    case.done(Return("umum", 0, 0, (item,)), by)
    case.done(Resubmit((field("lokasi"),), ("lokasi",)), APPLICANT)
    assert not any(case.state.open_desks)
    assert case.state.noticed == ()
    case.done(Object("umum", "bb"), PUBLIC)
    assert [one.number for one in case.state.objected("umum") if one.answered is None] == [2]


def test_a_repair_of_something_else_is_not_announced_again(case: Player) -> None:
    case.done(Object("umum", "aa"), PUBLIC)
    case.at = OVER
    case.done(EndNotice(), SYSTEM)
    [desk] = case.state.open_desks
    by = officer(desk)
    case.done(AnswerObjection("umum", 0, 1), by)
    item = RepairItem(ItemKind.FIELD, "nama", RepairReason.MISTAKEN, "umum", 0)
    case.done(Return("umum", 0, 0, (item,)), by)
    case.done(Resubmit((field("nama"),), ("nama",)), APPLICANT)
    assert [desk.stage for desk in case.state.open_desks] == ["umum"]
    assert case.state.noticed == ("umum",)


def test_a_history_in_which_nobody_objected_has_no_answer(case: Player) -> None:
    seq, by = case.state.seq + 1, SYSTEM
    for event in (NoticeEnded("umum"), ObjectionAnswered(0, 1), ObjectionMade(2, "aa")):
        with pytest.raises(ImpossibleEventError):
            after(case.state, Happened(seq, case.at, by, event))
