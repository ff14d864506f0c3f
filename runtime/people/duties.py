"""Separation of duties: what one person may not do twice on the same case, whichever account or post it was done from.

Pure functions over who did what. Nobody takes two of: typing for the applicant, verifying at the front, recommending
for an agency, approving or initialling, signing, receiving cash. Doing the same duty again is no second duty. The
lifecycle refuses a second duty as it goes (`rules.duty`, which knows desks and not posts); this is the finer table, for
pages that say beforehand what a person may still do, and for whoever looks through a case afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rules.case_event import DeskAnswered, Happened, Paid, SignatureAsked
from rules.duty import MACHINES
from runtime.people.act import Act
from runtime.people.actor import Officer, Post
from runtime.people.matrix import act_at_desk


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


def done_in(history: Iterable[Happened], daerah: str, door: str) -> tuple[Done, ...]:
    """Return the duties that were done in the history of a case, in their order."""
    found: dict[Done, None] = {}
    for one in history:
        if one.by.role not in MACHINES and (duty := _duty(one, daerah, door)) is not None:
            found[Done(one.by.person, duty)] = None
    return tuple(found)


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


def _duty(one: Happened, daerah: str, door: str) -> Duty | None:
    match one.event:
        case DeskAnswered():
            held = Post(one.by.agency or "", one.by.role)
            act = act_at_desk(Officer(daerah, one.by.person, held, one.by.agency == door), signing=False)
            return None if act is None else duty_of(act)
        case SignatureAsked():
            return Duty.SIGN
        case Paid():
            return Duty.RECEIVE
        case _:
            return None
