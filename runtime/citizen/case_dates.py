"""The dates of a case, each with the whole story of how it came about, and every time the calendar moved one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from rules.case_clock import dues, open_desk_due, repair_due
from rules.case_event import DuesSet, Happened
from rules.case_event import Moved as FollowsAnother
from rules.case_state import AtStage, InRepair
from rules.cited import cited
from rules.city import City, Holiday
from rules.printed import printed_date, printed_day
from rules.story_words import lines, sentence
from rules.workdays import Deadline
from runtime.cases.open_case import OpenCase
from runtime.cases.timeline import DueMoved, moves_of
from runtime.citizen.case_words import post_words
from runtime.citizen.fault import mark
from runtime.citizen.receipt import moment
from runtime.citizen.visit import Visit

PROMISE, LEGAL = mark("Dijanjikan selesai"), mark("Batas menurut hukum")
PRODUCT = mark("Surat: {product}")
YOUR_REPAIR, DESK = mark("Waktu Anda memperbaiki"), mark("Giliran {desk}")


@dataclass(frozen=True, slots=True)
class Told:
    """A date, and why it is that one: in a sentence, and line by line."""

    label: str
    at: str
    why: str
    lines: tuple[str, ...]
    provisional: bool
    over: bool
    law: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A time at which the calendar changed and the promised date with it."""

    at: str
    before: str
    after: str
    days: tuple[str, ...]


def calendar_of(visit: Visit, case: OpenCase) -> City:
    """Return the city as it is in the release whose days off the dates of a case follow."""
    return visit.kit.releases.city(case.state.calendar, visit.code) or case.city


def case_dates(visit: Visit, case: OpenCase, calendar: City, now: datetime) -> list[Told]:
    """Return the dates that run, the nearest to the applicant first."""
    state, permit = case.state, case.permit.permit
    if state.ended:
        return []
    found: list[Told] = []
    if isinstance(state.position, InRepair):
        found.append(
            _told(visit, visit.voice.say(YOUR_REPAIR), repair_due(calendar, permit, state.position.since), now)
        )
    if isinstance(state.position, AtStage):
        for desk in state.open_desks:
            due = open_desk_due(calendar, permit, desk)
            if due is not None:
                name = post_words(case.city, desk.agency, desk.role, visit.voice)
                found.append(_told(visit, visit.voice.say(DESK, desk=name), due, now))
    both = dues(calendar, permit, state, state.promised, now)
    for one in both.products:
        product = permit.product(one.code)
        if product is not None and one.deadline is not None:
            found.append(_told(visit, visit.voice.say(PRODUCT, product=product.name.to(visit.lang)), one.deadline, now))
    if both.promise is not None:
        found.append(_told(visit, visit.voice.say(PROMISE), both.promise, now))
    if both.legal is not None:
        law = cited(permit.legal_limit.citation, case.city)
        found.append(replace(_told(visit, visit.voice.say(LEGAL), both.legal, now), law=law))
    return found


def moved_dates(visit: Visit, case: OpenCase, history: Iterable[Happened]) -> list[Moved]:
    """Return every time the calendar moved the promised date, with the days that did it."""
    history = tuple(history)
    releases = dict.fromkeys(one.event.release for one in history if isinstance(one.event, DuesSet))
    known = {digest: visit.kit.releases.city(digest, visit.code) for digest in releases}
    cities = {digest: city for digest, city in known.items() if city is not None}
    return [_moved(visit, case, move) for move in moves_of(history, cities) if move.before != move.after]


def versions_followed(visit: Visit, case: OpenCase, history: Iterable[Happened]) -> list[dict[str, str]]:
    """Return every time the case has moved to another version of its permit: when, to which, by which law."""
    return [
        {
            "at": moment(visit, one.at),
            "version": printed_date(one.event.version, visit.lang),
            "law": cited(one.event.citation, case.city),
        }
        for one in history
        if isinstance(one.event, FollowsAnother)
    ]


def _moved(visit: Visit, case: OpenCase, move: DueMoved) -> Moved:
    def day(at: datetime | None) -> str:
        return "" if at is None else printed_day(at.astimezone(ZoneInfo(case.city.zone)).date(), visit.lang)

    return Moved(
        moment(visit, move.at),
        day(move.before),
        day(move.after),
        tuple(_day_off(one, visit) for one in (*move.added, *move.removed)),
    )


def _day_off(holiday: Holiday, visit: Visit) -> str:
    day = printed_day(datetime.fromisoformat(holiday.date).date(), visit.lang)
    return f"{day}: {holiday.name.to(visit.lang)} ({holiday.decree})"


def _told(visit: Visit, label: str, due: Deadline, now: datetime) -> Told:
    story = due.story
    return Told(
        label,
        moment(visit, due.at),
        sentence(story, visit.lang),
        lines(story, visit.lang),
        due.provisional,
        now > due.at,
    )
