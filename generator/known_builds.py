"""Which release a catalog was built into, so that the same catalog is not built twice.

A catalog is known by the bytes of its files and by the program that built it; what is kept beside the releases is one
small file for each. Gains an unchanged build for the price of reading the bytes. Loses nothing: with another byte, or
another program, everything is read, checked and built as if nothing were known.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

RELEASES = Path("build")  # the usual folder of releases
FOLDER = ".known"
PROGRAM = Path(__file__).parent.parent
PACKAGES = ("generator", "rules", "runtime/product")  # the last sets the letters on trial


def fingerprint(catalog: Path) -> str:
    """Return the digest of a catalog's files together with that of the program."""
    return _digest(catalog, *(PROGRAM / package for package in PACKAGES))


def program_print() -> str:
    """Return the digest of the program alone: what it says of the same catalog is the same."""
    return _digest(*(PROGRAM / package for package in PACKAGES))


def _digest(*roots: Path) -> str:
    digest = hashlib.sha256(f"{sys.version} {_installed()}".encode())
    for root in roots:
        for path in sorted(_files(root)):
            name, content = os.path.relpath(path, root).encode("utf-8", "surrogateescape"), Path(path).read_bytes()
            digest.update(b"%d %d " % (len(name), len(content)) + name + content)
    return digest.hexdigest()


def known(out: Path, print_of_catalog: str) -> Path | None:
    """Return the release that a catalog was built into, if it is there."""
    try:
        release = out / (out / FOLDER / print_of_catalog).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None
    return release if (release / "manifest.json").is_file() else None


def remember(out: Path, print_of_catalog: str, digest: str) -> None:
    """Keep which release a catalog was built into."""
    (out / FOLDER).mkdir(exist_ok=True)
    unfinished = out / FOLDER / f".{print_of_catalog}-{os.getpid()}"
    unfinished.write_text(digest, encoding="ascii")
    unfinished.replace(out / FOLDER / print_of_catalog)


def _installed() -> list[str]:
    """Return the name and version of every package, by their folders: asking for one properly costs 30 ms."""
    packages = Path(click.__file__).parent.parent
    return sorted(path.name for path in packages.glob("*.dist-info"))


def _files(root: Path) -> Iterator[str]:
    """Yield every file, without hidden ones and without compiled code."""
    for parent, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__pycache__"]
        yield from (os.path.join(parent, name) for name in names if not name.startswith("."))  # noqa: PTH118 - 4,000 of them
