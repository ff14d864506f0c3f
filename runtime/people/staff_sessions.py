"""Sessions of officers: an opaque id in a cookie, everything else here; ended when the person's posts change.

Gains sessions that can be ended at once, everywhere; the id itself is not in the database, only its hash. It changes at
each step of the login and with each new proof, and the one before opens nothing from then on.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from runtime.cases.codes import Secret
from runtime.cases.database import Database
from runtime.cases.prepared import Prepared
from runtime.clock import Clock, as_text, from_text
from runtime.people.accounts import ended_sessions
from runtime.people.actor import Post
from runtime.people.tables import account, post, staff_session

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
LONGEST_LOGIN = timedelta(minutes=20)  # for the steps before one is in
TOUCH_AFTER = timedelta(minutes=1)
FRESH_FOR = timedelta(minutes=5)

_FIND = Prepared(
    select(
        *(account.c.nip, account.c.name, account.c.demo, account.c.ended_at),
        *(staff_session.c.step, staff_session.c.seen_at, staff_session.c.ends_at, staff_session.c.proved_at),
        *(staff_session.c.agency, staff_session.c.role, post.c.agency.label("held"), post.c.role.label("held_as")),
    )
    .select_from(staff_session)
    .join(account, (account.c.daerah == staff_session.c.daerah) & (account.c.nip == staff_session.c.nip))
    .join(post, (post.c.daerah == staff_session.c.daerah) & (post.c.nip == staff_session.c.nip))
    .where(staff_session.c.daerah == bindparam("daerah"), staff_session.c.id_hash == bindparam("id_hash"))
    .order_by(post.c.agency, post.c.role)
)


class Step(StrEnum):
    """How far a login has come: an own password is needed, a pairing, a code; or one is in."""

    PASSWORD = "sandi"
    PAIRING = "pasang"
    CODE = "kode"
    IN = "masuk"


@dataclass(frozen=True, slots=True)
class StaffSession:
    """An open session: its id as in the cookie, whose it is, and the post that is worked in."""

    daerah: str
    token: str
    nip: str
    name: str
    post: Post
    posts: tuple[Post, ...]
    step: Step
    proved_at: datetime | None
    seen_at: datetime
    ends_at: datetime
    demo: bool = False


def fresh(session: StaffSession, now: datetime) -> bool:
    """Tell whether a second factor was given so lately that one may sign, revoke, waive, change people or export."""
    return session.step is Step.IN and session.proved_at is not None and now - session.proved_at < FRESH_FOR


class StaffSessions:
    """The sessions of officers in one database."""

    def __init__(self, database: Database, secret: Secret, clock: Clock, demo: bool) -> None:
        """Keep sessions in this database; accounts of a demonstration open nothing unless this is one."""
        self._database = database
        self._secret = secret
        self._clock = clock
        self._demo = demo

    def find(self, daerah: str, token: str) -> StaffSession | None:
        """Return the session of a cookie's id, None where there is none, it is over, or its post is no longer held."""
        key = {"daerah": daerah, "id_hash": hashed_id(token)}
        rows = self._database.read(lambda connection: _FIND.run(connection, key))
        if not rows:
            return None
        nip, name, demo, ended_at, step, seen_at, ends_at, proved_at, agency, role, _, _ = rows[0]
        session = StaffSession(
            daerah=daerah,
            token=token,
            nip=str(nip),
            name=str(name),
            post=Post(str(agency), str(role)),
            posts=tuple(Post(str(row[-2]), str(row[-1])) for row in rows),
            step=Step(str(step)),
            proved_at=None if proved_at is None else from_text(str(proved_at)),
            seen_at=from_text(str(seen_at)),
            ends_at=from_text(str(ends_at)),
            demo=bool(demo),
        )
        now = self._clock()
        over = session.ends_at <= now or session.seen_at + IDLE <= now
        closed = ended_at is not None or (session.demo and not self._demo)
        return None if over or closed or session.post not in session.posts else session

    async def use(self, daerah: str, token: str) -> StaffSession | None:
        """Return the session of a cookie's id as `find` does; using it keeps it open."""
        found = self.find(daerah, token)
        if found is not None and found.seen_at + TOUCH_AFTER <= (now := self._clock()):
            seen = update(staff_session).where(_is(daerah, token)).values(seen_at=as_text(now))
            await self._database.write(lambda connection: connection.execute(seen))
        return found

    async def choose_post(self, session: StaffSession, chosen: Post) -> bool:
        """Work in another post that this person holds; tell whether it is held."""
        if chosen not in session.posts:
            return False
        values = {"agency": chosen.agency, "role": chosen.role}
        change = update(staff_session).where(_is(session.daerah, session.token)).values(values)
        await self._database.write(lambda connection: connection.execute(change))
        return True

    async def end(self, session: StaffSession) -> None:
        """End one session."""
        ended = delete(staff_session).where(_is(session.daerah, session.token))
        await self._database.write(lambda connection: connection.execute(ended))

    async def end_all(self, daerah: str, nip: str) -> None:
        """End every session of a person."""
        await self._database.write(lambda connection: connection.execute(ended_sessions(daerah, nip)))

    async def forget_old(self, daerah: str) -> None:
        """Remove the sessions that have ended."""
        now = self._clock()
        over = (staff_session.c.ends_at <= as_text(now)) | (staff_session.c.seen_at <= as_text(now - IDLE))
        old = delete(staff_session).where(staff_session.c.daerah == daerah, over)
        await self._database.write(lambda connection: connection.execute(old))

    def form_token(self, daerah: str, token: str) -> str:
        """Return the token that a form carries under this id, of a session or of somebody who has none yet."""
        return self._secret.digest("staff form", daerah, token).hex()


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new session is to be: `replaces` is the id whose place it takes, `until` the end it keeps, `alone` ends
    all others of the person."""

    daerah: str
    nip: str
    post: Post
    step: Step
    replaces: str | None = None
    proved_at: datetime | None = None
    until: datetime | None = None
    alone: bool = False


def following(session: StaffSession, step: Step, proved_at: datetime | None = None, alone: bool = False) -> Opening:
    """Return what takes the place of a session: its next step, or the same one under a new id."""
    until = session.ends_at if session.step is Step.IN else None
    return Opening(
        session.daerah, session.nip, session.post, step, session.token, proved_at or session.proved_at, until, alone
    )


def open_session(connection: Connection, now: datetime, opening: Opening) -> str | None:
    """Open a session under a new id and return it; None where the one it replaces is no longer there."""
    if opening.replaces is not None:
        gone = connection.execute(delete(staff_session).where(_is(opening.daerah, opening.replaces)))
        if gone.rowcount != 1:
            return None
    if opening.alone:
        connection.execute(ended_sessions(opening.daerah, opening.nip))
    token = secrets.token_urlsafe(32)
    lasts = LONGEST if opening.step is Step.IN else LONGEST_LOGIN
    connection.execute(
        insert(staff_session).values(
            daerah=opening.daerah,
            id_hash=hashed_id(token),
            nip=opening.nip,
            agency=opening.post.agency,
            role=opening.post.role,
            step=opening.step.value,
            created_at=as_text(now),
            seen_at=as_text(now),
            ends_at=as_text(opening.until or now + lasts),
            proved_at=None if opening.proved_at is None else as_text(opening.proved_at),
        )
    )
    return token


def hashed_id(token: str) -> str:
    """Return what is stored of an id."""
    return hashlib.sha256(token.encode()).hexdigest()


def _is(daerah: str, token: str) -> ColumnElement[bool]:
    return (staff_session.c.daerah == daerah) & (staff_session.c.id_hash == hashed_id(token))
