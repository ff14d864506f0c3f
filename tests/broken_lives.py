"""Lives of cases with one fault each, to see that the laws see it: what a careless program, or change, would do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rules.case_event import Actor, BillIssued, Ended, Event, Happened, Issued
from rules.case_fold import after
from rules.case_state import CaseState
from rules.city import City
from rules.command import (
    AnotherRound,
    Approve,
    Command,
    CompleteSignature,
    MoveDues,
    NothingToDo,
    PaidAlready,
    Pay,
    Refusal,
    Refuse,
    Resubmit,
    Return,
    SeeLimit,
)
from rules.decider import Decider
from rules.decision import Desk
from rules.kind import Facts
from rules.lifecycle import Lifecycle, Outcome
from rules.permit import Fee
from rules.ruleset import RuleId
from rules.telling import FactsNow, Telling


@dataclass(frozen=True)
class Act:
    """What a life is asked to do."""

    command: Command
    state: CaseState
    facts_now: FactsNow
    at: datetime
    by: Actor
    calendar: City | None


class Faulty(Lifecycle):
    """A life with a fault: in what it is asked (`heard`), or in what it answers (`spoilt`)."""

    def act(
        self,
        command: Command,
        state: CaseState,
        facts_now: FactsNow,
        at: datetime,
        by: Actor,
        calendar: City | None = None,
    ) -> Outcome | Refusal:
        """Do what the fault makes of it."""
        act = self.heard(Act(command, state, facts_now, at, by, calendar))
        return self.spoilt(act, self.right(act))

    def right(self, act: Act) -> Outcome | Refusal:
        """Do as one should."""
        return Lifecycle.act(self, act.command, act.state, act.facts_now, act.at, act.by, act.calendar)

    def heard(self, act: Act) -> Act:
        """Return what the fault makes of what is asked."""
        return act

    def spoilt(self, _act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Return what the fault makes of what came out."""
        return outcome


def told(outcome: Outcome, act: Act, *events: Event) -> Outcome:
    """Return an outcome with more events."""
    state = outcome.state
    for event in events:
        state = after(state, Happened(state.seq + 1, act.at, act.by, event))
    return Outcome((*outcome.events, *events), state)


class BlindDecider(Decider):
    """Rules that do not see the last desk of those asked side by side."""

    def desks(self, stage: str, held: frozenset[RuleId], facts: Facts) -> tuple[tuple[int, Desk], ...]:
        """Return all but one."""
        asked = super().desks(stage, held, facts)
        return asked[:-1] if len(asked) > 1 else asked


def skips_a_desk(decider: Decider) -> Lifecycle:
    """1: the route skips an open desk."""
    return Lifecycle(BlindDecider(decider.permit, decider.city))


