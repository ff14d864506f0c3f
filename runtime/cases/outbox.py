"""What is to be sent: kept in the transaction of what it tells of, then given to whoever sends on its channel.

Gains that nothing is told that did not happen and nothing that happened is left untold; loses "exactly once": after a
crash a message is given again, so each carries a dedupe key by which who receives it knows it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from runtime import json_text
from runtime.cases.case_entry import CaseKey
from runtime.cases.database import Database
from runtime.cases.journal_tables import case_file, outbox
from runtime.cases.person_keys import ForgottenError, PersonKeys
from runtime.clock import Clock, as_text
from runtime.json_text import Json

MOST_TRIES = 48
AGAIN_AFTER = timedelta(seconds=300)
JITTER = timedelta(seconds=60)
LONGEST = timedelta(seconds=60)  # for one message
TOGETHER = 4  # given one after the other, all well before the time at which somebody else would try them again


class UndeliverableError(Exception):
    """It can never be sent: trying again would not help."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that is given to its channel; `tries` counts this time."""

    key: CaseKey
    seq: int
    channel: str
    dedupe: str
    body: Json
    tries: int


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that was given up."""

    id: str
    key: CaseKey
    seq: int
    channel: str
    dedupe: str
    tries: int


Handler = Callable[[Delivery], Awaitable[object]]


class Outbox:
    """The messages of one database."""

    def __init__(self, database: Database, people: PersonKeys, clock: Clock) -> None:
        """Send what is in this database."""
        self._database = database
        self._people = people
        self._clock = clock

    async def dispatch(self, daerah: str, handlers: Mapping[str, Handler]) -> int:
        """Give what is due to the handlers of its channels, until nothing is; return how many were sent.

        A handler that raises anything has not sent; it is asked again later, up to `MOST_TRIES` times, and what still
        fails is a dead letter, at once where it raises UndeliverableError.
        """
        sent = 0
        while claimed := await self._claim(daerah, tuple(handlers)):
            for name, delivery in claimed.items():
                sent += await self._give(daerah, name, delivery, handlers)
        return sent

    def dead(self, daerah: str) -> tuple[DeadLetter, ...]:
        """Return what was given up."""
        query = select(outbox).where(
            outbox.c.daerah == daerah, outbox.c.dead_at.is_not(None), outbox.c.sent_at.is_(None)
        )
        rows = self._database.read(lambda connection: connection.execute(query.order_by(outbox.c.due_at)).all())
        return tuple(
            DeadLetter(row.id, CaseKey(daerah, row.nomor), row.seq, row.channel, row.dedupe, row.tries) for row in rows
        )

    async def revive(self, daerah: str, name: str) -> None:
        """Let a dead letter be tried again from now on."""
        dead = (outbox.c.daerah == daerah) & (outbox.c.id == name) & outbox.c.dead_at.is_not(None)
        again = update(outbox).where(dead).values(dead_at=None, tries=0, due_at=as_text(self._clock()))
        await self._database.write(lambda connection: connection.execute(again).close())

    async def _claim(self, daerah: str, channels: tuple[str, ...]) -> dict[str, Delivery | None]:
        """Take what is due, so that nobody else takes it before it is tried again; None where it can not be read."""
        now = self._clock()
        due = (
            select(outbox, case_file.c.person)
            .join(case_file, (case_file.c.daerah == outbox.c.daerah) & (case_file.c.nomor == outbox.c.nomor))
            .where(
                outbox.c.daerah == daerah,
                outbox.c.sent_at.is_(None),
                outbox.c.dead_at.is_(None),
                outbox.c.due_at <= as_text(now),
                outbox.c.channel.in_(channels),
            )
            .order_by(outbox.c.due_at, outbox.c.id)
            .limit(TOGETHER)
            .with_for_update(of=outbox, skip_locked=True)
        )

        def work(connection: Connection) -> dict[str, Delivery | None]:
            claimed: dict[str, Delivery | None] = {}
            for row in connection.execute(due).all():
                key = (outbox.c.daerah == daerah) & (outbox.c.id == row.id)
                taken = update(outbox).where(key).values(tries=row.tries + 1, due_at=as_text(_later(now)))
                connection.execute(taken)
                claimed[row.id] = self._delivery(connection, daerah, row.id, row.person, dict(row._mapping))
            return claimed

        return await self._database.write(work)

    def _delivery(
        self, connection: Connection, daerah: str, name: str, person: str, row: Mapping[str, object]
    ) -> Delivery | None:
        sealed, seq, tries = row["body"], row["seq"], row["tries"]
        assert isinstance(sealed, bytes)
        assert isinstance(seq, int)
        assert isinstance(tries, int)
        try:
            body = self._people.key(connection, daerah, person).unseal(sealed, "outbox", daerah, name)
        except ForgottenError:
            return None
        key = CaseKey(daerah, str(row["nomor"]))
        return Delivery(key, seq, str(row["channel"]), str(row["dedupe"]), json_text.read(body), tries + 1)

    async def _give(self, daerah: str, name: str, delivery: Delivery | None, handlers: Mapping[str, Handler]) -> bool:
        if delivery is None:
            await self._settle(daerah, name, dead=True)
            return False
        task = asyncio.ensure_future(handlers[delivery.channel](delivery))
        # A fault of a handler's, whatever it is, is the fault of one message alone.
        await asyncio.wait((task,), timeout=LONGEST.total_seconds())
        if not task.done():
            task.cancel()
            await asyncio.wait((task,))
        fault = asyncio.CancelledError() if task.cancelled() else task.exception()
        if fault is None:
            await self._settle(daerah, name, dead=False)
            return True
        if isinstance(fault, UndeliverableError) or delivery.tries >= MOST_TRIES:
            await self._settle(daerah, name, dead=True)
        return False

    async def _settle(self, daerah: str, name: str, *, dead: bool) -> None:
        key = (outbox.c.daerah == daerah) & (outbox.c.id == name) & outbox.c.sent_at.is_(None)
        column = outbox.c.dead_at if dead else outbox.c.sent_at
        settled = update(outbox).where(key).values({column: as_text(self._clock())})
        await self._database.write(lambda connection: connection.execute(settled).close())


def _later(now: datetime) -> datetime:
    return now + AGAIN_AFTER + JITTER * random.random()
