"""Clocks: every date that was said is the one that follows from the events and the calendar it rests on (I13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from rules.case_clock import desk_due, dues, repair_due
from rules.case_event import DeskPaused, DeskResumed, DuesSet, RepairAsked, StageOpened
from rules.case_state import AtStage, CaseState, InRepair
from rules.city import City
from rules.pausing import due_after_pause, longest
from rules.permit import Permit
from runtime.audit.audited import Audited, AuditedCase
from runtime.audit.breach import Breach


def of_case(audited: Audited, case: AuditedCase) -> Iterator[Breach]:
    """Work out every date of a case anew."""
    before: CaseState | None = None
    for one, state in zip(case.happened, case.states, strict=False):
        found = None if before is None else audited.permit_at(case, before)  # gone is a breach of its own
        if before is not None and found is not None:
            release = one.event.release if isinstance(one.event, DuesSet) else before.calendar
            city = audited.calendar(case.key.daerah, release)
            if city is None:
                yield Breach("I13", case.key.daerah, case.key.nomor, f"event {one.seq}: release {release[:12]} is gone")
            else:
                for said in _dates(city, found.permit, before, one.event, one.at):
                    yield Breach("I13", case.key.daerah, case.key.nomor, f"event {one.seq}: {said}")
        before = state


def _dates(city: City, permit: Permit, before: CaseState, event: object, at: datetime) -> Iterator[str]:
    match event:
        case DuesSet():
            wanted = dues(city, permit, before, event.promised, at).event(event.release, event.moved)
            if (wanted.promise, wanted.legal) != (event.promise, event.legal):
                yield f"due {event.promise} and {event.legal}, not {wanted.promise} and {wanted.legal}"
        case StageOpened(stage):
            for desk in event.desks:
                due = desk_due(city, permit, before.desk(stage, desk.place), desk.duration, at)
                if desk.due != (None if due is None else due.at.astimezone(UTC)):
                    yield f"desk {desk.place} of {stage} is due {desk.due}, not {due and due.at}"
        case DeskPaused(place, reason, _, until, limit):
            stage = before.position.stage if isinstance(before.position, AtStage) else ""
            known = permit.pause_reason(stage, place, reason)
            if known is None:
                yield f"desk {place} of {stage} has no reason {reason} to pause"
            elif (until, limit) != (longest(city, known, at), known.limit_stops is not None):
                yield f"the pause of desk {place} lasts until {until}, not {longest(city, known, at)}"
        case DeskResumed(place, due):
            stage = before.position.stage if isinstance(before.position, AtStage) else ""
            paused = before.desk(stage, place)
            wanted_desk = None if paused is None else due_after_pause(city, permit, paused, at)
            if due != wanted_desk:
                yield f"desk {place} of {stage} is due {due}, not {wanted_desk}"
        case RepairAsked(_, due):
            wanted_due = repair_due(city, permit, at).at.astimezone(UTC)
            if isinstance(before.position, InRepair):  # a new version asks for more: no less time for what was asked
                wanted_due = max(wanted_due, before.position.due)
            if due != wanted_due:
                yield f"repair is due {due}, not {wanted_due}"
        case _:
            return
