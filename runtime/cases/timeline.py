"""A case's time as its applicant is told of it: who held it, from when to when, and which desks had it meanwhile.

Gains working minutes that add up to those of `rules.holder`, as both are cut at the same marks; names posts only, never
a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rules.case_clock import pause_words, stop_words
from rules.case_event import (
    DeskAnswered,
    DeskMoved,
    DeskPaused,
    DeskResumed,
    DuesSet,
    Ended,
    Happened,
    Moved,
    PaymentAwaited,
    RepairAsked,
    StageOpened,
    Verdict,
    VisitPlanned,
)
from rules.case_state import CaseState, Holder, Stop
from rules.city import City, Holiday
from rules.office_calendar import OfficeCalendar
from rules.permit import Permit
from rules.words import Words

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Waited:
    """One time a desk let the case wait, and why; it goes on probably on the day `expected`. `until` is None while it
    waits."""

    why: Words
    since: datetime
    expected: str
    longest: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AtDesk:
    """One time a desk was asked; `until` is None while its answer is awaited, `seq` the event of its answer."""

    stage: str
    place: int
    agency: str
    role: str | None
    since: datetime
    due: datetime | None
    until: datetime | None = None
    verdict: Verdict | None = None
    visit: str | None = None
    seq: int | None = None
    minutes: int = 0
    days: int = 0
    pauses: tuple[Waited, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A time in which one holder had the case; `until` is None while it has. `why`: the clock stood still for this
    reason. `desks` are those that were asked meanwhile; more than one were so side by side."""

    holder: Holder
    since: datetime
    until: datetime | None
    minutes: int
    days: int
    why: Words | None
    desks: tuple[AtDesk, ...]


@dataclass(frozen=True, slots=True)
class DueMoved:
    """The calendar changed, and a date of the case with it; `days` are those that became days off, or no longer are."""

    at: datetime
    before: datetime | None
    after: datetime | None
    added: tuple[Holiday, ...] = ()
    removed: tuple[Holiday, ...] = ()


def timeline(
    city: City, permit: Permit, state: CaseState, history: Iterable[Happened], now: datetime
) -> tuple[Held, ...]:
    """Return who held the case, from its filing until now or its end."""
    calendar = OfficeCalendar(city)
    desks = tuple(desks_of(calendar, permit, history, now))
    found: list[Held] = []
    passed, counted = timedelta(), 0
    spans = [span for span in state.spans if span.since <= now]
    for number, span in enumerate(spans):
        ends = spans[number + 1].since if number + 1 < len(spans) else None
        passed += calendar.office_time(span.since, ends or now)
        whole = passed // _MINUTE
        if span.holder is not None:
            meanwhile = tuple(desk for desk in desks if _overlap(desk, span.since, ends))
            why = _why_still(permit, state.stops, span.since)
            days = _days(calendar, span.since, ends or now)
            found.append(Held(span.holder, span.since, ends, whole - counted, days, why, meanwhile))
        counted = whole
    return tuple(found)


