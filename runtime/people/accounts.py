"""The accounts of a city's officers: one for each person (NIP), with the posts that person holds.

Whatever changes what somebody may do ends all of that person's sessions, in the same transaction; `also` is what else
is to be done in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update
from sqlalchemy.sql.dml import UpdateBase

from runtime.cases.codes import slow_hash
from runtime.cases.database import Database
from runtime.clock import Clock, as_text, from_text
from runtime.people.actor import Post
from runtime.people.hashing import HashingQueue
from runtime.people.password import normal, one_time_password
from runtime.people.people_event import COMMAND, note
from runtime.people.tables import account, post, recovery_code, staff_session

ONE_TIME_LASTS = timedelta(days=3)
Also = Callable[[Connection], None]


def nothing_more(_: Connection) -> None:
    """Do nothing else in the transaction."""


class AccountExistsError(Exception):
    """There is an account of this NIP already."""


class NoAccountError(LookupError):
    """There is no account of this NIP."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person as an administrator sees one: nothing that opens anything."""

    daerah: str
    nip: str
    name: str
    posts: tuple[Post, ...]
    paired: bool
    one_time: bool
    demo: bool
    created_at: datetime
    ended_at: datetime | None


class Accounts:
    """The accounts of one database."""

    def __init__(self, database: Database, clock: Clock, hashing: HashingQueue) -> None:
        """Keep them in this database."""
        self._database = database
        self._clock = clock
        self._hashing = hashing

    def find(self, daerah: str, nip: str) -> Account | None:
        """Return an account, None where there is none."""
        return next(iter(self._read(daerah, nip)), None)

    def list(self, daerah: str) -> tuple[Account, ...]:
        """Return all accounts of a city, by NIP."""
        return self._read(daerah, None)

    async def add(
        self, daerah: str, nip: str, name: str, held: Post, by: str = COMMAND, also: Also = nothing_more
    ) -> str:
        """Open an account at a post and return its one-time password; AccountExistsError when there is one."""
        password = one_time_password()
        hashed = await self._hashing.run(slow_hash, normal(password))
        now = self._clock()

        def work(connection: Connection) -> None:
            if connection.execute(select(account.c.nip).where(_is(daerah, nip))).first() is not None:
                raise AccountExistsError(nip)
            values = {**_blank(daerah, nip, name, now), "password": hashed, "password_ends": _ends(now)}
            connection.execute(insert(account).values(values))
            connection.execute(_given(daerah, nip, held, now))
            note(connection, now, daerah, nip, "dibuat", by, _said(held))
            also(connection)

        await self._database.write(work)
        return password

    async def add_known(
        self, daerah: str, people: Mapping[str, tuple[str, Post]], hashed: str, sealed: Mapping[str, bytes]
    ) -> int:
        """Open the accounts of a demonstration, by NIP, with a password and secrets that everybody knows; return how
        many were not there yet."""
        now = self._clock()

        def work(connection: Connection) -> int:
            known = set(connection.execute(select(account.c.nip).where(account.c.daerah == daerah)).scalars())
            for nip in sorted(people.keys() - known):
                name, held = people[nip]
                values = {**_blank(daerah, nip, name, now), "demo": True, "password": hashed, "totp": sealed[nip]}
                connection.execute(insert(account).values(values))
                connection.execute(_given(daerah, nip, held, now))
                note(connection, now, daerah, nip, "dibuat", COMMAND, "peragaan")
            return len(people.keys() - known)

        return await self._database.write(work)

    async def give_post(self, daerah: str, nip: str, held: Post, by: str = COMMAND, also: Also = nothing_more) -> None:
        """Give a person one more post; NoAccountError where there is no account."""
        given = _given(daerah, nip, held, self._clock())
        await self._change(daerah, nip, "jabatan", by, _said(held), also, _taken(daerah, nip, held), given)

    async def take_post(self, daerah: str, nip: str, held: Post, by: str = COMMAND, also: Also = nothing_more) -> bool:
        """Take a post from a person and tell whether it was held; NoAccountError where there is no account."""
        taken = await self._change(daerah, nip, "cabut_jabatan", by, _said(held), also, _taken(daerah, nip, held))
        return taken == 1

    async def close(self, daerah: str, nip: str, by: str = COMMAND, also: Also = nothing_more) -> None:
        """Close an account: it stays, so that what was done by it can be read, and opens nothing."""
        ended = update(account).where(_is(daerah, nip)).values(ended_at=as_text(self._clock()), totp=None)
        posts = delete(post).where(post.c.daerah == daerah, post.c.nip == nip)
        await self._change(daerah, nip, "ditutup", by, "", also, ended, posts, _no_codes(daerah, nip))

    async def reset(self, daerah: str, nip: str, by: str = COMMAND, also: Also = nothing_more) -> str:
        """Give a person a new one-time password and let the authenticator be paired anew; return the password."""
        password = one_time_password()
        hashed = await self._hashing.run(slow_hash, normal(password))
        again = {
            "password": hashed,
            "password_ends": _ends(self._clock()),
            "totp": None,
            "ended_at": None,
            "demo": False,
        }
        changed = update(account).where(_is(daerah, nip)).values(again)
        await self._change(daerah, nip, "atur_ulang", by, "", also, changed, _no_codes(daerah, nip))
        return password

    async def tell_own(self, daerah: str, nip: str, nik_index: str | None, phone_index: str | None) -> None:
        """Keep the keyed indexes of a person's own NIK and telephone, for recusal."""
        own = update(account).where(_is(daerah, nip)).values(nik_index=nik_index, phone_index=phone_index)
        now = self._clock()

        def work(connection: Connection) -> None:
            connection.execute(own)
            note(connection, now, daerah, nip, "data_diri", nip)

        await self._database.write(work)

    def own(self, daerah: str, nip: str) -> frozenset[str]:
        """Return the keyed indexes of a person's own NIK and telephone, those that are known."""
        wanted = select(account.c.nik_index, account.c.phone_index).where(_is(daerah, nip))
        row = self._database.read(lambda connection: connection.execute(wanted).one_or_none())
        return frozenset() if row is None else frozenset(index for index in row if index)

    async def _change(
        self, daerah: str, nip: str, kind: str, by: str, detail: str, also: Also, first: UpdateBase, *rest: UpdateBase
    ) -> int:
        """Do all of a change to one person or nothing; return how many rows the first part of it touched."""
        now = self._clock()

        def work(connection: Connection) -> int:
            if connection.execute(select(account.c.nip).where(_is(daerah, nip))).first() is None:
                raise NoAccountError(nip)
            touched = connection.execute(first).rowcount
            for change in rest:
                connection.execute(change)
            connection.execute(ended_sessions(daerah, nip))
            note(connection, now, daerah, nip, kind, by, detail)
            also(connection)
            return touched

        return await self._database.write(work)

    def _read(self, daerah: str, nip: str | None) -> tuple[Account, ...]:
        people = select(account).where(account.c.daerah == daerah).order_by(account.c.nip)
        held = select(post).where(post.c.daerah == daerah).order_by(post.c.nip, post.c.agency, post.c.role)
        if nip is not None:
            people, held = people.where(account.c.nip == nip), held.where(post.c.nip == nip)
        rows, held_rows = self._database.read(
            lambda connection: (connection.execute(people).mappings().all(), connection.execute(held).all())
        )
        posts: dict[str, list[Post]] = {}
        for one in held_rows:
            posts.setdefault(one.nip, []).append(Post(one.agency, one.role))
        return tuple(_account(row, tuple(posts.get(row["nip"], ()))) for row in rows)


