"""What the surveys come to: for each quarter that is over the index of every permit, and of the city.

Quarters that are over do not change any more and do not overlap, so that no two figures can be subtracted; what rests
on few is not shown, nor a sum for the city from which the few could be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from rules.case_state import ISSUED
from rules.city import City
from rules.satisfaction import Satisfaction, satisfaction
from runtime.clock import as_text
from runtime.public.surveys import FILLED
from runtime.public.tables import ended_case, survey_count

FEWEST_ASKED = 10
QUARTERS = 4

Given = dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class SatisfactionFigures:
    """Of one permit, or of the whole city (None), in one quarter; `found` is None where too few have answered.
    `served` are those whose permit was issued in it."""

    permit: str | None
    served: int
    found: Satisfaction | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months that are over, counted from 1 in their year."""

    year: int
    number: int
    figures: tuple[SatisfactionFigures, ...]


def quarters(connection: Connection, city: City, now: datetime) -> tuple[Quarter, ...]:
    """Return the last quarters in which anybody answered, the latest first."""
    zone = ZoneInfo(city.zone)
    today = now.astimezone(zone).date()
    year, number = today.year, (today.month - 1) // 3 + 1
    found = []
    for _ in range(QUARTERS):
        year, number = (year - 1, 4) if number == 1 else (year, number - 1)
        if figures := tuple(_figures(connection, city.code, year, number, zone)):
            found.append(Quarter(year, number, figures))
    return tuple(found)


def _figures(
    connection: Connection, daerah: str, year: int, number: int, zone: ZoneInfo
) -> Iterator[SatisfactionFigures]:
    given = _given(connection, daerah, year, number)
    if not given:
        return
    served = _served(connection, daerah, year, number, zone)
    people = {permit: _people(answers) for permit, answers in given.items()}
    few = sum(count for count in people.values() if count < FEWEST_ASKED)
    whole: Given = {}
    for answers in given.values():
        for key, times in answers.items():
            whole[key] = whole.get(key, 0) + times
    told = sum(people.values()) >= FEWEST_ASKED and (few == 0 or few >= FEWEST_ASKED)
    yield SatisfactionFigures(None, sum(served.values()), satisfaction(whole) if told else None)
    for permit in sorted(given):
        enough = people[permit] >= FEWEST_ASKED
        yield SatisfactionFigures(permit, served.get(permit, 0), satisfaction(given[permit]) if enough else None)


def _people(given: Mapping[tuple[int, int], int]) -> int:
    return sum(times for (number, _), times in given.items() if number == 1)


def _given(connection: Connection, daerah: str, year: int, number: int) -> dict[str, Given]:
    """Return how often each element had each score, by permit."""
    months = [f"{year}-{month:02}" for month in range(3 * number - 2, 3 * number + 1)]
    columns = survey_count.c.permit, survey_count.c.what, survey_count.c.answer
    query = (
        select(*columns, func.sum(survey_count.c.times))
        .where(survey_count.c.daerah == daerah, survey_count.c.month.in_(months))
        .group_by(*columns)
    )
    found: dict[str, Given] = {}
    for permit, what, answer, times in connection.execute(query):
        if what == FILLED:
            found.setdefault(permit, {})
        elif what[0] == "u" and what[1:].isdigit():
            found.setdefault(permit, {})[int(what[1:]), int(answer)] = int(times)
    return found


def _served(connection: Connection, daerah: str, year: int, number: int, zone: ZoneInfo) -> dict[str, int]:
    """Return how many permits were issued, by permit."""
    first = date(year, 3 * number - 2, 1)
    after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)
    since, until = (as_text(datetime.combine(day, time(), zone).astimezone(UTC)) for day in (first, after))
    query = select(ended_case.c.permit, func.count()).where(
        ended_case.c.daerah == daerah,
        ended_case.c.status == ISSUED,
        ended_case.c.ended_at >= since,
        ended_case.c.ended_at < until,
    )
    return {permit: int(count) for permit, count in connection.execute(query.group_by(ended_case.c.permit))}
