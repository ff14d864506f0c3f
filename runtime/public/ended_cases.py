"""What a case leaves for the figures when it ends: whose minutes it took, once, in the transaction that ends it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, insert

from rules.case_event import Ended
from rules.case_state import CaseState
from rules.city import City
from rules.holder import minutes_by_holder
from rules.office_calendar import OfficeCalendar
from runtime.cases.case_change import Change, Effect
from runtime.cases.prepared import Prepared
from runtime.clock import as_text
from runtime.public.tables import ended_case, holder_minutes

CityOf = Callable[[str, str], City | None]  # as it is in a release; None where the release is gone
_CASE, _MINUTES = Prepared(insert(ended_case)), Prepared(insert(holder_minutes))


def keep_minutes(city_of: CityOf) -> Effect:
    """Return what `Casework` does with each change: count a case that ends, by the calendar its dates followed."""

    def effect(connection: Connection, change: Change) -> None:
        if any(isinstance(event, Ended) for event in change.events):
            key, state = change.case.key, change.state
            _keep(connection, key.daerah, key.nomor, state, city_of(state.calendar, key.daerah) or change.case.city)

    return effect


def _keep(connection: Connection, daerah: str, nomor: str, state: CaseState, city: City) -> None:
    assert state.ended_at is not None
    calendar, ended = OfficeCalendar(city), as_text(state.ended_at)
    filed, last = (at.astimezone(calendar.zone).date() for at in (state.filed_at, state.ended_at))
    row = {"daerah": daerah, "nomor": nomor, "permit": state.permit, "status": state.status, "ended_at": ended}
    days = calendar.working_days(filed, last) - calendar.works(filed)
    _CASE.run(connection, {**row, "days": days, "returns": len(state.asked)})
    for holder, minutes in minutes_by_holder(city, state.spans, state.ended_at).items():
        key = {"holder_kind": holder.kind.value, "agency": holder.agency or ""}
        _MINUTES.run(connection, {"daerah": daerah, "nomor": nomor, "minutes": minutes, "ended_at": ended, **key})