class HearsNoRefusal(Faulty):
    """1: a refusal counts for nothing, the stage is approved."""

    def spoilt(self, act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Take every refusal for an approval."""
        if not isinstance(act.command, Refuse) or not isinstance(outcome, Outcome):
            return outcome
        command = Approve(act.command.stage, act.command.place, act.command.round)
        approved = self.right(replace(act, command=command))
        if not isinstance(approved, Outcome):
            return outcome
        return replace(approved, events=(outcome.events[0], *approved.events[1:]))


class GetsStuck(Faulty):
    """1: the last answer of a stage closes nothing."""

    def spoilt(self, act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Keep the answer only."""
        if isinstance(act.command, Approve) and isinstance(outcome, Outcome):
            return told(Outcome((), act.state), act, outcome.events[0])
        return outcome


class SendsTheListEarly(Lifecycle):
    """2: the list goes out as soon as one desk asks for something."""

    def _do(self, command: Command, story: Telling) -> Refusal | None:
        refusal = super()._do(command, story)
        if refusal is None and isinstance(command, Return) and story.state.open_desks:
            self._closing.close(story, command.stage)
        return refusal


class LetsEditAnything(Faulty):
    """2: a repair may change what nobody asked for."""

    def heard(self, act: Act) -> Act:
        """Take no notice of what is beyond the list."""
        return replace(act, command=replace(act.command, beyond=())) if isinstance(act.command, Resubmit) else act


def returns_for_ever(decider: Decider) -> Lifecycle:
    """2: rounds are not limited."""
    permit = decider.permit
    return Lifecycle(Decider(replace(permit, repair=replace(permit.repair, at_most=99)), decider.city))


class AsksEverybodyAgain(Faulty):
    """2: after a repair everybody looks again, as if every fact had changed."""

    def heard(self, act: Act) -> Act:
        """Say that everything has changed."""
        if not isinstance(act.command, Resubmit):
            return act
        return replace(act, command=replace(act.command, facts=tuple(act.facts_now(act.state))))


class RaisesLate(Faulty):
    """2: a later round raises what the first could have seen."""

    def heard(self, act: Act) -> Act:
        """Forget that anybody has looked before."""
        if not isinstance(act.command, Return):
            return act
        desks = tuple(replace(desk, looked=None) for desk in act.state.desks)
        return replace(act, state=replace(act.state, desks=desks))


class CountsAHolderTwice(Faulty):
    """3: whoever gets the case has held it for two days already."""

    def spoilt(self, act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Begin the newest span before the one before it has ended."""
        if not isinstance(outcome, Outcome) or len(outcome.state.spans) == len(act.state.spans):
            return outcome
        *before, last = outcome.state.spans
        early = replace(last, since=last.since - timedelta(days=2))
        return replace(outcome, state=replace(outcome.state, spans=(*before, early)))


class LosesAHolder(Faulty):
    """3: the time until the first change of hands is nobody's."""

    def spoilt(self, _act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Drop the first span."""
        if not isinstance(outcome, Outcome) or len(outcome.state.spans) < 2:
            return outcome
        return replace(outcome, state=replace(outcome.state, spans=outcome.state.spans[1:]))


class MovesNoDate(Faulty):
    """4: the calendar changes, and no date with it."""

    def spoilt(self, act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Say that nothing moves."""
        return NothingToDo() if isinstance(act.command, MoveDues) else outcome


class NeverStandsStill(Faulty):
    """4: the clock runs on while the applicant repairs."""

    def heard(self, act: Act) -> Act:
        """Forget every stop."""
        return replace(act, state=replace(act.state, stops=()))


class Grants(Faulty):
    """5: a flag grants the permit."""

    def spoilt(self, act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Issue what was flagged."""
        if isinstance(act.command, SeeLimit) and isinstance(outcome, Outcome) and outcome.state.deemed is not None:
            return told(outcome, act, Issued(()), Ended("terbit"))
        return outcome


class FlagsAtOnce(Faulty):
    """5: one look is enough."""

    def heard(self, act: Act) -> Act:
        """Believe to have seen it before."""
        if not isinstance(act.command, SeeLimit) or act.state.limit_passed is not None:
            return act
        return replace(act, state=replace(act.state, limit_passed="2000-01-01"))


class FlagsDuringARepair(Faulty):
    """5: the limit passes though the applicant holds the case."""

    def heard(self, act: Act) -> Act:
        """Forget that the clock stands still."""
        if not isinstance(act.command, SeeLimit) or act.state.stopped is None:
            return act
        return replace(act, state=replace(act.state, stops=act.state.stops[:-1]))


class SwapsTheVersion(Faulty):
    """6: a repair puts a case on the version of the day."""

    def spoilt(self, act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Change the version."""
        if isinstance(act.command, Resubmit) and isinstance(outcome, Outcome):
            return replace(outcome, state=replace(outcome.state, version="2099-01-01"))
        return outcome


class KeepsWhatNoEventSays(Faulty):
    """6: a state that does not follow from its events."""

    def spoilt(self, act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Note something that did not happen."""
        if isinstance(act.command, Approve) and isinstance(outcome, Outcome):
            return replace(outcome, state=replace(outcome.state, provisional=not outcome.state.provisional))
        return outcome


class TakesMoneyTwice(Faulty):
    """7: a payment that is told twice is booked twice."""

    def spoilt(self, act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Book it under another reference."""
        if not isinstance(act.command, Pay) or not isinstance(outcome, PaidAlready):
            return outcome
        return self.right(replace(act, command=replace(act.command, reference=f"{act.command.reference}+")))


class SignsTwice(Faulty):
    """7: a signature that comes again is welcome again."""

    def spoilt(self, act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Take it without a word."""
        again = isinstance(act.command, CompleteSignature) and not isinstance(outcome, Outcome) and act.state.ended
        return Outcome((), act.state) if again else outcome


class TakesStalePages(Faulty):
    """7: an answer counts though the file has changed since it was seen."""

    def spoilt(self, act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Take it for an answer to what the file is now."""
        if not isinstance(outcome, AnotherRound) or not isinstance(act.command, Approve | Return | Refuse):
            return outcome
        return self.right(replace(act, command=replace(act.command, round=act.state.rounds)))


class TakesTheSumFromThePayer(Faulty):
    """8: what is paid is what was due."""

    def spoilt(self, act: Act, outcome: Outcome | Refusal) -> Outcome | Refusal:
        """Make the bill of what came in."""
        if not isinstance(act.command, Pay) or not isinstance(outcome, Outcome) or outcome.state.ended:
            return outcome
        account = outcome.state.account
        if account is None or account.open == 0:
            return outcome
        return told(outcome, act, BillIssued(account.paid, account.kind, account.collector, "dari pembayar"))


def charges_another_fee(decider: Decider) -> Lifecycle:
    """8: the bill is made by another version of the fee than the pinned one."""
    fee = decider.permit.fee
    if not isinstance(fee, Fee):
        return Lifecycle(decider)
    dearer = replace(fee, round_to=fee.round_to * 10_000)
    return Lifecycle(Decider(replace(decider.permit, fee=dearer), decider.city))


@dataclass(frozen=True)
class Control:
    """A fault and the law that must see it, led through these permits."""

    law: int
    make: Callable[[Decider], Lifecycle]
    permits: tuple[str, ...] = ("pbg", "reklame-tetap", "apotek")

    @property
    def name(self) -> str:
        """Return the name of the fault."""
        return self.make.__name__


CONTROLS = (
    Control(1, skips_a_desk),
    Control(1, HearsNoRefusal),
    Control(1, GetsStuck),
    Control(2, SendsTheListEarly),
    Control(2, LetsEditAnything),
    Control(2, returns_for_ever),
    Control(2, AsksEverybodyAgain),
    Control(2, RaisesLate),
    Control(3, CountsAHolderTwice),
    Control(3, LosesAHolder),
    Control(4, MovesNoDate),
    Control(4, NeverStandsStill),
    Control(5, Grants),
    Control(5, FlagsAtOnce),
    Control(5, FlagsDuringARepair),
    Control(6, SwapsTheVersion),
    Control(6, KeepsWhatNoEventSays),
    Control(7, TakesMoneyTwice),
    Control(7, SignsTwice),
    Control(7, TakesStalePages),
    Control(8, TakesTheSumFromThePayer),
    Control(8, charges_another_fee),
)
