"""What a racer notes: before it does something, and when it is told what came of it. Lines of JSON, each by itself."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from rules.case_event import Actor
from rules.codec import decode, written
from rules.command import Command, Refusal


@dataclass(frozen=True, slots=True)
class Looked:
    """The case was at this version."""

    seq: int


@dataclass(frozen=True, slots=True)
class Won:
    """It is kept: it was decided at `before`, and brought the case to `seq`."""

    before: int
    seq: int


@dataclass(frozen=True, slots=True)
class Again:
    """It had been done before, and had brought the case to `seq`."""

    seq: int


@dataclass(frozen=True, slots=True)
class Refused:
    """It can not be done, and this is what changed."""

    why: Refusal


@dataclass(frozen=True, slots=True)
class Changed:
    """Others were quicker all the time; the case was found at this version."""

    found: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """The money is recorded, by whoever told of it first, as event `seq`."""

    seq: int


@dataclass(frozen=True, slots=True)
class Filed:
    """The application is there, under this number."""

    nomor: str
    again: bool


@dataclass(frozen=True, slots=True)
class Untold:
    """It may have been done: whoever did it is not told what came of it."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """It was not done, and can be tried again."""


Got = Looked | Won | Again | Refused | Changed | Recorded | Filed | Untold | Nothing


@dataclass(frozen=True, slots=True)
class Tried:
    """One operation; `ended` and `got` are None while nobody has answered. Times are nanoseconds of one clock that all
    processes of the machine share."""

    racer: str
    number: int
    verb: str
    nomor: str
    by: Actor
    key: str
    began: int
    command: Command | None = None
    ended: int | None = None
    got: Got | None = None

    @property
    def name(self) -> str:
        """Say whose it is."""
        return f"{self.verb} {self.racer}{self.number}"


class RaceLog:
    """The log of one racer, on disk line by line: a kill loses no line that was written."""

    def __init__(self, path: Path, racer: str) -> None:
        """Begin the log, or go on with it."""
        self._file = path.open("ab", buffering=0)
        self._racer = racer
        self.count = path.read_bytes().count(b"\n")

    def begin(self, verb: str, nomor: str, by: Actor, key: str = "", command: Command | None = None) -> Tried:
        """Note what is about to be done."""
        self.count += 1
        tried = Tried(self._racer, self.count, verb, nomor, by, key, time.monotonic_ns(), command)
        self._write(tried)
        return tried

    def end(self, tried: Tried, got: Got) -> Got:
        """Note what came of it."""
        ended = time.monotonic_ns()
        self._write(replace(tried, ended=ended, got=got))
        return got

    def _write(self, tried: Tried) -> None:
        self._file.write(written(Tried, tried).encode() + b"\n")

    def __enter__(self) -> Self:
        """Use the log."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._file.close()


def read_logs(paths: Iterable[Path]) -> Iterator[Tried]:
    """Yield every operation, with its answer where there was one; a last line that a kill cut off is left out."""
    for path in paths:
        found: dict[int, Tried] = {}
        for line in path.read_bytes().split(b"\n")[:-1]:
            tried = decode(Tried, json.loads(line))
            assert isinstance(tried, Tried)
            found[tried.number] = tried
        yield from found.values()
