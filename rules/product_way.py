"""Which products go out at which signature: those of its stage, and, at the last one before the permit, all others.

A stage that products name lets them out as it is closed, while the case goes on. Gains several products with stages of
their own; a permit whose products name no stage is signed as ever.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.case_state import ISSUED, REFUSAL_STAGE, REFUSED, CaseState
from rules.decider import Decider
from rules.kind import Facts
from rules.permit import Permit, Product
from rules.ruleset import RuleId
from rules.transition import Step, Transitions

Asked = tuple[Product, int | None]  # a product, and the item of the `daftar` that it is for


def sends_out(permit: Permit, stage: str) -> bool:
    """Tell whether a product goes out with the signature of a stage while the case goes on."""
    return any(product.stage == stage for product in permit.products)


def sent_from(decider: Decider, stage: str, held: frozenset[RuleId], facts: Facts) -> tuple[Asked, ...]:
    """Return what goes out with the signature of a stage that products name."""
    own = (product for product in decider.products(held) if product.stage == stage)
    return tuple(one for product in own for one in _each(product, facts))


def still_to_send(
    decider: Decider, state: CaseState, stage: str, held: frozenset[RuleId], facts: Facts
) -> tuple[Asked, ...]:
    """Return what goes out with the signature of a stage, and has not gone out yet."""
    gone = {(one.product.code, one.product.item) for one in state.sent_out}
    return tuple(one for one in sent_from(decider, stage, held, facts) if (one[0].code, one[1]) not in gone)


def signed_at(
    decider: Decider, transitions: Transitions, state: CaseState, stage: str, facts: Facts
) -> tuple[Asked, ...] | None:
    """Return what is signed at a stage, None where it is a letter that refuses."""
    if stage == REFUSAL_STAGE:
        return None
    held = decider.concluded(facts).held
    own = still_to_send(decider, state, stage, held, facts)
    if not ends_in_permit(decider, transitions, stage, held, facts):
        leads = sends_out(decider.permit, stage) or leads_to_issue(decider, transitions, stage, facts)
        return own if leads else None
    last = (one for product in decider.products(held) if product.stage is None for one in _each(product, facts))
    order = [product.code for product in decider.permit.products]
    return tuple(sorted((*own, *last), key=lambda one: order.index(one[0].code)))


def leads_to_issue(decider: Decider, transitions: Transitions, code: str, facts: Facts) -> bool:
    """Tell whether a stage lies on the way to the permit, or may: a letter that refuses it costs nothing."""
    for _ in range(len(decider.permit.stages) + 1):
        target = transitions.target(code, Step.APPROVE, facts)
        if not isinstance(target, str):
            return True
        end = REFUSED if target == REFUSAL_STAGE else decider.stage(target).end
        if end is not None:
            return end == ISSUED
        code = target
    return True


def ends_in_permit(
    decider: Decider, transitions: Transitions, code: str, held: frozenset[RuleId], facts: Facts
) -> bool:
    """Tell whether the signature of a stage is the last before the permit: what is owed before must have come, and what
    names no stage goes out with it. Where products name stages, one that may be followed by another is not the last."""
    if not leads_to_issue(decider, transitions, code, facts):
        return False
    return all(product.stage is None for product in decider.permit.products) or not _signs_later(
        decider, transitions, code, held, facts
    )


def _signs_later(decider: Decider, transitions: Transitions, code: str, held: frozenset[RuleId], facts: Facts) -> bool:
    for _ in range(len(decider.permit.stages) + 1):
        target = transitions.target(code, Step.APPROVE, facts)
        if not isinstance(target, str):
            return any(decider.stage(after).signature for after in _after(decider.permit, code))
        if target == REFUSAL_STAGE or decider.stage(target).end is not None:
            return False
        if decider.stage(target).signature and decider.desks(target, held, facts):
            return True
        code = target
    return False


def _after(permit: Permit, code: str) -> frozenset[str]:
    """Return the stages that a file may come to by approvals after one."""
    rows = {stage.code: [row.value for row in stage.approved.rows] for stage in permit.stages if stage.approved}
    found, waiting = set[str](), list(rows.get(code, ()))
    while waiting:
        if (one := waiting.pop()) not in found and one != REFUSAL_STAGE:
            found.add(one)
            waiting += rows.get(one, ())
    return frozenset(found)


def _each(product: Product, facts: Facts) -> Iterator[Asked]:
    if product.for_each is None:
        yield product, None
        return
    items = facts.get(product.for_each, ())
    yield from ((product, number) for number in range(len(items) if isinstance(items, tuple) else 0))
