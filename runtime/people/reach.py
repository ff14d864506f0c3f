"""The one way to a case: what an actor may not see does not exist for them, by the same statement and the same answer.

Ownership is part of the statement itself: the session's grant of an applicant, a desk of an officer's own post, a desk
or a bill of the agency. Lists ask for the same (`visible`), so that no list shows what no page would open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, case, column, exists, false, insert, literal, or_, select, table

from rules.case_state import HolderKind
from rules.desk_work import SPEAKS_FOR_OUTSIDE
from runtime.cases.journal_tables import case_file, desk
from runtime.cases.store import Store
from runtime.cases.tables import session, session_grant
from runtime.clock import as_text
from runtime.people.act import Act
from runtime.people.actor import Actor, Anybody, Applicant, Officer, Relation
from runtime.people.matrix import Sight, may, sight
from runtime.people.staff_sessions import hashed_id
from runtime.people.tables import case_read

_NOMOR = re.compile(r"[A-Z0-9\-]{1,32}")
LOGGED_AGAIN = timedelta(hours=1)

# The bills are kept above the people who look at them: here it is enough to know whose they are.
_bill = table("bill", column("daerah"), column("nomor"), column("agency"))


@dataclass(frozen=True, slots=True)
class Reached:
    """A case that an actor may see: how they stand to it, and how much of it they are shown."""

    daerah: str
    nomor: str
    relation: Relation
    sight: Sight


def reach(store: Store, actor: Actor, daerah: str, nomor: str, act: Act = Act.READ_CASE) -> Reached | None:
    """Return a case that the actor may see, and on which its post may do the act; None for whatever else."""
    named = nomor if _NOMOR.fullmatch(nomor) else ""  # which no case is called
    wanted = select(standing(actor).label("relation")).where(
        case_file.c.daerah == daerah, case_file.c.nomor == named, visible(actor, as_text(store.clock()))
    )
    found = store.database.read(lambda connection: connection.execute(wanted).scalar_one_or_none())
    if found is None:
        return None
    relation = Relation(found)
    return Reached(daerah, nomor, relation, sight(actor)) if may(actor, act, relation) else None


def visible(actor: Actor, now: str) -> ColumnElement[bool]:
    """Return the condition on a row of `case_file` under which the actor may see the case; `now` as it is stored."""
    match actor:
        case Anybody():
            return false()
        case Applicant(daerah=daerah):
            return and_(case_file.c.daerah == daerah, _granted(actor, now))
        case Officer(daerah=daerah):
            standings = {
                Relation.ASSIGNED: _at_own_desk(actor),
                Relation.AGENCY: _of_agency(actor),
                Relation.CITY: literal(1) == 1,
            }
            seen = [holds for relation, holds in standings.items() if may(actor, Act.READ_CASE, relation)]
            return and_(case_file.c.daerah == daerah, or_(false(), *seen))


def standing(actor: Actor) -> ColumnElement[str]:
    """Return how the actor stands to the case of a row of `case_file`, once it is visible: a `Relation`."""
    match actor:
        case Anybody():
            return literal(Relation.FOREIGN.value)
        case Applicant():
            return literal(Relation.OWN.value)
        case Officer(daerah=daerah):
            return case(
                (case_file.c.daerah != daerah, Relation.FOREIGN.value),
                (_at_own_desk(actor), Relation.ASSIGNED.value),
                (_of_agency(actor), Relation.AGENCY.value),
                else_=Relation.CITY.value,
            )


async def log_read(store: Store, officer: Officer, nomor: str) -> None:
    """Write down that an officer opened a case, once an hour: whoever looks at a file can be asked why."""
    now = store.clock()
    same = (case_read.c.daerah == officer.daerah) & (case_read.c.nomor == nomor) & (case_read.c.nip == officer.nip)
    lately = select(case_read.c.at).where(same, case_read.c.at > as_text(now - LOGGED_AGAIN)).limit(1)
    if store.database.read(lambda connection: connection.execute(lately).first()) is not None:
        return
    values = {"daerah": officer.daerah, "nomor": nomor, "at": as_text(now), "nip": officer.nip}
    line = insert(case_read).values(**values, agency=officer.post.agency, role=officer.post.role)

    def work(connection: Connection) -> None:
        if connection.execute(lately).first() is None:
            connection.execute(line)

    await store.database.write(work)


@dataclass(frozen=True, slots=True)
class CaseRead:
    """Who opened a case, and when."""

    at: str
    nip: str
    agency: str
    role: str


def reads_of(store: Store, daerah: str, nomor: str, since: datetime | None = None) -> tuple[CaseRead, ...]:
    """Return who opened a case, the latest first."""
    wanted = select(case_read).where(case_read.c.daerah == daerah, case_read.c.nomor == nomor)
    if since is not None:
        wanted = wanted.where(case_read.c.at >= as_text(since))
    rows = store.database.read(lambda connection: connection.execute(wanted.order_by(case_read.c.at.desc())).all())
    return tuple(CaseRead(row.at, row.nip, row.agency, row.role) for row in rows)


def _granted(actor: Applicant, now: str) -> ColumnElement[bool]:
    own = (session.c.daerah == session_grant.c.daerah) & (session.c.id_hash == session_grant.c.id_hash)
    granted = (session_grant.c.daerah == case_file.c.daerah) & (session_grant.c.nomor == case_file.c.nomor)
    held = (session_grant.c.id_hash == hashed_id(actor.session)) & (session.c.ends_at > now)
    return exists().where(own, granted, held)


def _at_own_desk(officer: Officer) -> ColumnElement[bool]:
    """Tell whether a desk of the post is, or was, on the case; one that an outside body holds is at the desk of those
    at the door who note what it answers."""
    of_post = (desk.c.agency == officer.post.agency) & desk.c.role.in_(["", officer.post.role])
    own = exists().where(desk.c.daerah == case_file.c.daerah, desk.c.nomor == case_file.c.nomor, of_post)
    if not officer.door or officer.post.role not in SPEAKS_FOR_OUTSIDE:
        return own
    return or_(own, case_file.c.holder_kind == HolderKind.OUTSIDE.value)


def _of_agency(officer: Officer) -> ColumnElement[bool]:
    agency = officer.post.agency
    desks = exists().where(
        desk.c.daerah == case_file.c.daerah, desk.c.nomor == case_file.c.nomor, desk.c.agency == agency
    )
    bills = exists().where(
        _bill.c.daerah == case_file.c.daerah, _bill.c.nomor == case_file.c.nomor, _bill.c.agency == agency
    )
    return or_(desks, bills)
