"""Signing: asked for, come, or failed; a signature that is late or never comes leaves the case where it is."""

from __future__ import annotations

from rules.case_event import NumberedProduct, SignatureAsked, SignatureFailed, Signed
from rules.case_state import AtStage, CaseState
from rules.command import (
    Approve,
    AskSignature,
    CompleteSignature,
    FailSignature,
    GivenToAnother,
    NeedsProduct,
    NotNow,
    OneDutyEach,
    Refusal,
)
from rules.desk_work import answered, asked_desk
from rules.duty import SIGNS, another_duty
from rules.permit import Permit
from rules.product_standing import holds_now
from rules.stage_closing import StageClosing
from rules.telling import Telling


def ask(command: AskSignature, story: Telling, permit: Permit) -> Refusal | None:
    """Ask for the signature that a desk may ask for; a product that has its number keeps it."""
    desk = asked_desk(command, story.state, story.by)
    assert desk is not None
    for one in command.products:
        product = permit.product(one.code)
        if product is not None and product.needs and not holds_now(permit, story.state, product.needs):
            return NeedsProduct(product.needs)
    story.add(SignatureAsked(story.by.person, numbered(story.state, command.products), desk.place))
    return None


def numbered(state: CaseState, products: tuple[NumberedProduct, ...]) -> tuple[NumberedProduct, ...]:
    """Return these products with the numbers that were taken for them before, where any were."""
    taken = {(product.code, product.item): product for product in state.products}
    return tuple(taken.get((product.code, product.item), product) for product in products)


def fail(command: FailSignature, story: Telling) -> Refusal | None:
    """Note that a signature will not come."""
    position = _signing_at(story.state, command.stage)
    if position is None or position.signing is None:
        return NotNow(story.state.status)
    story.add(SignatureFailed(command.reason))
    return None


def complete(command: CompleteSignature, story: Telling, closing: StageClosing) -> Refusal | None:
    """Note a signature that has come, and close the stage where nobody else has to answer. One on paper is taken when
    the electronic one was asked for."""
    state = story.state
    position = _signing_at(state, command.stage)
    if position is None or position.signing_at is None:
        return NotNow(state.status)
    if position.signing is None and not (command.wet and position.failed is not None):
        return NotNow(state.status)
    if not command.wet and position.signing != command.person:
        return GivenToAnother(position.signing or "")
    if (duty := another_duty(state, command.person, SIGNS)) is not None:
        return OneDutyEach(duty)
    story.add(Signed(command.person, command.files, command.wet))
    story.add(answered(Approve(position.stage, position.signing_at, state.rounds)))
    if not story.state.open_desks:
        closing.close(story, position.stage, command.valid_until)
    return None


def _signing_at(state: CaseState, stage: str | None) -> AtStage | None:
    """Return the stage of a signature, where the case is at it."""
    position = state.position
    if not isinstance(position, AtStage) or not position.signature or stage not in {None, position.stage}:
        return None
    return position
