"""What a case's state comes to in lists: one row for the case, one for each desk."""

from __future__ import annotations

import json

from rules.case_event import Event, Happened
from rules.case_state import AtStage, CaseState, Desk
from rules.codec import decode, written
from runtime import json_text
from runtime.cases.case_entry import DeskRow, Entry, Projection, StoredEvent, Written
from runtime.json_text import Json

COLLECTION = ".pengambilan"  # where an issued case is whose letter is handed over at the counter
NOBODY = "selesai"  # who holds a case that has ended


def projection_of(state: CaseState) -> Projection:
    """Return the row of a case."""
    holder = state.holder
    return Projection(
        permit=state.permit,
        version=state.version,
        release=state.release,
        state=written(CaseState, state),
        status=state.status,
        stage=state.position.stage if isinstance(state.position, AtStage) else _at_counter(state),
        holder_kind=NOBODY if holder is None else holder.kind.value,
        holder_agency=None if holder is None else holder.agency,
        due_at=state.promise,
        legal_due_at=None if _limit_waits(state) else state.legal,
        filed_at=state.filed_at,
        ended_at=state.ended_at,
    )


def _at_counter(state: CaseState) -> str | None:
    return COLLECTION if state.awaits_collection else None


def _limit_waits(state: CaseState) -> bool:
    """Tell whether the legal limit stands still for a desk that paused: it can not pass meanwhile."""
    return state.stopped is not None and state.stopped.pause is not None and state.stopped.pause.limit


def desk_rows(state: CaseState) -> tuple[DeskRow, ...]:
    """Return the row of each desk that was ever asked, as it stands after its last turn; one that has paused is late
    only once its longest pause is over."""
    return tuple(_desk_row(desk) for desk in state.desks)


def _desk_row(desk: Desk) -> DeskRow:
    last = desk.turns[-1]
    return DeskRow(
        stage=desk.stage,
        place=desk.place,
        round=len(desk.turns) - 1,
        agency=desk.agency,
        role=desk.role or "",
        person=desk.person,
        opened_at=last.opened,
        due_at=desk.due if desk.paused is None else desk.paused.until,
        answered_at=None if desk.open else last.answered or last.opened,
        verdict=None if desk.answer is None else desk.answer.verdict.value,
    )


def state_of(projection: Projection) -> CaseState:
    """Read the state that is kept with a case."""
    return read_state(projection.state)


def read_state(text: str) -> CaseState:
    """Read a state as it is written."""
    state = decode(CaseState, json.loads(text))
    assert isinstance(state, CaseState)
    return state


def entry_of(event: Event, private: dict[str, Json] | None) -> Entry:
    """Write an event, with what is personal beside it."""
    return Entry(type(event).__name__, Written(written(type(event), event)), private)


def happened_of(stored: StoredEvent) -> Happened:
    """Read an event back."""
    event = decode(Event, json.loads(json_text.write({"_": stored.kind, **stored.payload})))
    return Happened(stored.seq, stored.at, stored.actor, event)  # type: ignore[arg-type]  # one of the union
