"""What is written of a difference: the sentences, the open cases that are touched, and the past played again.

Gains one shape for text, JSON and Markdown. Loses which sentences only speak of another spelling: they are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.difference.compared import CityDifference, Difference, PermitDifference
from generator.difference.moving_told import MovingCase, moving_cases
from generator.difference.replayed import FEE, Past, Replayed, examples_of, replayed
from generator.difference.told import Part, Told, Weight
from rules.words import Words


@dataclass(frozen=True, slots=True)
class PermitReport:
    """A permit, what is told of it, its examples and its cases of the past that come out otherwise, of how many; and
    its open cases, which stay on the version they were filed under, or are `moving` to the later one."""

    difference: PermitDifference
    told: tuple[Told, ...] = ()
    examples: tuple[Replayed, ...] = ()
    of_examples: int = 0
    cases: tuple[Replayed, ...] = ()
    of_cases: int = 0
    open_cases: tuple[Past, ...] = ()
    moving: tuple[MovingCase, ...] = ()


@dataclass(frozen=True, slots=True)
class CityReport:
    """A city with its permits, and the open cases whose dates are counted anew: days off have changed."""

    difference: CityDifference
    permits: tuple[PermitReport, ...]
    counted_anew: tuple[Past, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report."""

    difference: Difference
    cities: tuple[CityReport, ...]
    with_cases: bool


def report(difference: Difference, cases: dict[str, Sequence[Past]] | None = None) -> Report:
    """Replay what can be replayed; `cases` by city, None where no store is given."""
    found = tuple(_city(city, (cases or {}).get(city.code, ())) for city in difference.cities)
    return Report(difference, found, cases is not None)


def _city(city: CityDifference, cases: Sequence[Past]) -> CityReport:
    permits = tuple(_permit(city, permit, cases) for permit in city.permits)
    days = any(told.part is Part.CALENDAR and told.weight is Weight.MEANING for told in city.told)
    return CityReport(city, permits, tuple(case for case in cases if days and case.open_at is not None))


def _permit(city: CityDifference, permit: PermitDifference, cases: Sequence[Past]) -> PermitReport:
    examples = tuple(examples_of(city.after, permit.code)) or tuple(examples_of(city.before, permit.code))
    past = tuple(case for case in cases if case.permit == permit.code)
    touched = {each.permit.valid_from for each in (permit.versions.before, permit.versions.after) if each is not None}
    forms = {index: _form(permit, told) for index, told in enumerate(permit.told) if _costs(told)}
    outcomes = {id(one.past): one for one in replayed(city, permit, (*examples, *past, *forms.values()))}

    def otherwise(several: Sequence[Past]) -> tuple[Replayed, ...]:
        return tuple(outcomes[id(one)] for one in several if id(one) in outcomes and outcomes[id(one)].says)

    def with_outcome(index: int, told: Told) -> Told:
        found = otherwise((forms[index],)) if index in forms else ()
        fee = [words for one in found for words in one.says if words.id.startswith(FEE)]
        return replace(told, outcome=fee[0]) if fee else told

    moving = _moving(city, permit, past)
    follow = {id(one.past) for one in moving if not one.refused}
    return PermitReport(
        permit,
        tuple(with_outcome(index, told) for index, told in enumerate(permit.told)),
        otherwise(examples),
        len(examples),
        otherwise(past),
        len(past),
        tuple(case for case in past if case.open_at is not None and case.version in touched and id(case) not in follow),
        moving,
    )


def _moving(city: CityDifference, permit: PermitDifference, past: Sequence[Past]) -> tuple[MovingCase, ...]:
    """Return the open cases that the later version takes over, where it is the one after theirs."""
    was, now = permit.versions.before, permit.versions.after
    if was is None or now is None or city.before is None or city.after is None:
        return ()
    return moving_cases(was.permit, now.permit, (city.before.city, city.after.city), past)


def _costs(told: Told) -> bool:
    return told.part is Part.FEE and told.example is not None


def _form(permit: PermitDifference, told: Told) -> Past:
    """Return a filled form as an application of the day on which the later version starts."""
    assert told.example is not None
    day = date.fromisoformat(permit.versions.one.valid_from)
    return Past(permit.code, Words(""), day, told.example, told.example)
