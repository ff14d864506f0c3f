"""The duties of a case of which one person may have only one: who verifies may not recommend, sign or take the money.

A person is a NIP, not an account (security, T31). What the system does, or notes for an outside body, is no duty.
"""

from __future__ import annotations

from rules.case_event import Actor
from rules.case_state import AtStage, CaseState

VERIFIES, RECOMMENDS, SIGNS, RECEIVES = "verifikasi", "rekomendasi", "tanda_tangan", "terima_uang"
MACHINES = frozenset({"sistem", "pemohon"})  # roles in which nobody of the office acts


def duty_at(state: CaseState, agency: str | None) -> str | None:
    """Return the duty of whoever answers for an agency at the stage where the case is, None where it is none."""
    position = state.position
    if not isinstance(position, AtStage) or position.outside:
        return None
    if position.signature:
        return SIGNS
    return VERIFIES if agency == state.door else RECOMMENDS


def duty_of_payment(by: Actor) -> str | None:
    """Return the duty of whoever records money, None where the bank says it itself."""
    return None if by.role in MACHINES else RECEIVES


def another_duty(state: CaseState, person: str, own: str | None) -> str | None:
    """Return a duty that a person has done in this case and that excludes this one."""
    if own is None:
        return None
    return next((done.duty for done in state.duties if done.person == person and done.duty != own), None)
