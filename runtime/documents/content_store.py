"""Where encrypted contents are: each named by the sha256 of its stored bytes, written once, never changed.

A folder of this machine, or whatever else obstore reaches by a URL. Gains that anybody can check a store, a backup or a
copy of either without a key. Loses nothing to look for: equal files of two people look different.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
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
            store = from_url(url)
            assert isinstance(store, MemoryStore | S3Store)
            self._store = store

    def put(self, daerah: str, sealed: bytes) -> str:
        """Keep bytes for certain and return their address; StoreUnavailableError."""
        address = hashlib.sha256(sealed).hexdigest()
        path = _path(daerah, address)
        try:
            obstore.put(self._store, path, sealed, mode="create")
        except AlreadyExistsError:
            pass  # the same bytes
        except BaseError as problem:
            raise StoreUnavailableError(f"contents can not be written: {_first_line(problem)}") from problem
        reached("before-file-fsync")
        if self._folder is not None:
            _settle(self._folder / path, self._folder)
        reached("after-file-fsync")
        return address

    def read(self, daerah: str, address: str) -> bytes:
        """Return what is stored; ContentGoneError or ContentDamagedError when it is not there or not it.

        StoreUnavailableError when nobody can tell.
        """
        try:
            sealed = obstore.get(self._store, _path(daerah, address)).bytes().to_bytes()
        except FileNotFoundError as gone:
            raise ContentGoneError(address) from gone
        except BaseError as problem:
            raise StoreUnavailableError(f"contents can not be read: {_first_line(problem)}") from problem
        if hashlib.sha256(sealed).hexdigest() != address:
            raise ContentDamagedError(address)
        return sealed

    def remove(self, daerah: str, address: str) -> None:
        """Remove a content, if it is there."""
        with suppress(FileNotFoundError):
            obstore.delete(self._store, _path(daerah, address))

    def addresses(self, daerah: str, before: datetime) -> Iterator[tuple[str, ...]]:
        """Yield the addresses of what was stored before a moment, in portions."""
        for portion in obstore.list(self._store, daerah, chunk_size=500):
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


def _first_line(problem: BaseError) -> str:
    return str(problem).partition("\n")[0]


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
