"""Pauses whose longest time is over: the desk goes on, and somebody is called for, once for all cases that waited for
the same reason.

Only cases that wait by their state are opened; whether it is long enough, their lifecycle says.
"""

from __future__ import annotations

from sqlalchemy import Connection

from rules.case_event import DeskResumed
from rules.command import EndPause
from rules.pausing import overdue
from runtime.cases.case_change import Change
from runtime.cases.casework import Casework
from runtime.cases.database import Database
from runtime.chores.alarms import AlarmKind, call
from runtime.chores.each_case import act_on_each
from runtime.chores.open_states import numbers_of


async def end_pauses(casework: Casework, database: Database, daerah: str) -> int:
    """Let the desks go on that have waited as long as they may; return at how many."""
    now, ended = casework.now(), 0
    for nomor in await numbers_of(database, daerah, lambda state: bool(overdue(state, now))):
        state = casework.state(daerah, nomor)
        for desk in () if state is None else overdue(state, now):
            command = EndPause(desk.stage, desk.place)
            ended += len(await act_on_each(casework, daerah, (nomor,), command, during=_call))
    return ended


def _call(connection: Connection, change: Change) -> None:
    """Call for the office where a desk has waited too long."""
    permit = change.case.permit.permit
    waiting = {desk.place: desk for desk in change.case.state.paused_desks}
    for event in change.events:
        desk = waiting.get(event.place) if isinstance(event, DeskResumed) else None
        if desk is None or desk.paused is None:
            continue
        reason = permit.pause_told(desk.stage, desk.place, desk.paused.reason)
        subject = f"{permit.code}/{desk.agency}/{desk.paused.reason}"[:64]
        detail = {"permit": permit.name.id, "reason": desk.paused.reason if reason is None else reason.reason.id}
        call(connection, change.case.key.daerah, AlarmKind.PAUSE, subject, detail, change.at)
