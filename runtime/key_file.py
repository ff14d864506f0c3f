"""A file of secret bytes beside the data: made at the first start, read at every other one.

Gains that two processes that start at the same moment hold the same bytes; it is whole or it is not there.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return the bytes of a file, which is made, readable by nobody else, where it is not there yet."""
    if not path.exists():
        whole = _written(path, make())
        with suppress(FileExistsError):
            path.hardlink_to(whole)
        whole.unlink()
        _fsync(path.parent)
    return path.read_bytes()


def replace(path: Path, content: bytes) -> None:
    """Put other bytes into the file, all at once."""
    _written(path, content).replace(path)
    _fsync(path.parent)


def _written(path: Path, content: bytes) -> Path:
    new = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return new


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
