"""The laws of a case's time: whose court it is in (3), until when it runs (4), and what a passed limit does (5)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from rules.case_clock import dues
from rules.case_event import (
    SYSTEM,
    DeemedFlagged,
    DeskPaused,
    DeskResumed,
    DesksMoved,
    DuesSet,
    Happened,
    LimitPassed,
    RepairAsked,
    StageOpened,
)
from rules.case_state import CaseState, Holder, InRepair
from rules.city import City
from rules.command import MoveDues, SeeLimit
from rules.decider import Decider
from rules.holder import minutes_by_holder
from rules.lifecycle import Outcome
from rules.story import Due, HolidaySkipped
from tests.case_ledger import Ledger, Tried
from tests.clock_oracle import Halt, Office, due, office_of, office_time
from tests.way_oracle import Key, chosen, reviewer_of

_OFFICES: dict[int, tuple[City, Office]] = {}


def office(city: City) -> Office:
    """Return the office of a city, read once."""
    known = _OFFICES.get(id(city))
    if known is None or known[0] is not city:
        known = _OFFICES[id(city)] = city, office_of(city)
    return known[1]


class OneHolder:
    """3: each working minute belongs to exactly one holder, and together they are all there were."""

    number = 3

    def event(self, _happened: Happened, _tried: Tried, _ledger: Ledger) -> Iterator[str]:
        """Look at no event: it is the whole that counts."""
        yield from ()

    def after(self, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at the case after what was done."""
        assert isinstance(tried.outcome, Outcome)
        state, spans = tried.outcome.state, tried.outcome.state.spans
        if state.holder != ledger.whose():
            yield f"held by {state.holder}, noted {ledger.whose()}"
        if not spans or spans[0].since != state.filed_at:
            yield "nobody holds it from its filing on"
        for one, other in itertools.pairwise(spans):
            if one.since >= other.since or one.holder == other.holder:
                yield f"{one} and {other} follow each other"
        found = minutes_by_holder(tried.calendar, spans, tried.at)
        noted = courts(ledger, tried.at, office(tried.calendar))
        end = state.ended_at or tried.at
        whole = office_time(office(tried.calendar), state.filed_at, end)
        if sum(found.values()) != whole // timedelta(minutes=1):
            yield f"{sum(found.values())} minutes are held of {whole}"
        if sum(noted.values(), timedelta()) != whole:
            yield f"noted are {noted} of {whole}"
        for holder in found.keys() | noted.keys():
            far = timedelta(minutes=found.get(holder, 0)) - noted.get(holder, timedelta())
            if abs(far) >= timedelta(minutes=len(spans)):
                yield f"{holder} held it {found.get(holder)} minutes, noted {noted.get(holder)}"


def courts(ledger: Ledger, until: datetime, hours: Office) -> dict[Holder, timedelta]:
    """Add up what each holder held, from the changes that were noted."""
    found: dict[Holder, timedelta] = {}
    marks = [*ledger.courts, (until, None)]
    for (since, holder), (end, _) in itertools.pairwise(marks):
        if holder is not None:
            found[holder] = found.get(holder, timedelta()) + office_time(hours, since, end)
    return found


