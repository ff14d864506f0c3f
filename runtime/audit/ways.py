"""Ways: what happened to a case could happen to it by the rules of its filing, by whom it did (I10, I11)."""

from __future__ import annotations

from collections.abc import Iterator

from rules.case_event import (
    DeskAnswered,
    Ended,
    Happened,
    Issued,
    Moved,
    PaymentAwaited,
    ProductRevoked,
    ProductsIssued,
    RepairAsked,
    RepairItem,
    RepairReason,
    Revoked,
    Signed,
    StageClosed,
    StageOpened,
    Verdict,
)
from rules.case_state import EXPIRED, ISSUED, REFUSAL_STAGE, REFUSED, WITHDRAWN, AtEnd, AtStage, CaseState, Desk
from rules.permit import Permit, Stage
from rules.product_standing import holds_now
from rules.version_change import movable
from runtime.audit.audited import Audited, AuditedCase
from runtime.audit.breach import Breach


def of_case(audited: Audited, case: AuditedCase) -> Iterator[Breach]:
    """Look at one case."""
    daerah, nomor = case.key.daerah, case.key.nomor
    if audited.permit(case) is None:
        yield Breach("I10", daerah, nomor, "the release or version it was filed under is gone")
        return
    yield from (Breach("I10", daerah, nomor, said) for said in _walk(audited, case))
    yield from (Breach("I11", daerah, nomor, said) for said in _duties(case))


def _walk(audited: Audited, case: AuditedCase) -> Iterator[str]:
    before: CaseState | None = None
    for one, state in zip(case.happened, case.states, strict=False):
        found = audited.permit_at(case, state)
        if found is None:
            yield f"event {one.seq}: the release or version it followed is gone"
        else:
            for said in _step(found.permit, before, one):
                yield f"event {one.seq}: {said}"
        before = state


def _step(permit: Permit, before: CaseState | None, one: Happened) -> Iterator[str]:
    if before is None:
        return
    stages = {stage.code: stage for stage in permit.stages}
    if isinstance(before.position, AtEnd) and isinstance(
        one.event, StageOpened | DeskAnswered | RepairAsked | ProductsIssued | Issued
    ):
        yield f"{type(one.event).__name__} after the end"
    match one.event:
        case StageOpened(stage) if stage != REFUSAL_STAGE:
            yield from _opened(stages, one.event)
        case StageClosed(stage, Verdict.APPROVED):
            if places := [desk.place for desk in before.desks if desk.stage == stage and _against(desk)]:
                yield f"{stage} was approved with desks open or negative: {places}"
        case ProductsIssued(stage, products):
            if against := [desk.key for desk in before.desks if desk.stage == stage and _against(desk)]:
                yield f"products went out of {stage} with desks open or negative: {against}"
            for code in dict.fromkeys(product.code for product in products):
                product = permit.product(code)
                if product is None or product.stage != stage:
                    yield f"{code} is no product that goes out of {stage}"
                elif product.needs is not None and not holds_now(permit, before, product.needs):
                    yield f"{code} went out without {product.needs}, which it needs"
        case ProductRevoked(id_):
            if id_ in before.taken_back or all(one.id != id_ for one in before.issued):
                yield "revoked a product that was not issued"
        case Issued():
            if against := [desk.key for desk in before.desks if _against(desk)]:
                yield f"issued with desks open or negative: {against}"
        case Ended(status):
            known = {stage.end for stage in permit.stages if stage.end} | {REFUSED, WITHDRAWN, EXPIRED}
            if status not in known:
                yield f"{status} is no end of this permit"
        case RepairAsked(items) if before.returns >= permit.repair.at_most and not _by_law(items):
            yield f"more than {permit.repair.at_most} rounds of repair"
        case Revoked() if before.status != ISSUED:
            yield "revoked what was not issued"
        case Signed() if not (isinstance(before.position, AtStage) and before.position.signature):
            yield "signed where nothing is signed"
        case PaymentAwaited() if before.owed == 0:
            yield "waits for money that is not owed"
        case Moved():
            yield from _moved(permit, stages, before, one.event)
        case _:
            return


def _moved(permit: Permit, stages: dict[str, Stage], before: CaseState, event: Moved) -> Iterator[str]:
    """Look at a move: to a version that takes cases over, of a case that may move, with its own desks."""
    if permit.moving is None or not movable(before):
        yield f"moved to {event.version}, which takes no such case over"
    for one in event.desks:
        known, stage = before.desk(one.stage, one.place), stages.get(one.to)
        desk = None if stage is None or one.to_place >= len(stage.reviewers) else stage.reviewers[one.to_place]
        if known is None or desk is None or (known.agency, known.role) != (desk.agency, desk.role):
            yield f"desk {one.place} of {one.stage} is not desk {one.to_place} of {one.to}"


def _by_law(items: tuple[RepairItem, ...]) -> bool:
    """Tell whether a list is that of a new version, and no desk's."""
    return any(item.reason is RepairReason.REGULATION for item in items)


def _against(desk: Desk) -> bool:
    """Tell whether a desk is open, or its answer is another than approval."""
    return desk.open or (desk.answer is not None and desk.answer.verdict is not Verdict.APPROVED)


def _opened(stages: dict[str, Stage], event: StageOpened) -> Iterator[str]:
    stage = stages.get(event.stage)
    if stage is None or stage.end is not None:
        yield f"{event.stage} is no stage of this permit"
        return
    for desk in event.desks:
        if desk.place >= len(stage.reviewers):
            yield f"{event.stage} has no desk {desk.place}"
            continue
        wanted = stage.reviewers[desk.place]
        if (wanted.agency, wanted.role) != (desk.agency, desk.role):
            yield f"desk {desk.place} of {event.stage} is {desk.agency}, not {wanted.agency}"


def _duties(case: AuditedCase) -> Iterator[str]:
    if not case.states:
        return
    done: dict[str, set[str]] = {}
    for duty in case.states[-1].duties:
        done.setdefault(duty.person, set()).add(duty.duty)
    for person, duties in sorted(done.items()):
        if len(duties) > 1:
            yield f"{person} has done {' and '.join(sorted(duties))}"
