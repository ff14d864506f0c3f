"""Everything about people over one database: accounts, the way in, sessions."""

from __future__ import annotations

from rules.city import City
from runtime.cases.attempts import Attempts
from runtime.cases.codes import Secret
from runtime.cases.database import Database
from runtime.clock import Clock
from runtime.people.accounts import Accounts
from runtime.people.demo import seed
from runtime.people.hashing import HashingQueue
from runtime.people.people_changes import PeopleChanges
from runtime.people.people_event import PeopleEvents
from runtime.people.sealing import Seal
from runtime.people.second_factor import SecondFactor
from runtime.people.sign_in import SignIn
from runtime.people.staff_sessions import StaffSessions
from runtime.settings import Limits
from runtime.vault import Vault


class People:
    """The people of one database; `demo` lets those of a demonstration in."""

    def __init__(
        self, database: Database, secret: Secret, vault: Vault, clock: Clock, limits: Limits, demo: bool = False
    ) -> None:
        """Keep people in this database."""
        attempts = Attempts(database, secret, clock)
        self.demo = demo
        self._hashing = HashingQueue()
        self._seal = Seal(vault)
        self.accounts = Accounts(database, clock, self._hashing)
        self.changes = PeopleChanges(database, self.accounts, clock)
        self.events = PeopleEvents(database, clock)
        self.sessions = StaffSessions(database, secret, clock, demo)
        self.sign_in = SignIn(database, attempts, clock, self._hashing, limits, demo)
        self.second_factor = SecondFactor(database, attempts, clock, self._hashing, self._seal, limits)

    async def seed_demo(self, city: City) -> int:
        """Open the accounts of a demonstration in a city, and return how many were new."""
        return await seed(self.accounts, self._hashing, self._seal, city)

    async def forget_old(self, daerah: str) -> None:
        """Remove sessions that have ended and old failed logins; to be done once an hour or so."""
        await self.sessions.forget_old(daerah)
        await self.events.forget_old(daerah)
