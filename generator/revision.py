"""A catalog as it is in a revision of git, in a folder of its own for a while.

Gains a comparison of what is proposed with what holds, without touching what is checked out. Loses the history.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoRevisionError(RuntimeError):
    """There is no such revision, no such folder in it, or no git; the message is git's own."""


@contextmanager
def checked_out(revision: str, folder: str, at: Path) -> Iterator[Path]:
    """Give the contents of a folder as they are in a revision; `folder` counts from the top of the repository that
    holds `at`."""
    named = f"{revision}:{folder}" if folder not in ("", ".") else f"{revision}^{{tree}}"
    top = Path(_git(at, "rev-parse", "--show-toplevel").decode().rstrip("\n"))
    packed = _git(top, "archive", "--format=tar", named)  # below the top it would look for the folder in itself
    with tempfile.TemporaryDirectory(prefix="satupintu-") as name:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(name, filter="data")
        yield Path(name)


def from_the_top(folder: Path) -> str:
    """Return where a folder lies from the top of its repository."""
    return _git(folder, "rev-parse", "--show-prefix").decode().strip().rstrip("/")


def _git(at: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(at), *arguments], capture_output=True, check=False)
    except OSError as problem:
        raise NoRevisionError(f"git: {problem.strerror}") from problem
    if done.returncode != 0:
        raise NoRevisionError(done.stderr.decode(errors="replace").strip().splitlines()[-1])
    return done.stdout
