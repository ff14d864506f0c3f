"""Where a file stands while nobody has looked at it: a folder of its own, readable by nobody else."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import AsyncIterator
from io import FileIO
from pathlib import Path

from runtime.cases.crash_point import reached
from runtime.cases.store_fault import StoreUnavailableError

FORGOTTEN_AFTER = 3600.0


class TooLargeError(Exception):
    """More came than may come."""


class Quarantine:
    """The folder of files that were just received."""

    def __init__(self, folder: Path) -> None:
        """Use the folder, making it if it is not there."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder

    async def take(self, chunks: AsyncIterator[bytes], most: int) -> Path:
        """Write what comes to a new file (0600); TooLargeError as soon as it is more than `most` bytes.

        StoreUnavailableError when there is no room for it.
        """
        path = self.new_path()
        size = 0
        try:
            with self._made(path) as file:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > most:
                        raise TooLargeError
                    _write(file, chunk)
                    reached("mid-upload")
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    def _made(self, path: Path) -> FileIO:
        try:
            return FileIO(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")
        except OSError as problem:
            raise StoreUnavailableError(f"the quarantine can not be written: {problem}") from problem

    def new_path(self) -> Path:
        """Return a name that no file has."""
        return self.folder / secrets.token_hex(16)

    def sweep(self) -> int:
        """Remove what a crash left behind more than an hour ago."""
        before = time.time() - FORGOTTEN_AFTER
        old = [path for path in self.folder.iterdir() if path.stat().st_mtime < before]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)


def _write(file: FileIO, chunk: bytes) -> None:
    """Write all of a portion, past any buffer: what can not be written is known here and not at the end."""
    rest = memoryview(chunk)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError as problem:
        raise StoreUnavailableError(f"the quarantine can not be written: {problem}") from problem
