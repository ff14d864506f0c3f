"""Whoever holds the public key and yesterday's checkpoint sees what somebody with all rights has changed since."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import ColumnElement, Connection, Engine, delete, event, insert, make_url, select, update
from sqlalchemy import create_engine as engine_of
from sqlalchemy.pool import NullPool

from runtime import json_text
from runtime.cases.case_entry import CaseKey, Entry
from runtime.cases.chain import event_hash, merkle_root
from runtime.cases.checkpoint import Checkpoint, read_key, read_line, read_spans, root_over, signed
from runtime.cases.journal_tables import ONLY_GROW, case_file, checkpoint, event_private, uncovered
from runtime.cases.journal_tables import event as events
from runtime.cases.store import Store
from runtime.cases.verification import Mark, Misfit, misfits
from tests.sample_case import AT, CITY, OFFICER, Hands, come_to, to_file

CASES = 8
Harm = Callable[[Connection, random.Random], None]


class Office:
    """A store with cases of two days: the first under checkpoints that somebody else holds, the second not."""

    def __init__(self, folder: Path, url: str | None) -> None:
        self.folder, self.url, self.hands = folder, url, Hands()
        with Store(folder, self.hands, url=url) as store:
            self.nomors = [
                asyncio.run(store.submissions.file(to_file(f"api:{n}", nik=None))).nomor for n in range(CASES)
            ]
            for seen in (2, 3):
                self.go_on(store, seen)
                assert asyncio.run(store.checkpoints.take(CITY)) == CASES * (3 if seen == 2 else 1)
            lines = (folder / "checkpoints.jsonl").read_text().splitlines()
            self.held = tuple(read_line(line) for line in lines)
            self.hands.at = AT + timedelta(days=1)
            self.go_on(store, 4)
            asyncio.run(store.checkpoints.take(CITY))
            self.go_on(store, 5)
        self.key = read_key((folder / "checkpoints.pub").read_bytes())
        self.engine = raw_engine(folder, url)

    def go_on(self, store: Store, seen: int) -> None:
        entry = Entry("ditinjau", {"kali": seen}, {"catatan": f"catatan {seen}"})
        for nomor in self.nomors:
            key = CaseKey(CITY, nomor)
            store.database.submit(
                partial(
                    store.journal.append,
                    key=key,
                    expected=seen,
                    actor=OFFICER,
                    at=self.hands.at,
                    entries=(entry,),
                    projection=come_to(),
                )
            ).result(30)

    def seen_after(self, harm: Harm, chance: random.Random, held: tuple[Checkpoint, ...] | None = None) -> list[Misfit]:
        """Say what an outsider sees after a harm, which is then undone."""
        with almighty(self.engine) as connection:
            harm(connection, chance)
            return list(misfits(connection, CITY, self.key, self.held if held is None else held))


def raw_engine(folder: Path, url: str | None) -> Engine:
    """Open the database past the program, with all rights and none of the program's own care."""
    if url is not None:
        return engine_of(make_url(url).difference_update_query(["fsync"]), poolclass=NullPool)
    from pysqlite3 import dbapi2

    engine = engine_of(f"sqlite:///{folder}/satupintu.sqlite", module=dbapi2, poolclass=NullPool)
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


@contextmanager
def almighty(engine: Engine) -> Iterator[Connection]:
    """Turn every trigger and reference off, as who owns the database can; undo everything at the end."""
    with engine.connect() as connection:
        transaction = connection.begin()
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            for table in ONLY_GROW:
                for what in ("update", "delete"):
                    connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{what}")
        yield connection
        transaction.rollback()


@pytest.fixture
def office(tmp_path: Path, database_url: str | None) -> Iterator[Office]:
    office = Office(tmp_path, database_url)
    yield office
    office.engine.dispose()


def some_event(connection: Connection, chance: random.Random, most: int = 4) -> tuple[str, int]:
    """Choose an event that a held checkpoint covers."""
    nomors = sorted(connection.execute(select(case_file.c.nomor)).scalars())
    return chance.choice(nomors), chance.randint(1, most)


def at(nomor: str, seq: int) -> tuple[ColumnElement[bool], ...]:
    return events.c.daerah == CITY, events.c.nomor == nomor, events.c.seq == seq


def rechained(connection: Connection, nomor: str) -> None:
    """Compute a case's hashes again, as if all were well."""
    rows = connection.execute(select(events).where(events.c.nomor == nomor).order_by(events.c.seq)).mappings().all()
    previous = "0" * 64
    for row in rows:
        changed = {**row, "hash_prev": previous}
        previous = event_hash(changed)
        values = {"hash_prev": changed["hash_prev"], "hash": previous}
        connection.execute(update(events).where(*at(nomor, row["seq"])).values(values))
    connection.execute(update(case_file).where(case_file.c.nomor == nomor).values(hash=previous, seq=len(rows)))


