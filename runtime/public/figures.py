"""The figures of a city: who holds how many cases, for how long, how many are late; returns and days of each permit.

Gains that nobody is told of: a count of one or two is not said, nor what rests on so few; nor what two figures would
give away when they are subtracted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from rules.case_state import EXPIRED, WITHDRAWN, HolderKind
from runtime.cases.comes_to import NOBODY
from runtime.cases.journal_tables import case_file, desk
from runtime.clock import as_text
from runtime.public.satisfaction import Quarter
from runtime.public.tables import ended_case, holder_minutes

FEWEST = 3
SHORT, LONG = timedelta(days=30), timedelta(days=90)
UNDECIDED = (WITHDRAWN, EXPIRED)  # ends that say nothing of how long a decision takes


@dataclass(frozen=True, slots=True)
class Few:
    """One or two: not said."""


Shown = int | Few
Court = tuple[str, str]  # the kind of holder (the applicant, an outside body, or an agency of any kind) and which


@dataclass(frozen=True, slots=True)
class Held:
    """Minutes in so many cases."""

    minutes: int = 0
    cases: int = 0

    @property
    def shown(self) -> Shown:
        """Return the minutes, unless they are those of one or two."""
        return Few() if 0 < self.cases < FEWEST else self.minutes


@dataclass(frozen=True, slots=True)
class CourtFigures:
    """Of one agency, or of all applicants: how many cases it holds now, at how many it is asked, and how many of these
    are late; how long it has held those that are open; and how long those that ended in the last 30 and 90 days."""

    court: Court
    holds: Shown
    asked: Shown
    late: Shown
    so_far: Shown
    short: Shown
    long: Shown


@dataclass(frozen=True, slots=True)
class PermitFigures:
    """Of one permit, over the cases that ended in the last 90 days: how many, how many returns for a hundred of them,
    and the working days that half of the decisions took at most; None where nothing was decided."""

    permit: str
    ended: Shown
    returns: Shown
    median: Shown | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it, as of a moment."""

    at: datetime
    courts: tuple[CourtFigures, ...]
    permits: tuple[PermitFigures, ...]
    quarters: tuple[Quarter, ...] = ()


def shown(count: int) -> Shown:
    """Return a count, unless it is of one or two."""
    return Few() if 0 < count < FEWEST else count


def court_of(kind: str, agency: str | None) -> Court:
    """Return whose court a holder stands for: the posts of an agency are one."""
    if kind == HolderKind.APPLICANT:
        return HolderKind.APPLICANT.value, ""
    return (HolderKind.OUTSIDE.value if kind == HolderKind.OUTSIDE else HolderKind.AGENCY.value), agency or ""


def figures(connection: Connection, daerah: str, now: datetime, so_far: Mapping[Court, Held]) -> Figures:
    """Return the figures; `so_far` are the minutes of the cases that are open."""
    holds, short, long = _holding(connection, daerah), _held(connection, daerah, now - SHORT), dict[Court, Held]()
    long = _held(connection, daerah, now - LONG)
    asked, late = _asked(connection, daerah, None), _asked(connection, daerah, now)
    courts = sorted({*holds, *short, *long, *asked, *so_far})
    return Figures(
        now,
        tuple(
            CourtFigures(
                court,
                shown(holds.get(court, 0)),
                shown(asked.get(court, 0)),
                _late(asked.get(court, 0), late.get(court, 0)),
                so_far.get(court, Held()).shown,
                _apart(short.get(court, Held()), long.get(court, Held())),
                long.get(court, Held()).shown,
            )
            for court in courts
        ),
        tuple(_permits(connection, daerah, now - LONG)),
    )


def together(held: Iterable[tuple[Court, int]]) -> dict[Court, Held]:
    """Add up the minutes of many cases; each pair is one case's at one court."""
    found: dict[Court, Held] = {}
    for court, minutes in held:
        known = found.get(court, Held())
        found[court] = Held(known.minutes + minutes, known.cases + 1)
    return found


def _late(asked: int, late: int) -> Shown:
    """Return how many are late, unless they, or those that are not, are one or two."""
    return Few() if 0 < asked - late < FEWEST else shown(late)


