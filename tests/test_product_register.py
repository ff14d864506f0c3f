"""Numbers without a gap, one product once, and each step of its life only from where it stands, on both databases."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Delete, Update, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from rules.letter import SignedBy
from runtime.cases.store import Store
from runtime.clock import fixed
from runtime.product.numbers import next_number
from runtime.product.register import (
    Entry,
    RegisterError,
    State,
    find,
    give_up,
    issue,
    of_case,
    prepare,
    revoke,
    statement_of,
)
from runtime.product.register_audit import register_faults
from runtime.product.statement import Statement, read_statement, statement_text
from runtime.product.statement_key import StatementKeys, open_statement_keys
from runtime.product.tables import issued
from tests.sample_letter import AT, CITY, WANTED

Work = Callable[[Connection], Entry]
SHA = "ab" * 32


@pytest.fixture
def store(tmp_path: Path, database_url: str | None) -> Iterator[Store]:
    with Store(tmp_path, fixed(AT), url=database_url) as opened:
        yield opened


@pytest.fixture
def keys(tmp_path: Path) -> StatementKeys:
    return open_statement_keys(tmp_path)


def done(store: Store, work: Work) -> Entry:
    return asyncio.run(store.database.write(work))


def prepared(store: Store, keys: StatementKeys, nomor: str = WANTED.nomor, **other: object) -> Entry:
    wanted = dataclasses.replace(WANTED, nomor=nomor, **other)  # type: ignore[arg-type]  # the test's own names
    return done(store, lambda connection: prepare(connection, CITY, wanted, keys, AT))


def test_numbers_of_a_product_have_no_gap_and_begin_anew_each_year(store: Store, keys: StatementKeys) -> None:
    numbers = [prepared(store, keys, f"UJI-2026-{each:06d}").number for each in range(1, 4)]
    assert numbers == [f"503/{each:03d}/WRG/DPMPTSP/VII/2026" for each in range(1, 4)]
    next_year = prepared(store, keys, "UJI-2027-000001", dated=date(2027, 1, 4))
    assert next_year.number == "503/001/WRG/DPMPTSP/I/2027"
    assert prepared(store, keys, product="kartu").sequence == 1


def test_a_number_is_given_back_with_the_transaction_that_took_it(store: Store, keys: StatementKeys) -> None:
    def fails(connection: Connection) -> Entry:
        prepare(connection, CITY, WANTED, keys, AT)
        raise LookupError("something else went wrong")

    with pytest.raises(LookupError):
        done(store, fails)
    assert prepared(store, keys).sequence == 1


def test_preparing_again_takes_no_second_number(store: Store, keys: StatementKeys) -> None:
    first = prepared(store, keys)
    assert prepared(store, keys, holder="Somebody Else") == first
    assert prepared(store, keys, "UJI-2026-000999").sequence == 2


def test_many_at_once_get_numbers_one_after_the_other(store: Store, keys: StatementKeys) -> None:
    def work(nomor: str) -> Work:
        wanted = dataclasses.replace(WANTED, nomor=nomor)
        return lambda connection: prepare(connection, CITY, wanted, keys, AT)

    async def all_at_once() -> list[Entry]:
        # Each twice: a retry of the same.
        works = [work(f"UJI-2026-{each % 100:06d}") for each in range(200)]
        return await asyncio.gather(*(store.database.write(each) for each in works))

    entries = asyncio.run(all_at_once())
    assert sorted({entry.sequence for entry in entries}) == list(range(1, 101))
    assert len({entry.id for entry in entries}) == 100


def test_one_product_for_each_item_has_its_own_number(store: Store, keys: StatementKeys) -> None:
    cards = [prepared(store, keys, product="kartu", item=item) for item in (1, 2, 3)]
    assert [card.sequence for card in cards] == [1, 2, 3]
    assert [card.numbered.item for card in cards] == [0, 1, 2]
    assert prepared(store, keys).numbered.item is None


def test_a_product_without_a_pattern_bears_the_number_of_its_application(store: Store, keys: StatementKeys) -> None:
    assert prepared(store, keys, pattern=None).number == WANTED.nomor


def test_the_register_keeps_the_masked_name_alone(store: Store, keys: StatementKeys) -> None:
    entry = prepared(store, keys)
    row = store.database.read(lambda connection: connection.execute(select(issued)).one())
    assert entry.holder == "M*** B***"
    assert not [value for value in row if "Bere" in str(value)]


def test_the_printed_statement_and_the_proof_say_what_the_register_says(store: Store, keys: StatementKeys) -> None:
    entry = prepared(store, keys)
    assert read_statement(entry.statement, keys) == statement_of(entry)
    entry = done(store, lambda connection: issue(connection, CITY, entry.id, SHA, SignedBy.ELECTRONIC, keys, AT))
    assert entry.proof is not None
    said = read_statement(entry.proof, keys)
    assert isinstance(said, Statement)
    assert said == statement_of(entry, SHA)
    assert said.sha256 == SHA


def test_an_id_has_128_bits_and_opens_nothing_in_another_city(store: Store, keys: StatementKeys) -> None:
    entry = prepared(store, keys)
    assert len(entry.id) == 22
    assert store.database.read(lambda connection: find(connection, CITY, entry.id)) == entry
    assert store.database.read(lambda connection: find(connection, "kota-lain", entry.id)) is None


def test_issuing_twice_with_the_same_file_changes_nothing_and_with_another_is_refused(
    store: Store, keys: StatementKeys
) -> None:
    entry = prepared(store, keys)
    first = done(store, lambda c: issue(c, CITY, entry.id, SHA, SignedBy.ELECTRONIC, keys, AT))
    again = done(store, lambda c: issue(c, CITY, entry.id, SHA, SignedBy.ELECTRONIC, keys, AT))
    assert first == again
    assert (first.state, first.signed_by, first.pdf_sha256) == (State.VALID, "elektronik", SHA)
    with pytest.raises(RegisterError, match="is berlaku, not disiapkan"):
        done(store, lambda c: issue(c, CITY, entry.id, "cd" * 32, SignedBy.HAND, keys, AT))


def test_a_scan_of_what_was_signed_on_paper_is_issued_by_its_digest(store: Store, keys: StatementKeys) -> None:
    entry = prepared(store, keys)
    entry = done(store, lambda c: issue(c, CITY, entry.id, SHA, SignedBy.HAND, keys, AT))
    assert (entry.signed_by, entry.pdf_sha256) == ("basah", SHA)


def test_what_was_issued_is_revoked_once_and_what_was_not_never(store: Store, keys: StatementKeys) -> None:
    entry = prepared(store, keys)
    with pytest.raises(RegisterError):
        done(store, lambda c: revoke(c, CITY, entry.id, "Perda 1/2024 Pasal 9", AT))
    done(store, lambda c: issue(c, CITY, entry.id, SHA, SignedBy.ELECTRONIC, keys, AT))
    gone = done(store, lambda c: revoke(c, CITY, entry.id, "Perda 1/2024 Pasal 9", AT))
    assert (gone.state, gone.revoked_why) == (State.REVOKED, "Perda 1/2024 Pasal 9")
    with pytest.raises(RegisterError):
        done(store, lambda c: revoke(c, CITY, entry.id, "again", AT))
    with pytest.raises(RegisterError):
        done(store, lambda c: issue(c, CITY, entry.id, SHA, SignedBy.ELECTRONIC, keys, AT))


def test_what_is_given_up_keeps_its_number(store: Store, keys: StatementKeys) -> None:
    entry = prepared(store, keys)
    assert done(store, lambda c: give_up(c, CITY, entry.id)).state is State.GIVEN_UP
    assert prepared(store, keys, "UJI-2026-000124").sequence == 2
    assert store.database.read(lambda c: [one.number for one in of_case(c, CITY, WANTED.nomor)]) == [entry.number]
    with pytest.raises(RegisterError):
        done(store, lambda c: issue(c, CITY, entry.id, SHA, SignedBy.ELECTRONIC, keys, AT))


def test_the_table_itself_refuses_a_number_or_a_product_twice(store: Store, keys: StatementKeys) -> None:
    entry = prepared(store, keys)

    def again(connection: Connection, **other: object) -> Entry:
        row = connection.execute(select(issued)).mappings().one()
        connection.execute(issued.insert().values({**row, "id": "x" * 22, **other}))
        return entry

    for other in ({"nomor": "UJI-2026-000777"}, {"sequence": 2}):
        with pytest.raises(IntegrityError):
            done(store, lambda connection, other=other: again(connection, **other))  # type: ignore[misc]
    assert store.database.read(lambda c: c.execute(select(func.count()).select_from(issued)).scalar_one()) == 1


def test_a_number_belongs_to_a_city(store: Store) -> None:
    def first(city: str) -> int:
        return asyncio.run(store.database.write(lambda c: next_number(c, city, "warung", "sk", 2026)))

    assert (first("kota-a"), first("kota-a"), first("kota-b")) == (1, 2, 1)


def test_it_is_valid_through_its_last_day(store: Store, keys: StatementKeys) -> None:
    entry = prepared(store, keys)
    assert not entry.expired(date(2031, 7, 1))
    assert entry.expired(date(2031, 7, 2))
    assert not prepared(store, keys, "UJI-2026-000125", valid_until=None).expired(date(2999, 1, 1))


def faults(store: Store, keys: StatementKeys) -> list[tuple[str, str]]:
    return store.database.read(lambda c: [(one.kind.value, one.of) for one in register_faults(c, CITY, keys)])


def changed(store: Store, statement: Update | Delete) -> None:
    asyncio.run(store.database.write(lambda connection: connection.execute(statement)))


def test_an_untouched_register_has_no_fault(store: Store, keys: StatementKeys) -> None:
    entries = [prepared(store, keys, f"UJI-2026-{each:06d}") for each in range(1, 5)]
    for entry in entries[:3]:
        done(store, lambda c, entry=entry: issue(c, CITY, entry.id, SHA, SignedBy.ELECTRONIC, keys, AT))  # type: ignore[misc]
    done(store, lambda c: revoke(c, CITY, entries[0].id, "Perda", AT))
    done(store, lambda c: give_up(c, CITY, entries[3].id))
    assert faults(store, keys) == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"holder": "Y*** S***"}, ["statement_differs", "proof_differs"]),
        ({"valid_until": "2099-01-01"}, ["statement_differs", "proof_differs"]),
        ({"number": "503/001/XXX"}, ["statement_differs", "proof_differs"]),
        ({"pdf_sha256": "cd" * 32}, ["proof_differs"]),
        ({"proof": None}, ["proof_differs"]),
        ({"sequence": 7}, ["numbers_missing", "counter_off"]),
    ],
)
def test_a_row_that_was_changed_in_the_database_is_seen(
    store: Store, keys: StatementKeys, values: dict[str, object], found: list[str]
) -> None:
    entry = prepared(store, keys)
    done(store, lambda c: issue(c, CITY, entry.id, SHA, SignedBy.ELECTRONIC, keys, AT))
    changed(store, update(issued).values(**values))
    assert [kind for kind, _ in faults(store, keys)] == found


def test_a_row_that_is_gone_is_missed(store: Store, keys: StatementKeys) -> None:
    entries = [prepared(store, keys, f"UJI-2026-{each:06d}") for each in range(1, 4)]
    changed(store, delete(issued).where(issued.c.id == entries[1].id))
    assert faults(store, keys) == [("numbers_missing", "warung/sk 2026")]
    changed(store, delete(issued).where(issued.c.id == entries[2].id))
    assert faults(store, keys) == [("counter_off", "warung/sk 2026")]
    changed(store, delete(issued))
    assert faults(store, keys) == [("numbers_missing", "warung/sk 2026")]


def test_a_statement_of_a_key_we_never_had_is_seen(store: Store, keys: StatementKeys, tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    forged = statement_text(statement_of(prepared(store, keys)), open_statement_keys(tmp_path / "lain"))
    changed(store, update(issued).values(statement=forged))
    assert [kind for kind, _ in faults(store, keys)] == ["statement_differs"]
