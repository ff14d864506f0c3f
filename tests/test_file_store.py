"""What is kept of files: encrypted, bound to its place, a row for each content and a content for each row."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement, Connection, UpdateBase, delete, insert, select, update

from runtime.cases.person_keys import ForgottenError
from runtime.cases.store import Store
from runtime.cases.submission import UploadGoneError
from runtime.cases.tables import file_content, submission_file, upload
from runtime.documents import file_rows, janitor
from runtime.documents.content_store import ContentDamagedError, ContentGoneError, ContentStore
from runtime.documents.file_state import FileState
from runtime.documents.inventory import FileFault, FileTrouble, file_faults
from runtime.documents.sealed_files import FileGoneError
from runtime.documents.shelf import FileNotCleanError, FilesSetting
from runtime.documents.upload import CaseFile, Incoming, Upload
from runtime.vault import SealBrokenError
from tests.sample_files import CITY, GOOD_JPEG, GOOD_PDF, KTP, pieces
from tests.test_store_submissions import Hands, file, new
from tests.test_uploads import stored, take

OFFICER = "petugas-17"


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def store(tmp_path: Path, hands: Hands, database_url: str | None) -> Iterator[Store]:
    """The store on SQLite with contents in a folder, and on PostgreSQL with contents in something else that obstore
    reaches."""
    files = FilesSetting() if database_url is None else FilesSetting("memory:///")
    with Store(tmp_path, hands, files=files, url=database_url) as opened:
        yield opened


@pytest.fixture
def on_disk(tmp_path: Path, hands: Hands) -> Iterator[Store]:
    with Store(tmp_path, hands) as opened:
        yield opened


def given(store: Store, content: bytes = GOOD_PDF, name: str = "a.pdf", owner: str | None = None) -> Upload:
    taken = take(store.shelf, content, name, owner=owner)
    assert isinstance(taken, Upload), taken
    return taken


def filed(store: Store, *files: Upload) -> str:
    """File an application with these uploads and return its nomor."""
    return file(
        store, new(f"kunci-{files[0].id if files else '-'}", daerah=CITY, files=tuple(one.id for one in files))
    ).nomor


def repaired(store: Store, nomor: str, content: bytes, name: str, round_: int = 1) -> CaseFile:
    """Give a file for a repair of the case, and let the case take it."""
    incoming = Incoming(KTP, None, name, "", pieces(content))
    taken = asyncio.run(store.shelf.accept_for_case(CITY, nomor, incoming, "pemohon"))
    assert isinstance(taken, Upload)
    return adopted(store, taken, nomor, nomor, round_)


def adopted(store: Store, taken: Upload, owner: str | None, nomor: str, round_: int = 0) -> CaseFile:
    at = store.clock()

    def work(connection: Connection) -> CaseFile:
        return file_rows.adopt(connection, store.shelf.keys, CITY, taken.id, owner, nomor, at, round_)

    return store.database.submit(work).result()


def past_the_program(store: Store, change: UpdateBase) -> None:
    """Change the database as somebody who holds it can."""
    store.database.submit(lambda connection: connection.execute(change).close()).result()


def opened(store: Store, owner: str | None, file_id: str) -> bytes:
    return asyncio.run(store.shelf.open(CITY, store.shelf.find(CITY, owner, file_id)))


def faults(store: Store, later: timedelta = timedelta()) -> list[FileFault]:
    return list(file_faults(store.shelf, CITY, datetime.now(UTC) + later))


def test_a_file_stays_readable_from_its_draft_to_its_case_and_for_nobody_else(store: Store) -> None:
    mine, other = given(store), given(store, GOOD_JPEG, "a.jpg")
    assert opened(store, None, mine.id) == GOOD_PDF
    nomor, another = filed(store, mine), filed(store, other)
    assert opened(store, nomor, mine.id) == GOOD_PDF
    for owner in (None, another, "UJI-2026-999999"):
        with pytest.raises(FileGoneError):
            store.shelf.find(CITY, owner, mine.id)
    assert [file.id for file in store.shelf.of_case(CITY, nomor)] == [mine.id]
    assert faults(store) == []


def test_what_is_stored_says_nothing_of_what_was_given(on_disk: Store, tmp_path: Path) -> None:
    one, two = given(on_disk), given(on_disk)
    assert one.sha256 == two.sha256
    contents = [path.read_bytes() for path in stored(tmp_path)]
    assert len(set(contents)) == 2
    for content in contents:
        assert not any(GOOD_PDF[at : at + 16] in content for at in range(0, len(GOOD_PDF), 16))
    assert one.sha256 not in {path.name for path in stored(tmp_path)}
    assert list((tmp_path / "karantina").iterdir()) == []


MOVES: dict[str, dict[ColumnElement[object], object]] = {
    "to another case": {submission_file.c.nomor: "UJI-2026-000002"},
    "to another document": {submission_file.c.document: "akta"},
    "to another item": {submission_file.c.item: 3},
    "to another format": {submission_file.c.format: "png"},
    "to another content": {submission_file.c.sha256: "0" * 64},
}


@pytest.mark.parametrize("move", list(MOVES))
def test_a_file_that_was_moved_past_the_program_does_not_open(store: Store, move: str) -> None:
    mine, other = given(store), given(store, GOOD_JPEG, "a.jpg")
    nomor, another = filed(store, mine), filed(store, other)
    assert another == "UJI-2026-000002"
    values = {str(column.key): value for column, value in MOVES[move].items()}
    past_the_program(store, update(submission_file).where(submission_file.c.id == mine.id).values(values))
    with pytest.raises(SealBrokenError):
        opened(store, str(values.get("nomor", nomor)), mine.id)
    assert faults(store) == [FileFault(FileTrouble.MISPLACED, mine.id)]


def test_a_file_that_was_moved_to_another_case_of_the_same_person_does_not_open(store: Store) -> None:
    mine, other = given(store), given(store, GOOD_JPEG, "a.jpg")
    nik = "5371010101800001"
    file(store, new("one", daerah=CITY, nik=nik, files=(mine.id,)))
    another = file(store, new("two", daerah=CITY, nik=nik, files=(other.id,))).nomor
    past_the_program(store, update(submission_file).where(submission_file.c.id == mine.id).values(nomor=another))
    with pytest.raises(SealBrokenError):
        opened(store, another, mine.id)
    assert faults(store) == [FileFault(FileTrouble.MISPLACED, mine.id)]


def test_contents_that_were_swapped_past_the_program_do_not_open(store: Store) -> None:
    mine, other = given(store), given(store, GOOD_JPEG, "a.jpg")
    nomor = filed(store, mine)
    filed(store, other)
    rows = store.database.read(
        lambda connection: {row.id: row for row in connection.execute(select(file_content)).all()}
    )
    for one, two in ((mine, other), (other, mine)):
        stolen = {name: getattr(rows[two.id], name) for name in ("address", "wrapped_key")}
        past_the_program(store, update(file_content).where(file_content.c.id == one.id).values(stolen))
    with pytest.raises(SealBrokenError):
        opened(store, nomor, mine.id)
    past_the_program(
        store, update(file_content).where(file_content.c.id == mine.id).values(wrapped_key=rows[mine.id].wrapped_key)
    )
    with pytest.raises(SealBrokenError):  # its own key, another's content
        opened(store, nomor, mine.id)


def test_without_the_master_key_of_the_installation_nothing_opens(tmp_path: Path, hands: Hands) -> None:
    with Store(tmp_path, hands) as store:
        mine = given(store)
    vault = tmp_path / "satupintu.vault"
    right = vault.read_bytes()
    vault.write_bytes(bytes(32).hex().encode())
    with Store(tmp_path, hands) as store, pytest.raises(SealBrokenError):
        opened(store, None, mine.id)
    vault.write_bytes(right)
    with Store(tmp_path, hands) as store:
        assert opened(store, None, mine.id) == GOOD_PDF


def test_a_file_of_somebody_who_was_forgotten_opens_no_more_and_nobody_elses_is_touched(store: Store) -> None:
    mine, other = given(store), given(store, GOOD_JPEG, "a.jpg")
    nomor = file(store, new("mine", daerah=CITY, nik="5371010101800001", files=(mine.id,))).nomor
    another = file(store, new("another", daerah=CITY, nik="5371010101800002", files=(other.id,))).nomor

    def forget(connection: Connection) -> None:
        person = store.people.known(connection, CITY, "5371010101800001")
        assert person is not None
        store.people.forget(connection, CITY, person, store.clock())

    asyncio.run(store.database.write(forget))
    with pytest.raises(ForgottenError):
        opened(store, nomor, mine.id)
    opened(store, another, other.id)
    assert faults(store) == []


def test_the_walk_finds_each_way_in_which_rows_and_contents_can_part(on_disk: Store, tmp_path: Path) -> None:
    lost, harmed, nameless = given(on_disk), given(on_disk), given(on_disk)
    assert faults(on_disk) == []
    known = select(file_content.c.id, file_content.c.address)
    rows = on_disk.database.read(lambda connection: connection.execute(known).all())
    path = {row.id: tmp_path / "berkas" / CITY / row.address[:2] / row.address for row in rows}
    path[lost.id].unlink()
    path[harmed.id].write_bytes(path[harmed.id].read_bytes()[:-1] + b"x")
    past_the_program(on_disk, delete(file_content).where(file_content.c.id == nameless.id))
    orphan = on_disk.shelf.contents.put(CITY, b"put, and then the machine went down")
    with pytest.raises(ContentGoneError):
        opened(on_disk, None, lost.id)
    with pytest.raises(ContentDamagedError):
        opened(on_disk, None, harmed.id)
    with pytest.raises(FileGoneError):
        opened(on_disk, None, nameless.id)
    found = [FileFault(FileTrouble.GONE, lost.id), FileFault(FileTrouble.DAMAGED, harmed.id)]
    no_key = FileFault(FileTrouble.NO_KEY, nameless.id)
    assert faults(on_disk)[0] == no_key
    assert set(faults(on_disk)) == {*found, no_key}
    orphans = [FileFault(FileTrouble.ORPHAN, name) for name in (orphan, path[nameless.id].name)]
    assert set(faults(on_disk, later=timedelta(hours=1, minutes=1))) == {*found, no_key, *orphans}


def test_a_content_without_a_row_goes_after_an_hour_and_a_row_never_loses_its_content(
    on_disk: Store, tmp_path: Path
) -> None:
    nomor = filed(on_disk, mine := given(on_disk))
    on_disk.shelf.contents.put(CITY, b"put, and then the machine went down")
    asyncio.run(janitor.sweep(on_disk.shelf, CITY))
    assert len(stored(tmp_path)) == 2
    for path in stored(tmp_path):
        os.utime(path, (0, 0))
    assert asyncio.run(janitor.sweep(on_disk.shelf, CITY)) == 1
    assert opened(on_disk, nomor, mine.id) == GOOD_PDF
    assert faults(on_disk, later=timedelta(days=1)) == []


def test_a_key_that_no_file_has_goes_with_the_sweep(store: Store) -> None:
    mine = given(store)
    past_the_program(store, delete(upload).where(upload.c.id == mine.id))
    assert faults(store) == [FileFault(FileTrouble.UNUSED_KEY, mine.id)]
    asyncio.run(janitor.sweep(store.shelf, CITY))
    assert faults(store) == []


def test_a_content_is_written_once_and_never_over(tmp_path: Path) -> None:
    for contents in (ContentStore(tmp_path / "berkas"), ContentStore(tmp_path, "memory:///")):
        address = contents.put(CITY, b"sealed")
        assert contents.put(CITY, b"sealed") == address
        assert contents.read(CITY, address) == b"sealed"
        contents.remove(CITY, address)
        contents.remove(CITY, address)
        with pytest.raises(ContentGoneError):
            contents.read(CITY, address)
    elsewhere = ContentStore(tmp_path / "unused", f"file://{tmp_path}/lain")
    assert (tmp_path / "lain" / CITY / elsewhere.put(CITY, b"x")[:2]).is_dir()
    assert not (tmp_path / "unused").exists()


def test_a_repair_stands_beside_what_it_replaces(store: Store, hands: Hands) -> None:
    nomor = filed(store, first := given(store))
    hands.at += timedelta(days=3)
    second = repaired(store, nomor, GOOD_JPEG, "ulang.jpg", 1)
    third = repaired(store, nomor, GOOD_PDF, "lagi.pdf", 2)
    every = store.shelf.of_case(CITY, nomor)
    assert [(file.id, file.round) for file in every] == [(first.id, 0), (second.id, 1), (third.id, 2)]
    assert file_rows.current(every) == (third,)
    assert opened(store, nomor, first.id) == opened(store, nomor, third.id) == GOOD_PDF
    assert faults(store) == []


def test_a_repair_is_the_open_repairs_until_it_is_handed_in(store: Store) -> None:
    nomor = filed(store, first := given(store))
    incoming = Incoming(KTP, None, "ulang.pdf", "", pieces(GOOD_PDF))
    taken = asyncio.run(store.shelf.accept_for_case(CITY, nomor, incoming, "pemohon"))
    assert isinstance(taken, Upload)
    assert store.shelf.of_draft(CITY, nomor) == (taken,)
    assert [file.id for file in store.shelf.of_case(CITY, nomor)] == [first.id]
    assert opened(store, nomor, taken.id) == GOOD_PDF
    with pytest.raises(UploadGoneError):
        adopted(store, taken, "UJI-2026-000002", "UJI-2026-000002")
    asyncio.run(store.shelf.remove(CITY, nomor, taken.id))
    assert store.shelf.of_draft(CITY, nomor) == ()


def test_what_an_officer_attaches_goes_through_the_same_door(store: Store) -> None:
    nomor = filed(store, first := given(store))
    photo = Incoming(KTP, None, "lokasi.jpg", "image/jpeg", pieces(GOOD_JPEG))
    taken = asyncio.run(store.shelf.accept_for_case(CITY, nomor, photo, OFFICER))
    assert isinstance(taken, Upload)
    attached = adopted(store, taken, nomor, nomor)
    assert (attached.giver, attached.state) == (OFFICER, FileState.CLEAN)
    assert {file.id for file in file_rows.current(store.shelf.of_case(CITY, nomor))} == {first.id, taken.id}
    hostile = Incoming(KTP, None, "lokasi.jpg", "image/jpeg", pieces(b"<script>alert(1)</script>"))
    assert not isinstance(asyncio.run(store.shelf.accept_for_case(CITY, nomor, hostile, OFFICER)), Upload)


@pytest.mark.parametrize("state", [state for state in FileState if state is not FileState.CLEAN])
def test_only_a_clean_file_is_seen(store: Store, state: FileState) -> None:
    nomor = filed(store, mine := given(store))
    past_the_program(store, update(file_content).values(state=state))
    with pytest.raises(FileNotCleanError):
        opened(store, nomor, mine.id)


def test_a_file_whose_promotion_was_lost_in_a_crash_is_promoted_by_the_next_scan(store: Store) -> None:
    nomor = filed(store, mine := given(store))
    past_the_program(store, update(file_content).values(state=FileState.QUARANTINED))
    assert asyncio.run(janitor.rescan(store.shelf, CITY)) == 1
    assert opened(store, nomor, mine.id) == GOOD_PDF


def test_a_database_knows_no_other_state(store: Store) -> None:
    row = {"daerah": CITY, "id": "x", "address": "y", "wrapped_key": "z", "giver": "-", "round": 0, "kept_at": "-"}
    with pytest.raises(Exception, match="file_content_state"):
        past_the_program(store, insert(file_content).values(state="AMAN", **row))
