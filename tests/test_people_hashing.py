"""Costly hashes wait in a short queue, and a password's hash keeps up with its parameters."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from runtime.cases.attempts import TooManyTriesError
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD
from runtime.people.hashing import AT_ONCE, WAITING, HashingQueue
from runtime.people.tables import account
from tests.people_kit import staff_in
from tests.sample_office import CITY


def test_two_are_made_at_a_time_and_a_flood_is_told_to_come_back() -> None:
    queue, running, most = HashingQueue(), 0, 0
    lock = threading.Lock()

    def costly() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1

    async def flood() -> list[BaseException | None]:
        asked = [queue.run(costly) for _ in range(WAITING + 20)]
        return list(await asyncio.gather(*asked, return_exceptions=True))

    ends = asyncio.run(flood())
    refused = [end for end in ends if isinstance(end, TooManyTriesError)]
    assert len(refused) == 20
    assert ends.count(None) == WAITING
    assert most == AT_ONCE


def test_a_place_in_the_queue_is_given_back_whatever_happens() -> None:
    queue = HashingQueue()

    def fails() -> None:
        raise ZeroDivisionError

    async def often() -> None:
        for _ in range(WAITING * 2):
            with pytest.raises(ZeroDivisionError):
                await queue.run(fails)

    asyncio.run(often())


def test_a_hash_of_other_parameters_is_made_anew_at_the_next_login(tmp_path: Path, database_url: str | None) -> None:
    with staff_in(tmp_path, database_url) as staff:
        old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
        change = update(account).values(password=old)
        staff.store.database.submit(lambda connection: connection.execute(change)).result(30)
        session = staff.enter(Post("dpmptsp", "front_office"))
        wanted = select(account.c.password).where(account.c.daerah == CITY, account.c.nip == session.nip)
        kept = staff.store.database.read(lambda connection: connection.execute(wanted).scalar_one())
        assert kept != old
        assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
        staff.enter(Post("dpmptsp", "front_office"))
