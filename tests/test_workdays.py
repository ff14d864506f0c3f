"""The legal clock: every date of the facts, against two oracles written apart, and its stories word for word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.city import City, Opening
from rules.duration import LONGEST, Duration, Unit
from rules.office_calendar import OfficeCalendar
from rules.story import HolidaySkipped, Paused, Provisional, WeekendSkipped
from rules.story_words import lines, sentence
from rules.words import Words
from rules.workdays import Deadline, Pause, deadline, remaining, working_minutes_between
from tests.cases.kalender_uji import CUTI_2025, CUTI_2026, LIBUR_2025, LIBUR_2026, OFFICE_HOURS, city

KUPANG = city()
SEEDED = settings(derandomize=True, deadline=None)  # the same cases every time, however busy the machine
WITA = ZoneInfo("Asia/Makassar")
REPAIR = Words("menunggu perbaikan pemohon", "waiting for the applicant's repair")
# The office as the oracles know it, written apart from the calendar under test.
DAYS_OFF = {
    date.fromisoformat(f"{year}-{day}")
    for year, days in ((2025, f"{LIBUR_2025} {CUTI_2025}"), (2026, f"{LIBUR_2026} {CUTI_2026}"))
    for day in days.split()
}


def at(day: str, clock: str = "10:00", zone: ZoneInfo = WITA) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone)


def working_days(amount: int) -> Duration:
    return Duration(amount, Unit.WORKING_DAY)


def due(start: datetime, amount: int, *pauses: Pause, unit: Unit = Unit.WORKING_DAY, town: City = KUPANG) -> Deadline:
    return deadline(town, start, Duration(amount, unit), pauses)


def stop(start: datetime, end: datetime, restarts: bool = False) -> Pause:
    return Pause(start, end, REPAIR, restarts)


# --- The vectors of the facts ----------------------------------------------------------------------------------------

VECTORS = [
    ("2026-03-13", 5, "2026-03-27"),
    ("2026-03-17", 3, "2026-03-27"),
    ("2025-03-27", 5, "2025-04-14"),
    ("2026-05-13", 5, "2026-05-22"),
    ("2025-08-15", 2, "2025-08-20"),
    ("2026-02-13", 10, "2026-03-03"),
    ("2026-03-09", 28, "2026-04-24"),
    ("2025-03-27", 30, "2025-05-23"),
    ("2026-12-23", 3, "2026-12-30"),
]


@pytest.mark.parametrize("zone", ["Asia/Makassar", "Asia/Jakarta"])
@pytest.mark.parametrize(("complete", "amount", "ends"), VECTORS)
def test_working_days_end_when_the_facts_say(complete: str, amount: int, ends: str, zone: str) -> None:
    found = due(at(complete, zone=ZoneInfo(zone)), amount, town=city(zone))
    assert found.at == at(ends, "16:00", ZoneInfo(zone))
    assert not found.provisional


def test_a_filing_after_closing_counts_as_made_at_the_next_opening() -> None:
    assert due(at("2026-03-13", "17:30"), 5).day == date(2026, 3, 30)


@pytest.mark.parametrize(("year", "count"), [(2025, 237), (2026, 240)])
def test_a_year_has_as_many_working_days_as_the_facts_say(year: int, count: int) -> None:
    assert OfficeCalendar(KUPANG).working_days(date(year, 1, 1), date(year, 12, 31)) == count


@pytest.mark.parametrize(("known_on", "ends"), [("2025-08-06", "2025-08-19"), ("2025-08-07", "2025-08-20")])
def test_a_day_off_decreed_later_moves_the_date_once_it_is_decreed(known_on: str, ends: str) -> None:
    found = deadline(KUPANG, at("2025-08-15"), working_days(2), known_on=date.fromisoformat(known_on))
    assert found.day == date.fromisoformat(ends)


def test_a_year_not_decreed_yet_on_that_day_is_provisional() -> None:
    before = deadline(KUPANG, at("2026-03-13"), working_days(5), known_on=date(2025, 9, 18))
    after = deadline(KUPANG, at("2026-03-13"), working_days(5), known_on=date(2025, 9, 19))
    assert (before.provisional, before.day) == (True, date(2026, 3, 20))
    assert (after.provisional, after.day) == (False, date(2026, 3, 27))


def test_a_day_begins_and_ends_in_the_city() -> None:
    evening_in_greenwich = datetime(2026, 3, 12, 23, 30, tzinfo=ZoneInfo("UTC"))  # 07.30 of the 13th in Kupang
    assert due(evening_in_greenwich, 5).day == date(2026, 3, 27)
    # half past three in the afternoon in Kupang is still before closing there, and in Jakarta half past two
    moment = datetime(2026, 3, 13, 8, 30, tzinfo=ZoneInfo("UTC"))  # 16.30 in Kupang, 15.30 in Jakarta
    assert due(moment, 5).day == date(2026, 3, 30)
    assert due(moment, 5, town=city("Asia/Jakarta")).day == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("start", "counted"),
    [
        ("2026-03-13T07:59", "2026-03-13T08:00"),
        ("2026-03-13T08:00", "2026-03-13T08:00"),
        ("2026-03-13T15:59:59", "2026-03-13T15:59:59"),
        ("2026-03-13T16:00", "2026-03-16T08:00"),
        ("2026-03-14T10:00", "2026-03-16T08:00"),
        ("2026-03-17T16:00", "2026-03-25T08:00"),
    ],
)
def test_what_is_done_while_the_office_is_closed_counts_when_it_opens(start: str, counted: str) -> None:
    moment = datetime.fromisoformat(start).replace(tzinfo=WITA)
    assert OfficeCalendar(KUPANG).counted_from(moment) == datetime.fromisoformat(counted).replace(tzinfo=WITA)


# --- Every unit ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "amount", "start", "ends"),
    [
        (Unit.MINUTE, 30, "2026-03-13T15:45", "2026-03-16T08:15:00"),
        (Unit.MINUTE, 15, "2026-03-13T15:45", "2026-03-13T16:00:00"),
        (Unit.MINUTE, 0, "2026-03-13T17:00", "2026-03-16T08:00:00"),
        (Unit.MINUTE, 10, "2026-03-13T10:00:30", "2026-03-13T10:10:30"),
        (Unit.WORKING_HOUR, 4, "2026-03-13T09:00", "2026-03-13T13:00:00"),
        (Unit.WORKING_HOUR, 4, "2026-03-17T14:00", "2026-03-25T10:00:00"),
        (Unit.WORKING_HOUR, 8, "2026-03-13T08:00", "2026-03-13T16:00:00"),
        (Unit.WORKING_DAY, 0, "2026-03-13T09:00", "2026-03-13T16:00:00"),
        (Unit.WORKING_DAY, 1, "2026-03-13T09:00", "2026-03-16T16:00:00"),
        (Unit.CALENDAR_DAY, 30, "2026-03-13T09:00", "2026-04-12T23:59:59"),
        (Unit.CALENDAR_DAY, 1, "2026-03-13T17:00", "2026-03-17T23:59:59"),
        (Unit.MONTH, 1, "2026-01-30T09:00", "2026-02-28T23:59:59"),
        (Unit.MONTH, 6, "2026-08-31T09:00", "2027-02-28T23:59:59"),
        (Unit.MONTH, 2, "2026-03-13T09:00", "2026-05-13T23:59:59"),
        (Unit.YEAR, 5, "2026-03-13T09:00", "2031-03-13T23:59:59"),
        (Unit.YEAR, 1, "2028-02-29T09:00", "2029-02-28T23:59:59"),
    ],
)
def test_each_unit_ends_where_the_clock_rules_say(unit: Unit, amount: int, start: str, ends: str) -> None:
    found = due(datetime.fromisoformat(start).replace(tzinfo=WITA), amount, unit=unit)
    assert found.at.replace(tzinfo=None).isoformat() == ends


def test_calendar_time_is_not_provisional_only_because_it_is_long() -> None:
    assert not due(at("2026-03-13"), 5, unit=Unit.YEAR).provisional
    assert due(at("2027-03-13"), 30, unit=Unit.CALENDAR_DAY).provisional  # a Saturday: is Monday a day off?


def test_a_lunch_break_is_no_office_time() -> None:
    friday = (Opening(4, 8 * 60, 11 * 60 + 30), Opening(4, 13 * 60, 16 * 60 + 30))
    town = city(openings=(*OFFICE_HOURS[:4], *friday))
    assert due(at("2026-03-13", "11:00"), 60, unit=Unit.MINUTE, town=town).at == at("2026-03-13", "13:30")
    assert due(at("2026-03-12", "11:00"), 1, town=town).at == at("2026-03-13", "16:30")
    assert working_minutes_between(town, at("2026-03-13", "00:00"), at("2026-03-14", "00:00")) == 420


def test_an_office_may_be_open_all_day() -> None:
    town = city(openings=tuple(Opening(day, 0, 24 * 60) for day in range(7)), holidays=())
    assert due(at("2026-03-13", "23:59"), 1, town=town).at == at("2026-03-14", "23:59:59")
    assert due(at("2026-03-13", "23:00"), 120, unit=Unit.MINUTE, town=town).at == at("2026-03-14", "01:00")


@pytest.mark.parametrize("unit", list(Unit))
def test_the_longest_duration_of_each_unit_still_has_an_end(unit: Unit) -> None:
    assert due(at("2026-03-13"), LONGEST[unit], unit=unit).at > at("2026-06-01")


def test_a_city_may_work_on_saturdays() -> None:
    town = city(openings=tuple(Opening(day, 8 * 60, 14 * 60) for day in range(6)))
    assert due(at("2026-03-13"), 1, town=town).at == at("2026-03-14", "14:00")


# --- Pauses ----------------------------------------------------------------------------------------------------------

MONDAY = at("2026-08-03", "09:00")  # five working days end on Monday 10 August


@pytest.mark.parametrize(
    ("pauses", "ends"),
    [
        pytest.param((), "2026-08-10", id="none"),
        pytest.param((stop(at("2026-08-05"), at("2026-08-05", "11:00")),), "2026-08-10", id="within a day"),
        pytest.param((stop(at("2026-08-05"), at("2026-08-06", "11:00")),), "2026-08-11", id="over night"),
        pytest.param((stop(at("2026-08-05"), at("2026-08-11", "09:00")),), "2026-08-14", id="over a weekend"),
        pytest.param((stop(at("2026-08-05"), at("2026-08-11", "18:00")),), "2026-08-18", id="answered after closing"),
        pytest.param((stop(at("2026-08-05", "16:30"), at("2026-08-06", "07:00")),), "2026-08-10", id="a closed office"),
        pytest.param((stop(at("2026-08-10", "15:59"), at("2026-08-13")),), "2026-08-13", id="on the last day"),
        pytest.param((stop(at("2026-08-10", "16:00"), at("2026-08-13")),), "2026-08-10", id="too late to matter"),
        pytest.param((stop(at("2026-07-01"), at("2026-08-04")),), "2026-08-11", id="begun before the clock"),
        pytest.param((stop(at("2026-07-01"), at("2026-08-03", "08:59")),), "2026-08-10", id="over before the clock"),
        pytest.param(
            (stop(at("2026-08-04"), at("2026-08-05")), stop(at("2026-08-06"), at("2026-08-07"))),
            "2026-08-12",
            id="twice",
        ),
        pytest.param(
            (stop(at("2026-08-04"), at("2026-08-06")), stop(at("2026-08-05"), at("2026-08-07"))),
            "2026-08-13",
            id="overlapping",
        ),
        pytest.param(
            (stop(at("2026-08-10", "11:00"), at("2026-08-11")), stop(at("2026-08-11", "11:00"), at("2026-08-12"))),
            "2026-08-12",
            id="the second only matters because of the first",
        ),
        pytest.param((stop(at("2026-08-05"), at("2026-08-06"), restarts=True),), "2026-08-13", id="anew"),
        pytest.param(
            (stop(at("2026-08-05"), at("2026-08-06"), restarts=True), stop(at("2026-08-07"), at("2026-08-10"))),
            "2026-08-14",
            id="anew, then on",
        ),
        pytest.param(
            (stop(at("2026-08-04"), at("2026-08-07")), stop(at("2026-08-05"), at("2026-08-06"), restarts=True)),
            "2026-08-14",
            id="anew inside another",
        ),
    ],
)
def test_a_pause_costs_the_days_after_it_began_until_it_ended(pauses: tuple[Pause, ...], ends: str) -> None:
    assert due(MONDAY, 5, *pauses).day == date.fromisoformat(ends)


def test_a_clock_stopped_on_its_last_day_ends_on_the_day_it_resumes() -> None:
    assert due(MONDAY, 0, stop(at("2026-08-03"), at("2026-08-05"))).at == at("2026-08-05", "16:00")


def test_a_pause_begun_before_the_clock_is_told_from_when_the_clock_began() -> None:
    story = due(MONDAY, 5, stop(at("2026-07-01"), at("2026-08-04"))).story
    assert [(entry.start, entry.days) for entry in story if isinstance(entry, Paused)] == [(MONDAY, 1)]


def test_office_time_stops_to_the_minute() -> None:
    pause = stop(at("2026-08-03", "10:00"), at("2026-08-04", "09:30"))
    assert due(MONDAY, 120, pause, unit=Unit.MINUTE).at == at("2026-08-04", "10:30")
    assert due(MONDAY, 60, pause, unit=Unit.MINUTE).at == at("2026-08-03", "10:00")


def test_calendar_days_stop_too() -> None:
    pause = stop(at("2026-08-05"), at("2026-08-11"))
    assert due(MONDAY, 30, pause, unit=Unit.CALENDAR_DAY).day == date(2026, 9, 8)
    assert due(MONDAY, 1, pause, unit=Unit.MONTH).day == date(2026, 9, 9)


@pytest.mark.parametrize(
    ("unit", "amount", "stopped", "left"),
    [
        (Unit.WORKING_DAY, 5, "2026-08-05", Duration(3, Unit.WORKING_DAY)),
        (Unit.WORKING_DAY, 5, "2026-08-10", Duration(0, Unit.WORKING_DAY)),
        (Unit.WORKING_HOUR, 12, "2026-08-04", Duration(180, Unit.MINUTE)),
        (Unit.CALENDAR_DAY, 30, "2026-08-05", Duration(28, Unit.CALENDAR_DAY)),
        (Unit.MONTH, 1, "2026-08-05", Duration(29, Unit.CALENDAR_DAY)),
        (Unit.WORKING_DAY, 5, "2026-08-20", Duration(0, Unit.WORKING_DAY)),
    ],
)
def test_what_remains_of_a_stopped_clock(unit: Unit, amount: int, stopped: str, left: Duration) -> None:
    assert remaining(KUPANG, due(MONDAY, amount, unit=unit), unit, at(stopped)) == left


# --- Stories ---------------------------------------------------------------------------------------------------------


def test_a_date_is_explained_in_one_sentence() -> None:
    story = due(at("2026-03-13", "17:30"), 5).story
    assert sentence(story, "id") == (
        "selesai Senin, 30 Maret 2026 pukul 16.00 WITA, karena 5 hari kerja dihitung sesudah Senin, 16 Maret 2026 "
        "(masuk Jumat, 13 Maret 2026 pukul 17.30 WITA, di luar jam kantor); tidak dihitung: akhir pekan, "
        "Cuti bersama Hari Suci Nyepi (18 Maret), Hari Suci Nyepi (19 Maret), "
        "Cuti bersama Idul Fitri (20, 23, 24 Maret)"
    )
    assert sentence(story, "en") == (
        "due Monday, 30 March 2026 at 16:00 WITA, because 5 working days are counted after Monday, 16 March 2026 "
        "(received Friday, 13 March 2026 at 17:30 WITA, outside office hours); not counted: weekends, "
        "Collective leave for Nyepi (18 March), Nyepi (19 March), Collective leave for Eid al-Fitr (20, 23, 24 March)"
    )


def test_a_date_is_explained_in_full_with_every_decree() -> None:
    assert lines(due(at("2026-03-13"), 4).story, "id") == (
        "4 hari kerja dihitung sesudah Jumat, 13 Maret 2026",
        "Sabtu, 14 Maret 2026 – Minggu, 15 Maret 2026: akhir pekan",
        "Rabu, 18 Maret 2026: Cuti bersama Hari Suci Nyepi (ditetapkan 19 September 2025 dengan SKB 1497/2025)",
        "Kamis, 19 Maret 2026: Hari Suci Nyepi (ditetapkan 19 September 2025 dengan SKB 1497/2025)",
        "Jumat, 20 Maret 2026: Cuti bersama Idul Fitri (ditetapkan 19 September 2025 dengan SKB 1497/2025)",
        "Sabtu, 21 Maret 2026 – Minggu, 22 Maret 2026: akhir pekan",
        "Senin, 23 Maret 2026: Cuti bersama Idul Fitri (ditetapkan 19 September 2025 dengan SKB 1497/2025)",
        "Selasa, 24 Maret 2026: Cuti bersama Idul Fitri (ditetapkan 19 September 2025 dengan SKB 1497/2025)",
        "Selesai Kamis, 26 Maret 2026 pukul 16.00 WITA",
    )
    assert lines(due(at("2025-08-15"), 1).story, "en") == (
        "1 working day is counted after Friday, 15 August 2025",
        "Saturday, 16 August 2025 – Sunday, 17 August 2025: weekend",
        "Monday, 18 August 2025: Collective leave for Independence Day (decreed on 7 August 2025 by SKB 933/2025)",
        "Due Tuesday, 19 August 2025 at 16:00 WITA",
    )


def test_a_pause_and_its_reason_are_part_of_the_story() -> None:
    story = due(MONDAY, 5, stop(at("2026-08-05"), at("2026-08-11", "18:00"))).story
    assert sentence(story, "id") == (
        "selesai Selasa, 18 Agustus 2026 pukul 16.00 WITA, karena 5 hari kerja dihitung sesudah Senin, 3 Agustus 2026; "
        "tidak dihitung: akhir pekan, Hari libur (17 Agustus); jam berhenti Rabu, 5 Agustus 2026 pukul 10.00 WITA "
        "sampai Rabu, 12 Agustus 2026 pukul 08.00 WITA (menunggu perbaikan pemohon), lalu sisanya berjalan lagi"
    )
    assert [entry.days for entry in story if isinstance(entry, Paused)] == [5]
    assert [entry.first.day for entry in story if isinstance(entry, WeekendSkipped)] == [15]  # 8 August is in the pause
    anew = due(MONDAY, 5, stop(at("2026-08-05"), at("2026-08-06"), restarts=True)).story
    assert sentence(anew, "en") == (
        "due Thursday, 13 August 2026 at 16:00 WITA, because 5 working days are counted after Monday, 3 August 2026; "
        "not counted: weekends; the clock stopped from Wednesday, 5 August 2026 at 10:00 WITA to Thursday, "
        "6 August 2026 at 10:00 WITA (waiting for the applicant's repair), then counted anew"
    )


def test_a_date_beyond_the_decreed_years_says_that_it_is_provisional() -> None:
    found = due(at("2026-12-23"), 10)
    assert (found.provisional, found.day) == (True, date(2027, 1, 8))
    assert lines(found.story, "id")[-2:] == (
        "Sementara, sebab hari libur tahun 2027 belum ditetapkan "
        "(sejak 1 Januari 2027 hanya akhir pekan yang dilewati)",
        "Selesai Jumat, 8 Januari 2027 pukul 16.00 WITA",
    )
    assert lines(found.story, "en")[-2] == (
        "Provisional, as the days off of 2027 are not decreed yet (from 1 January 2027 only weekends are left out)"
    )


def test_half_a_day_is_called_that() -> None:
    story = due(at("2026-08-03", "08:30"), 4, unit=Unit.WORKING_HOUR).story
    assert sentence(story, "en") == (
        "due Monday, 3 August 2026 at 12:30 WITA, because half a working day is counted from Monday, 3 August 2026 "
        "at 08:30 WITA"
    )


@settings(SEEDED, max_examples=100)
@given(
    start=st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31)),
    amount=st.integers(0, 40),
)
def test_the_story_accounts_for_every_day(start: datetime, amount: int) -> None:
    found = due(start.replace(tzinfo=WITA), amount)
    skipped = set[date]()
    for entry in found.story:
        match entry:
            case WeekendSkipped(first, last):
                skipped |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
            case HolidaySkipped(day):
                skipped.add(day)
            case _:
                pass
    passed = {start.date() + timedelta(days=n) for n in range((found.day - start.date()).days + 1)}
    assert skipped == {day for day in passed if not open_on(day)}
    assert found.provisional == any(day.year == 2027 for day in passed)
    assert found.provisional == any(isinstance(entry, Provisional) for entry in found.story)


# --- Oracles ---------------------------------------------------------------------------------------------------------


def open_on(day: date) -> bool:
    return day.weekday() < 5 and day not in DAYS_OFF


def slow_working_days(start: datetime, amount: int, pauses: Iterable[tuple[datetime, datetime]]) -> date:
    """Tick through the minutes to find day 0, then through the days."""
    zero = slow_opening(start).date()
    day, left = zero, amount
    lost = set[date]()
    for begin, end in pauses:
        if slow_minutes(begin, end):
            stopped, resumed = begin.date(), slow_opening(end).date()
            lost |= {stopped + timedelta(days=n) for n in range(1, (resumed - stopped).days + 1)}
    left += sum(open_on(day) for day in lost if day > zero)
    while left:
        day += timedelta(days=1)
        left -= open_on(day)
    return day


def slow_opening(moment: datetime) -> datetime:
    minute = moment
    while not slow_open(minute):
        minute += timedelta(minutes=1)
    return minute


def slow_open(minute: datetime) -> bool:
    return open_on(minute.date()) and 8 <= minute.hour < 16


def slow_minutes(start: datetime, end: datetime) -> int:
    span = int((end - start).total_seconds()) // 60
    return sum(slow_open(start + timedelta(minutes=n)) for n in range(span))


minutes = st.integers(0, 2 * 365 * 24 * 60 - 90 * 24 * 60).map(
    lambda m: at("2025-01-01", "00:00") + timedelta(minutes=m)
)


@settings(SEEDED, max_examples=200)
@given(start=minutes, amount=st.integers(0, 60))
def test_working_days_agree_with_counting_day_by_day(start: datetime, amount: int) -> None:
    assert due(start, amount).at == at(slow_working_days(start, amount, ()).isoformat(), "16:00")


@settings(SEEDED, max_examples=60)
@given(start=minutes, after=st.integers(0, 6 * 24 * 60), length=st.integers(0, 12 * 24 * 60), amount=st.integers(6, 30))
def test_a_pause_agrees_with_counting_minute_by_minute(start: datetime, after: int, length: int, amount: int) -> None:
    begin = slow_opening(start) + timedelta(minutes=after)
    end = begin + timedelta(minutes=length)
    wanted = slow_working_days(start, amount, [(begin, end)])
    assert due(start, amount, stop(begin, end)).day == wanted


@settings(SEEDED, max_examples=60)
@given(start=minutes, amount=st.integers(1, 3000))
def test_office_minutes_agree_with_counting_minute_by_minute(start: datetime, amount: int) -> None:
    minute, left = start, amount
    while left:
        left -= slow_open(minute)
        minute += timedelta(minutes=1)
    assert due(start, amount, unit=Unit.MINUTE).at == minute
    assert working_minutes_between(KUPANG, start, minute) == amount


@settings(SEEDED, max_examples=60)
@given(first=minutes, second=st.integers(0, 20_000), third=st.integers(0, 20_000))
def test_office_minutes_add_up(first: datetime, second: int, third: int) -> None:
    middle = first + timedelta(minutes=second)
    last = middle + timedelta(minutes=third)
    whole = working_minutes_between(KUPANG, first, last)
    assert whole == slow_minutes(first, last)
    assert whole == working_minutes_between(KUPANG, first, middle) + working_minutes_between(KUPANG, middle, last)


@settings(SEEDED, max_examples=100)
@given(start=minutes, after=st.integers(0, 9000), length=st.integers(0, 20_000), more=st.integers(0, 5000))
def test_a_longer_pause_never_brings_the_date_forward(start: datetime, after: int, length: int, more: int) -> None:
    begin = start + timedelta(minutes=after)
    for unit, amount in ((Unit.WORKING_DAY, 5), (Unit.MINUTE, 900), (Unit.CALENDAR_DAY, 10)):
        none = due(start, amount, unit=unit).at
        shorter = due(start, amount, stop(begin, begin + timedelta(minutes=length)), unit=unit).at
        longer = due(start, amount, stop(begin, begin + timedelta(minutes=length + more)), unit=unit).at
        assert none <= shorter <= longer


def test_all_days_of_two_years_with_one_to_thirty_working_days_agree_with_a_list_of_them() -> None:
    opened = [day for n in range(3 * 365) if open_on(day := date(2025, 1, 1) + timedelta(days=n))]
    for day in (date(2025, 1, 1) + timedelta(days=n) for n in range(730)):
        zero = next(n for n, one in enumerate(opened) if one >= day)
        for amount in range(1, 31):
            assert due(at(day.isoformat(), "09:00"), amount).day == opened[zero + amount], (day, amount)
