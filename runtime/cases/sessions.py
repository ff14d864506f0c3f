"""Who holds which draft or submission open: an opaque id in a cookie, everything else here.

Gains sessions that can be ended; the id itself is not in the database, only its hash.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from runtime.cases.codes import Secret
from runtime.cases.database import Database
from runtime.cases.drafts import COLUMNS, Draft, Drafts
from runtime.cases.prepared import Prepared
from runtime.cases.tables import draft, session, session_grant
from runtime.clock import Clock, as_text, from_text

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCH_AFTER = timedelta(minutes=1)
LOST_ANSWER = timedelta(minutes=5)  # an id that was replaced still opens what it opened

# Asked for by every page that belongs to a session: a row for each number it may open, with the draft of that number;
# one row where there is none.
_FIND = Prepared(
    select(session.c.seen_at, session.c.ends_at, session_grant.c.nomor, *COLUMNS)
    .outerjoin_from(
        session,
        session_grant,
        (session_grant.c.daerah == session.c.daerah) & (session_grant.c.id_hash == session.c.id_hash),
    )
    .outerjoin(draft, (draft.c.daerah == session_grant.c.daerah) & (draft.c.nomor == session_grant.c.nomor))
    .where(session.c.daerah == bindparam("daerah"), session.c.id_hash == bindparam("id_hash"))
)


@dataclass(frozen=True, slots=True)
class Session:
    """An open session: its id as in the cookie, and the numbers of drafts and submissions it may open.

    `drafts` are those among them that were read together with it.
    """

    daerah: str
    token: str
    grants: frozenset[str]
    drafts: Mapping[str, Draft] = field(default_factory=dict, compare=False)


class Sessions:
    """The sessions of one database."""

    def __init__(self, database: Database, secret: Secret, clock: Clock, drafts: Drafts) -> None:
        """Keep sessions in this database, which is that of the drafts they open."""
        self._drafts = drafts
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
        key = {"daerah": daerah, "id_hash": hashed}
        rows = self._database.read(lambda connection: _FIND.run(connection, key))
        if not rows:
            return None
        seen_at, ends_at = str(rows[0][0]), str(rows[0][1])
        if ends_at <= as_text(now) or from_text(seen_at) + IDLE <= now:
            return None
        found = {str(nomor): columns for _, _, nomor, *columns in rows if nomor is not None}
        drafts = {
            nomor: one
            for nomor, columns in found.items()
            if columns[0] is not None and (one := self._drafts.draft_of(daerah, nomor, columns, now)) is not None
        }
        if from_text(seen_at) + TOUCH_AFTER <= now:
            seen = update(session).where(session.c.daerah == daerah, session.c.id_hash == hashed)
            await self._database.write(lambda connection: connection.execute(seen.values(seen_at=as_text(now))))
        return Session(daerah, token, frozenset(found), drafts)

    async def grant(self, old: Session, nomor: str) -> Session:
        """Let a session open one more draft or submission. Its id changes, so that one known before gains nothing.

        The old id opens for a while what it opened before: on a bad line the answer with the new one may be lost.
        """
        token = secrets.token_urlsafe(32)
        grants = old.grants | {nomor}
        soon = as_text(self._clock() + LOST_ANSWER)
        replaced = (session.c.daerah == old.daerah) & (session.c.id_hash == _hashed(old.token))

        def work(connection: Connection) -> None:
            connection.execute(update(session).where(replaced, session.c.ends_at > soon).values(ends_at=soon))
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
