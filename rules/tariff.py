"""The value of a tariff on a day: the one that had come into force last."""

from __future__ import annotations

from datetime import date

from rules.city import City, DatedValue, Tariff
from rules.permit import TariffValue


def tariff_of(city: City, code: str) -> Tariff | None:
    """Return the tariff of that code."""
    return next((tariff for tariff in city.tariffs if tariff.code == code), None)


def value_on(city: City, wanted: TariffValue, day: date) -> DatedValue | None:
    """Return the value in force on a day; None before the first, and for what the city does not have."""
    tariff = tariff_of(city, wanted.code)
    series = () if tariff is None else dict(tariff.series).get(wanted.item, ())
    in_force = [value for value in series if value.valid_from <= day.isoformat()]
    return max(in_force, key=lambda value: value.valid_from, default=None)
