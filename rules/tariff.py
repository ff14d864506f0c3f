"""The value of a tariff on a day: the one that had come into force last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.city import City, DatedValue, Tariff
from rules.memo import remembered
from rules.permit import TariffValue


@dataclass(frozen=True, slots=True)
class _Register:
    """A city's tariffs by code, and the values of each tariff and item, the latest first."""

    tariffs: Mapping[str, Tariff]
    series: Mapping[tuple[str, str | None], tuple[DatedValue, ...]]


def tariff_of(city: City, code: str) -> Tariff | None:
    """Return the tariff of that code."""
    return _register(city).tariffs.get(code)


def value_on(city: City, wanted: TariffValue, day: date) -> DatedValue | None:
    """Return the value in force on a day; None before the first, and for what the city does not have."""
    series, on = _register(city).series.get((wanted.code, wanted.item), ()), day.isoformat()
    return next((value for value in series if value.valid_from <= on), None)


@remembered
def _register(city: City) -> _Register:
    tariffs = {tariff.code: tariff for tariff in reversed(city.tariffs)}
    series = {
        (tariff.code, item): tuple(sorted(values, key=lambda value: value.valid_from, reverse=True))
        for tariff in tariffs.values()
        for item, values in tariff.series
    }
    return _Register(tariffs, series)
