"""Events as they come about: each is added with the state that follows from it at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rules.bill import Bill
from rules.case_event import Actor, BillIssued, Event, Happened
from rules.case_fold import after
from rules.case_state import CaseState
from rules.city import City
from rules.kind import Facts

FactsNow = Callable[[CaseState], Facts]  # the facts that go with a state: its officers' standing answers are among them


class Telling:
    """What one act makes happen, told event by event; `city` has the calendar that dates follow."""

    def __init__(self, state: CaseState | None, at: datetime, by: Actor, city: City, facts_now: FactsNow) -> None:
        """Begin from a state, or from nothing at a filing."""
        self._state, self.at, self.by, self.city = state, at, by, city
        self._facts_now = facts_now
        self.events: list[Event] = []
        self.bills: list[Bill] = []  # with all their lines, as they were issued

    @property
    def state(self) -> CaseState:
        """Return the state after what was told so far."""
        assert self._state is not None
        return self._state

    @property
    def facts(self) -> Facts:
        """Return the facts that go with this state."""
        return self._facts_now(self.state)

    def add(self, event: Event) -> None:
        """Tell one more event."""
        seq = 1 if self._state is None else self._state.seq + 1
        self._state = after(self._state, Happened(seq, self.at, self.by, event))
        self.events.append(event)

    def issue(self, event: BillIssued, bill: Bill) -> None:
        """Tell that a bill was issued, and keep its lines."""
        self.add(event)
        self.bills.append(bill)
