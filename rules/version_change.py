"""A case that moves to another version of its permit: what stands of what was answered, and what the move does to the
state.

A case's way is walked anew from where it begins whenever something has changed, and so it is here: only the approvals
that stand are carried over, and the new version's own rules say where the file is with them. Gains that a case which
has moved is like any other of its version. Loses the desks that the new version does not have, with what they said; a
case that was refused, or whose letters have their numbers, stays where it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from rules.case_event import DeskMoved, ItemKind, Moved, RepairItem, Terms, Verdict
from rules.case_state import (
    Answer,
    Asked,
    AtStage,
    AwaitingPayment,
    CaseState,
    Desk,
    InRepair,
    Position,
    WithPerson,
)
from rules.citation import Citation
from rules.fee_plan import fee_questions
from rules.field import Field
from rules.kind import Facts
from rules.permit import Moving, Permit, Reviewer, Stage
from rules.repair_list import asked_by

Key = tuple[str, int]


def movable(state: CaseState) -> bool:
    """Tell whether a case can follow another version now: it is open, nobody waits for its signature or has to decide
    it, it was not refused, every objection to it is answered, no desk has paused, and no letter of it has a number."""
    match state.position:
        case AtStage(signing=None) | InRepair() | AwaitingPayment():
            heard = all(one.answered is not None for one in state.objections)
            return heard and state.refusal is None and not state.products and not state.paused_desks
        case _:
            return False


def law_of(before: Permit, after: Permit) -> Citation:
    """Return the law by which cases move: the one written, else the first that only the later version rests on."""
    written = None if after.moving is None else after.moving.citation
    new = (law for law in after.legal_basis if law not in before.legal_basis)
    return written or next(new, after.legal_basis[0])


def moved(
    before: Permit,
    after: Permit,
    release: str,
    state: CaseState,
    changed: Collection[str],
    officers: Mapping[Key, Facts],
    places: tuple[str, ...] = (),
    *,
    asks: bool = False,
) -> Moved:
    """Return what moves a case. `changed` are facts that are another by the later version, or asked by it alone;
    `officers` what each desk has answered; `places` the quotas that it counts in, where it has not moved before. Where
    the later version `asks` for more, the first stage looks at what comes."""
    stages = dict(_stages(before, after))
    terms = state.terms or _terms(before, state, places)
    desks = tuple(_desks(before, after, stages, state, changed, officers))
    if asks:
        first = after.stages[0].code
        desks = tuple(replace(desk, stands=desk.stands and desk.to != first) for desk in desks)
    return Moved(
        version=after.valid_from,
        release=release,
        citation=law_of(before, after),
        first=after.stages[0].code,
        terms=terms,
        stages=tuple(stages.items()),
        desks=desks,
        items=tuple(_items(after, state, desks)),
        assessed=fee_questions(before),
    )


def _terms(before: Permit, state: CaseState, places: tuple[str, ...]) -> Terms:
    limit = before.legal_limit.duration
    return Terms(state.version, state.release, state.promised, limit, before.repair.restarts, places)


def _stages(before: Permit, after: Permit) -> Iterator[tuple[str, str]]:
    """Yield the stages that go on, each with what it is called now."""
    written = dict((after.moving or Moving()).stages)
    known = {stage.code for stage in after.stages if stage.end is None}
    for stage in before.stages:
        to = written.get(stage.code, stage.code)
        if stage.end is None and to in known:
            yield stage.code, to


def _desks(
    before: Permit,
    after: Permit,
    stages: Mapping[str, str],
    state: CaseState,
    changed: Collection[str],
    officers: Mapping[Key, Facts],
) -> Iterator[DeskMoved]:
    """Yield the desks that go on: of the same agency and role, at the stage that theirs has become."""
    old = {stage.code: stage for stage in before.stages}
    new = {stage.code: stage for stage in after.stages}
    taken: set[Key] = set()
    for desk in state.desks:
        if desk.stage not in stages:
            continue
        stage = new[stages[desk.stage]]
        for place, reviewer in enumerate(stage.reviewers):
            if (reviewer.agency, reviewer.role) == (desk.agency, desk.role) and (stage.code, place) not in taken:
                taken.add((stage.code, place))
                same = _same_work(old[desk.stage], desk.place, stage, reviewer)
                stands = same and asked_by(reviewer).isdisjoint(changed)
                stands = stands and _answers_all(reviewer, officers.get(desk.key, {}))
                yield DeskMoved(desk.stage, desk.place, stage.code, place, stands)
                break


def _same_work(old: Stage, place: int, new: Stage, reviewer: Reviewer) -> bool:
    """Tell whether a desk's approval is worth the same: none is a signature that was not, or has to answer what it was
    not asked."""
    known = {field.code: field for field in old.reviewers[place].officer_fields}
    asked_alike = all(_alike(known.get(field.code), field) for field in reviewer.officer_fields)
    return (old.signature, old.outside) == (new.signature, new.outside) and asked_alike


def _alike(old: Field | None, new: Field) -> bool:
    return new.optional if old is None else old.kind is new.kind


def _answers_all(reviewer: Reviewer, answered: Facts) -> bool:
    """Tell whether what a desk answered is an answer to all that it is asked now, such as an option still offered."""
    for field in reviewer.officer_fields:
        value = answered.get(field.code)
        options = {option.code for option in field.options}
        chosen = value if isinstance(value, tuple) else (value,)
        if value is not None and options and not options.issuperset(map(str, chosen)):
            return False
    return True


def _items(after: Permit, state: CaseState, desks: tuple[DeskMoved, ...]) -> Iterator[RepairItem]:
    """Yield of the list that the applicant has, or that desks have asked for, what the later version asks for too."""
    goes_on = {(desk.stage, desk.place): desk for desk in desks}
    questions = {field.code for field in after.fields}
    documents = {requirement.document for requirement in after.requirements}
    items = state.position.items if isinstance(state.position, InRepair) else _returned(state)
    for item in items:
        desk = goes_on.get((item.stage, item.place))
        if desk is not None and item.code in (questions if item.kind is ItemKind.FIELD else documents):
            yield replace(item, stage=desk.to, place=desk.to_place)


def _returned(state: CaseState) -> tuple[RepairItem, ...]:
    """Return what desks of the stage have asked for, while others have yet to answer."""
    if not isinstance(state.position, AtStage):
        return ()
    here = state.position.stage
    answers = ((desk, desk.answer) for desk in state.desks if desk.stage == here)
    return tuple(item for desk, answer in answers if answer and answer.round == state.rounds for item in desk.items)


def after_move(state: CaseState, event: Moved) -> CaseState:
    """Return the state after a move: of the desks those that go on, of their answers those that stand."""
    goes_on = {(desk.stage, desk.place): desk for desk in event.desks}
    desks = tuple(_desk(desk, goes_on[desk.key]) for desk in state.desks if desk.key in goes_on)
    stages = dict(event.stages)
    accounts = tuple(
        replace(account, stands_on=event.assessed) if account.stands_on is None else account
        for account in state.accounts
    )
    state = replace(
        state,
        version=event.version,
        release=event.release,
        root=event.first,
        desks=desks,
        noticed=tuple(stages[stage] for stage in state.noticed if stage in stages),
        objections=tuple(replace(one, stage=stages.get(one.stage, one.stage)) for one in state.objections),
        asked=tuple(_asked(one, goes_on, stages) for one in state.asked),
        terms=event.terms,
        moved_by=event.citation,
        accounts=accounts,
    )
    return replace(state, position=_position(state, event, stages))


def _position(state: CaseState, event: Moved, stages: Mapping[str, str]) -> Position:
    match state.position:
        case AtStage(stage=stage) if stage in stages:
            return replace(state.position, stage=stages[stage])
        case InRepair() if event.items:
            return replace(state.position, items=event.items)
        case AwaitingPayment():
            return state.position
        case _:
            return WithPerson("")


def _desk(desk: Desk, to: DeskMoved) -> Desk:
    """Return a desk as it goes on; one whose answer does not stand looks as if for the first time."""
    moved = replace(desk, stage=to.to, place=to.to_place, items=tuple(_item(item, to) for item in desk.items))
    if to.stands or desk.open or not _approved(desk.answer):
        return moved
    return replace(moved, answer=None, items=(), looked=None)


def _approved(answer: Answer | None) -> bool:
    return answer is not None and answer.verdict is Verdict.APPROVED


def _item(item: RepairItem, to: DeskMoved) -> RepairItem:
    return replace(item, stage=to.to, place=to.to_place)


def _asked(one: Asked, goes_on: Mapping[Key, DeskMoved], stages: Mapping[str, str]) -> Asked:
    items = tuple(_item(item, to) for item in one.items if (to := goes_on.get((item.stage, item.place))) is not None)
    return replace(one, items=items, to=None if one.to is None else stages.get(one.to))
