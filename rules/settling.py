"""Settling what is owed: money that comes in, or what two people waive; where it was waited for the case goes on."""

from __future__ import annotations

from datetime import datetime

from rules.case_event import Actor, Event, Happened, LeftToPerson, Paid, Waived
from rules.case_fold import after
from rules.case_state import ISSUED, AwaitingPayment, CaseState
from rules.city import City
from rules.command import (
    NothingToDo,
    NotNow,
    OneDutyEach,
    PaidAlready,
    Pay,
    Refusal,
    TwoPeopleNeeded,
    UnknownLaw,
    Waive,
)
from rules.duty import another_duty, duty_of_payment
from rules.onward import Onward
from rules.telling import Telling
from rules.transition import PAYMENT, Step, Transitions, Undecided

RULES_GONE = "the release that the case was filed under is gone"


class Settling:
    """How what is owed for the permits of one version is settled."""

    def __init__(self, city: City, transitions: Transitions, onward: Onward) -> None:
        """Settle it by the city's laws."""
        self._laws = frozenset(law.code for law in city.regulations)
        self._transitions = transitions
        self._onward = onward

    def pay(self, command: Pay, story: Telling) -> Refusal | None:
        """Record money that came in, whatever has become of the case; go on where it was waited for and is enough."""
        refusal = self.record(command, story)
        if refusal is None:
            self._go_on_when_settled(story)
        return refusal

    def record(self, command: Pay, story: Telling) -> Refusal | None:
        """Record money that came in, and nothing more."""
        paid = _payment(command, story.state, story.by)
        if not isinstance(paid, Paid):
            return paid
        story.add(paid)
        return None

    def waive(self, command: Waive, story: Telling) -> Refusal | None:
        """Let go of what is open of a bill, where a law of the city's register allows it and two people say so."""
        state = story.state
        account = state.account_of(command.fee)
        if account is None or (state.ended and state.status != ISSUED):
            return NotNow(state.status)
        if account.open == 0:
            return NothingToDo()
        if command.citation.regulation not in self._laws:
            return UnknownLaw()
        if command.proposed_by == story.by.person:
            return TwoPeopleNeeded()
        story.add(Waived(account.open, command.citation, command.proposed_by, command.fee))
        self._go_on_when_settled(story)
        return None

    def _go_on_when_settled(self, story: Telling) -> None:
        """Go on where money was waited for and nothing of it is open any more: what is paid after issuing is not
        billed before."""
        if not isinstance(story.state.position, AwaitingPayment) or story.state.owed > 0:
            return
        target = self._transitions.target(PAYMENT, Step.PAY, story.facts)
        if isinstance(target, Undecided):
            self._onward.leave_to_person(story, target.reason)
        else:
            self._onward.go_on(story)


def recorded_alone(command: Pay, state: CaseState, at: datetime, by: Actor) -> tuple[Event, ...] | Refusal:
    """Record money for a case whose rules are gone, from its state alone; where it was waited for and is enough, a
    person has to say how the case goes on."""
    paid = _payment(command, state, by)
    if not isinstance(paid, Paid):
        return paid
    then = after(state, Happened(state.seq + 1, at, by, paid))
    if isinstance(then.position, AwaitingPayment) and then.owed == 0:
        return paid, LeftToPerson(RULES_GONE)
    return (paid,)


def _payment(command: Pay, state: CaseState, by: Actor) -> Paid | Refusal:
    """Return what records money that came in, or why it is not recorded."""
    if state.account_of(command.fee) is None:
        return NotNow(state.status)
    if any(command.reference in account.references for account in state.accounts):
        return PaidAlready()
    if command.amount <= 0:
        return NothingToDo()
    if (duty := another_duty(state, by.person, duty_of_payment(by))) is not None:
        return OneDutyEach(duty)
    return Paid(command.reference, command.amount, command.paid_at, command.fee)
