"""Changes of people: one administrator proposes, another decides, and only then it is done, in one transaction.

Neither may be the person it is about, except that anybody's account can be closed by two others. Gains a city in which
no administrator gives a post to oneself or to a friend alone (security, table of roles); loses haste, for which the
command on the machine itself remains.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from runtime.cases.database import Database
from runtime.clock import Clock, as_text, from_text
from runtime.people.accounts import Accounts
from runtime.people.actor import Post
from runtime.people.people_event import note
from runtime.people.tables import people_change, people_event

READ = "baca_perubahan"  # an auditor has looked at what was changed


class ChangeKind(StrEnum):
    """What is to be done to a person."""

    OPEN = "buka"
    GIVE = "jabatan"
    TAKE = "cabut_jabatan"
    CLOSE = "tutup"
    RESET = "atur_ulang"


OF_A_POST = frozenset({ChangeKind.OPEN, ChangeKind.GIVE, ChangeKind.TAKE})
_AGAINST = frozenset({ChangeKind.TAKE, ChangeKind.CLOSE, ChangeKind.RESET})  # what somebody could want to prevent
_NO_POST = Post("", "")


class ChangeStatus(StrEnum):
    """What has become of a proposal."""

    PROPOSED = "diusulkan"
    DONE = "dilakukan"
    DECLINED = "ditolak"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wished: `name` where an account is to be opened, `post` where it is about one."""

    kind: ChangeKind
    nip: str
    reason: str
    name: str = ""
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class PeopleChange:
    """A proposal, and what has become of it."""

    id: str
    wish: Wish
    proposed_by: str
    proposed_at: datetime
    status: ChangeStatus
    decided_by: str | None
    decided_at: datetime | None


class Objection(StrEnum):
    """Why a change can not be proposed or decided."""

    EXISTS = "exists"
    NO_ACCOUNT = "no_account"
    HELD = "held"
    NOT_HELD = "not_held"
    CLOSED = "closed"
    PROPOSED = "proposed"
    OWN = "own"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Done:
    """It is decided; `password` is the one-time password, where one was made."""

    password: str = ""


