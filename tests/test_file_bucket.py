"""Contents in a bucket, and contents for which there is no room: nothing is acknowledged that is not there."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runtime.cases.store import Store
from runtime.cases.store_fault import StoreUnavailableError
from runtime.documents import janitor
from runtime.documents.content_store import ContentGoneError
from runtime.documents.inventory import FileFault, FileTrouble, file_faults
from runtime.documents.screening import screen_now
from runtime.documents.shelf import FilesSetting
from runtime.documents.upload import Upload
from tests.bucket import Bucket, serving_bucket
from tests.sample_files import CITY, DRAFT, GOOD_JPEG, GOOD_PDF
from tests.test_store_submissions import Hands
from tests.test_uploads import kept, stored, take


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    with serving_bucket() as found:
        monkeypatch.setenv("AWS_ENDPOINT", found.address)
        monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
        monkeypatch.setenv("AWS_REGION", "ap-southeast-3")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "uji")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "uji")
        yield found


@pytest.fixture
def store(tmp_path: Path, bucket: Bucket) -> Iterator[Store]:
    with Store(tmp_path, Hands(), files=FilesSetting("s3://berkas/perizinan")) as opened:
        yield opened


def test_a_bucket_holds_contents_as_a_folder_does(store: Store, bucket: Bucket, tmp_path: Path) -> None:
    file, other = take(store.shelf, GOOD_PDF, "a.pdf"), take(store.shelf, GOOD_JPEG, "a.jpg")
    assert isinstance(file, Upload)
    assert isinstance(other, Upload)
    assert kept(store, file) == GOOD_PDF
    assert bucket.conditions == ["*", "*"]  # nothing is ever written over
    assert all(key.startswith(f"perizinan/{CITY}/") for key in bucket.objects)
    assert not any(GOOD_PDF[:40] in content for content, _ in bucket.objects.values())
    assert stored(tmp_path) == []
    assert list(file_faults(store.shelf, CITY, datetime.now(UTC) + timedelta(hours=2))) == []

    asyncio.run(store.shelf.remove(CITY, DRAFT, other.id))
    asyncio.run(janitor.sweep(store.shelf, CITY))
    assert len(bucket.objects) == 2
    for key, (content, at) in bucket.objects.items():
        bucket.objects[key] = (content, at - timedelta(hours=2))
    asyncio.run(janitor.sweep(store.shelf, CITY))
    assert len(bucket.objects) == 1
    assert kept(store, file) == GOOD_PDF

    bucket.objects.clear()
    with pytest.raises(ContentGoneError):
        kept(store, file)
    assert list(file_faults(store.shelf, CITY, datetime.now(UTC))) == [FileFault(FileTrouble.GONE, file.id)]


def test_a_bucket_that_is_away_acknowledges_nothing_and_does_not_hold_anybody_for_long(
    store: Store, bucket: Bucket, tmp_path: Path
) -> None:
    file = take(store.shelf, GOOD_PDF, "a.pdf")
    bucket.away = True
    began = time.monotonic()
    with pytest.raises(StoreUnavailableError):
        take(store.shelf, GOOD_JPEG, "a.jpg")
    with pytest.raises(StoreUnavailableError):
        kept(store, file)
    with pytest.raises(StoreUnavailableError):
        asyncio.run(janitor.sweep(store.shelf, CITY))
    assert time.monotonic() - began < 30
    assert store.shelf.of_draft(CITY, DRAFT) == (file,)
    assert list((tmp_path / "karantina").iterdir()) == []
    bucket.away = False
    assert kept(store, file) == GOOD_PDF


FULL = """
import asyncio, resource, sys
from pathlib import Path
from runtime.cases.store import Store
from runtime.cases.store_fault import StoreUnavailableError
from runtime.clock import system_clock
from tests.test_uploads import take
with Store(Path(sys.argv[1]), system_clock) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    try:
        take(store.shelf, b"%PDF-1.7" + bytes(500_000), "a.pdf")
    except StoreUnavailableError:
        print("no room")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


def test_a_quarantine_without_room_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    ended = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], stdout=subprocess.PIPE, check=True, timeout=120)
    assert ended.stdout.decode().strip() == "no room"
    assert list((tmp_path / "karantina").iterdir()) == []
    assert stored(tmp_path) == []


def test_a_picture_for_which_there_is_no_room_is_not_the_applicants_fault(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(GOOD_JPEG)
    with pytest.raises(StoreUnavailableError):
        screen_now("jpeg", source, Path("/dev/full"))


def test_contents_that_can_not_be_written_are_said_and_nothing_is_acknowledged(tmp_path: Path) -> None:
    with Store(tmp_path, Hands()) as store:
        (tmp_path / "berkas" / CITY).write_bytes(b"a file where a folder should be")
        with pytest.raises(StoreUnavailableError):
            take(store.shelf, GOOD_PDF, "a.pdf")
        assert store.shelf.of_draft(CITY, DRAFT) == ()
        assert list((tmp_path / "karantina").iterdir()) == []
