"""Until when a case, its desks and its repair run: what stops each clock, and what a new calendar moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rules.case_clock import (
    desk_due,
    dues,
    limit_runs_until,
    moved,
    moved_dues,
    notice_until,
    open_desk_due,
    pauses_of,
    repair_due,
)
from rules.case_event import DeskDue, DesksMoved
from rules.case_state import AtStage, CaseState, Desk, HolderKind, InRepair, Stop, Turn, WithPerson
from rules.city import Holiday
from rules.duration import Duration, Unit
from rules.permit import Repair
from rules.words import Words
from tests.sample_permit import sample_permit
from tests.sample_way import city, ways

MONDAY = datetime(2026, 8, 3, 1, tzinfo=UTC)  # 09.00 in the city; no holiday before the 17th
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIVE, THREE = Duration(5, Unit.WORKING_DAY), Duration(3, Unit.WORKING_DAY)
TOWN, PERMIT = city(), sample_permit()
RESTARTS = replace(PERMIT, repair=Repair(Duration(30, Unit.CALENDAR_DAY), restarts=True))
WEDNESDAY_OFF = Holiday("2026-08-05", Words("Cuti bersama"), "cuti_bersama", "SKB 9/2026", "2026-08-01")
LATER = replace(TOWN, holidays=(*TOWN.holidays, WEDNESDAY_OFF))
CASE = CaseState("warung", "2026-01-01", "r", "r", MONDAY, "verifikasi", "dpmptsp", WithPerson(""))


def closing(day: int) -> datetime:
    """Return when the office closes on a day of August."""
    return datetime(2026, 8, day, 8, tzinfo=UTC)


def stop(start: datetime, end: datetime | None, repair: bool = True, kind: HolderKind = HolderKind.APPLICANT) -> Stop:
    return Stop(start, end, kind, repair)


def desk(*turns: Turn) -> Desk:
    return Desk("teknis", 0, "dinkes", None, THREE, closing(6), False, turns)


def test_the_promise_runs_from_filing_and_the_limit_from_completeness() -> None:
    found = dues(TOWN, PERMIT, replace(CASE, completed_at=MONDAY + 2 * DAY), FIVE)
    assert found.event("r").promise == closing(10)
    assert found.event("r").legal == closing(12)
    assert dues(TOWN, PERMIT, CASE, None).event("r").promise is None
    assert dues(TOWN, PERMIT, CASE, FIVE).legal is None


def test_both_stand_still_while_the_office_waits() -> None:
    waited = (stop(MONDAY + DAY, MONDAY + 3 * DAY),)
    found = dues(TOWN, PERMIT, replace(CASE, completed_at=MONDAY, stops=waited), FIVE)
    assert (found.event("r").promise, found.event("r").legal) == (closing(12), closing(12))


def test_a_wait_that_lasts_counts_up_to_now_where_now_is_told() -> None:
    case = replace(CASE, stops=(stop(MONDAY + DAY, None),))
    assert dues(TOWN, PERMIT, case, FIVE).event("r").promise == closing(10)
    assert dues(TOWN, PERMIT, case, FIVE, MONDAY + 2 * DAY).event("r").promise == closing(11)


def test_only_a_repair_makes_the_clock_start_anew_and_only_where_the_permit_says_so() -> None:
    repaired, paid = stop(MONDAY + DAY, MONDAY + 2 * DAY), stop(MONDAY + DAY, MONDAY + 2 * DAY, repair=False)
    assert dues(TOWN, RESTARTS, replace(CASE, stops=(repaired,)), FIVE).event("r").promise == closing(12)
    assert dues(TOWN, RESTARTS, replace(CASE, stops=(paid,)), FIVE).event("r").promise == closing(11)
    assert dues(TOWN, PERMIT, replace(CASE, stops=(repaired,)), FIVE).event("r").promise == closing(11)


def test_each_wait_has_its_reason() -> None:
    stops = (
        stop(MONDAY, MONDAY + HOUR),
        stop(MONDAY + DAY, MONDAY + DAY + HOUR, repair=False),
        stop(MONDAY + 2 * DAY, MONDAY + 2 * DAY + HOUR, repair=False, kind=HolderKind.OUTSIDE),
    )
    reasons = [pause.reason.id for pause in pauses_of(PERMIT, replace(CASE, stops=stops), None)]
    assert reasons == [
        "berkas di pemohon untuk diperbaiki",
        "menunggu pembayaran",
        "menunggu jawaban instansi luar",
    ]


def test_a_desk_keeps_its_remainder_from_its_answer_to_its_next_turn() -> None:
    earlier = desk(Turn(MONDAY, MONDAY + DAY))
    assert desk_due(TOWN, PERMIT, None, THREE, MONDAY).at == closing(6)  # type: ignore[union-attr]
    again = desk_due(TOWN, PERMIT, earlier, THREE, MONDAY + 4 * DAY)
    assert again is not None
    assert again.at == closing(11)  # three of its days were left out, and a weekend
    assert desk_due(TOWN, PERMIT, earlier, None, MONDAY) is None


def test_a_desk_that_is_open_again_is_due_as_when_it_was_asked_again() -> None:
    asked = desk(Turn(MONDAY, MONDAY + DAY), Turn(MONDAY + 4 * DAY))
    found = open_desk_due(TOWN, PERMIT, asked)
    assert found is not None
    assert found.at == closing(11)


def test_a_repair_and_a_notice_run_by_the_calendar() -> None:
    assert repair_due(TOWN, PERMIT, MONDAY).at == datetime(2026, 9, 2, 15, 59, 59, tzinfo=UTC)
    assert notice_until(TOWN, FIVE, MONDAY) == closing(10)


def test_the_limit_is_put_off_while_the_office_waits_and_not_after_it_has_passed() -> None:
    running = replace(CASE, completed_at=MONDAY, legal=closing(10))
    assert limit_runs_until(TOWN, PERMIT, running, MONDAY + 20 * DAY) == closing(10)
    waiting = replace(running, stops=(stop(MONDAY + DAY, None),))
    assert limit_runs_until(TOWN, PERMIT, waiting, MONDAY + 2 * DAY) == closing(11)
    too_late = replace(running, stops=(stop(MONDAY + 8 * DAY, None),))
    assert limit_runs_until(TOWN, PERMIT, too_late, MONDAY + 20 * DAY) == closing(10)
    assert limit_runs_until(TOWN, PERMIT, CASE, MONDAY) is None


def test_a_new_calendar_moves_both_limits_and_says_by_which_release() -> None:
    case = replace(CASE, promised=FIVE, promise=closing(10), completed_at=MONDAY, legal=closing(10))
    found = moved_dues(LATER, PERMIT, case, "r2")
    assert found is not None
    assert (found.promise, found.legal, found.release, found.moved) == (closing(11), closing(11), "r2", True)
    assert moved_dues(TOWN, PERMIT, case, "r2") is None


def test_a_new_calendar_moves_open_desks_and_leaves_answered_ones() -> None:
    open_, answered = desk(Turn(MONDAY)), replace(desk(Turn(MONDAY, MONDAY + HOUR)), place=1, open=False)
    case = replace(CASE, position=AtStage("teknis", since=MONDAY), desks=(open_, answered))
    assert moved(LATER, PERMIT, case) == DesksMoved((DeskDue(0, closing(7)),))
    assert moved(TOWN, PERMIT, case) is None


def test_a_new_calendar_moves_a_repair_that_is_counted_in_working_days() -> None:
    permit = replace(PERMIT, repair=Repair(Duration(3, Unit.WORKING_DAY)))
    case = replace(CASE, position=InRepair((), closing(6), MONDAY))
    assert moved(LATER, permit, case) == DesksMoved(repair=closing(7))
    by_calendar_days = InRepair((), datetime(2026, 9, 2, 15, 59, 59, tzinfo=UTC), MONDAY)
    assert moved(LATER, PERMIT, replace(CASE, position=by_calendar_days)) is None


def test_a_new_calendar_moves_a_notice() -> None:
    permit = ways()["answered notice"]
    case = replace(CASE, position=AtStage("teknis", notice_until=closing(10), since=MONDAY))
    assert moved(LATER, permit, case) == DesksMoved(notice=closing(11))
    assert moved(TOWN, permit, case) is None
