"""What is to be sent is given to its channel at least once, again after a failure, and in the end given up."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from runtime.cases import outbox as module
from runtime.cases.case_entry import CaseKey, Message
from runtime.cases.journal_tables import outbox
from runtime.cases.outbox import AGAIN_AFTER, JITTER, MOST_TRIES, Delivery, UndeliverableError
from runtime.cases.store import Store
from runtime.clock import as_text
from runtime.json_text import Json
from tests.sample_case import AT, CITY, PHONE, Hands, to_file
from tests.test_store_laws import file, write

LATER = AGAIN_AFTER + JITTER


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def store(tmp_path: Path, hands: Hands, database_url: str | None) -> Iterator[Store]:
    with Store(tmp_path / "data", hands, url=database_url) as opened:
        yield opened


class Post:
    """A channel that keeps what it is given, and fails as it is told."""

    def __init__(self, *faults: BaseException | None) -> None:
        self.given: list[Delivery] = []
        self.faults = list(faults)

    async def __call__(self, delivery: Delivery) -> None:
        self.given.append(delivery)
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault


def dispatch(store: Store, **channels: Post) -> int:
    return asyncio.run(store.outbox.dispatch(CITY, channels))


def test_what_is_due_is_given_once_with_what_it_is_about(store: Store) -> None:
    filed = file(store, to_file())
    post = Post()
    assert (dispatch(store, email=post), dispatch(store, email=post)) == (1, 0)
    body: dict[str, Json] = {"kepada": PHONE, "isi": "diterima"}
    assert post.given == [Delivery(CaseKey(CITY, filed.nomor), 2, "email", f"{filed.nomor}:2:0", body, 1)]
    assert store.outbox.dead(CITY) == ()


def test_what_is_due_later_waits_and_a_channel_that_nobody_serves_keeps_what_it_has(store: Store, hands: Hands) -> None:
    messages = (Message("email", "besok", due_at=AT + timedelta(days=1)), Message("sms", "x"))
    file(store, to_file(messages=messages))
    post = Post()
    assert dispatch(store, email=post) == 0
    hands.at += timedelta(days=1)
    assert dispatch(store, email=post) == 1
    assert [one.body for one in post.given] == ["besok"]
    assert dispatch(store, sms=post) == 1


def test_more_than_one_handful_is_sent_at_once(store: Store) -> None:
    for number in range(module.TOGETHER + 5):
        file(store, to_file(f"api:{number}"))
    assert dispatch(store, email=Post()) == module.TOGETHER + 5


def test_a_failure_of_whatever_kind_is_tried_again_after_five_minutes_and_harms_no_other(
    store: Store, hands: Hands
) -> None:
    for number in range(3):
        file(store, to_file(f"api:{number}"))
    post = Post(ConnectionResetError(), ZeroDivisionError())
    assert dispatch(store, email=post) == 1
    hands.at += AGAIN_AFTER - timedelta(seconds=1)
    assert dispatch(store, email=post) == 0
    hands.at += JITTER + timedelta(seconds=1)
    assert dispatch(store, email=post) == 2
    assert sorted(one.tries for one in post.given) == [1, 1, 1, 2, 2]
    assert len({one.dedupe for one in post.given}) == 3


def test_what_still_fails_after_forty_eight_tries_is_a_dead_letter_that_can_be_revived(
    store: Store, hands: Hands
) -> None:
    filed = file(store, to_file())
    post = Post(*[OSError()] * MOST_TRIES)
    for _ in range(MOST_TRIES):
        assert store.outbox.dead(CITY) == ()
        assert dispatch(store, email=post) == 0
        hands.at += LATER
    assert dispatch(store, email=post) == 0
    (dead,) = store.outbox.dead(CITY)
    assert (dead.key.nomor, dead.tries, len(post.given)) == (filed.nomor, MOST_TRIES, MOST_TRIES)
    asyncio.run(store.outbox.revive(CITY, dead.id))
    assert dispatch(store, email=post) == 1
    assert store.outbox.dead(CITY) == ()


def test_what_can_never_be_sent_is_given_up_at_once(store: Store) -> None:
    file(store, to_file())
    assert dispatch(store, email=Post(UndeliverableError())) == 0
    assert len(store.outbox.dead(CITY)) == 1


def test_a_handler_that_does_not_come_back_is_left(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", timedelta(seconds=0.05))
    file(store, to_file())

    async def hanging(_: Delivery) -> None:
        await asyncio.sleep(60)

    assert asyncio.run(store.outbox.dispatch(CITY, {"email": hanging})) == 0
    assert store.outbox.dead(CITY) == ()


def test_a_message_that_was_taken_and_not_settled_is_given_again(store: Store, hands: Hands) -> None:
    """A crash after it was sent: the dedupe key tells the receiver that it is the same."""
    file(store, to_file())
    post = Post()
    assert dispatch(store, email=post) == 1
    write(store, lambda connection: connection.execute(update(outbox).values(sent_at=None)).close())
    assert dispatch(store, email=post) == 0
    hands.at += LATER
    assert dispatch(store, email=post) == 1
    first, again = post.given
    assert (first.dedupe, first.body, first.tries, again.tries) == (again.dedupe, again.body, 1, 2)


def test_dispatchers_side_by_side_share_the_work(store: Store) -> None:
    for number in range(40):
        file(store, to_file(f"api:{number}"))
    posts = [Post() for _ in range(4)]

    async def all_at_once() -> list[int]:
        return await asyncio.gather(*(store.outbox.dispatch(CITY, {"email": post}) for post in posts))

    assert sum(asyncio.run(all_at_once())) == 40
    assert len({one.dedupe for post in posts for one in post.given}) == sum(len(post.given) for post in posts) == 40


def test_what_is_for_somebody_who_was_forgotten_is_given_up_unread(store: Store) -> None:
    filed = file(store, to_file())
    case = store.journal.case(CITY, filed.nomor)
    assert case is not None
    write(store, lambda connection: store.people.forget(connection, CITY, case.person, AT))
    post = Post()
    assert dispatch(store, email=post) == 0
    assert (post.given, len(store.outbox.dead(CITY))) == ([], 1)


def test_each_row_ends_as_sent_or_dead(store: Store, hands: Hands) -> None:
    for number in range(5):
        file(store, to_file(f"api:{number}"))
    dispatch(store, email=Post(UndeliverableError(), None, UndeliverableError()))
    ends = store.database.read(lambda c: c.execute(select(outbox.c.sent_at, outbox.c.dead_at)).all())
    assert sorted((sent is None, dead is None) for sent, dead in ends) == [(False, True)] * 3 + [(True, False)] * 2
    assert {value for pair in ends for value in pair if value is not None} == {as_text(hands.at)}


def test_what_is_taken_together_is_given_before_anybody_would_take_it_again() -> None:
    assert module.TOGETHER * module.LONGEST < AGAIN_AFTER
