"""Everything about people over one store: accounts, the way in, sessions."""

from __future__ import annotations

from rules.city import City
from runtime.cases.store import Store
from runtime.people.accounts import Accounts
from runtime.people.demo import seed
from runtime.people.hashing import HashingQueue
from runtime.people.people_event import PeopleEvents
from runtime.people.sealing import Seal
from runtime.people.second_factor import SecondFactor
from runtime.people.sign_in import SignIn
from runtime.people.staff_sessions import StaffSessions


class People:
    """The people of an open store; `demo` lets those of a demonstration in."""

    def __init__(self, store: Store, demo: bool = False) -> None:
        """Keep people in this store."""
        database, clock = store.database, store.clock
        self.demo = demo
        self._hashing = HashingQueue()
        self._seal = Seal(store.vault)
        self.accounts = Accounts(database, clock, self._hashing)
        self.events = PeopleEvents(database, clock)
        self.sessions = StaffSessions(database, store.secret, clock, demo)
        self.sign_in = SignIn(database, store.attempts, clock, self._hashing, store.limits, demo)
        self.second_factor = SecondFactor(database, store.attempts, clock, self._hashing, self._seal, store.limits)

    async def seed_demo(self, city: City) -> int:
        """Open the accounts of a demonstration in a city, and return how many were new."""
        return await seed(self.accounts, self._hashing, self._seal, city)

    async def forget_old(self, daerah: str) -> None:
        """Remove sessions that have ended and old failed logins; to be done once an hour or so."""
        await self.sessions.forget_old(daerah)
        await self.events.forget_old(daerah)
