"""Who may do what, as data: each act names the roles that may do it, and how they must stand to the case.

What is not written here is not allowed. Separation of duties and recusal come on top (`duties`, `recusal`): the matrix
says what a post may do, they say what this person may still do on this case.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from runtime.people.act import Act
from runtime.people.actor import Actor, Relation, Role, role_of

Standing = frozenset[Relation]

_OWN: Standing = frozenset({Relation.OWN})
_DESK: Standing = frozenset({Relation.ASSIGNED})
_AGENCY: Standing = _DESK | {Relation.AGENCY}
_CITY: Standing = _AGENCY | {Relation.CITY}
_ANY: Standing = frozenset(Relation)

_EVERYBODY: Mapping[Role, Standing] = dict.fromkeys(Role, _ANY)
_OFFICERS: Mapping[Role, Standing] = {role: _CITY for role in Role if role not in {Role.PUBLIC, Role.APPLICANT}}
# Pages that begin a session of an applicant; whoever holds none yet is the public. An officer who applies for a permit
# of his own does it there as anybody does.
_APPLICANTS: Mapping[Role, Standing] = {Role.PUBLIC: _CITY, Role.APPLICANT: _CITY | _OWN}
_AT_DESKS = (
    *(Role.FRONT_OFFICE, Role.BACK_OFFICE, Role.REVIEWER, Role.AGENCY_HEAD, Role.VERIFIER),
    *(Role.DOOR_HEAD, Role.TREASURER),
)
_READERS: Mapping[Role, Standing] = {
    Role.APPLICANT: _OWN,
    Role.FRONT_OFFICE: _CITY,
    Role.BACK_OFFICE: _DESK,
    Role.REVIEWER: _DESK,
    Role.AGENCY_HEAD: _AGENCY,
    Role.VERIFIER: _CITY,
    Role.DOOR_HEAD: _CITY,
    Role.AUDITOR: _CITY,
}

MATRIX: Mapping[Act, Mapping[Role, Standing]] = {
    Act.BROWSE: _EVERYBODY,
    Act.CHECK_PERMIT: _EVERYBODY,
    Act.PUBLIC_FIGURES: _EVERYBODY,
    Act.OPEN_BY_CODE: _EVERYBODY,
    Act.OBJECT: _EVERYBODY,
    Act.BANK_CALLBACK: _EVERYBODY,
    Act.SIGN_IN: _EVERYBODY,
    Act.APPLY: _APPLICANTS,
    Act.READ_RECEIPT: {Role.APPLICANT: _OWN},
    Act.REPAIR: {Role.APPLICANT: _OWN},
    Act.WITHDRAW: {Role.APPLICANT: _OWN},
    Act.PAY: {Role.APPLICANT: _OWN},
    Act.FETCH_PRODUCT: {Role.APPLICANT: _OWN, Role.FRONT_OFFICE: _CITY, Role.DOOR_HEAD: _CITY, Role.AUDITOR: _CITY},
    Act.COMPLAIN: {Role.PUBLIC: _CITY, Role.APPLICANT: _CITY | _OWN},
    Act.OWN_DESK: _OFFICERS,
    Act.LIST_CASES: {
        **{role: _CITY for role in _READERS if role is not Role.APPLICANT},
        Role.TREASURER: _CITY,
    },
    Act.READ_CASE: {**_READERS, Role.TREASURER: _AGENCY},  # of which the treasurer sees the bill
    Act.READ_DOCUMENT: _READERS,
    Act.NOTE: {
        Role.FRONT_OFFICE: _CITY,
        Role.BACK_OFFICE: _DESK,
        Role.REVIEWER: _DESK,
        Role.AGENCY_HEAD: _AGENCY,
        Role.VERIFIER: _CITY,
        Role.DOOR_HEAD: _CITY,
    },
    Act.WORK: dict.fromkeys(_AT_DESKS, _DESK),
    Act.HAND_OVER: {Role.FRONT_OFFICE: _CITY, Role.BACK_OFFICE: _DESK},
    Act.PAUSE: {**dict.fromkeys(_AT_DESKS, _DESK), Role.AGENCY_HEAD: _AGENCY},
    Act.DECIDE_ANEW: {Role.FRONT_OFFICE: _CITY, Role.VERIFIER: _CITY, Role.DOOR_HEAD: _CITY},
    Act.ASSIST: {Role.FRONT_OFFICE: _CITY},
    Act.ANSWER_OBJECTION: dict.fromkeys((role for role in _AT_DESKS if role is not Role.TREASURER), _DESK),
    Act.VERIFY: {Role.FRONT_OFFICE: _DESK, Role.VERIFIER: _DESK},
    Act.RECOMMEND: {Role.REVIEWER: _DESK, Role.AGENCY_HEAD: _DESK},
    Act.COUNTERSIGN: {Role.AGENCY_HEAD: _AGENCY},
    Act.INITIAL: {Role.BACK_OFFICE: _DESK, Role.VERIFIER: _CITY},
    Act.APPROVE: {Role.DOOR_HEAD: _DESK},
    Act.SIGN: {Role.DOOR_HEAD: _DESK},
    Act.ASSIGN: {Role.AGENCY_HEAD: _AGENCY, Role.VERIFIER: _CITY, Role.DOOR_HEAD: _CITY},
    Act.PROPOSE_REVOKE: {Role.REVIEWER: _DESK, Role.AGENCY_HEAD: _AGENCY},
    Act.REVOKE: {Role.DOOR_HEAD: _CITY},
    Act.LIST_BILLS: {Role.TREASURER: _CITY, Role.DOOR_HEAD: _CITY, Role.AUDITOR: _CITY},
    Act.READ_BILL: {
        **{role: standing for role, standing in _READERS.items() if role is not Role.BACK_OFFICE},
        Role.TREASURER: _AGENCY,
    },
    Act.RECEIVE_CASH: {Role.TREASURER: _AGENCY},
    Act.PROPOSE_WAIVER: {Role.REVIEWER: _DESK, Role.VERIFIER: _CITY},
    Act.WAIVE_FIRST: {Role.TREASURER: _AGENCY},
    Act.WAIVE_SECOND: {Role.DOOR_HEAD: _CITY},
    Act.RETURN_MONEY: {Role.TREASURER: _AGENCY},
    Act.HANDLE_COMPLAINT: {Role.COMPLAINTS: _CITY},
    Act.ANSWER_COMPLAINT: {Role.REVIEWER: _DESK, Role.AGENCY_HEAD: _AGENCY},
    Act.OVERSEE_COMPLAINT: {Role.DOOR_HEAD: _CITY, Role.AUDITOR: _CITY},
    Act.READ_PEOPLE: {Role.ADMIN: _CITY, Role.AUDITOR: _CITY},
    Act.PROPOSE_PEOPLE: {Role.ADMIN: _CITY},
    Act.APPROVE_PEOPLE: {Role.ADMIN: _CITY},  # another person than the one who proposed
    Act.PROPOSE_CATALOG: {Role.CATALOG_KEEPER: _CITY},
    Act.APPROVE_CATALOG: {Role.DOOR_HEAD: _CITY},
    Act.READ_CATALOG_CHANGE: {Role.CATALOG_KEEPER: _CITY, Role.DOOR_HEAD: _CITY, Role.AUDITOR: _CITY},
    Act.READ_AUDIT: {Role.AUDITOR: _CITY},
    Act.EXPORT: {Role.AUDITOR: _CITY},
    Act.SEE_ALARMS: {role: _CITY for role in (Role.VERIFIER, Role.DOOR_HEAD, Role.ADMIN, Role.AUDITOR)},
    Act.ANSWER_ALARM: {role: _CITY for role in (Role.VERIFIER, Role.DOOR_HEAD, Role.ADMIN)},
    Act.FIGURES: {Role.AGENCY_HEAD: _CITY, Role.VERIFIER: _CITY, Role.DOOR_HEAD: _CITY, Role.AUDITOR: _CITY},
}


class Sight(StrEnum):
    """How much of a case a role is shown."""

    ALL = "all"
    NO_CONTACT = "no_contact"  # telephone and e-mail masked: an applicant is spoken to through the system
    BILL = "bill"
    NOTHING = "nothing"


_SIGHTS: Mapping[Role, Sight] = {
    Role.APPLICANT: Sight.ALL,
    Role.FRONT_OFFICE: Sight.ALL,
    Role.BACK_OFFICE: Sight.ALL,
    Role.REVIEWER: Sight.NO_CONTACT,
    Role.AGENCY_HEAD: Sight.NO_CONTACT,
    Role.VERIFIER: Sight.ALL,
    Role.DOOR_HEAD: Sight.ALL,
    Role.TREASURER: Sight.BILL,
    Role.AUDITOR: Sight.ALL,
}

_AT_A_DESK: Mapping[Role, Act] = {
    Role.FRONT_OFFICE: Act.VERIFY,
    Role.VERIFIER: Act.VERIFY,
    Role.BACK_OFFICE: Act.INITIAL,
    Role.REVIEWER: Act.RECOMMEND,
    Role.AGENCY_HEAD: Act.RECOMMEND,
    Role.DOOR_HEAD: Act.APPROVE,
}


def may(actor: Actor, act: Act, relation: Relation) -> bool:
    """Tell whether an actor may do an act on something it stands to in this way."""
    return relation in MATRIX.get(act, {}).get(role_of(actor), frozenset())


def may_ever(actor: Actor, act: Act) -> bool:
    """Tell whether an actor may do an act on anything at all: what a page asks before it knows of which case."""
    return bool(MATRIX.get(act, {}).get(role_of(actor)))


def sight(actor: Actor) -> Sight:
    """Tell how much of a case an actor is shown, once it may read it."""
    return _SIGHTS.get(role_of(actor), Sight.NOTHING)


def act_at_desk(actor: Actor, signing: bool) -> Act | None:
    """Return which act it is to answer at a desk of one's own: signing where the stage ends in a signature."""
    act = _AT_A_DESK.get(role_of(actor))
    return Act.SIGN if act is Act.APPROVE and signing else act