def ended_sessions(daerah: str, nip: str) -> UpdateBase:
    """Return the statement that ends every session of a person."""
    return delete(staff_session).where(staff_session.c.daerah == daerah, staff_session.c.nip == nip)


def _account(row: RowMapping, posts: tuple[Post, ...]) -> Account:
    return Account(
        daerah=row["daerah"],
        nip=row["nip"],
        name=row["name"],
        posts=posts,
        paired=row["totp"] is not None,
        one_time=row["password_ends"] is not None,
        demo=bool(row["demo"]),
        created_at=from_text(row["created_at"]),
        ended_at=None if row["ended_at"] is None else from_text(row["ended_at"]),
    )


def _is(daerah: str, nip: str) -> ColumnElement[bool]:
    return (account.c.daerah == daerah) & (account.c.nip == nip)


def _ends(now: datetime) -> str:
    return as_text(now + ONE_TIME_LASTS)


def _said(held: Post) -> str:
    return f"{held.agency} {held.role}"


def _blank(daerah: str, nip: str, name: str, now: datetime) -> dict[str, object]:
    return {"daerah": daerah, "nip": nip, "name": name, "totp_step": 0, "demo": False, "created_at": as_text(now)}


def _given(daerah: str, nip: str, held: Post, now: datetime) -> UpdateBase:
    values = {"daerah": daerah, "nip": nip, "agency": held.agency, "role": held.role, "since": as_text(now)}
    return insert(post).values(values)


def _taken(daerah: str, nip: str, held: Post) -> UpdateBase:
    own = (post.c.daerah == daerah) & (post.c.nip == nip)
    return delete(post).where(own, post.c.agency == held.agency, post.c.role == held.role)


def _no_codes(daerah: str, nip: str) -> UpdateBase:
    return delete(recovery_code).where(recovery_code.c.daerah == daerah, recovery_code.c.nip == nip)
