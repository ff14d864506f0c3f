"""Where encrypted contents are: each named by the sha256 of its stored bytes, written once, never changed.

A folder of this machine, or whatever else obstore reaches by a URL. Gains that anybody can check a store, a backup or a
copy of either without a key. Loses nothing to look for: equal files of two people look different.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, MemoryStore, S3Store, from_url

from runtime.cases.crash_point import reached
from runtime.cases.store_fault import StoreUnavailableError

_ADDRESS = re.compile(r"[0-9a-f]{64}")


class ContentGoneError(LookupError):
    """No content has this address."""


class ContentDamagedError(Exception):
    """What is stored under an address is not what was stored there."""


class ContentStore:
    """The contents of all cities."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        """Keep contents in `folder`, or elsewhere when a URL (`file:`, `s3:`, `memory:`) is given."""
        if url is not None and url.startswith("file://"):
            folder, url = Path(url.removeprefix("file://")), None
        self._folder = folder if url is None else None
        self._store: LocalStore | MemoryStore | S3Store
        if url is None:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._store = LocalStore(folder)
        else:
            store = _bucket(url) if url.startswith("s3:") else from_url(url)
            assert isinstance(store, MemoryStore | S3Store)
            self._store = store

    def put(self, daerah: str, sealed: bytes) -> str:
        """Keep bytes for certain and return their address; StoreUnavailableError."""
        address = hashlib.sha256(sealed).hexdigest()
        path = _path(daerah, address)
        with _reached("written"), suppress(AlreadyExistsError):  # then they are the same bytes
            obstore.put(self._store, path, sealed, mode="create")
        reached("before-file-fsync")
        if self._folder is not None:
            try:
                _settle(self._folder / path, self._folder)
            except OSError as problem:
                raise StoreUnavailableError(f"contents can not be made sure of: {problem}") from problem
        reached("after-file-fsync")
        return address

    def read(self, daerah: str, address: str) -> bytes:
        """Return what is stored; ContentGoneError or ContentDamagedError when it is not there or not it.

        StoreUnavailableError when nobody can tell.
        """
        try:
            with _reached("read"):
                sealed = obstore.get(self._store, _path(daerah, address)).bytes().to_bytes()
        except FileNotFoundError as gone:
            raise ContentGoneError(address) from gone
        if hashlib.sha256(sealed).hexdigest() != address:
            raise ContentDamagedError(address)
        return sealed

    def remove(self, daerah: str, address: str) -> None:
        """Remove a content, if it is there; StoreUnavailableError."""
        with _reached("removed"), suppress(FileNotFoundError):
            obstore.delete(self._store, _path(daerah, address))

    def addresses(self, daerah: str, before: datetime) -> Iterator[tuple[str, ...]]:
        """Yield the addresses of what was stored before a moment, in portions; StoreUnavailableError."""
        listed = obstore.list(self._store, daerah, chunk_size=500)
        while True:
            with _reached("listed"):
                portion = next(listed, None)
            if portion is None:
                return
            names = [one["path"].rpartition("/")[2] for one in portion if one["last_modified"] < before]
            yield tuple(name for name in names if _ADDRESS.fullmatch(name))

    def sweep(self, daerah: str, before: datetime) -> int:
        """Remove what a crash left half written in a folder; elsewhere nothing is ever half there."""
        if self._folder is None:
            return 0
        half = [path for path in (self._folder / daerah).glob("*/*#*") if path.stat().st_mtime < before.timestamp()]
        for path in half:
            path.unlink(missing_ok=True)
        return len(half)


def _bucket(url: str) -> S3Store:
    """Reach a bucket; one that is away must not hold an applicant for minutes, as obstore would by itself."""
    plain = os.environ.get("AWS_ALLOW_HTTP", "") == "true"  # obstore reads the rest of AWS_… by itself
    return S3Store.from_url(
        url,
        client_options={"timeout": "30s", "connect_timeout": "5s", "allow_http": plain},
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
    )


@contextmanager
def _reached(done: str) -> Iterator[None]:
    try:
        yield
    except BaseError as problem:
        first_line = str(problem).partition("\n")[0]
        raise StoreUnavailableError(f"contents can not be {done}: {first_line}") from problem


def _path(daerah: str, address: str) -> str:
    assert _ADDRESS.fullmatch(address), address
    return f"{daerah}/{address[:2]}/{address}"


def _settle(path: Path, top: Path) -> None:
    """Make sure that a file is still there after a power cut: obstore itself leaves that to luck."""
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        os.fchmod(descriptor, 0o600)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    for folder in (path.parent, path.parent.parent, top):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
