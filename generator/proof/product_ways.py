"""Where a product is issued, over all applications: at the signature of its stage, or with the permit.

Everybody approves. Gains one meaning of «is issued» for every proof about products. Loses ways on which somebody
refuses after a product went out: there it was issued all the same.
"""

from __future__ import annotations

from generator.proof.application import View
from generator.proof.solver import Formula, all_of, any_of
from generator.proof.trial import Trial
from rules.permit import Permit, Product


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


def goes_out(trial: Trial, product: Product) -> Formula:
    """Say that a product which names its stage is issued."""
    assert product.stage is not None
    return all_of(signed(trial, product.stage), trial.application.leaving(product.stage).holds(product.when))


def signed(trial: Trial, stage: str) -> Formula:
    """Say that somebody is asked to sign at a stage."""
    application = trial.application
    return any_of(*(application.asked(stage, reviewer) for reviewer in application.stage(stage).reviewers))


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
