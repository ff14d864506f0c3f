"""What of a catalog is in force, and when: the days of each version, and the catalog as it is on one day.

Gains previews and explanations of any day from the same files. Loses, of a catalog on a day, every version that is not
in force then, every value that is not, and every day off that was not yet decreed; laws stay in the register, where a
citation is looked up, and are judged by their days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.model import Catalog, CityCatalog, PermitVersion
from rules.city import DatedValue, Tariff
from rules.law_end import offered_until


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a version: from `first` to the day before `until`, without an end where that is None. `ended_by` is
    the version that follows, where it is what ends this one."""

    first: str
    until: str | None
    ended_by: PermitVersion | None = None

    def reach(self, day: str) -> bool:
        """Tell whether the version is still in force on a day, which is not before its first."""
        return self.until is None or day < self.until


def days_of(city: CityCatalog, version: PermitVersion) -> Days:
    """Return the days on which a version is offered, or the one day that is looked at."""
    if city.on is not None:
        return Days(city.on, _after(city.on))
    versions = city.permits.get(version.permit.code, ())
    start = version.permit.valid_from
    following = next((each for each in versions if each.permit.valid_from > start), None)
    until = offered_until(version.permit.delegation, version.permit.valid_until, city.city)
    if following is not None and (until is None or following.permit.valid_from <= until):
        return Days(start, following.permit.valid_from, following)
    return Days(start, until)


def version_on(city: CityCatalog, permit: str, day: date) -> PermitVersion | None:
    """Return the version of a permit that is offered on a day, None where there is none."""
    begun = [each for each in city.permits.get(permit, ()) if each.permit.valid_from <= day.isoformat()]
    if not begun:
        return None
    until = offered_until(begun[-1].permit.delegation, begun[-1].permit.valid_until, city.city)
    return None if until is not None and until <= day.isoformat() else begun[-1]


def catalog_on(catalog: Catalog, day: date) -> Catalog:
    """Return a catalog as it is on one day."""
    return Catalog({code: city_on(city, day) for code, city in catalog.cities.items()})


def city_on(city: CityCatalog, day: date) -> CityCatalog:
    """Return a city as it is on one day; of a permit that is not offered then nothing is concluded."""
    found = {code: version_on(city, code, day) for code in city.permits}
    gone = frozenset(code for code, version in found.items() if version is None)
    examples = tuple(
        each
        for each in city.examples
        if (version := found.get(each.permit)) is not None
        and version_on(city, each.permit, date.fromisoformat(each.on)) is version
    )
    return replace(
        shared_on(city, day),
        permits={code: (version,) for code, version in found.items() if version is not None},
        examples=examples,
        broken=city.broken | gone,
    )


def shared_on(city: CityCatalog, day: date) -> CityCatalog:
    """Return what the permits of a city share as it is on one day: the value of each tariff, and the days off that were
    decreed by then."""
    on = day.isoformat()
    holidays = tuple(holiday for holiday in city.city.holidays if holiday.decreed <= on)
    decreed = {holiday.date[:4] for holiday in holidays} | {on[:4]}
    known = replace(
        city.city,
        tariffs=tuple(_tariff_on(tariff, on) for tariff in city.city.tariffs),
        holidays=holidays,
        decreed_years=tuple(year for year in city.city.decreed_years if f"{year:04}" in decreed),
    )
    return replace(city, city=known, on=on)


def _tariff_on(tariff: Tariff, on: str) -> Tariff:
    return replace(tariff, series=tuple((item, _latest(values, on)) for item, values in tariff.series))


def _latest(values: tuple[DatedValue, ...], on: str) -> tuple[DatedValue, ...]:
    return tuple(sorted((value for value in values if value.valid_from <= on), key=lambda value: value.valid_from))[-1:]


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
