"""Who holds which draft or submission open: an opaque id in a cookie, everything else here.

Gains sessions that can be ended; the id itself is not in the database, only its hash.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from runtime.cases.codes import Secret
from runtime.cases.database import Database
from runtime.cases.prepared import Prepared
from runtime.cases.tables import session, session_grant
from runtime.clock import Clock, as_text, from_text

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCH_AFTER = timedelta(minutes=1)

# Asked for by every page that belongs to a session.
_FIND = Prepared(
    select(session.c.seen_at, session.c.ends_at).where(
        session.c.daerah == bindparam("daerah"), session.c.id_hash == bindparam("id_hash")
    )
)
_GRANTS = Prepared(
    select(session_grant.c.nomor).where(
        session_grant.c.daerah == bindparam("daerah"), session_grant.c.id_hash == bindparam("id_hash")
    )
)


@dataclass(frozen=True, slots=True)
class Session:
    """An open session: its id as in the cookie, and the numbers of drafts and submissions it may open."""

    daerah: str
    token: str
    grants: frozenset[str]


class Sessions:
    """The sessions of one database."""

    def __init__(self, database: Database, secret: Secret, clock: Clock) -> None:
        """Keep sessions in this database."""
        self._database = database
        self._secret = secret
        self._clock = clock

    async def start(self, daerah: str, grants: frozenset[str] = frozenset()) -> Session:
        """Open a session with a new id."""
        token = secrets.token_urlsafe(32)
        await self._database.write(lambda connection: self._insert(connection, daerah, token, grants))
        return Session(daerah, token, grants)

    async def use(self, daerah: str, token: str) -> Session | None:
        """Return the session of a cookie's id, None when there is none or it has ended; using it keeps it open."""
        now = self._clock()
        hashed = _hashed(token)
        row = self._database.read(lambda connection: _FIND.one(connection, {"daerah": daerah, "id_hash": hashed}))
        if row is None:
            return None
        seen_at, ends_at = str(row[0]), str(row[1])
        if ends_at <= as_text(now) or from_text(seen_at) + IDLE <= now:
            return None
        grants = self._database.read(lambda connection: _grants(connection, daerah, hashed))
        if from_text(seen_at) + TOUCH_AFTER <= now:
            seen = update(session).where(session.c.daerah == daerah, session.c.id_hash == hashed)
            await self._database.write(lambda connection: connection.execute(seen.values(seen_at=as_text(now))))
        return Session(daerah, token, grants)

    async def grant(self, old: Session, nomor: str) -> Session:
        """Let a session open one more draft or submission. Its id changes, so that one known before gains nothing."""
        token = secrets.token_urlsafe(32)
        grants = old.grants | {nomor}

        def work(connection: Connection) -> None:
            _delete(connection, old)
            self._insert(connection, old.daerah, token, grants)

        await self._database.write(work)
        return Session(old.daerah, token, grants)

    async def end(self, ended: Session) -> None:
        """End a session."""
        await self._database.write(lambda connection: _delete(connection, ended))

    async def forget_old(self, daerah: str) -> int:
        """Remove the sessions that have ended."""
        now = self._clock()
        over = (session.c.ends_at <= as_text(now)) | (session.c.seen_at <= as_text(now - IDLE))
        old = delete(session).where(session.c.daerah == daerah, over)
        return await self._database.write(lambda connection: connection.execute(old).rowcount)

    def form_token(self, current: Session) -> str:
        """Return the token that a form of this session carries, to be sent back with every change."""
        return self._secret.digest("form", current.daerah, current.token).hex()

    def _insert(self, connection: Connection, daerah: str, token: str, grants: frozenset[str]) -> None:
        now, hashed = self._clock(), _hashed(token)
        connection.execute(
            insert(session).values(
                daerah=daerah,
                id_hash=hashed,
                created_at=as_text(now),
                seen_at=as_text(now),
                ends_at=as_text(now + LONGEST),
            )
        )
        for nomor in sorted(grants):
            connection.execute(insert(session_grant).values(daerah=daerah, id_hash=hashed, nomor=nomor))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _delete(connection: Connection, ended: Session) -> None:
    where = (session.c.daerah == ended.daerah) & (session.c.id_hash == _hashed(ended.token))
    connection.execute(delete(session).where(where))


def _grants(connection: Connection, daerah: str, hashed: str) -> frozenset[str]:
    rows = _GRANTS.run(connection, {"daerah": daerah, "id_hash": hashed})
    return frozenset(str(row[0]) for row in rows)
