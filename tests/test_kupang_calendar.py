"""The holidays of Kupang: beside another source, by the decrees that made them, and counted to working days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import holidays
import pytest

from generator.reading.catalog_folder import read_catalog
from rules.city import City
from rules.office_calendar import OfficeCalendar

CATALOG = Path(__file__).parent.parent / "catalog"
KINDS = {"libur": "public", "cuti_bersama": "government"}
# A day on which the catalog and the package differ, and why the catalog is right. None does as of holidays 0.109.
EXPLAINED: Mapping[str, str] = {}


@pytest.fixture(scope="module")
def kupang() -> City:
    catalog, _ = read_catalog(CATALOG)
    assert catalog is not None
    return catalog.cities["kota-kupang"].city


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize("kind", KINDS)
def test_every_day_off_is_one_for_the_package_holidays_too(kupang: City, year: int, kind: str) -> None:
    ours = {day.date for day in kupang.holidays if day.kind == kind and day.date.startswith(str(year))}
    theirs = {day.isoformat() for day in holidays.country_holidays("ID", years=year, categories=KINDS[kind])}
    assert (ours ^ theirs) - EXPLAINED.keys() == set()


@pytest.mark.parametrize(("year", "libur", "cuti_bersama"), [(2025, 17, 11), (2026, 17, 8)])
def test_each_year_has_as_many_days_off_as_decreed(kupang: City, year: int, libur: int, cuti_bersama: int) -> None:
    kinds = [day.kind for day in kupang.holidays if day.date.startswith(str(year))]
    assert (kinds.count("libur"), kinds.count("cuti_bersama")) == (libur, cuti_bersama)


@pytest.mark.parametrize(("year", "days"), [(2025, 237), (2026, 240)])
def test_each_year_has_the_working_days_of_the_decrees(kupang: City, year: int, days: int) -> None:
    calendar = OfficeCalendar(kupang)
    assert sum(calendar.works(day) for day in every_day(year)) == days


def test_the_day_added_in_the_middle_of_2025_was_a_working_day_until_it_was_decreed(kupang: City) -> None:
    added = dt.date(2025, 8, 18)
    assert OfficeCalendar(kupang, known_on=dt.date(2025, 8, 6)).works(added)
    assert not OfficeCalendar(kupang, known_on=dt.date(2025, 8, 7)).works(added)


def test_every_other_day_off_was_decreed_before_its_year(kupang: City) -> None:
    late = [day.date for day in kupang.holidays if day.decreed >= day.date[:4]]
    assert late == ["2025-08-18"]


def test_a_day_after_the_decreed_years_is_not_decreed(kupang: City) -> None:
    calendar = OfficeCalendar(kupang)
    assert calendar.decreed(dt.date(2026, 12, 31))
    assert not calendar.decreed(dt.date(2027, 1, 4))


def every_day(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(days=n) for n in range((dt.date(year + 1, 1, 1) - first).days)]
