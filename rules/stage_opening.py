"""Opening a stage: who is asked, until when, and which approvals stand."""

from __future__ import annotations

from datetime import UTC, datetime

from rules.case_clock import desk_due, notice_until
from rules.case_event import DeskAsked, StageOpened
from rules.case_state import CaseState
from rules.city import City
from rules.permit import Permit
from rules.route import Look, ToStage


def opened(city: City, permit: Permit, state: CaseState, to: ToStage, at: datetime) -> StageOpened:
    """Return the event that opens a stage at a moment, its dates by this calendar."""
    stage = to.stage
    notice = None
    if stage.notice is not None and stage.code not in state.noticed:
        notice = notice_until(city, stage.notice, at)
    return StageOpened(
        stage=stage.code,
        desks=tuple(_asked(city, permit, state, stage.code, look, at) for look in to.looks),
        kept=to.kept,
        signature=stage.signature,
        outside=stage.outside,
        notice_until=notice,
    )


def _asked(city: City, permit: Permit, state: CaseState, stage: str, look: Look, at: datetime) -> DeskAsked:
    desk = look.desk
    due = desk_due(city, permit, state.desk(stage, look.place), desk.duration, at)
    return DeskAsked(
        place=look.place,
        agency=desk.agency,
        role=desk.role,
        duration=desk.duration,
        due=None if due is None else due.at.astimezone(UTC),
        inspection=desk.inspection,
        again=look.again,
    )
