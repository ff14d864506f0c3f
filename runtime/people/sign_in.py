"""Signing in: a password, then a code; at the first time an own password and the pairing of an authenticator between.

Counting comes before hashing. Somebody whom nobody knows, a closed account and a wrong password are answered alike and
as late: the same counters, the same hash, the same line written down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from runtime.cases.attempts import Allowance, Attempts
from runtime.cases.codes import outdated, slow_hash, slow_match
from runtime.cases.database import Database
from runtime.clock import Clock, as_text
from runtime.people.actor import Post
from runtime.people.hashing import HashingQueue
from runtime.people.password import Weakness, normal, weakness
from runtime.people.people_event import REFUSED, PeopleEvents, note
from runtime.people.staff_sessions import Opening, StaffSession, Step, following, open_session
from runtime.people.tables import account, post
from runtime.settings import Limits


@dataclass(frozen=True, slots=True)
class Entered:
    """A step that was taken: the new id of the session, and what comes next."""

    token: str
    step: Step


@dataclass(frozen=True, slots=True)
class _Known:
    """What is stored of somebody who may sign in."""

    password: str
    one_time: bool
    paired: bool
    post: Post


class SignIn:
    """The way in by password, over one database."""

    def __init__(
        self, database: Database, attempts: Attempts, clock: Clock, hashing: HashingQueue, limits: Limits, demo: bool
    ) -> None:
        """Lead in over this database; people of a demonstration only where this is one."""
        self._database = database
        self._attempts = attempts
        self._events = PeopleEvents(database, clock)
        self._clock = clock
        self._hashing = hashing
        self._limits = limits
        self._demo = demo

    async def enter(self, daerah: str, typed_nip: str, password: str, address: str) -> Entered | None:
        """Open the next step for a NIP and its password, None where they are not right; TooManyTriesError first."""
        nip = read_nip(typed_nip)
        tries = self._tries(nip, address)
        await self._attempts.count(daerah, *tries)
        known = self._known(daerah, nip)
        given = normal(password)
        right = await self._hashing.run(slow_match, given, None if known is None else known.password)
        if known is None or not right:
            await self._events.note(daerah, nip, REFUSED, nip)
            return None
        await self._attempts.forgive(daerah, *tries)
        again = await self._hashing.run(slow_hash, given) if outdated(known.password) else known.password
        step = Step.PASSWORD if known.one_time else Step.CODE if known.paired else Step.PAIRING
        now = self._clock()
        mine = (account.c.daerah == daerah) & (account.c.nip == nip) & (account.c.password == known.password)

        def work(connection: Connection) -> str | None:
            if connection.execute(update(account).where(mine).values(password=again)).rowcount != 1:
                return None  # changed since it was read
            return open_session(connection, now, Opening(daerah, nip, known.post, step))

        token = await self._database.write(work)
        return None if token is None else Entered(token, step)

    async def own_password(self, session: StaffSession, new: str, old: str | None = None) -> Entered | Weakness | None:
        """Take a person's own new password, and end all other sessions; None where the session or the old password,
        which one who is already in must give, is not right."""
        first = session.step is Step.PASSWORD
        if not first and session.step is not Step.IN:
            return None
        known = self._known(session.daerah, session.nip)
        if known is None or (not first and not await self._is_old(session, known, old or "")):
            return None
        if (weak := weakness(new, session.nip, session.name)) is not None:
            return weak
        if await self._hashing.run(slow_match, normal(new), known.password):
            return Weakness.SAME
        hashed = await self._hashing.run(slow_hash, normal(new))
        step = Step.IN if not first else Step.CODE if known.paired else Step.PAIRING
        now, opening = self._clock(), following(session, step, alone=True)
        mine = (account.c.daerah == session.daerah) & (account.c.nip == session.nip)
        changed = update(account).where(mine, account.c.password == known.password)

        def work(connection: Connection) -> str | None:
            if connection.execute(changed.values(password=hashed, password_ends=None)).rowcount != 1:
                return None
            note(connection, now, session.daerah, session.nip, "sandi", session.nip)
            return open_session(connection, now, opening)

        token = await self._database.write(work)
        return None if token is None else Entered(token, step)

    async def _is_old(self, session: StaffSession, known: _Known, old: str) -> bool:
        tries = Allowance("sandi", session.nip, self._limits.codes_per_person, self._limits.codes_per_person_window)
        await self._attempts.count(session.daerah, tries)
        right = await self._hashing.run(slow_match, normal(old), known.password)
        if right:
            await self._attempts.forgive(session.daerah, tries)
        return right

    def _tries(self, nip: str, address: str) -> tuple[Allowance, ...]:
        limits = self._limits
        return (
            Allowance("masuk", f"{nip} {address}", limits.sign_ins_per_person_here, limits.sign_ins_window),
            Allowance("masuk-nip", nip, limits.sign_ins_per_person, limits.sign_ins_window),
            Allowance("masuk-alamat", address, limits.sign_ins_per_address, limits.sign_ins_window),
        )

    def _known(self, daerah: str, nip: str) -> _Known | None:
        """Return what is stored of somebody who may sign in: not closed, with a post, a one-time password in time."""
        wanted = (
            select(account, post.c.agency, post.c.role)
            .join(post, (post.c.daerah == account.c.daerah) & (post.c.nip == account.c.nip))
            .where(account.c.daerah == daerah, account.c.nip == nip)
            .order_by(post.c.since, post.c.agency, post.c.role)
        )
        row = self._database.read(lambda connection: connection.execute(wanted).first())
        if row is None or row.ended_at is not None or (row.demo and not self._demo):
            return None
        if row.password_ends is not None and row.password_ends <= as_text(self._clock()):
            return None
        return _Known(row.password, row.password_ends is not None, row.totp is not None, Post(row.agency, row.role))


def read_nip(typed: str) -> str:
    """Bring a NIP that somebody typed to its 18 figures; a hyphen where it is none."""
    figures = re.sub(r"[\s.\-]", "", typed[:40])
    return figures if re.fullmatch(r"[0-9]{18}", figures) else "-"