def edited(connection: Connection, chance: random.Random) -> None:
    column, value = chance.choice(
        [("payload", '{"kali":9}'), ("actor", "akun-9"), ("role", "kepala"), ("kind", "disetujui"), ("agency", None)]
    )
    nomor, seq = some_event(connection, chance)
    row = connection.execute(select(events.c[column]).where(*at(nomor, seq))).scalar_one()
    other = value if row != value else "lain"
    connection.execute(update(events).where(*at(nomor, seq)).values({column: other}))


def moved_in_time(connection: Connection, chance: random.Random) -> None:
    nomor, seq = some_event(connection, chance)
    connection.execute(update(events).where(*at(nomor, seq)).values(at="2026-06-01T01:00:00.000000Z"))


def taken_out(connection: Connection, chance: random.Random) -> None:
    nomor, seq = some_event(connection, chance)
    connection.execute(delete(events).where(*at(nomor, seq)))


def swapped_places(connection: Connection, chance: random.Random) -> None:
    nomor, seq = chance.choice(sorted(connection.execute(select(case_file.c.nomor)).scalars())), chance.randint(1, 3)
    for one, other in ((seq, 99), (seq + 1, seq), (99, seq + 1)):
        connection.execute(update(events).where(*at(nomor, one)).values(seq=other))


def put_in(connection: Connection, chance: random.Random) -> None:
    nomor, seq = some_event(connection, chance)
    row = dict(connection.execute(select(events).where(*at(nomor, seq))).mappings().one())
    row.update(seq=7, kind="disetujui", hash_prev=row["hash"])
    connection.execute(insert(events).values({**row, "hash": event_hash(row)}))


def cut_off(connection: Connection, chance: random.Random) -> None:
    nomor, seq = some_event(connection, chance)
    for table in (events, event_private, uncovered):
        connection.execute(delete(table).where(table.c.nomor == nomor, table.c.seq >= seq))
    rechained(connection, nomor)


def chained_anew(connection: Connection, chance: random.Random) -> None:
    edited(connection, chance)
    for nomor in sorted(connection.execute(select(case_file.c.nomor)).scalars()):
        rechained(connection, nomor)


def chained_anew_with_checkpoints(connection: Connection, chance: random.Random) -> None:
    """All that can be done without the key: another key signs it."""
    chained_anew(connection, chance)
    signed_anew(connection)


def signed_anew(connection: Connection) -> None:
    thief = Ed25519PrivateKey.generate()
    previous, count = "0" * 64, 0
    for row in connection.execute(select(checkpoint).order_by(checkpoint.c.number)).mappings().all():
        hashes = [
            str(connection.execute(select(events.c.hash).where(*at(span.nomor, seq))).scalar_one())
            for span in read_spans(json_text.read(row["spans"]))
            for seq in range(span.first, span.last + 1)
        ]
        count += len(hashes)
        forged = signed(thief, CITY, row["number"], row["at"], count, root_over(hashes), previous)
        previous = forged.root
        values = {"root": forged.root, "previous": forged.previous, "signature": forged.signature, "events": count}
        connection.execute(update(checkpoint).where(checkpoint.c.number == row["number"]).values(values))


def sealed_swapped(connection: Connection, chance: random.Random) -> None:
    rows = connection.execute(select(event_private).where(event_private.c.seq < 5)).all()
    one, other = chance.sample(rows, 2)
    for to, content in ((one, other.ciphertext), (other, one.ciphertext)):
        here = event_private.c.nomor == to.nomor, event_private.c.seq == to.seq
        connection.execute(update(event_private).where(*here).values(ciphertext=content))


def sealed_taken_out(connection: Connection, chance: random.Random) -> None:
    nomor = chance.choice(sorted(connection.execute(select(case_file.c.nomor)).scalars()))
    seq = chance.choice([1, 3, 4])
    connection.execute(delete(event_private).where(event_private.c.nomor == nomor, event_private.c.seq == seq))


def sealed_put_in(connection: Connection, chance: random.Random) -> None:
    nomor = chance.choice(sorted(connection.execute(select(case_file.c.nomor)).scalars()))
    connection.execute(insert(event_private).values(daerah=CITY, nomor=nomor, seq=2, ciphertext=b"x" * 40))


def whole_case_gone(connection: Connection, chance: random.Random) -> None:
    nomor, _ = some_event(connection, chance)
    for table in (events, event_private, uncovered, case_file):
        connection.execute(delete(table).where(table.c.nomor == nomor))


