"""A life that was found, led in earnest: by the permit as it is written, with a filled form and real days between.

What a proof tells of a case must happen to one. Where it does not the fault is ours, and the program ends with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from generator.proof.case_life import Deed, Key, Said
from generator.proof.replay import NotReplayedError
from rules.case_event import APPLICANT, Verdict
from rules.case_state import AtStage, AwaitingPayment, CaseState, InRepair, Position, WithPerson
from rules.city import City
from rules.command import Approve, AskSignature, Command, EndNotice, Expire, Pay, Refuse, ReportVisit
from rules.decider import Decider
from rules.kind import Facts
from rules.lifecycle import Lifecycle, Outcome
from rules.permit import Permit

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Done:
    """A deed, and the applicant's facts from then on."""

    deed: Deed
    facts: Facts


def played(permit: Permit, city: City, filed: Facts, deeds: Iterable[Done]) -> CaseState:
    """Lead a case by these deeds and return its state after them; NotReplayedError where one can not be done."""
    decider = Decider(permit, city)
    lifecycle = Lifecycle(decider)
    try:
        return _Play(lifecycle, filed).through(deeds)
    finally:
        lifecycle.close()
        decider.close()


def _over(position: Position) -> datetime | None:
    """Return a moment when the repair or the public notice that a case waits for is over."""
    match position:
        case InRepair(due=until) | AtStage(notice_until=datetime() as until):
            return until + _DAY
        case _:
            return None


def _morning(permit: Permit) -> datetime:
    return datetime.combine(datetime.fromisoformat(permit.valid_from).date(), time(2), UTC)


class _Play:
    """One case under way."""

    def __init__(self, lifecycle: Lifecycle, filed: Facts) -> None:
        self._life = lifecycle
        self._facts = filed
        self._answered: dict[Key, Said] = {}
        self._at = _morning(lifecycle.permit)
        self._state = lifecycle.begin("-", self._now, self._at, APPLICANT).state

    def through(self, deeds: Iterable[Done]) -> CaseState:
        """Do one after another, as far as no person has to see to it; what is not owed is not paid."""
        for done in deeds:
            position = self._state.position
            if isinstance(position, WithPerson):
                break
            if isinstance(done.deed.command, Pay) and not isinstance(position, AwaitingPayment):
                continue
            self._visit(done.deed)
            self._facts = done.facts
            if isinstance(done.deed.command, Approve) and done.deed.said:
                self._answered[done.deed.command.stage, done.deed.command.place] = done.deed.said
            self._do(self._command(done.deed.command), done.deed)
        return self._state

    def _do(self, command: Command, deed: Deed) -> None:
        self._at += _HOUR
        position = self._state.position
        if isinstance(command, Expire | EndNotice | Approve | AskSignature):  # who objects does so in time
            self._at = max(self._at, _over(position) or self._at)
        outcome = self._life.act(command, self._state, self._now, self._at, deed.by)
        if not isinstance(outcome, Outcome):
            raise NotReplayedError(f"{self._life.permit.code}: {command} is refused: {outcome}")
        self._state = outcome.state

    def _command(self, command: Command) -> Command:
        """Return a command with the article and the amount of the real permit."""
        match command:
            case Refuse():
                return replace(command, citation=self._life.permit.legal_basis[0])
            case Pay(fee=fee) if (account := self._state.account_of(fee)) is not None:
                return replace(command, amount=account.open)
            case _:
                return command

    def _visit(self, deed: Deed) -> None:
        """Report the visit that a desk must have made before it answers."""
        if not isinstance(deed.command, Approve | AskSignature) or not isinstance(self._state.position, AtStage):
            return
        place = deed.command.place if isinstance(deed.command, Approve) else self._state.open_desks[0].place
        desk = self._state.desk(deed.command.stage, place)
        if desk is not None and desk.inspection and not desk.reported:
            self._do(ReportVisit(deed.command.stage, place), deed)

    def _now(self, state: CaseState) -> Facts:
        known = dict(self._facts)
        for desk in state.desks:
            if desk.answer is not None and desk.answer.verdict is Verdict.APPROVED:
                known.update(self._answered.get(desk.key, ()))
        return known
