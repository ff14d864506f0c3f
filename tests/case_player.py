"""Leads a case of a real permit through its life, act by act, as the office and the applicant would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from generator.model import CityCatalog, Example
from rules.case_event import APPLICANT, SYSTEM, Actor, DeskAnswered, Event, Verdict
from rules.case_state import CaseState, Desk
from rules.command import Approve, Command, Refusal
from rules.decider import Decider
from rules.kind import Facts, Value
from rules.lifecycle import Lifecycle, Outcome

FILED = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # Monday 09.30 in Kupang


@dataclass
class Player:
    """One case: its state, its events, and the answers of its officers beside them."""

    lifecycle: Lifecycle
    form: Mapping[str, Value]
    at: datetime = FILED
    officers: dict[tuple[str, int], Mapping[str, Value]] = field(default_factory=dict)
    events: list[tuple[datetime, Actor, Event]] = field(default_factory=list)

    def __post_init__(self) -> None:
        outcome = self.lifecycle.begin("rilis-1", self.facts, self.at, APPLICANT)
        self.state = outcome.state
        self._note(outcome, APPLICANT)

    def facts(self, state: CaseState) -> Facts:
        """Return the applicant's facts with the officers' answers that stand."""
        known = dict(self.form)
        for desk in state.desks:
            if desk.answer is not None and desk.answer.verdict is Verdict.APPROVED:
                known.update(self.officers.get(desk.key, {}))
        return known

    def act(self, command: Command, by: Actor, hours: float = 1) -> Outcome | Refusal:
        """Do something some hours later; the state stays as it is where it is refused."""
        self.at += timedelta(hours=hours)
        outcome = self.lifecycle.act(command, self.state, self.facts, self.at, by)
        if isinstance(outcome, Outcome):
            self.state = outcome.state
            self._note(outcome, by)
        return outcome

    def done(self, command: Command, by: Actor, hours: float = 1) -> CaseState:
        """Do something that must be allowed."""
        outcome = self.act(command, by, hours)
        assert isinstance(outcome, Outcome), outcome
        return outcome.state

    def approve(self, desk: Desk, answers: Mapping[str, Value] | None = None, hours: float = 1) -> CaseState:
        """Let a desk approve, as an officer of its own."""
        self.officers[desk.key] = answers or {}
        command = Approve(desk.stage, desk.place, self.state.rounds, tuple(answers or {}))
        return self.done(command, officer(desk), hours)

    def _note(self, outcome: Outcome, by: Actor) -> None:
        self.events.extend((self.at, by, event) for event in outcome.events)

    def of(self, kind: type[Event]) -> list[Event]:
        """Return the events of one kind so far."""
        return [event for _, _, event in self.events if isinstance(event, kind)]


def officer(desk: Desk) -> Actor:
    """Return an officer of the desk's own agency and role."""
    role = desk.role or "tim_teknis"
    return Actor(f"{desk.agency}-{role}", role, desk.agency)


def player_of(kupang: CityCatalog, permit: str, note: str, filed: datetime = FILED) -> Player:
    """File the example of a permit whose note holds these words."""
    example = next(one for one in kupang.examples if one.permit == permit and note in one.note)
    return player_of_example(kupang, example, filed)


def player_of_example(kupang: CityCatalog, example: Example, filed: datetime = FILED) -> Player:
    """File an example."""
    decider = Decider(kupang.permits[example.permit][-1].permit, kupang.city)
    form = dict(decider.facts(example.answers, date.fromisoformat(example.on)))
    return Player(Lifecycle(decider), form, filed)


__all__ = ["APPLICANT", "FILED", "SYSTEM", "DeskAnswered", "Player", "officer", "player_of", "player_of_example"]
