"""Who acts: anybody, an applicant with what a session opened, or an officer at a post.

Gains one value that the matrix, the duties and `reach` all take; nobody asks a cookie twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The rows of the matrix. Several posts of a catalog may be one role here."""

    PUBLIC = "publik"
    APPLICANT = "pemohon"
    FRONT_OFFICE = "front_office"
    BACK_OFFICE = "back_office"
    REVIEWER = "tim_teknis"
    AGENCY_HEAD = "kepala_instansi"
    VERIFIER = "verifikator"
    DOOR_HEAD = "kepala"
    TREASURER = "bendahara"
    COMPLAINTS = "pengaduan"
    ADMIN = "admin"
    CATALOG_KEEPER = "pengelola_katalog"
    AUDITOR = "auditor"


class Relation(StrEnum):
    """How an actor stands to a case."""

    OWN = "own"  # the applicant's session opens it
    ASSIGNED = "assigned"  # a desk of the officer's own post is, or was, on it
    AGENCY = "agency"  # a desk of the officer's agency, or a bill of it, is on it
    CITY = "city"  # none of these, in the same city
    FOREIGN = "foreign"  # of another city, or of nobody known


@dataclass(frozen=True, slots=True)
class Post:
    """A place of work: an agency, and a role in it, both by the codes of the catalog."""

    agency: str
    role: str


@dataclass(frozen=True, slots=True)
class Anybody:
    """Somebody of whom nothing is known."""

    daerah: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody with a session, by its id as in the cookie; what it opens stands in the store."""

    daerah: str
    session: str


@dataclass(frozen=True, slots=True)
class Officer:
    """A person at a post; `door` tells whether it is a post of the one door itself."""

    daerah: str
    nip: str
    post: Post
    door: bool


Actor = Anybody | Applicant | Officer

_AT_THE_DOOR = {
    "front_office": Role.FRONT_OFFICE,
    "back_office": Role.BACK_OFFICE,
    "verifikator": Role.VERIFIER,
    "kepala": Role.DOOR_HEAD,
    "admin": Role.ADMIN,
    "pengelola_katalog": Role.CATALOG_KEEPER,
}
_ANYWHERE = {"bendahara": Role.TREASURER, "pengaduan": Role.COMPLAINTS, "auditor": Role.AUDITOR}


def role_of(actor: Actor) -> Role:
    """Return the row of the matrix that holds for an actor.

    A role that a catalog adds to an agency reviews there and does nothing else.
    """
    match actor:
        case Anybody():
            return Role.PUBLIC
        case Applicant():
            return Role.APPLICANT
        case Officer(post=post, door=door):
            if (known := _ANYWHERE.get(post.role)) is not None:
                return known
            if door:
                return _AT_THE_DOOR.get(post.role, Role.REVIEWER)
            return Role.AGENCY_HEAD if post.role == "kepala" else Role.REVIEWER