class DatesExplained:
    """4: each date is that of an oracle written apart, is told with its reasons, and moves with the calendar."""

    number = 4

    def __init__(self, decider: Decider) -> None:
        """Know what a permit promises."""
        self._decider = decider

    def event(self, happened: Happened, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at an event before it is noted."""
        match happened.event:
            case DuesSet():
                said = happened.event
                promised = chosen(ledger.permit.promise, tried.facts) or ledger.promised
                if ledger.terms is not None:  # what was promised at the filing
                    promised = ledger.terms.promised or promised
                if said.promised != promised and not tried.engine_down:
                    yield f"promised are {said.promised}, not {promised}"
                moved = isinstance(tried.command, MoveDues)
                if said.moved != moved or said.release != (tried.release if moved else ledger.calendar):
                    yield f"{said} follows the calendar of {said.release}"
            case StageOpened(stage, desks):
                for desk in desks:
                    reviewer = reviewer_of(ledger.permit, (stage, desk.place))
                    table = None if reviewer is None else reviewer.duration
                    if desk.duration != (None if table is None else chosen(table, tried.facts)):
                        yield f"{stage}, {desk.place} has {desk.duration}"
            case DeskPaused():
                yield from paused(happened, happened.event, tried, ledger)
            case DeskResumed(place, _, overdue):
                begun = ledger.paused.get((ledger.stage or "", place))
                if begun is None:
                    yield f"{place} goes on, and did not wait"
                elif overdue != (happened.by == SYSTEM) or (overdue and happened.at <= begun[1].until):
                    yield f"{place} goes on by {happened.by}, overdue: {overdue}"
            case RepairAsked(_, until):
                expected = due(office(tried.calendar), happened.at, ledger.permit.repair.duration)
                if ledger.phase == "perbaikan" and ledger.repair_due is not None:  # a new version asks for more
                    expected = max(expected, ledger.repair_due)
                if until != expected:
                    yield f"repair until {until}, not {expected}"
            case DesksMoved() if not isinstance(tried.command, MoveDues):
                yield "desks moved, and the calendar did not"
            case _:
                pass

    def after(self, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at the case after what was done."""
        assert isinstance(tried.outcome, Outcome)
        yield from self.stands(tried.outcome.state, tried, ledger)
        if any(isinstance(event, DuesSet) for event in tried.outcome.events):
            yield from self._told(tried.outcome.state, tried)

    def stands(self, state: CaseState, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Compare every open date with the oracle's."""
        hours, permit = office(tried.calendar), ledger.permit
        if state.ended:
            return
        if (state.promise, state.legal) != (ledger.promise, ledger.legal):
            yield f"the dates are {state.promise}, {state.legal}, said were {ledger.promise}, {ledger.legal}"
        promise = legal = None
        if ledger.promised is not None:
            promise = due(hours, state.filed_at, ledger.promised, ledger.halts())
        if ledger.completed_at is not None:
            halts = ledger.halts(legal=True)
            limit = permit.legal_limit.duration if ledger.terms is None else ledger.terms.legal
            legal = due(hours, ledger.completed_at, limit, halts)
        if (state.promise, state.legal) != (promise, legal):
            yield f"the dates are {state.promise}, {state.legal}, and by the oracle {promise}, {legal}"
        for key in ledger.open:
            desk = state.desk(*key)
            expected = self.desk(key, ledger, hours)
            if desk is None or desk.due != expected or ledger.dues[key] != expected:
                yield f"{key} is due {desk and desk.due}, and by the oracle {expected}"
        if isinstance(state.position, InRepair) and ledger.repair_since is not None:
            expected = due(hours, ledger.repair_since, permit.repair.duration)
            if ledger.listed_until is not None:
                expected = max(expected, ledger.listed_until)
            if state.position.due != expected:
                yield f"the repair is due {state.position.due}, and by the oracle {expected}"
        stage = next((stage for stage in permit.stages if stage.code == ledger.stage), None)
        if ledger.phase == "tahap" and ledger.notice_until is not None and ledger.opened_at is not None:
            assert stage is not None
            assert stage.notice is not None
            expected = due(hours, ledger.opened_at, stage.notice)
            if ledger.notice_until != expected:
                yield f"the notice runs until {ledger.notice_until}, and by the oracle {expected}"

    def desk(self, key: Key, ledger: Ledger, hours: Office) -> datetime | None:
        """Return until when a desk has time: from its first turn on, standing still from an answer to the next turn."""
        turns, duration = ledger.turns[key], ledger.open[key].duration
        if duration is None:
            return None
        halts = [
            Halt(answered, asked, ledger.permit.repair.restarts)
            for answered, asked in zip(turns.answered, turns.asked[1:], strict=True)
        ]
        halts += [Halt(begun, over) for begun, over in turns.pauses]
        return due(hours, turns.asked[0], duration, halts)

    def _told(self, state: CaseState, tried: Tried) -> Iterator[str]:
        found = dues(tried.calendar, self._decider.permit, state, state.promised)
        off = {holiday.date for holiday in tried.calendar.holidays}
        for told, said in ((found.promise, state.promise), (found.legal, state.legal)):
            if told is None or said is None:
                continue
            last = told.story[-1]
            if not isinstance(last, Due) or last.at.astimezone(UTC) != said:
                yield f"the story ends {last}, the date is {said}"
            skipped = [entry.day.isoformat() for entry in told.story if isinstance(entry, HolidaySkipped)]
            if not off.issuperset(skipped):
                yield f"{skipped} are no days off"


def paused(happened: Happened, event: DeskPaused, tried: Tried, ledger: Ledger) -> Iterator[str]:
    """A desk waits as the catalog lets it: for a reason of its own, so long, so often, and not for ever."""
    key, hours = (ledger.stage or "", event.place), office(tried.calendar)
    reviewer = reviewer_of(ledger.permit, key)
    reason = next((one for one in reviewer.pauses if one.code == event.reason), None) if reviewer else None
    if reason is None or key not in ledger.open or key in ledger.paused:
        yield f"{key} waits for {event.reason}"
        return
    until = due(hours, happened.at, reason.at_most)
    if (event.until, event.limit) != (until, reason.limit_stops is not None):
        yield f"{key} waits until {event.until}, and by the oracle {until}"
    if ledger.paused_before.count((key, event.reason)) >= reason.times:
        yield f"{key} has waited for {event.reason} before"
    today, last = (hours.local(moment).date().isoformat() for moment in (happened.at, until))
    if not today <= event.expected <= last:
        yield f"{key} goes on probably on {event.expected}"


class NeverGranted:
    """5: past the limit with a complete file a flag is raised, on the second of two working days, and nothing else."""

    number = 5

    def event(self, happened: Happened, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at an event before it is noted."""
        match happened.event:
            case LimitPassed(day):
                if ledger.passed is not None:
                    yield "seen twice for the first time"
                yield from self._seen(day, tried, ledger)
            case DeemedFlagged(day):
                if ledger.passed is None or day <= ledger.passed:
                    yield f"flagged on {day}, first seen on {ledger.passed}"
                if ledger.deemed is not None:
                    yield "flagged twice"
                yield from self._seen(day, tried, ledger)
            case _:
                pass

    def _seen(self, day: str, tried: Tried, ledger: Ledger) -> Iterator[str]:
        if not isinstance(tried.command, SeeLimit):
            yield "seen, and nobody swept"
        if not works_today(day, tried):
            yield f"seen on {day}, which is no working day or not today"
        if not passed(tried, ledger):
            yield "seen, and the limit has not passed"

    def after(self, tried: Tried, _ledger: Ledger) -> Iterator[str]:
        """Look at the case after what was done."""
        assert isinstance(tried.outcome, Outcome)
        if not isinstance(tried.command, SeeLimit):
            return
        if [type(event) for event in tried.outcome.events] not in ([LimitPassed], [DeemedFlagged]):
            yield f"a sweep made {tried.outcome.events} happen"
        assert tried.before is not None
        if tried.outcome.state.position != tried.before.position:
            yield "a sweep moved the case"

    def refused(self, tried: Tried, ledger: Ledger) -> Iterator[str]:
        """Look at a sweep that found nothing."""
        if not isinstance(tried.command, SeeLimit) or ledger.phase == "akhir" or ledger.deemed is not None:
            return
        day = tried.command.day
        if works_today(day, tried) and passed(tried, ledger) and (ledger.passed is None or day > ledger.passed):
            yield "the limit has passed, and the sweep did not see it"


def works_today(day: str, tried: Tried) -> bool:
    """Tell whether this is the day in the city, and a working one."""
    hours = office(tried.calendar)
    today = hours.local(tried.at).date()
    return today.isoformat() == day and bool(hours.spans(today))


def passed(tried: Tried, ledger: Ledger) -> bool:
    """Tell whether the limit has passed, what the office waits for now included."""
    if ledger.completed_at is None:
        return False
    limit = ledger.permit.legal_limit.duration if ledger.terms is None else ledger.terms.legal
    return tried.at > due(office(tried.calendar), ledger.completed_at, limit, ledger.halts(tried.at, legal=True))
