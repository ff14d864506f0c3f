"""How often something was tried, kept in the database so that a restart forgives nothing.

Counting comes before the costly or telling step (a hash, a look-up), and knows addresses and numbers only as keyed
hashes. `limits` ships no SQL storage and its memory storage forgets at a restart; one row per window is all it takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from runtime.cases.codes import Secret
from runtime.cases.database import Database
from runtime.cases.tables import attempt
from runtime.clock import Clock, as_text, from_text


class TooManyTriesError(Exception):
    """Tried too often; `wait` tells for how long nothing more is taken."""

    def __init__(self, wait: timedelta) -> None:
        """Tell how long to wait."""
        super().__init__(f"too many tries, wait {wait}")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most `most` tries in a `window` by each `who`, counted per `scope`."""

    scope: str
    who: str
    most: int
    window: timedelta


class Attempts:
    """The counters of one database."""

    def __init__(self, database: Database, secret: Secret, clock: Clock) -> None:
        """Count in this database."""
        self._database = database
        self._secret = secret
        self._clock = clock

    async def count(self, daerah: str, *allowances: Allowance) -> None:
        """Count one try against each allowance; TooManyTriesError when one is used up, and then none is counted."""
        now = self._clock()
        keyed = [(a, self._secret.digest("attempt", daerah, a.scope, a.who).hex()) for a in allowances]
        wait = await self._database.write(lambda connection: _count(connection, daerah, keyed, now))
        if wait is not None:
            raise TooManyTriesError(wait)

    async def forgive(self, daerah: str, *allowances: Allowance) -> None:
        """Take back a try that turned out to be right."""
        keyed = [(a, self._secret.digest("attempt", daerah, a.scope, a.who).hex()) for a in allowances]

        def work(connection: Connection) -> None:
            for allowance, who in keyed:
                key = (attempt.c.daerah == daerah) & (attempt.c.scope == allowance.scope) & (attempt.c.who == who)
                connection.execute(update(attempt).where(key, attempt.c.tries > 0).values(tries=attempt.c.tries - 1))

        await self._database.write(work)

    async def forget_old(self, daerah: str) -> int:
        """Remove the counters whose window has ended."""
        old = delete(attempt).where(attempt.c.daerah == daerah, attempt.c.window_ends <= as_text(self._clock()))
        return await self._database.write(lambda connection: connection.execute(old).rowcount)


def _count(
    connection: Connection, daerah: str, allowances: list[tuple[Allowance, str]], now: datetime
) -> timedelta | None:
    found = []
    for allowance, who in allowances:
        key = (attempt.c.daerah == daerah) & (attempt.c.scope == allowance.scope) & (attempt.c.who == who)
        row = connection.execute(select(attempt.c.window_ends, attempt.c.tries).where(key)).one_or_none()
        if row is not None and row.tries >= allowance.most and row.window_ends > as_text(now):
            return from_text(row.window_ends) - now
        found.append((allowance, who, key, row))
    for allowance, who, key, row in found:
        ends = as_text(now + allowance.window)
        if row is None:
            connection.execute(
                insert(attempt).values(daerah=daerah, scope=allowance.scope, who=who, window_ends=ends, tries=1)
            )
        elif row.window_ends <= as_text(now):
            connection.execute(update(attempt).where(key).values(window_ends=ends, tries=1))
        else:
            connection.execute(update(attempt).where(key).values(tries=attempt.c.tries + 1))
    return None
