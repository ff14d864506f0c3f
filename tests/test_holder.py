"""In whose court a case is, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rules.case_state import (
    AtEnd,
    AtStage,
    AwaitingPayment,
    CaseState,
    Desk,
    Holder,
    HolderKind,
    InRepair,
    Position,
    Span,
    Turn,
    WithPerson,
)
from rules.holder import due_last, held, holder_of, minutes_by_holder
from tests.sample_way import city

MONDAY = datetime(2026, 8, 3, 0, tzinfo=UTC)  # 08.00 in the city, when the office opens
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TOWN = city()
CASE = CaseState("warung", "2026-01-01", "r", "r", MONDAY, "verifikasi", "dpmptsp", WithPerson(""))
APPLICANT, DOOR = Holder(HolderKind.APPLICANT), Holder(HolderKind.FRONT_OFFICE, "dpmptsp")


def desk(agency: str, due: datetime | None = None, place: int = 0, role: str | None = None) -> Desk:
    return Desk("teknis", place, agency, role, None, due, False, (Turn(MONDAY),))


def agency(code: str) -> Holder:
    return Holder(HolderKind.AGENCY, code)


@pytest.mark.parametrize(
    ("position", "desks", "holder"),
    [
        (AtStage("teknis"), (desk("dinkes"),), agency("dinkes")),
        (AtStage("teknis"), (desk("dpmptsp", role="front_office"),), DOOR),
        (AtStage("teknis"), (desk("dpmptsp", role="back_office"),), agency("dpmptsp")),
        (AtStage("teknis"), (desk("bapenda", role="bendahara"),), Holder(HolderKind.TREASURER, "bapenda")),
        (AtStage("teknis", outside=True), (desk("balai-pom"),), Holder(HolderKind.OUTSIDE, "balai-pom")),
        (AtStage("teknis", signature=True), (desk("dinkes"),), Holder(HolderKind.SIGNATORY, "dinkes")),
        (AtStage("teknis", notice_until=MONDAY), (), DOOR),
        (InRepair((), MONDAY, MONDAY), (), APPLICANT),
        (AwaitingPayment(MONDAY), (), APPLICANT),
        (WithPerson("?"), (), DOOR),
        (AtEnd("terbit"), (), None),
    ],
)
def test_who_holds_a_case(position: Position, desks: tuple[Desk, ...], holder: Holder | None) -> None:
    assert holder_of(replace(CASE, position=position, desks=desks)) == holder


def test_side_by_side_the_one_due_last_holds_it_and_of_equals_the_first_in_the_catalog() -> None:
    first, second, third = desk("a", MONDAY + DAY), desk("b", MONDAY + 2 * DAY, 1), desk("c", MONDAY + 2 * DAY, 2)
    assert due_last((first, second, third)) == second
    assert due_last((first, desk("d", None, 3), second)) == desk("d", None, 3)
    assert due_last(()) is None


def test_an_answered_desk_holds_nothing() -> None:
    desks = (desk("a", MONDAY + DAY), replace(desk("b", MONDAY + 2 * DAY, 1), open=False))
    assert holder_of(replace(CASE, position=AtStage("teknis"), desks=desks)) == agency("a")


def test_nobody_holds_a_case_for_no_time() -> None:
    at_desk = held(replace(CASE, position=AtStage("teknis"), desks=(desk("a"),)), 1, MONDAY)
    between = held(replace(at_desk, position=WithPerson("")), 1, MONDAY + HOUR)
    back = held(replace(between, position=AtStage("teknis")), 1, MONDAY + HOUR)
    assert back.spans == (Span(MONDAY, agency("a")),)


def test_the_clock_stands_still_while_the_applicant_or_an_outside_body_holds_it() -> None:
    waiting = held(replace(CASE, position=InRepair((), MONDAY, MONDAY)), 1, MONDAY)
    assert [(stop.start, stop.end, stop.repair) for stop in waiting.stops] == [(MONDAY, None, True)]
    goes_on = held(replace(waiting, position=WithPerson("")), 1, MONDAY + HOUR)
    assert [(stop.start, stop.end) for stop in goes_on.stops] == [(MONDAY, MONDAY + HOUR)]
    outside = held(replace(goes_on, position=AtStage("luar", outside=True)), 1, MONDAY + 2 * HOUR)
    assert [stop.holder for stop in outside.stops] == [HolderKind.APPLICANT, HolderKind.OUTSIDE]


def test_a_wait_that_ends_as_it_begins_was_none() -> None:
    waiting = held(replace(CASE, position=AwaitingPayment(MONDAY)), 1, MONDAY)
    assert held(replace(waiting, position=WithPerson("")), 1, MONDAY).stops == ()


def test_a_wait_is_cut_where_the_dates_are_said_anew() -> None:
    outside = held(replace(CASE, position=AtStage("luar", outside=True)), 1, MONDAY)
    again = held(replace(outside, position=AtStage("lagi", outside=True)), 1, MONDAY + HOUR, anew=True)
    assert [(stop.start, stop.end) for stop in again.stops] == [(MONDAY, MONDAY + HOUR), (MONDAY + HOUR, None)]


def test_minutes_add_up_over_nights_and_weekends_and_parts_of_minutes() -> None:
    friday = MONDAY + 4 * DAY
    half = timedelta(seconds=30)
    spans = (
        Span(friday, DOOR),
        Span(friday + HOUR + half, agency("a")),
        Span(friday + 2 * HOUR, APPLICANT),
        Span(friday + 3 * DAY + HOUR, agency("a")),
        Span(friday + 3 * DAY + 2 * HOUR + half, None),
    )
    found = minutes_by_holder(TOWN, spans, friday + 3 * DAY + 5 * HOUR)
    assert found == {DOOR: 60, agency("a"): 60 + 60, APPLICANT: 6 * 60 + 60}
    assert sum(found.values()) == 8 * 60 + 2 * 60
    assert minutes_by_holder(TOWN, spans, friday + HOUR) == {DOOR: 60}