class PeopleChanges:
    """The proposals of one database."""

    def __init__(self, database: Database, accounts: Accounts, clock: Clock) -> None:
        """Keep them in this database, and do them to these accounts."""
        self._database = database
        self._accounts = accounts
        self._clock = clock

    async def propose(self, daerah: str, wish: Wish, by: str) -> Objection | None:
        """Propose a change, or say why it can not be."""
        objection = self._stands_against(daerah, wish)
        if objection is not None:
            return objection
        now = self._clock()
        same = (*_open(daerah), people_change.c.nip == wish.nip, people_change.c.kind == wish.kind.value)
        held = wish.post or _NO_POST
        values = {"nip": wish.nip, "name": wish.name, "agency": held.agency, "role": held.role}

        def work(connection: Connection) -> Objection | None:
            post = people_change.c.agency == held.agency, people_change.c.role == held.role
            if connection.execute(select(people_change.c.id).where(*same, *post)).first() is not None:
                return Objection.PROPOSED
            row = {**values, "daerah": daerah, "id": secrets.token_hex(16), "kind": wish.kind.value}
            row |= {"reason": wish.reason, "proposed_by": by, "proposed_at": as_text(now)}
            connection.execute(insert(people_change).values(**row, status=ChangeStatus.PROPOSED.value))
            return None

        return await self._database.write(work)

    async def approve(self, daerah: str, change_id: str, by: str) -> Done | Objection:
        """Do what somebody else has proposed, or say why it can not be done."""
        change = self.find(daerah, change_id)
        if change is None or change.status is not ChangeStatus.PROPOSED:
            return Objection.DECIDED
        if by in (change.proposed_by, change.wish.nip):
            return Objection.OWN
        objection = self._stands_against(daerah, change.wish)
        if objection is not None:
            return objection
        try:
            return Done(await self._do(daerah, change, by))
        except _DecidedError:
            return Objection.DECIDED

    async def decline(self, daerah: str, change_id: str, by: str) -> Done | Objection:
        """Do not do it; whoever proposed it may take it back in this way too."""
        if (change := self.find(daerah, change_id)) is not None and not may_decline(change, by):
            return Objection.OWN
        try:
            await self._database.write(lambda connection: self._decide(connection, daerah, change_id, by, done=False))
        except _DecidedError:
            return Objection.DECIDED
        return Done()

    def find(self, daerah: str, change_id: str) -> PeopleChange | None:
        """Return a proposal, None where there is none."""
        return next(iter(self._found(people_change.c.daerah == daerah, people_change.c.id == change_id)), None)

    def open_ones(self, daerah: str) -> tuple[PeopleChange, ...]:
        """Return what waits for a decision, the oldest first."""
        return self._found(*_open(daerah))

    def decided(self, daerah: str, most: int) -> tuple[PeopleChange, ...]:
        """Return what was decided, the last one first."""
        past = people_change.c.daerah == daerah, people_change.c.status != ChangeStatus.PROPOSED.value
        return self._found(*past, order=people_change.c.decided_at.desc(), most=most)

    def unread(self, daerah: str, auditor: str) -> int:
        """Return how many were decided since an auditor last looked."""
        own = people_event.c.daerah == daerah, people_event.c.nip == auditor, people_event.c.kind == READ
        looked = select(func.max(people_event.c.at)).where(*own).scalar_subquery()
        since = people_change.c.decided_at > func.coalesce(looked, "")
        query = select(func.count()).select_from(people_change).where(people_change.c.daerah == daerah, since)
        return self._database.read(lambda connection: connection.execute(query).scalar_one())

    async def looked(self, daerah: str, auditor: str) -> None:
        """Note that an auditor has looked at what was decided, where something is new."""
        if self.unread(daerah, auditor):
            now = self._clock()
            await self._database.write(lambda connection: note(connection, now, daerah, auditor, READ, auditor))

    async def _do(self, daerah: str, change: PeopleChange, by: str) -> str:
        wish, accounts, held = change.wish, self._accounts, change.wish.post or _NO_POST

        def also(connection: Connection) -> None:
            self._decide(connection, daerah, change.id, by, done=True)

        match wish.kind:
            case ChangeKind.OPEN:
                return await accounts.add(daerah, wish.nip, wish.name, held, by, also)
            case ChangeKind.RESET:
                return await accounts.reset(daerah, wish.nip, by, also)
            case ChangeKind.GIVE:
                await accounts.give_post(daerah, wish.nip, held, by, also)
            case ChangeKind.TAKE:
                await accounts.take_post(daerah, wish.nip, held, by, also)
            case ChangeKind.CLOSE:
                await accounts.close(daerah, wish.nip, by, also)
            case _:
                assert_never(wish.kind)
        return ""

    def _decide(self, connection: Connection, daerah: str, change_id: str, by: str, done: bool) -> None:
        status = ChangeStatus.DONE if done else ChangeStatus.DECLINED
        values = {"status": status.value, "decided_by": by, "decided_at": as_text(self._clock())}
        key = (*_open(daerah), people_change.c.id == change_id)
        if connection.execute(update(people_change).where(*key).values(values)).rowcount != 1:
            raise _DecidedError

    def _stands_against(self, daerah: str, wish: Wish) -> Objection | None:
        """Say why a change can not be done to the account as it is now."""
        known = self._accounts.find(daerah, wish.nip)
        if wish.kind is ChangeKind.OPEN:
            return None if known is None else Objection.EXISTS
        if known is None:
            return Objection.NO_ACCOUNT
        if known.ended_at is not None and wish.kind is not ChangeKind.RESET:
            return Objection.CLOSED
        if wish.kind is ChangeKind.GIVE and wish.post in known.posts:
            return Objection.HELD
        return Objection.NOT_HELD if wish.kind is ChangeKind.TAKE and wish.post not in known.posts else None

    def _found(
        self, *where: ColumnElement[bool], order: ColumnElement[str] | None = None, most: int = 500
    ) -> tuple[PeopleChange, ...]:
        by = people_change.c.proposed_at if order is None else order
        query = select(people_change).where(*where).order_by(by, people_change.c.id).limit(most)
        return tuple(_change(row) for row in self._database.read(lambda connection: connection.execute(query).all()))


def may_decline(change: PeopleChange, by: str) -> bool:
    """Tell whether an administrator may decide that a change is not done: of one's own account only what gives."""
    return by != change.wish.nip or by == change.proposed_by or change.wish.kind not in _AGAINST


class _DecidedError(Exception):
    """Undoes the transaction: somebody has decided it already."""


def _open(daerah: str) -> tuple[ColumnElement[bool], ...]:
    return people_change.c.daerah == daerah, people_change.c.status == ChangeStatus.PROPOSED.value


def _change(row: Row[*tuple[str, ...]]) -> PeopleChange:
    return PeopleChange(
        id=row.id,
        wish=Wish(
            ChangeKind(row.kind), row.nip, row.reason, row.name, Post(row.agency, row.role) if row.role else None
        ),
        proposed_by=row.proposed_by,
        proposed_at=from_text(row.proposed_at),
        status=ChangeStatus(row.status),
        decided_by=row.decided_by,
        decided_at=None if row.decided_at is None else from_text(row.decided_at),
    )
