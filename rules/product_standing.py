"""How a product that was issued stands: it holds, was taken back, was replaced, or ended with its case.

A provisional one, which another one replaces, holds until that is issued, and ends with its case where that never is.
What no product replaces stands for itself, whatever becomes of the case. All of it follows from permit and state.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rules.case_event import NumberedProduct
from rules.case_state import REVOKED, CaseState
from rules.permit import Permit


class Standing(StrEnum):
    """What is to be said of an issued product."""

    VALID = "berlaku"
    REVOKED = "dicabut"
    REPLACED = "digantikan"
    ENDED = "berakhir"


@dataclass(frozen=True, slots=True)
class Stands:
    """How a product stands; `by` has replaced it."""

    standing: Standing
    by: NumberedProduct | None = None


def stands(permit: Permit, state: CaseState, product: NumberedProduct) -> Stands:
    """Tell how a product that was issued stands in this state."""
    if state.status == REVOKED or product.id in state.taken_back:
        return Stands(Standing.REVOKED)
    after = {one.code for one in permit.products if one.replaces == product.code}
    by = next((one for one in state.issued if one.code in after and _same_item(one, product)), None)
    if by is not None:
        return Stands(Standing.REPLACED, by)
    return Stands(Standing.ENDED if after and state.ended else Standing.VALID)


def holds_now(permit: Permit, state: CaseState, code: str) -> bool:
    """Tell whether a product of this code is issued and holds."""
    return any(one.code == code and stands(permit, state, one).standing is Standing.VALID for one in state.issued)


def _same_item(one: NumberedProduct, other: NumberedProduct) -> bool:
    return one.item is None or other.item is None or one.item == other.item