def _apart(short: Held, long: Held) -> Shown:
    """Return the minutes of the shorter time, unless the longer one less these would be those of one or two."""
    return Few() if 0 < long.cases - short.cases < FEWEST else short.shown


def _holding(connection: Connection, daerah: str) -> dict[Court, int]:
    columns = case_file.c.holder_kind, case_file.c.holder_agency
    query = select(*columns, func.count()).where(case_file.c.daerah == daerah, case_file.c.holder_kind != NOBODY)
    found: dict[Court, int] = {}
    for kind, agency, count in connection.execute(query.group_by(*columns)):
        court = court_of(kind, agency)
        found[court] = found.get(court, 0) + count
    return found


def _held(connection: Connection, daerah: str, since: datetime) -> dict[Court, Held]:
    """Return the minutes in the cases that ended since then: of each case once, whatever posts of an agency had it."""
    columns = holder_minutes.c.holder_kind, holder_minutes.c.agency
    ended = holder_minutes.c.daerah == daerah, holder_minutes.c.ended_at >= as_text(since)
    sums = select(*columns, func.sum(holder_minutes.c.minutes)).where(*ended).group_by(*columns)
    found: dict[Court, Held] = {}
    for kind, agency, minutes in connection.execute(sums):
        court = court_of(kind, agency)
        found[court] = Held(found.get(court, Held()).minutes + int(minutes))
    counts = select(holder_minutes.c.agency, func.count(holder_minutes.c.nomor.distinct()))
    outside = holder_minutes.c.holder_kind == HolderKind.OUTSIDE.value
    for which, kind in ((outside, HolderKind.OUTSIDE.value), (~outside, "")):
        for agency, cases in connection.execute(counts.where(*ended, which).group_by(holder_minutes.c.agency)):
            court = court_of(kind or (HolderKind.AGENCY.value if agency else HolderKind.APPLICANT.value), agency)
            found[court] = Held(found[court].minutes, int(cases))
    return found


def _asked(connection: Connection, daerah: str, late_at: datetime | None) -> dict[Court, int]:
    """Return at how many cases each agency is asked now, or is late."""
    query = select(desk.c.agency, func.count(desk.c.nomor.distinct())).where(
        desk.c.daerah == daerah, desk.c.answered_at.is_(None)
    )
    if late_at is not None:
        query = query.where(desk.c.due_at < as_text(late_at))
    return {
        court_of(HolderKind.AGENCY.value, agency): int(count)
        for agency, count in connection.execute(query.group_by(desk.c.agency))
    }


def _permits(connection: Connection, daerah: str, since: datetime) -> Iterable[PermitFigures]:
    ended = ended_case.c.daerah == daerah, ended_case.c.ended_at >= as_text(since)
    totals = select(ended_case.c.permit, func.count(), func.sum(ended_case.c.returns)).where(*ended)
    decided = select(ended_case.c.permit, ended_case.c.days, func.count()).where(
        *ended, ended_case.c.status.not_in(UNDECIDED)
    )
    days: dict[str, list[tuple[int, int]]] = {}
    by_day = decided.group_by(ended_case.c.permit, ended_case.c.days).order_by(ended_case.c.permit, ended_case.c.days)
    for permit, length, count in connection.execute(by_day):
        days.setdefault(permit, []).append((length, count))
    for permit, count, returns in connection.execute(
        totals.group_by(ended_case.c.permit).order_by(ended_case.c.permit)
    ):
        few = 0 < count < FEWEST
        yield PermitFigures(
            permit, shown(count), Few() if few else round(100 * int(returns) / count), _median(days.get(permit, []))
        )


def _median(lengths: list[tuple[int, int]]) -> Shown | None:
    """Return the length that half of them are no longer than; `lengths` are pairs in order, each with how many."""
    whole = sum(count for _, count in lengths)
    if whole == 0:
        return None
    if whole < FEWEST:
        return Few()
    passed = 0
    for length, count in lengths:
        passed += count
        if 2 * passed >= whole:
            return length
    raise AssertionError("half of them is reached")
