"""Where a product is issued, over all applications: at the signature of its stage, or with the permit.

Everybody approves. Gains one meaning of «is issued» for every proof about products: that each is issued to somebody,
that what it needs went out before, that a provisional one is replaced, and that nobody signs nothing. Loses ways on
which somebody refuses after a product went out: there it was issued all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.proof.application import View
from generator.proof.replay import Claim
from generator.proof.solver import FALSE, TRUE, Formula, all_of, any_of, no
from generator.proof.trial import Shown, Trial
from rules.case_state import ISSUED
from rules.condition.decide import holds
from rules.condition.tree import ALWAYS, Condition, fields_of
from rules.permit import Permit, Product


class Order(StrEnum):
    """What can be out of order between two products."""

    NEEDED = "perlu"  # the needed one is not issued before
    REPLACED = "menggantikan"  # the provisional one is not issued before the final one
    LEFT = "tertinggal"  # the provisional one is issued and the permit ends with nothing in its place


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """A product that is issued out of order with another one, and a form to which that happens."""

    order: Order
    product: Product
    other: Product
    shown: Shown


def point_of(trial: Trial, product: Product) -> View:
    """Return the applications that come to where a product is issued, as they stand then, whether it is or not."""
    application = trial.application
    if product.stage is None:
        return application.issued()
    return application.leaving(product.stage).where_also(signed(trial, product.stage))


def issue_of(trial: Trial, product: Product) -> View:
    """Return the applications to which a product is issued, as they stand then."""
    view = point_of(trial, product)
    return view.where_also(view.holds(product.when))


def signed(trial: Trial, stage: str) -> Formula:
    """Say that somebody is asked to sign at a stage."""
    application = trial.application
    return any_of(*(application.asked(stage, reviewer) for reviewer in application.stage(stage).reviewers))


def never_issued_products(trial: Trial) -> Iterator[Product]:
    """Yield the products that no application gets, of a permit that some do."""
    if trial.possible(trial.application.issued()):
        yield from (one for one in trial.permit.products if not trial.possible(issue_of(trial, one)))


def out_of_order(trial: Trial) -> Iterator[OutOfOrder]:
    """Yield products that are issued without what they need, or not after what they replace."""
    permit = trial.permit
    for product in permit.products:
        view = issue_of(trial, product)
        for order, code in ((Order.NEEDED, product.needs), (Order.REPLACED, product.replaces)):
            other = None if code is None else permit.product(code)
            if other is None or not trial.possible(issue_of(trial, other)):
                continue  # a finding of its own
            given = TRUE if order is Order.NEEDED else _goes_out(trial, other, view)
            shown = _shown(trial, view, (product, other), all_of(given, no(_before(trial, other, product))))
            if shown is not None:
                yield OutOfOrder(order, product, other, shown)
    yield from _left_over(trial)


def _left_over(trial: Trial) -> Iterator[OutOfOrder]:
    permit, application = trial.permit, trial.application
    ends = any_of(*(application.visited(stage.code) for stage in permit.stages if stage.end == ISSUED))
    view = application.issued().where_also(ends)
    for other in permit.products:
        after = [product for product in permit.products if product.replaces == other.code]
        if not after or other.stage is None:
            continue
        replaced = any_of(*(_goes_out(trial, product, view) for product in after))
        shown = _shown(trial, view, (other, *after), all_of(_goes_out(trial, other, view), no(replaced)))
        if shown is not None:
            yield OutOfOrder(Order.LEFT, after[0], other, shown)


def nothing_to_sign(trial: Trial) -> Iterator[tuple[str, Shown]]:
    """Yield the stages at which somebody may be asked to sign though no product is due, each with a form."""
    permit, application = trial.permit, trial.application
    if not permit.products:
        return
    with_permit = [product for product in permit.products if product.stage is None]
    for stage in permit.stages:
        if not stage.signature:
            continue
        own = [product for product in permit.products if product.stage == stage.code]
        view = application.leaving(stage.code).where_also(signed(trial, stage.code))
        later = _signed_after(trial, stage.code)
        none = all_of(*(no(view.holds(product.when)) for product in own))
        none_at_last = all_of(*(no(view.holds(product.when)) for product in with_permit))
        if own:
            found = all_of(none, any_of(later, none_at_last))
        else:
            leads = any_of(*(application.visited(end.code) for end in permit.stages if end.end == ISSUED))
            found = all_of(no(later), none_at_last, leads)
        shown = _shown(trial, view, (*own, *with_permit), found)
        if shown is not None:
            yield stage.code, shown


def _goes_out(trial: Trial, product: Product, view: View) -> Formula:
    """Say that a product is issued on the way, or with the permit."""
    if product.stage is None:
        return view.holds(product.when)
    return all_of(signed(trial, product.stage), trial.application.leaving(product.stage).holds(product.when))


def _before(trial: Trial, earlier: Product, later: Product) -> Formula:
    """Say that a product is issued before another one is signed."""
    if earlier.stage is None:
        return FALSE
    out = all_of(signed(trial, earlier.stage), trial.application.leaving(earlier.stage).holds(earlier.when))
    if later.stage is None:
        return all_of(out, _signed_after(trial, earlier.stage))
    return out if earlier.stage in stages_before(trial.permit, later.stage) else FALSE


def _signed_after(trial: Trial, stage: str) -> Formula:
    """Say that somebody signs once more after a stage."""
    permit = trial.permit
    after = [one.code for one in permit.stages if one.signature and stage in stages_before(permit, one.code)]
    return any_of(*(signed(trial, code) for code in after))


def stages_before(permit: Permit, stage: str) -> frozenset[str]:
    """Return the stages that a file may pass on its way to another one."""
    found, waiting = set[str](), [stage]
    while waiting:
        at = waiting.pop()
        for before in permit.stages:
            leads = any(row.value == at for row in (before.approved.rows if before.approved else ()))
            if leads and before.code not in found:
                found.add(before.code)
                waiting.append(before.code)
    return frozenset(found)


def _shown(trial: Trial, view: View, products: tuple[Product, ...], also: Formula) -> Shown | None:
    """Return a form that is so, told by what decides the way and the products."""
    first = trial.shown(view, Claim(), also)
    if first is None:
        return None
    facts = {code: value for code, value in first.filled.facts.items() if code not in view.unknown}
    said = [rule for rule in dict.fromkeys(_deciding(trial.permit, products)) if rule != ALWAYS]
    known = [rule for rule in said if view.unknown.isdisjoint(fields_of(rule))]
    so = tuple(rule for rule in known if holds(rule, facts))
    claim = Claim(so, tuple(rule for rule in known if rule not in so))
    return trial.shown(view, claim, also) or first


def _deciding(permit: Permit, products: tuple[Product, ...]) -> Iterator[Condition]:
    yield from (product.when for product in products)
    for stage in permit.stages:
        if stage.signature:
            yield from (reviewer.when for reviewer in stage.reviewers)
        yield from (row.when for row in (stage.approved.rows if stage.approved else ()) if not row.otherwise)
