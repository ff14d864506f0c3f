"""Where a file stands while nobody has looked at it: a folder of its own, readable by nobody else."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import AsyncIterator
from pathlib import Path

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
        """Write what comes to a new file (0600); TooLargeError as soon as it is more than `most` bytes."""
        path = self.new_path()
        size = 0
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > most:
                        raise TooLargeError
                    file.write(chunk)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

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
