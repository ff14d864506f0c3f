"""Separation of duties: what one person may not do twice on the same case, whichever account or post it was done from.

A pure function over who did what. Nobody takes two of: typing for the applicant, verifying at the front, recommending
for an agency, approving or initialling, signing, receiving cash. Doing the same duty again is no second duty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from runtime.people.act import Act


class Duty(StrEnum):
    """A duty that excludes the others on the same case."""

    ASSIST = "assist"
    VERIFY = "verify"
    RECOMMEND = "recommend"
    APPROVE = "approve"
    SIGN = "sign"
    RECEIVE = "receive"


@dataclass(frozen=True, slots=True)
class Done:
    """A duty that a person, by NIP, has done on a case."""

    nip: str
    duty: Duty


_DUTIES = {
    Act.ASSIST: Duty.ASSIST,
    Act.VERIFY: Duty.VERIFY,
    Act.RECOMMEND: Duty.RECOMMEND,
    Act.COUNTERSIGN: Duty.RECOMMEND,
    Act.INITIAL: Duty.APPROVE,
    Act.APPROVE: Duty.APPROVE,
    Act.SIGN: Duty.SIGN,
    Act.RECEIVE_CASH: Duty.RECEIVE,
}


def duty_of(act: Act) -> Duty | None:
    """Return the duty that an act is, None where it is none."""
    return _DUTIES.get(act)


def clash(done: Iterable[Done], nip: str, duty: Duty) -> Duty | None:
    """Return the duty this person has already done that excludes another one now, None where there is none."""
    before = sorted({one.duty for one in done if one.nip == nip and one.duty is not duty})
    return before[0] if before else None


def clashes(done: Iterable[Done]) -> tuple[tuple[str, Duty, Duty], ...]:
    """Return every person who did two duties of one case; an audit finds none."""
    by: dict[str, set[Duty]] = {}
    for one in done:
        by.setdefault(one.nip, set()).add(one.duty)
    both = [(nip, sorted(duties)) for nip, duties in sorted(by.items()) if len(duties) > 1]
    return tuple((nip, duties[0], duties[1]) for nip, duties in both)
