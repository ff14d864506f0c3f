"""Fetching a letter at the office, for its applicant: what to bring, where, and when the counter is open next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rules.case_event import Receiver, Target
from rules.collecting import instead_of
from rules.office_calendar import OfficeCalendar
from rules.printed import printed_day
from runtime.cases.open_case import OpenCase
from runtime.citizen.case_dates import calendar_of
from runtime.citizen.fault import mark
from runtime.citizen.receipt import moment
from runtime.citizen.visit import Visit

DAYS_SHOWN = 3
OPEN = mark("{day}: {hours}")
OR_INSTEAD = mark("{document}; bila hilang, bawa {other}")
HANDED_OVER: Mapping[Receiver, str] = {
    Receiver.APPLICANT: mark("Surat diserahkan kepada Anda di kantor, {moment}."),
    Receiver.PROXY: mark("Surat diserahkan kepada kuasa Anda di kantor, {moment}."),
}


@dataclass(frozen=True, slots=True)
class CollectionSaid:
    """What to bring, with where and when; or, once it was handed over, that it was (`done`). `held`: nothing can be
    saved before."""

    bring: tuple[str, ...] = ()
    where: str = ""
    hours: tuple[str, ...] = ()
    held: bool = False
    done: str = ""


def collection_said(visit: Visit, case: OpenCase) -> CollectionSaid | None:
    """Return it for the page, None where nothing is handed over at the office."""
    state = case.state
    if state.collected is not None:
        done = visit.voice.say(HANDED_OVER[state.collected.receiver], moment=moment(visit, state.collected.at))
        return CollectionSaid(done=done)
    if not state.awaits_collection:
        return None
    contact = case.city.contact
    return CollectionSaid(
        tuple(_bring(visit, case, target) for target in state.bring),
        "" if contact is None else contact.to(visit.lang),
        tuple(_hours(visit, OfficeCalendar(calendar_of(visit, case)))),
        state.withheld,
    )


def _bring(visit: Visit, case: OpenCase, target: Target) -> str:
    names = {one.code: one.name.to(visit.lang) for one in case.city.documents}
    name = names.get(target.code, target.code) + ("" if target.item is None else f" ({target.item + 1})")
    others = instead_of(case.permit.permit, target.code)
    if not others:
        return name
    return visit.voice.say(OR_INSTEAD, document=name, other=", ".join(names.get(code, code) for code in others))


def _hours(visit: Visit, calendar: OfficeCalendar) -> Iterator[str]:
    """Say when the office is open on the next days on which it is."""
    day: date = visit.today
    found = 0
    while found < DAYS_SHOWN:
        if spans := calendar.spans(day):
            found += 1
            mark_ = "." if visit.lang == "id" else ":"
            hours = ", ".join(f"{opens:%H{mark_}%M}–{closes:%H{mark_}%M}" for opens, closes in spans)
            yield visit.voice.say(OPEN, day=printed_day(day, visit.lang), hours=hours)
        day += timedelta(days=1)
