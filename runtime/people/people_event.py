"""What was done to people and by them: accounts, posts, logins. Never a password, a code or an address."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from runtime.cases.database import Database
from runtime.clock import Clock, as_text, from_text
from runtime.people.tables import people_event

COMMAND = "perintah"  # by the command, on the machine itself
REFUSED = "ditolak"  # the kind of a login that failed
REFUSALS_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class PeopleEvent:
    """Something that was done to, or by, a person."""

    at: datetime
    kind: str
    nip: str
    by: str
    detail: str


class PeopleEvents:
    """What is written down in one database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read from this database."""
        self._database = database
        self._clock = clock

    def of(self, daerah: str, nip: str, most: int = 50) -> tuple[PeopleEvent, ...]:
        """Return what was done to and by a person, the latest first."""
        own = (people_event.c.daerah == daerah) & (people_event.c.nip == nip)
        wanted = select(people_event).where(own).order_by(people_event.c.at.desc()).limit(most)
        rows = self._database.read(lambda connection: connection.execute(wanted).all())
        return tuple(PeopleEvent(from_text(row.at), row.kind, row.nip, row.by, row.detail) for row in rows)

    async def note(self, daerah: str, nip: str, kind: str, by: str, detail: str = "") -> None:
        """Write down one that stands by itself."""
        now = self._clock()
        await self._database.write(lambda connection: note(connection, now, daerah, nip, kind, by, detail))

    async def forget_old(self, daerah: str) -> None:
        """Remove what is known of logins that failed long ago."""
        before = as_text(self._clock() - REFUSALS_KEPT)
        old = (people_event.c.daerah == daerah) & (people_event.c.kind == REFUSED) & (people_event.c.at < before)
        await self._database.write(lambda connection: connection.execute(delete(people_event).where(old)))


def note(connection: Connection, now: datetime, daerah: str, nip: str, kind: str, by: str, detail: str = "") -> None:
    """Write down what was done to a person, in the transaction that does it."""
    values = {"daerah": daerah, "id": secrets.token_hex(16), "at": as_text(now), "kind": kind, "nip": nip}
    connection.execute(insert(people_event).values(**values, by=by, detail=detail))
