"""The virus scanner: what it did not find clean, nobody sees; and a scanner that is down makes nothing clean."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from runtime.cases.store import Store
from runtime.cases.submission import UploadGoneError
from runtime.documents import janitor
from runtime.documents.antivirus import Clamd, Infected, NothingFound, NotScanned, Verdict
from runtime.documents.file_state import FileState
from runtime.documents.inventory import file_faults
from runtime.documents.shelf import FileNotCleanError, FilesSetting
from runtime.documents.upload import Upload
from runtime.documents.upload_fault import RefusedUpload, UploadFault
from tests.clamd import EICAR, LARGEST, FakeClamd, listening
from tests.sample_files import CITY, DRAFT, GOOD_PDF, pdf, picture
from tests.test_file_store import filed, opened
from tests.test_store_submissions import Hands
from tests.test_uploads import kept, stored, take


@pytest.fixture(params=["socket", "port"])
def clamd(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[FakeClamd]:
    with listening(tmp_path / "clamd.ctl" if request.param == "socket" else None) as found:
        yield found


@pytest.fixture
def store(tmp_path: Path, clamd: FakeClamd) -> Iterator[Store]:
    with Store(tmp_path / "data", Hands(), files=FilesSetting(scanner=Clamd(clamd.address, seconds=2))) as opened:
        yield opened


def infected(document: pikepdf.Pdf) -> None:
    document.Root.Ignored = document.make_stream(EICAR)


INFECTED_PDF = pdf(infected, compress_streams=False)


def scanned(clamd: FakeClamd, content: bytes, seconds: float = 2) -> Verdict:
    return asyncio.run(Clamd(clamd.address, seconds).scan(content))


def given(store: Store, content: bytes = GOOD_PDF, name: str = "a.pdf") -> Upload:
    taken = take(store.shelf, content, name, owner=None)
    assert isinstance(taken, Upload), taken
    return taken


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 64 * 1024 + 1, 3_000_000])
def test_the_scanner_gets_all_of_a_file_and_nothing_else(clamd: FakeClamd, size: int) -> None:
    content = os.urandom(size)
    assert scanned(clamd, content) == NothingFound()
    assert clamd.seen == [content]


def test_what_the_scanner_knows_is_told_by_its_name(clamd: FakeClamd) -> None:
    assert scanned(clamd, b"xx" + EICAR) == Infected("Eicar-Test-Signature")


@pytest.mark.parametrize("behaviour", ["silent", "garbled", "hangs_up"])
def test_a_scanner_that_does_not_answer_as_it_should_has_scanned_nothing(clamd: FakeClamd, behaviour: str) -> None:
    clamd.behaviour = behaviour
    assert isinstance(scanned(clamd, bytes(3_000_000), seconds=0.5), NotScanned)


def test_what_is_too_large_for_the_scanner_was_not_scanned(clamd: FakeClamd) -> None:
    assert scanned(clamd, bytes(LARGEST + 1)) == NotScanned("INSTREAM size limit exceeded. ERROR")


@pytest.mark.parametrize("address", ["/run/absent/clamd.ctl", "127.0.0.1:1", "name.invalid:3310"])
def test_a_scanner_that_is_not_there_has_scanned_nothing(address: str) -> None:
    assert isinstance(asyncio.run(Clamd(address, seconds=5).scan(b"x")), NotScanned)


def test_a_file_is_clean_when_the_scanner_saw_what_is_kept(store: Store, clamd: FakeClamd) -> None:
    photo = given(store, picture("JPEG") + b"behind the picture", "a.jpg")
    assert photo.state is FileState.CLEAN
    assert clamd.seen == [kept(store, photo)]


def test_what_the_scanner_knows_is_refused_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    taken = take(store.shelf, INFECTED_PDF, "a.pdf")
    assert taken == RefusedUpload(UploadFault.INFECTED)
    assert store.shelf.of_draft(CITY, DRAFT) == ()
    for path in stored(tmp_path / "data"):
        os.utime(path, (0, 0))
    asyncio.run(janitor.sweep(store.shelf, CITY))
    assert stored(tmp_path / "data") == []
    assert list((tmp_path / "data" / "karantina").iterdir()) == []


@pytest.mark.parametrize("behaviour", ["silent", "garbled", "hangs_up"])
def test_a_file_that_was_not_scanned_can_be_filed_and_is_seen_by_nobody_until_it_was(
    store: Store, clamd: FakeClamd, behaviour: str
) -> None:
    clamd.behaviour = behaviour
    taken = given(store)
    assert taken.state is FileState.SCAN_FAILED
    nomor = filed(store, taken)
    with pytest.raises(FileNotCleanError):
        opened(store, nomor, taken.id)
    assert asyncio.run(janitor.rescan(store.shelf, CITY)) == 0
    with pytest.raises(FileNotCleanError):
        opened(store, nomor, taken.id)
    clamd.behaviour = "answers"
    assert asyncio.run(janitor.rescan(store.shelf, CITY)) == 1
    assert opened(store, nomor, taken.id) == GOOD_PDF
    assert asyncio.run(janitor.rescan(store.shelf, CITY)) == 0


def test_what_turns_out_to_be_harmful_later_is_shown_to_nobody_and_can_not_be_filed(
    store: Store, clamd: FakeClamd
) -> None:
    clamd.behaviour = "garbled"
    waiting, held = given(store, INFECTED_PDF), given(store, INFECTED_PDF)
    nomor = filed(store, held)
    clamd.behaviour = "answers"
    assert asyncio.run(janitor.rescan(store.shelf, CITY)) == 0
    assert store.shelf.of_case(CITY, nomor)[0].state is FileState.REFUSED
    with pytest.raises(FileNotCleanError):
        opened(store, nomor, held.id)
    assert store.shelf.unowned(CITY, (waiting.id,)) == ()
    with pytest.raises(UploadGoneError):
        filed(store, waiting)
    assert list(file_faults(store.shelf, CITY, datetime.now(UTC))) == []


def test_a_file_that_failed_to_be_scanned_does_not_become_clean_when_the_scanner_is_taken_away(
    tmp_path: Path,
) -> None:
    with Store(tmp_path, Hands(), files=FilesSetting(scanner=Clamd("/run/absent/clamd.ctl"))) as store:
        taken = given(store)
        assert taken.state is FileState.SCAN_FAILED
    with Store(tmp_path, Hands()) as store:
        assert asyncio.run(janitor.rescan(store.shelf, CITY)) == 0
        with pytest.raises(FileNotCleanError):
            opened(store, None, taken.id)