def put_back(connection: Connection, chance: random.Random) -> None:
    """The database as it was before the held checkpoint: consistent in itself."""
    connection.execute(delete(checkpoint).where(checkpoint.c.number >= 2))
    for table in (events, event_private, uncovered):
        connection.execute(delete(table).where(table.c.seq >= 4))
    for nomor in sorted(connection.execute(select(case_file.c.nomor)).scalars()):
        rechained(connection, nomor)


def checkpoint_gone(connection: Connection, chance: random.Random) -> None:
    connection.execute(delete(checkpoint).where(checkpoint.c.number == chance.choice([1, 2, 3])))


def checkpoint_edited(connection: Connection, chance: random.Random) -> None:
    column, value = chance.choice(
        [("at", "2026-01-01T01:00:00.000000Z"), ("events", 7), ("root", "1" * 64), ("spans", "[]")]
    )
    connection.execute(
        update(checkpoint).where(checkpoint.c.number == chance.choice([1, 2, 3])).values({column: value})
    )


def forged_checkpoints(connection: Connection, chance: random.Random) -> None:
    signed_anew(connection)


HARMS: tuple[Harm, ...] = (
    edited,
    moved_in_time,
    taken_out,
    swapped_places,
    put_in,
    cut_off,
    chained_anew,
    chained_anew_with_checkpoints,
    sealed_swapped,
    sealed_taken_out,
    sealed_put_in,
    whole_case_gone,
    put_back,
    checkpoint_gone,
    checkpoint_edited,
    forged_checkpoints,
)


def test_what_nobody_touched_fits(office: Office) -> None:
    assert len(office.held) == 2
    with Store(office.folder, office.hands, url=office.url) as store:
        assert store.database.snapshot(lambda c: list(misfits(c, CITY, office.key, office.held))) == []


def test_two_hundred_harms_of_every_kind_are_seen(office: Office) -> None:
    chance = random.Random(4)
    chosen = [HARMS[number % len(HARMS)] for number in range(200)]
    unseen = [harm.__name__ for harm in chosen if not office.seen_after(harm, chance)]
    assert unseen == []
    assert office.seen_after(lambda *_: None, chance) == []


def test_what_was_done_is_named(office: Office) -> None:
    marks = {
        edited: Mark.HASH,
        moved_in_time: Mark.HASH,
        taken_out: Mark.SEQ,
        put_in: Mark.CASE,
        cut_off: Mark.ROOT,
        chained_anew: Mark.ROOT,
        chained_anew_with_checkpoints: Mark.SIGNATURE,
        sealed_swapped: Mark.SEALED,
        put_back: Mark.HELD,
        forged_checkpoints: Mark.HELD,
    }
    found = {harm: {one.mark for one in office.seen_after(harm, random.Random(2))} for harm in marks}
    assert [harm.__name__ for harm, mark in marks.items() if mark not in found[harm]] == []


def test_a_database_put_back_whole_is_seen_only_by_who_holds_a_later_checkpoint(office: Office) -> None:
    chance = random.Random(1)
    assert {one.mark for one in office.seen_after(put_back, chance)} >= {Mark.HELD}
    assert Mark.HELD not in {one.mark for one in office.seen_after(put_back, chance, held=office.held[:1])}


def test_a_forgotten_person_leaves_everything_as_it_fits(office: Office) -> None:
    with Store(office.folder, office.hands, url=office.url) as store:
        for nomor in office.nomors[:4]:
            case = store.journal.case(CITY, nomor)
            assert case is not None
            forget = partial(store.people.forget, daerah=CITY, person=case.person, at=AT)
            store.database.submit(forget).result(30)
        assert store.database.snapshot(lambda c: list(misfits(c, CITY, office.key, office.held))) == []


def test_the_key_that_is_held_elsewhere_is_the_one_that_counts(office: Office) -> None:
    other: Ed25519PublicKey = Ed25519PrivateKey.generate().public_key()
    with Store(office.folder, office.hands, url=office.url) as store:
        found = store.database.snapshot(lambda c: list(misfits(c, CITY, other)))
    assert {one.mark for one in found} == {Mark.SIGNATURE}


def test_anybody_can_compute_the_hash_of_an_event(office: Office) -> None:
    def rows(connection: Connection) -> list[dict[str, object]]:
        return [dict(row) for row in connection.execute(select(events)).mappings()]

    with Store(office.folder, office.hands, url=office.url) as store:
        found = store.database.snapshot(rows)
    for row in found:
        hashed = row.pop("hash")
        text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert hashlib.sha256(text.encode()).hexdigest() == hashed


# RFC 6962, 2.1, with the inputs and roots of the test vectors of its authors' implementation.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def test_the_tree_is_the_one_of_rfc_6962() -> None:
    leaves = [bytes.fromhex(leaf) for leaf in LEAVES]
    assert [merkle_root(leaves[:count]) for count in range(1, 9)] == ROOTS
    assert merkle_root([]) == hashlib.sha256(b"").hexdigest()
