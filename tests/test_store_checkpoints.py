"""Checkpoints cover everything that is new, are written out whole, and what the events come to can be made again."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, update

from runtime.cases import checkpoints as module
from runtime.cases.case_entry import CaseKey, Entry, StoredEvent
from runtime.cases.checkpoint import read_key, read_line
from runtime.cases.journal_tables import case_file, desk
from runtime.cases.rebuild import Difference, Folded, differences
from runtime.cases.store import Store
from runtime.cases.verification import misfits
from tests.sample_case import CITY, Hands, come_to, to_file
from tests.sample_case import desk as sample_desk
from tests.test_store_laws import change, file, write


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def store(tmp_path: Path, hands: Hands, database_url: str | None) -> Iterator[Store]:
    with Store(tmp_path, hands, url=database_url) as opened:
        yield opened


def take(store: Store, daerah: str = CITY) -> int:
    return asyncio.run(store.checkpoints.take(daerah))


def test_a_checkpoint_covers_what_is_new_and_nothing_is_signed_where_nothing_is(
    store: Store, hands: Hands, tmp_path: Path
) -> None:
    nomor = file(store, to_file()).nomor
    assert (take(store), take(store), store.checkpoints.last("kota-uji")) == (2, 0, None)
    first = store.checkpoints.last(CITY)
    change(store, nomor, 2)
    hands.at -= timedelta(hours=1)
    assert take(store) == 1
    second = store.checkpoints.last(CITY)
    assert first is not None
    assert second is not None
    assert (first.number, first.events, second.number, second.events) == (1, 2, 2, 3)
    assert (second.previous, second.at) == (first.root, first.at), "time does not go back"
    key = read_key((tmp_path / "checkpoints.pub").read_bytes())
    assert first.holds(key)
    assert not dataclasses.replace(first, events=3).holds(key)
    lines = (tmp_path / "checkpoints.jsonl").read_text().splitlines()
    assert [read_line(line) for line in lines] == [first, second]


def test_no_more_than_a_thousand_events_are_in_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_EVENTS", 5)
    for number in range(6):
        file(store, to_file(f"api:{number}"))
    assert take(store) == 12
    last = store.checkpoints.last(CITY)
    assert last is not None
    assert (last.number, last.events) == (3, 12)


def test_what_a_crash_left_out_of_the_file_is_written_with_the_next_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "TAIL", 100)
    path = tmp_path / "checkpoints.jsonl"
    for number in range(4):
        file(store, to_file(f"api:{number}"))
        file(store, to_file(f"api:{number}", daerah="kota-uji"))
        take(store)
        take(store, "kota-uji")
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:5]) + lines[5][:40])  # torn in the middle of a line
    file(store, to_file("api:last"))
    take(store)
    take(store, "kota-uji")
    written = [read_line(line) for line in path.read_text().splitlines()]
    assert [one.number for one in written if one.daerah == CITY] == [1, 2, 3, 4, 5]
    assert [one.number for one in written if one.daerah == "kota-uji"] == [1, 2, 3, 4]
    assert [one for one in written[:5]] == [read_line(line.decode()) for line in lines[:5]]


def test_two_that_take_checkpoints_at_once_cover_each_event_once(store: Store, tmp_path: Path) -> None:
    for number in range(30):
        file(store, to_file(f"api:{number}"))

    async def both() -> list[int]:
        return await asyncio.gather(*(store.checkpoints.take(CITY) for _ in range(4)))

    assert sum(asyncio.run(both())) == 60
    key = read_key((tmp_path / "checkpoints.pub").read_bytes())
    assert store.database.snapshot(lambda connection: list(misfits(connection, CITY, key))) == []


def folded(events: Sequence[StoredEvent]) -> Folded:
    """A fold for these tests: the status is the last event's kind."""
    status = "diajukan" if len(events) == 2 else events[-1].kind
    return Folded(come_to(status), (sample_desk(),))


def found(store: Store) -> list[Difference]:
    return store.database.snapshot(lambda connection: list(differences(connection, CITY, folded)))


def test_a_case_is_what_its_events_come_to(store: Store) -> None:
    nomor = file(store, to_file()).nomor
    file(store, to_file("api:two"))
    change(store, nomor, 2, "ditinjau", Entry("ditinjau", {}))
    assert found(store) == []


def test_a_case_that_is_not_what_its_events_come_to_is_named_with_what_differs(store: Store) -> None:
    nomors = [file(store, to_file(f"api:{number}")).nomor for number in range(5)]

    def harm(connection: Connection) -> None:
        at = [case_file.c.nomor == nomor for nomor in nomors]
        connection.execute(update(case_file).where(at[0]).values(status="terbit", due_at="2026-07-09T01:00:00.000000Z"))
        connection.execute(update(case_file).where(at[1]).values(seq=1))
        connection.execute(update(desk).where(desk.c.nomor == nomors[2]).values(verdict="disetujui"))
        connection.execute(update(case_file).where(at[3]).values(changed_at="2026-07-09T01:00:00.000000Z"))
        connection.execute(delete(desk).where(desk.c.nomor == nomors[4]))
        connection.execute(delete(case_file).where(at[4]))

    write(store, harm)
    assert found(store) == [
        Difference(CaseKey(CITY, nomors[0]), ("status", "due_at")),
        Difference(CaseKey(CITY, nomors[1]), ("seq",)),
        Difference(CaseKey(CITY, nomors[2]), ("desks",)),
        Difference(CaseKey(CITY, nomors[3]), ("changed_at",)),
        Difference(CaseKey(CITY, nomors[4]), ("case",)),
    ]
