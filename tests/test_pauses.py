"""A desk whose stock has run out lets a case wait: the clocks tell it, its minutes are its own, it ends by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.examination import examine
from generator.model import CityCatalog
from rules.case_clock import dues, open_desk_due
from rules.case_event import SYSTEM, Actor, DeskPaused, DeskResumed, DuesSet
from rules.case_state import AtStage, Desk, Holder, HolderKind
from rules.command import (
    Approve,
    EndPause,
    MoveDues,
    NoMorePauses,
    NothingToDo,
    NotNow,
    NotYourDesk,
    Pause,
    PausedNow,
    PauseTooLong,
    Resume,
    SeeLimit,
    TimeLeft,
    Withdraw,
)
from rules.holder import minutes_by_holder
from rules.story_words import sentence
from tests.case_player import APPLICANT, Player, officer, player_of

CATALOG = Path(__file__).parent / "cases" / "kota_kedua"
WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=WIB)
DISHUB = Actor("dishub-tim_teknis", "tim_teknis", "dishub")
COLLEAGUE = Actor("dishub-lain", "tim_teknis", "dishub")
KOMINFO = Actor("kominfo-tim_teknis", "tim_teknis", "kominfo")
CARDS = Pause("periksa", 0, "stok_kartu", "2026-03-20")
MACHINE = Pause("periksa", 1, "mesin_rusak", "2026-03-04")


@cache
def ampera() -> CityCatalog:
    examined = examine(CATALOG, prove=False)
    assert examined.sound is not None
    return examined.sound.cities["kota-ampera"]


@pytest.fixture
def case() -> Iterator[Player]:
    one = player_of(ampera(), "kartu-parkir", "kartu baru", MONDAY)
    yield one
    one.lifecycle.close()


def at(case: Player, moment: str) -> float:
    """Return how many hours lie between the last deed and a moment in Ampera."""
    return (datetime.fromisoformat(moment).replace(tzinfo=WIB) - case.at) / timedelta(hours=1)


def desk(case: Player, place: int) -> Desk:
    found = case.state.desk("periksa", place)
    assert found is not None
    return found


def day(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(WIB).date().isoformat()


def test_while_a_desk_waits_the_promise_stands_still_and_its_story_says_why(case: Player) -> None:
    assert day(case.state.promise) == "2026-03-07"  # Thursday is a day off in Ampera
    case.done(CARDS, DISHUB, at(case, "2026-03-03T10:00"))
    assert case.state.stopped is not None
    case.done(Resume("periksa", 0), DISHUB, at(case, "2026-03-10T09:00"))
    assert case.state.stopped is None
    told = dues(ampera().city, case.lifecycle.permit, case.state, case.state.promised).promise
    assert told is not None
    # Wednesday to Tuesday are five working days, as Thursday is a day off.
    assert day(case.state.promise) == day(told.at) == "2026-03-13"
    assert "(dijeda: Blangko kartu habis)" in sentence(told.story, "id")
    assert "(paused: Blank cards have run out)" in sentence(told.story, "en")
    own = open_desk_due(ampera().city, case.lifecycle.permit, desk(case, 0))
    assert own is not None
    assert own.at.astimezone(UTC) == desk(case, 0).due
    assert "dijeda: Blangko kartu habis" in sentence(own.story, "id")


def test_the_limit_of_the_law_runs_on_unless_a_law_says_otherwise(case: Player) -> None:
    limit = case.state.legal
    case.done(CARDS, DISHUB, at(case, "2026-03-03T10:00"))
    case.done(Resume("periksa", 0), DISHUB, at(case, "2026-03-10T09:00"))
    assert case.state.legal == limit
    case.done(Pause("periksa", 1, "mesin_rusak", "2026-03-12"), KOMINFO, at(case, "2026-03-10T10:00"))
    case.done(Resume("periksa", 1), KOMINFO, at(case, "2026-03-12T10:00"))
    assert limit is not None
    assert case.state.legal is not None
    assert case.state.legal > limit


def test_a_sweep_sees_the_limit_pass_while_a_desk_waits(case: Player) -> None:
    case.done(CARDS, DISHUB)
    case.done(SeeLimit("2026-03-25"), SYSTEM, at(case, "2026-03-25T10:00"))
    case.done(SeeLimit("2026-03-26"), SYSTEM, at(case, "2026-03-26T10:00"))
    assert case.state.deemed == "2026-03-26"


def test_the_minutes_of_a_pause_belong_to_who_paused_and_all_add_up(case: Player) -> None:
    # Kominfo is due later and holds the case, until Dishub pauses.
    assert case.state.holder == Holder(HolderKind.AGENCY, "kominfo")
    case.done(CARDS, DISHUB, at(case, "2026-03-02T10:00"))
    assert case.state.holder == Holder(HolderKind.AGENCY, "dishub")
    case.approve(desk(case, 1), hours=at(case, "2026-03-03T10:00"))
    case.done(Resume("periksa", 0), DISHUB, at(case, "2026-03-04T10:00"))
    now = datetime(2026, 3, 4, 12, 0, tzinfo=WIB)
    held = minutes_by_holder(ampera().city, case.state.spans, now)
    assert held == {Holder(HolderKind.AGENCY, "kominfo"): 60, Holder(HolderKind.AGENCY, "dishub"): 2 * 450 + 120}


def test_a_desk_that_waits_goes_on_before_it_answers(case: Player) -> None:
    case.done(CARDS, DISHUB)
    paused = desk(case, 0).paused
    assert paused is not None
    assert case.act(Approve("periksa", 0, 0), DISHUB) == PausedNow(paused.until)
    assert case.act(CARDS, COLLEAGUE) == PausedNow(paused.until)
    case.done(Resume("periksa", 0), COLLEAGUE)
    assert case.act(Resume("periksa", 0), DISHUB) == NothingToDo()
    case.approve(desk(case, 0))


def test_a_pause_is_used_as_often_and_as_long_as_the_catalog_says(case: Player) -> None:
    case.done(CARDS, DISHUB)
    case.done(Resume("periksa", 0), DISHUB)
    assert case.act(CARDS, DISHUB) == NoMorePauses(1)
    for expected in ("2026-03-01", "2026-04-30", "2026-03-09x"):
        found = case.act(Pause("periksa", 1, "mesin_rusak", expected), KOMINFO)
        assert isinstance(found, PauseTooLong)
    case.done(MACHINE, KOMINFO)
    case.done(Resume("periksa", 1), KOMINFO)
    case.done(MACHINE, KOMINFO)
    case.done(Resume("periksa", 1), KOMINFO)
    assert case.act(MACHINE, KOMINFO) == NoMorePauses(2)


def test_only_the_desk_itself_and_only_its_own_reasons(case: Player) -> None:
    assert case.act(CARDS, KOMINFO) == NotYourDesk()
    assert isinstance(case.act(Pause("periksa", 0, "mesin_rusak", "2026-03-04"), DISHUB), NotNow)
    case.done(CARDS, Actor("kadis", "kepala", "dishub"))
    assert case.act(Resume("periksa", 0), KOMINFO) == NotYourDesk()


def test_what_waits_too_long_goes_on_by_itself(case: Player) -> None:
    case.done(CARDS, DISHUB)
    paused = desk(case, 0).paused
    assert paused is not None
    assert day(paused.until) == "2026-04-01"
    assert case.act(EndPause("periksa", 0), SYSTEM) == TimeLeft(paused.until)
    case.done(EndPause("periksa", 0), SYSTEM, at(case, "2026-04-02T00:01"))
    [resumed] = [event for event in case.of(DeskResumed) if isinstance(event, DeskResumed)]
    assert resumed.overdue
    assert case.act(EndPause("periksa", 0), SYSTEM) == NothingToDo()
    assert case.state.stopped is None


def test_two_desks_that_wait_are_one_stop_after_the_other(case: Player) -> None:
    case.done(CARDS, DISHUB, at(case, "2026-03-03T09:00"))
    case.done(Pause("periksa", 1, "mesin_rusak", "2026-03-05"), KOMINFO, at(case, "2026-03-03T10:00"))
    case.done(Resume("periksa", 0), DISHUB, at(case, "2026-03-04T09:00"))
    assert case.state.stopped is not None
    case.done(Resume("periksa", 1), KOMINFO, at(case, "2026-03-05T09:00"))
    stops = case.state.stops
    assert [stop.pause.reason for stop in stops if stop.pause] == ["stok_kartu", "mesin_rusak"]
    assert stops[0].end == stops[1].start


def test_an_applicant_may_withdraw_while_a_desk_waits(case: Player) -> None:
    case.done(CARDS, DISHUB)
    case.done(Withdraw(), APPLICANT)
    assert case.state.ended
    assert case.state.stopped is None
    assert isinstance(case.act(Resume("periksa", 0), DISHUB), NotNow)


def test_a_calendar_that_moves_does_not_count_a_pause_that_lasts(case: Player) -> None:
    case.done(CARDS, DISHUB)
    assert case.act(MoveDues("rilis-2"), SYSTEM) == NothingToDo()
    assert isinstance(case.state.position, AtStage)
    assert case.of(DeskPaused)
    assert len(case.of(DuesSet)) == 1
    assert officer(desk(case, 0)) == DISHUB
