"""What is written of a difference: the sentences, the open cases that are touched, and the past played again.

Gains one shape for text, JSON and Markdown. Loses which sentences only speak of another spelling: they are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.difference.compared import CityDifference, Difference, PermitDifference
from generator.difference.replayed import Past, Replayed, examples_of, replayed


@dataclass(frozen=True, slots=True)
class PermitReport:
    """A permit, its examples and its cases of the past that come out otherwise, of how many; and its open cases, which
    stay on the version they were filed under."""

    difference: PermitDifference
    examples: tuple[Replayed, ...] = ()
    of_examples: int = 0
    cases: tuple[Replayed, ...] = ()
    of_cases: int = 0
    open_cases: tuple[Past, ...] = ()


@dataclass(frozen=True, slots=True)
class CityReport:
    """A city with its permits."""

    difference: CityDifference
    permits: tuple[PermitReport, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report."""

    difference: Difference
    cities: tuple[CityReport, ...]
    with_cases: bool


def report(difference: Difference, cases: dict[str, Sequence[Past]] | None = None) -> Report:
    """Replay what can be replayed; `cases` by city, None where no store is given."""
    found = tuple(
        CityReport(city, tuple(_permit(city, permit, (cases or {}).get(city.code, ())) for permit in city.permits))
        for city in difference.cities
    )
    return Report(difference, found, cases is not None)


def _permit(city: CityDifference, permit: PermitDifference, cases: Sequence[Past]) -> PermitReport:
    examples = tuple(examples_of(city.after, permit.code)) or tuple(examples_of(city.before, permit.code))
    past = tuple(case for case in cases if case.permit == permit.code)
    touched = {each.permit.valid_from for each in (permit.versions.before, permit.versions.after) if each is not None}
    return PermitReport(
        permit,
        tuple(each for each in replayed(city, permit, examples) if each.says),
        len(examples),
        tuple(each for each in replayed(city, permit, past) if each.says),
        len(past),
        tuple(case for case in past if case.open_at is not None and case.version in touched),
    )
