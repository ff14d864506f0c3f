"""The life of a case, explored: every situation that the deeds of officers, applicant and clock can bring it into.

Each step is taken by `rules.lifecycle` itself, for a permit from which all but the flow is left out: no documents, no
durations, a bill that is always the same, and applications told apart by the way they take alone. Moments are kept only
in their order. Gains a finite number of situations, all of which are looked at. Loses amounts, dates, and what a repair
may change: any application may become any other by it, so that what is found there must be played with real answers
before it is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.proof.bare_case import BEGUN, LATER, LAW, bare, next_moment, timeless
from generator.proof.ways import read_by_ways
from rules.case_event import (
    APPLICANT,
    PUBLIC,
    SYSTEM,
    Actor,
    ItemKind,
    Moved,
    NumberedProduct,
    RepairItem,
    RepairReason,
    Target,
    Verdict,
)
from rules.case_state import (
    REFUSAL_STAGE,
    AtEnd,
    AtStage,
    AwaitingPayment,
    CaseState,
    Desk,
    InRepair,
    WithPerson,
)
from rules.city import City
from rules.command import (
    AnswerObjection,
    Approve,
    AskSignature,
    Command,
    CompleteSignature,
    EndNotice,
    Expire,
    FailSignature,
    Move,
    Object,
    Pay,
    Refusal,
    Refuse,
    Resubmit,
    Return,
    Withdraw,
)
from rules.decider import Decider
from rules.desk_work import SPEAKS_FOR_OUTSIDE
from rules.field import Field
from rules.kind import Facts, Kind, Value
from rules.lifecycle import Lifecycle, Outcome
from rules.objecting import asks_desks, open_objections
from rules.permit import Permit
from rules.product_way import signed_at

Key = tuple[str, int]
MOST_ANSWERS = 16  # combinations of answers to one desk's questions
ANYTHING = Target(ItemKind.FIELD, "permohonan")  # stands for whatever is to be repaired
OFFICER = "tim_teknis"


Said = tuple[tuple[str, Value], ...]  # what a desk has answered to its own questions


@dataclass(frozen=True, slots=True)
class Sort:
    """Applications that take one way: the answers that the way reads, of the applicant and of the officers asked."""

    answers: Facts
    officers: Facts


@dataclass(frozen=True, slots=True)
class Situation:
    """A state without moments, the sort of application it is about, and what each desk has answered."""

    state: CaseState
    sort: int
    answered: tuple[tuple[Key, Said], ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does; `sort` is what the application is afterwards, `said` what an officer answers with it."""

    command: Command
    by: Actor
    sort: int
    said: Said = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far lives are explored: rounds of repair, whether a repair may change the sort, and whether desks side by
    side answer in every order, or in one that stands for all."""

    rounds: int
    corrections: bool = False
    every_order: bool = False


@dataclass(frozen=True, slots=True)
class Explored:
    """Every situation with the deed and the situation that led to it first (None at a filing), and those that can
    follow."""

    came: Mapping[Situation, tuple[Situation, Deed] | None]
    follows: Mapping[Situation, tuple[Situation, ...]]

    def story(self, situation: Situation) -> tuple[tuple[Situation, Deed], ...]:
        """Return how it came to a situation: each deed with the situation it was done in."""
        found = []
        step = self.came[situation]
        while step is not None:
            found.append(step)
            step = self.came[step[0]]
        return tuple(reversed(found))


class CaseLife:
    """The lives of cases of one permit version; to be closed, as what it holds."""

    def __init__(self, permit: Permit, city: City, sorts: Sequence[Sort]) -> None:
        """Compile what is left of the permit."""
        self.permit = bare(permit)
        self.sorts = tuple(sorts)
        self._decider = Decider(self.permit, city)
        self._life = Lifecycle(self._decider)
        self._door = city.door
        self._stages = {stage.code: stage for stage in permit.stages}
        self._read = frozenset(read_by_ways(permit))

    def close(self) -> None:
        """Free what the engines hold."""
        self._life.close()
        self._decider.close()

    def explore(self, sort: int, bounds: Bounds) -> Explored:
        """Return every situation that an application of a sort can come into."""
        return self.explore_from((self._filed(sort),), bounds)

    def explore_from(self, starts: Iterable[Situation], bounds: Bounds) -> Explored:
        """Return every situation that can follow these."""
        came: dict[Situation, tuple[Situation, Deed] | None] = dict.fromkeys(starts)
        follows: dict[Situation, tuple[Situation, ...]] = {}
        waiting = list(came)
        while waiting:
            here = waiting.pop(0)
            found = []
            for deed in self.deeds(here, bounds):
                after = self._after(here, deed)
                if after is None:
                    continue
                found.append(after)
                if after not in came:
                    came[after] = (here, deed)
                    waiting.append(after)
            follows[here] = tuple(found)
        return Explored(came, follows)

    def deeds(self, here: Situation, bounds: Bounds) -> Iterator[Deed]:
        """Yield what can be tried in a situation."""
        state, sort = here.state, here.sort
        match state.position:
            case AtStage(signing=str(person)):
                yield Deed(CompleteSignature(person, ()), SYSTEM, sort)
                yield Deed(FailSignature("-"), SYSTEM, sort)
                return
            case AtStage(stage=stage) if not state.open_desks:
                yield Deed(EndNotice(), SYSTEM, sort)
                if not state.objected(stage):  # one stands for all
                    yield Deed(Object(stage, "-"), PUBLIC, sort)
            case AtStage(failed=str(), signing_at=int(place), stage=stage):
                desk = state.desk(stage, place)
                assert desk is not None
                yield Deed(CompleteSignature(self.officer(state, desk).person, (), wet=True), SYSTEM, sort)
                yield from self._answers(here, desk, bounds)
            case AtStage():
                for desk in state.open_desks if bounds.every_order else state.open_desks[:1]:
                    yield from self._answers(here, desk, bounds)
            case InRepair():
                others = range(len(self.sorts)) if bounds.corrections else (sort,)
                for to in others:
                    yield Deed(Resubmit((ANYTHING,), ()), APPLICANT, to)
                yield Deed(Expire(), SYSTEM, sort)
            case AwaitingPayment():
                owing = next(account for account in state.accounts if account.open)  # who pays first changes nothing
                reference = f"b{state.rounds}{owing.fee}"
                yield Deed(Pay(reference, owing.open, BEGUN, owing.fee), SYSTEM, sort)
            case WithPerson() | AtEnd():
                pass
        if not state.ended:
            yield Deed(Withdraw(), APPLICANT, sort)

    def _answers(self, here: Situation, desk: Desk, bounds: Bounds) -> Iterator[Deed]:
        state, by = here.state, self.officer(here.state, desk)
        assert isinstance(state.position, AtStage)
        for number in open_objections(state, desk.stage):
            yield Deed(AnswerObjection(desk.stage, desk.place, number), by, here.sort)
        if state.position.signature:
            yield Deed(AskSignature(desk.stage, state.rounds, self._due(here, desk.stage)), by, here.sort)
        else:
            questions = tuple(one.code for one in self._questions(desk.key))
            for said in self._answerable(desk.key, here.sort):
                yield Deed(Approve(desk.stage, desk.place, state.rounds, questions), by, here.sort, said)
        if desk.stage == REFUSAL_STAGE:
            return
        if state.rounds < bounds.rounds:
            item = RepairItem(ANYTHING.kind, ANYTHING.code, RepairReason.DIFFERS, desk.stage, desk.place)
            yield Deed(Return(desk.stage, desk.place, state.rounds, (item,)), by, here.sort)
        yield Deed(Refuse(desk.stage, desk.place, state.rounds, LAW), by, here.sort)

    def _due(self, here: Situation, stage: str) -> tuple[NumberedProduct, ...]:
        """Return what is signed at a stage, where products go out before the end."""
        if not self.permit.products:
            return ()
        found = signed_at(self._decider, self._life.transitions, here.state, stage, self.facts(here))
        return tuple(NumberedProduct(one.code, one.code, one.code, 1, 1) for one, _ in found or ())

    def officer(self, state: CaseState, desk: Desk) -> Actor:
        """Return somebody who may answer for a desk, and has no other duty in the case."""
        assert isinstance(state.position, AtStage)
        person = f"{desk.stage}/{desk.place}"
        if state.position.outside:
            return Actor(person, sorted(SPEAKS_FOR_OUTSIDE)[0], self._door)
        return Actor(person, desk.role or OFFICER, desk.agency)

    def facts(self, here: Situation) -> Facts:
        """Return the application's facts with the officers' answers that stand."""
        return self._facts(here.state, here.sort, dict(here.answered))

    def asked(self, here: Situation) -> frozenset[Key]:
        """Return the desks that are to approve the file as it is now, on its way from the beginning to an end."""
        facts = self.facts(here)
        held = self._decider.concluded(facts).held
        found: set[Key] = set()
        code = self.permit.stages[0].code
        for _ in self.permit.stages:
            stage = self._stages.get(code)
            if stage is None or stage.approved is None:
                break
            if asks_desks(here.state, stage):
                found.update((code, place) for place, _ in self._decider.desks(code, held, facts))
            rows = [row.value for row in stage.approved.rows]
            ways = [rows[i] for i in range(len(rows)) if f"alur/{code}/setuju/{i}" in held]
            code = ways[0] if ways else next((r.value for r in stage.approved.rows if r.otherwise), "")
        return frozenset(found)

    def _filed(self, sort: int) -> Situation:
        outcome = self._life.begin("-", lambda state: self._facts(state, sort, {}), BEGUN, APPLICANT)
        return Situation(timeless(outcome.state), sort)

    def _after(self, here: Situation, deed: Deed) -> Situation | None:
        """Return the situation after a deed, None where it can not be done."""
        answered = dict(here.answered)
        if isinstance(deed.command, Approve) and deed.said:
            answered[deed.command.stage, deed.command.place] = deed.said
        at = next_moment(here.state)
        if isinstance(deed.command, Expire | EndNotice | Approve | AskSignature):
            at += LATER
        outcome = self._life.act(
            deed.command, here.state, lambda state: self._facts(state, deed.sort, answered), at, deed.by
        )
        if not isinstance(outcome, Outcome):
            return None
        return self._situation(outcome.state, deed.sort, answered)

    def take_over(self, here: Situation, moved: Moved, items: tuple[RepairItem, ...], sort: int) -> Situation | Refusal:
        """Return the situation of a case of another version that moves to this one, where it is of this sort."""
        places = {(desk.stage, desk.place): (desk.to, desk.to_place) for desk in moved.desks}
        answered = {places[key]: said for key, said in here.answered if key in places}
        at, command = next_moment(here.state), Move(moved, items)
        outcome = self._life.act(command, here.state, lambda state: self._facts(state, sort, answered), at, SYSTEM)
        if not isinstance(outcome, Outcome):
            return outcome
        return self._situation(outcome.state, sort, answered)

    def _situation(self, state: CaseState, sort: int, answered: Mapping[Key, Said]) -> Situation:
        """Return a situation in which only those answers are left that stand."""
        stands = {desk.key for desk in state.desks if desk.answer is not None}
        kept = tuple(sorted((key, by) for key, by in answered.items() if key in stands))
        return Situation(timeless(state), sort, kept)

    def _questions(self, key: Key) -> tuple[Field, ...]:
        """Return a desk's own questions."""
        stage = self._stages.get(key[0])
        return () if stage is None else stage.reviewers[key[1]].officer_fields

    def _answerable(self, key: Key, sort: int) -> Iterator[Said]:
        """Yield what a desk may answer: what its sort of application was told apart by, or, where no such application
        comes to the desk when everybody approves, anything that a way may depend on."""
        codes = [one.code for one in self._questions(key) if one.code in self._read]
        given = self.sorts[sort].officers
        if any(code in given for code in codes) or not codes:
            yield tuple((code, given[code]) for code in codes if code in given)
            return
        choices = [[(one.code, value) for value in _values(one)] for one in self._questions(key) if one.code in codes]
        yield from itertools.islice(itertools.product(*choices), MOST_ANSWERS)

    def _facts(self, state: CaseState, sort: int, answered: Mapping[Key, Said]) -> Facts:
        known = dict(self.sorts[sort].answers)
        for desk in state.desks:
            if desk.answer is not None and desk.answer.verdict is Verdict.APPROVED:
                known.update(answered.get(desk.key, ()))
        return known


def _values(field: Field) -> tuple[Value, ...]:
    """Return the answers to an officer's question of few answers."""
    match field.kind:
        case Kind.YES_NO:
            return (True, False)
        case Kind.CHOICE:
            return tuple(option.code for option in field.options)
        case _:
            return ()
