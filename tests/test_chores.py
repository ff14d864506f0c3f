"""What is done without anybody asking: times that run out, dates that move, limits that pass."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.model import Catalog
from rules.case_event import APPLICANT, DuesSet, ItemKind, RepairItem, RepairReason
from rules.case_state import InRepair
from rules.city import City, Holiday
from rules.command import Return, Withdraw
from rules.duration import Duration, Unit
from runtime.cases.sqlite_database import SqliteDatabase
from runtime.cases.store_fault import StoreUnavailableError
from runtime.chores.alarms import AlarmKind, call, seen, unseen
from runtime.chores.clock_skew import compare
from runtime.chores.lease import LASTS, held
from runtime.chores.limit_sweep import Halted, Swept, sweep
from runtime.chores.moved_dates import move_dates
from runtime.chores.open_states import AT_A_TIME, numbers_of
from runtime.chores.rounds import Rounds
from runtime.chores.running_out import end_notices, expire_repairs
from runtime.chores.stuck import call_for_stuck
from tests.kupang_office import CITY, KupangOffice, kupang_catalog, officer, open_office, published

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def built(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog)


@pytest.fixture
def office(tmp_path: Path, built: Path, catalog: Catalog) -> Iterator[KupangOffice]:
    opened = open_office(tmp_path, built, catalog)
    yield opened
    opened.store.close()
    opened.releases.close()


def _city(office: KupangOffice) -> City:
    return office.releases.current.cities[CITY].city


def _returned(office: KupangOffice) -> str:
    nomor = office.file()
    (desk,) = office.state(nomor).open_desks
    item = RepairItem(ItemKind.DOCUMENT, "ktp", RepairReason.UNREADABLE, desk.stage, 0)
    office.done(nomor, Return(desk.stage, 0, 0, (item,)), officer(desk))
    return nomor


def _sweep(office: KupangOffice) -> Swept | Halted | None:
    return office.run(sweep(office.store, office.casework, _city(office), office.hands()))


def test_a_repair_expires_once_its_time_is_over_and_not_before(office: KupangOffice) -> None:
    nomor = _returned(office)
    office.hands.pass_by(days=183)
    assert office.run(expire_repairs(office.casework, office.store.database, CITY)) == 0
    office.hands.pass_by(days=2)
    assert office.run(expire_repairs(office.casework, office.store.database, CITY)) == 1
    assert office.state(nomor).status == "kedaluwarsa"


def test_a_case_whose_time_is_not_over_is_left_alone(office: KupangOffice) -> None:
    _returned(office)
    office.approve_all(office.file())
    database = office.store.database
    assert isinstance(database, SqliteDatabase)
    before = database.writer.commits
    assert office.run(expire_repairs(office.casework, database, CITY)) == 0
    assert office.run(end_notices(office.casework, database, CITY)) == 0
    assert database.writer.commits == before


def test_deemed_approval_is_flagged_by_a_second_sweep_on_another_working_day(office: KupangOffice) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    legal = office.state(nomor).legal
    assert legal is not None
    office.hands.at = legal - timedelta(hours=1)
    assert _sweep(office) == Swept(0, 0)
    office.hands.at = datetime(2026, 4, 22, 1, tzinfo=UTC)
    assert _sweep(office) == Swept(1, 0)
    assert _sweep(office) == Swept(0, 0)
    office.hands.at += DAY
    assert _sweep(office) == Swept(0, 1)
    assert (office.state(nomor).status, office.state(nomor).deemed) == ("peninjauan", "2026-04-23")
    assert [alarm.kind for alarm in unseen(office.store.database, CITY)] == [AlarmKind.DEEMED]


def test_nothing_is_swept_on_a_day_off(office: KupangOffice) -> None:
    office.hands.at = datetime(2026, 4, 25, 1, tzinfo=UTC)
    assert _sweep(office) is None


def test_a_case_with_the_applicant_is_not_late(office: KupangOffice) -> None:
    _returned(office)
    office.hands.at = datetime(2026, 6, 10, 1, tzinfo=UTC)
    assert _sweep(office) == Swept(0, 0)


def test_a_sweep_that_would_flag_too_many_stops_and_calls(office: KupangOffice) -> None:
    for _ in range(21):
        office.approve_all(office.file())
    office.hands.at = datetime(2026, 9, 1, 1, tzinfo=UTC)
    assert _sweep(office) == Halted(21, 21)
    assert {office.state(nomor).limit_passed for nomor in _numbers(office)} == {None}
    (alarm,) = unseen(office.store.database, CITY)
    assert (alarm.kind, alarm.detail) == (AlarmKind.SWEEP_HALTED, {"would": 21, "open": 21})


def test_a_sweep_stops_at_more_than_one_in_twenty(office: KupangOffice) -> None:
    for _ in range(2):
        office.approve_all(office.file())
    office.hands.at = datetime(2026, 5, 4, 1, tzinfo=UTC)
    for _ in range(36):
        office.file()
    assert _sweep(office) == Halted(2, 38)
    for _ in range(2):
        office.file()
    assert _sweep(office) == Swept(2, 0)


def test_a_holiday_added_mid_year_moves_open_dates_and_the_case_says_so(
    office: KupangOffice, catalog: Catalog, built: Path
) -> None:
    nomor = office.file()
    office.approve_all(nomor)
    before = office.state(nomor)
    kupang = catalog.cities[CITY]
    added = Holiday("2026-03-06", kupang.city.name, "cuti_bersama", "SKB 2/2026", "2026-03-03")
    holidays = tuple(sorted((*kupang.city.holidays, added), key=lambda holiday: holiday.date))
    city = replace(kupang, city=replace(kupang.city, holidays=holidays))
    published(built, Catalog({CITY: city}))
    assert office.releases.refresh()
    release = office.releases.current
    assert office.run(move_dates(office.casework, office.store.database, CITY, release)) == 1
    after = office.state(nomor)
    assert before.promise is not None
    assert after.promise == before.promise + DAY
    assert (after.calendar, after.release) == (release.digest, before.release)
    assert after.open_desks[1].due == datetime(2026, 3, 10, 8, tzinfo=UTC)
    assert any(isinstance(one.event, DuesSet) and one.event.moved for one in office.casework.history(CITY, nomor))
    assert office.run(move_dates(office.casework, office.store.database, CITY, release)) == 0
    published(built, catalog)


def test_no_time_runs_out_by_a_calendar_that_holds_no_more(office: KupangOffice, catalog: Catalog, built: Path) -> None:
    kupang = catalog.cities[CITY]
    shop = kupang.permits["pbg"][-1]
    repair = replace(shop.permit.repair, duration=Duration(10, Unit.WORKING_DAY))
    short = replace(kupang, permits={"pbg": (replace(shop, permit=replace(shop.permit, repair=repair)),)})
    published(built, Catalog({CITY: short}))
    assert office.releases.refresh()
    nomor = _returned(office)
    position = office.state(nomor).position
    assert isinstance(position, InRepair)
    added = Holiday(position.due.date().isoformat(), kupang.city.name, "cuti_bersama", "SKB 2/2026", "2026-03-03")
    holidays = tuple(sorted((*kupang.city.holidays, added), key=lambda holiday: holiday.date))
    published(built, Catalog({CITY: replace(short, city=replace(kupang.city, holidays=holidays))}))
    assert office.releases.refresh()
    office.hands.at = position.due + timedelta(minutes=1)
    rounds = Rounds(office.store, office.casework, lambda: office.releases.current)
    assert office.run(rounds.once(CITY)) == ()
    moved = office.state(nomor).position
    assert isinstance(moved, InRepair)
    assert moved.due > office.hands.at
    published(built, catalog)


def test_an_alarm_is_called_once_until_somebody_has_seen_it(office: KupangOffice) -> None:
    def called() -> bool:
        at = office.hands()
        return office.run(
            office.store.database.write(lambda c: call(c, CITY, AlarmKind.ENGINE, "KPG-1", {"why": "beda"}, at))
        )

    assert (called(), called()) == (True, False)
    (alarm,) = unseen(office.store.database, CITY)
    office.run(office.store.database.write(lambda c: seen(c, CITY, alarm.id, "1970", office.hands())))
    assert unseen(office.store.database, CITY) == ()
    assert not called()  # whoever sees to it has a day
    office.hands.pass_by(days=1)
    assert called()


def test_one_process_at_a_time_does_the_chores(office: KupangOffice) -> None:
    def take(holder: str) -> bool:
        now = office.hands()
        return office.run(office.store.database.write(lambda c: held(c, CITY, "rounds", holder, now)))

    assert (take("a"), take("b"), take("a")) == (True, False, True)
    office.hands.at += LASTS
    assert (take("b"), take("a")) == (True, False)


def test_a_chore_that_fails_is_called_for_and_the_others_go_on(office: KupangOffice) -> None:
    nomor = _returned(office)
    office.hands.pass_by(days=200)

    async def broken(daerah: str) -> None:
        raise OSError(daerah)

    rounds = Rounds(office.store, office.casework, lambda: office.releases.current, {"aaa": broken})
    assert office.run(rounds.once(CITY)) == ("aaa",)
    assert office.state(nomor).status == "kedaluwarsa"
    assert [alarm.subject for alarm in unseen(office.store.database, CITY)] == ["aaa"]


def _numbers(office: KupangOffice) -> list[str]:
    return list(office.run(numbers_of(office.store.database, CITY, lambda state: not state.ended)))


def test_while_states_are_looked_through_requests_are_answered_in_between(office: KupangOffice) -> None:
    filed = [office.file() for _ in range(AT_A_TIME + 1)]
    office.done(filed[0], Withdraw(), APPLICANT)
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def both() -> tuple[str, ...]:
        beside = asyncio.create_task(others())
        found = await numbers_of(office.store.database, CITY, lambda state: state.status == "peninjauan", "peninjauan")
        beside.cancel()
        return found

    assert office.run(both()) == tuple(filed[1:])
    assert turns > 2


def test_somebody_is_called_for_a_case_the_engine_could_not_decide(office: KupangOffice) -> None:
    nomor = office.file()
    office.case(nomor).permit.lifecycle.transitions.book.close()
    office.approve_all(nomor)
    assert office.state(nomor).status == "keputusan_orang"
    assert office.run(call_for_stuck(office.store, CITY)) == 1
    assert office.run(call_for_stuck(office.store, CITY)) == 0
    (alarm,) = unseen(office.store.database, CITY)
    assert (alarm.kind, alarm.subject) == (AlarmKind.ENGINE, nomor)


def test_a_clock_that_is_not_the_databases_calls_and_much_too_far_off_halts(
    tmp_path: Path, built: Path, catalog: Catalog, postgres_url: str
) -> None:
    office = open_office(tmp_path, built, catalog, url=postgres_url)
    nomor = office.file()

    def off(seconds: float) -> timedelta | None:
        machine = lambda: datetime.now(UTC) + timedelta(seconds=seconds)  # noqa: E731
        return office.run(compare(office.store, office.casework, CITY, machine))

    ahead = off(0.5)
    assert ahead is not None
    assert abs(ahead) < timedelta(seconds=2)
    assert unseen(office.store.database, CITY) == ()
    off(-10)
    (alarm,) = unseen(office.store.database, CITY)
    assert (alarm.kind, alarm.detail) == (AlarmKind.CLOCK, {"seconds": -10})
    off(61)
    with pytest.raises(StoreUnavailableError):
        office.approve_all(nomor)
    off(0)
    assert office.approve_all(nomor).completed_at is not None
    office.store.close()
    office.releases.close()


def test_a_clock_that_is_set_for_a_demonstration_is_compared_with_nothing(office: KupangOffice) -> None:
    assert office.run(compare(office.store, office.casework, CITY)) is None


def test_a_case_that_nobody_can_open_any_more_keeps_nobody_else_waiting(office: KupangOffice) -> None:
    forgotten, other = _returned(office), _returned(office)
    case = office.store.journal.case(CITY, forgotten)
    assert case is not None
    at = office.hands()
    office.run(office.store.database.write(lambda c: office.store.people.forget(c, CITY, case.person, at)))
    again = office.file()
    office.hands.pass_by(days=200)
    assert office.run(expire_repairs(office.casework, office.store.database, CITY)) == 0
    assert [one.projection.status for one in (office.store.journal.case(CITY, other),) if one] == ["perbaikan"]
    (desk,) = office.state(again).open_desks
    item = RepairItem(ItemKind.DOCUMENT, "ktp", RepairReason.UNREADABLE, desk.stage, 0)
    office.done(again, Return(desk.stage, 0, 0, (item,)), officer(desk))
    office.hands.pass_by(days=200)
    assert office.run(expire_repairs(office.casework, office.store.database, CITY)) == 1
