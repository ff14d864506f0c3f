"""People on a store of their own, with a clock whose hands a test moves: for tests that need no pages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from runtime.cases.store import Store
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, SECRET, demo_people
from runtime.people.one_time_code import code_of, step_at
from runtime.people.people import People
from runtime.people.staff_sessions import StaffSession
from tests.sample_office import CITY
from tests.sample_permit import sample_city

BEGAN = datetime(2026, 7, 1, 1, 30, tzinfo=UTC)
NOWHERE = "10.0.0.1"


class Hands:
    """The clock."""

    def __init__(self) -> None:
        self.at = BEGAN

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of the sample city's demonstration."""

    store: Store
    people: People
    hands: Hands

    def code(self) -> str:
        """Return the code that holds now."""
        return code_of(SECRET, step_at(self.hands()))

    def enter(self, held: Post) -> StaffSession:
        """Sign in as the person at a post, half a minute later."""
        self.hands.pass_by(seconds=30)
        nip = next(one.nip for one in demo_people(sample_city()) if one.post == held)
        entered = asyncio.run(self.people.sign_in.enter(CITY, nip, PASSWORD, NOWHERE))
        assert entered is not None
        half = self.people.sessions.find(CITY, entered.token)
        assert half is not None
        proved = asyncio.run(self.people.second_factor.prove(half, self.code()))
        assert proved is not None
        session = self.people.sessions.find(CITY, proved.token)
        assert session is not None
        return session

    def opens(self, session: StaffSession) -> bool:
        """Tell whether a session still opens something; using it keeps it open."""
        return asyncio.run(self.people.sessions.use(CITY, session.token)) is not None


@contextmanager
def staff_in(folder: Path, url: str | None = None) -> Iterator[Staff]:
    """Open the people of a demonstration on a store of their own."""
    hands = Hands()
    with Store(folder / "data", hands, url=url) as store:
        people = People(store.database, store.secret, store.vault, hands, store.limits, demo=True)
        asyncio.run(people.seed_demo(sample_city()))
        yield Staff(store, people, hands)