def desks_of(calendar: OfficeCalendar, permit: Permit, history: Iterable[Happened], now: datetime) -> Iterator[AtDesk]:
    """Yield every time a desk was asked, in the order of asking."""
    turns: list[AtDesk] = []
    stage = ""
    for happened in history:
        match happened.event:
            case StageOpened(opened, desks):
                stage, here = opened, {(opened, one.place) for one in desks}
                still = {_place(turn) for turn in turns if turn.until is None}  # asked since before a move
                turns = _put_by(turns, happened.at, still - here)
                turns += [
                    AtDesk(stage, one.place, one.agency, one.role, happened.at, one.due)
                    for one in desks
                    if (stage, one.place) not in still
                ]
            case Moved():
                places = {(one.stage, one.place): one for one in happened.event.desks}
                turns = [_gone_on(turn, places) for turn in turns]
                stage = dict(happened.event.stages).get(stage, stage)
            case RepairAsked() | PaymentAwaited():
                turns = _put_by(turns, happened.at, {_place(turn) for turn in turns if turn.until is None})
            case DeskAnswered(place, verdict):
                at = _open_at(turns, stage, place)
                turns[at] = replace(turns[at], until=happened.at, verdict=verdict, seq=happened.seq)
            case VisitPlanned(place, day):
                at = _open_at(turns, stage, place)
                turns[at] = replace(turns[at], visit=day)
            case DeskPaused(place, reason, expected, longest):
                at = _open_at(turns, stage, place)
                begun = Waited(pause_words(permit, stage, place, reason), happened.at, expected, longest)
                turns[at] = replace(turns[at], pauses=(*turns[at].pauses, begun))
            case DeskResumed(place, due):
                at = _open_at(turns, stage, place)
                turns[at] = replace(_over(turns[at], happened.at), due=due)
            case Ended():
                turns = [_over(turn, happened.at) for turn in turns]
                turns = [turn if turn.until is not None else replace(turn, until=happened.at) for turn in turns]
            case _:
                pass
    for turn in turns:
        until = turn.until or now
        minutes = calendar.office_time(turn.since, until) // _MINUTE
        yield replace(turn, minutes=minutes, days=_days(calendar, turn.since, until))


def moves_of(history: Iterable[Happened], calendars: Mapping[str, City]) -> Iterator[DueMoved]:
    """Yield every time the promised date followed a change of the calendar; `calendars` are the cities by release."""
    said: DuesSet | None = None
    for happened in history:
        event = happened.event
        if not isinstance(event, DuesSet):
            continue
        if event.moved and said is not None:
            old, new = calendars.get(said.release), calendars.get(event.release)
            days = _difference(old, new) if old is not None and new is not None else ((), ())
            yield DueMoved(happened.at, said.promise, event.promise, *days)
        said = event


def _difference(old: City, new: City) -> tuple[tuple[Holiday, ...], tuple[Holiday, ...]]:
    before, after = {one.date: one for one in old.holidays}, {one.date: one for one in new.holidays}
    added = tuple(one for day, one in after.items() if day not in before)
    return added, tuple(one for day, one in before.items() if day not in after)


def _place(turn: AtDesk) -> tuple[str, int]:
    return turn.stage, turn.place


def _put_by(turns: Iterable[AtDesk], at: datetime, gone: Collection[tuple[str, int]]) -> list[AtDesk]:
    """End the turns at these places that nobody has answered, and nobody waits for any more."""
    return [replace(turn, until=at) if turn.until is None and _place(turn) in gone else turn for turn in turns]


def _gone_on(turn: AtDesk, places: Mapping[tuple[str, int], DeskMoved]) -> AtDesk:
    to = places.get(_place(turn))
    return turn if to is None else replace(turn, stage=to.to, place=to.to_place)


def _open_at(turns: list[AtDesk], stage: str, place: int) -> int:
    return next(at for at in range(len(turns) - 1, -1, -1) if (turns[at].stage, turns[at].place) == (stage, place))


def _over(desk: AtDesk, at: datetime) -> AtDesk:
    return replace(desk, pauses=tuple(replace(one, until=one.until or at) for one in desk.pauses))


def _overlap(desk: AtDesk, since: datetime, until: datetime | None) -> bool:
    return (until is None or desk.since < until) and (desk.until is None or desk.until > since)


def _why_still(permit: Permit, stops: Iterable[Stop], since: datetime) -> Words | None:
    for stop in stops:
        if stop.pause is None and stop.start <= since and (stop.end is None or since < stop.end):
            return stop_words(permit, stop)
    return None


def _days(calendar: OfficeCalendar, since: datetime, until: datetime) -> int:
    """Return how many working days came after the first one, as a promise in days counts them."""
    first, last = (moment.astimezone(calendar.zone).date() for moment in (since, until))
    return calendar.working_days(date.fromordinal(first.toordinal() + 1), last) if last > first else 0
