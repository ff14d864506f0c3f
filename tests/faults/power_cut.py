"""What a disk holds after a power cut, made from the record of `disk_recorder.c`: what was synced, and of the rest
nothing, or any of it.

Contents are kept where the file itself was synced since. Names are kept as a journalling file system keeps them (ext4,
XFS): in their order, up to the last sync of anything. Of what was not synced a disk may keep any write, or some sectors
of it; of names some more, in their order.
"""

from __future__ import annotations

import random
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).parent / "disk_recorder.c"
SECTOR = 512
HEAD = struct.Struct("=cQQQ")


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that was done to a file: `operation` is a letter of the recorder's."""

    operation: str
    path: str
    number: int
    content: bytes


def recorder(folder: Path) -> Path:
    """Compile the recorder."""
    library = folder / "disk_recorder.so"
    if not library.exists():
        subprocess.run(["gcc", "-O2", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    return library


def recording(library: Path, folder: Path, log: Path) -> dict[str, str]:
    """Return the environment in which a process's writes below a folder are recorded."""
    log.touch()
    log.chmod(0o666)  # a database may be somebody else's process
    return {"LD_PRELOAD": str(library), "RECORD_FOLDER": str(folder), "RECORD_LOG": str(log)}


def read_records(log: Path) -> Iterator[Record]:
    """Yield every record in its order; one that a kill cut off is left out."""
    whole = log.read_bytes()
    at = 0
    while at + HEAD.size <= len(whole):
        operation, path_length, number, length = HEAD.unpack_from(whole, at)
        at += HEAD.size
        path, content = whole[at : at + path_length], whole[at + path_length : at + path_length + length]
        at += path_length + length
        if at <= len(whole):
            yield Record(operation.decode(), path.decode(), number, content)


@dataclass(slots=True)
class _File:
    """A file: what is synced of it, and what is not yet."""

    synced: bytearray = field(default_factory=bytearray)
    waiting: list[Record] = field(default_factory=list)

    def sync(self) -> None:
        for record in self.waiting:
            _apply(self.synced, record)
        self.waiting.clear()


class Disk:
    """A folder on a disk, as records come in. It begins with what is in `base`, all of it synced."""

    def __init__(self, base: Path | None = None) -> None:
        """Begin."""
        self._live: dict[str, _File | None] = {}  # None for a folder
        for path in sorted(base.rglob("*")) if base is not None else ():
            name = f"/{path.relative_to(base)}" if base is not None else ""
            self._live[name] = _File(bytearray(path.read_bytes())) if path.is_file() else None
        self._kept = dict(self._live)
        self._names: list[Record] = []  # changes of names that are not synced
        self._files: list[_File | None] = []  # what each of them is about

    def take(self, record: Record) -> None:
        """Take in what was done next."""
        match record.operation:
            case "W" | "T" | "A":
                if record.path not in self._live:  # opened before the record began
                    self._rename(Record("C", record.path, 0, b""))
                file = self._live[record.path]
                assert file is not None
                file.waiting.append(record)
            case "S":
                for name, file in zip(self._names, self._files, strict=True):
                    _renamed(self._kept, name, file)
                self._names.clear()
                self._files.clear()
                file = self._live.get(record.path)
                if file is not None:
                    file.sync()
            case _:
                self._rename(record)

    def _rename(self, record: Record) -> None:
        file = _File() if record.operation == "C" else self._live.get(record.path)
        self._names.append(record)
        self._files.append(file)
        _renamed(self._live, record, file)

    def cut(self, folder: Path, chance: random.Random | None = None) -> None:
        """Write what is there when the power goes now: of what was not synced nothing, or what chance keeps of it."""
        names = dict(self._kept)
        if chance is not None:
            count = chance.randrange(len(self._names) + 1)
            for name, file in zip(self._names[:count], self._files[:count], strict=True):
                _renamed(names, name, file)
        written: dict[int, bytes] = {}
        for path, file in sorted(names.items()):
            target = folder / path[1:]
            if file is None:
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if id(file) not in written:
                written[id(file)] = bytes(_after_cut(file, chance))
            target.write_bytes(written[id(file)])


def _renamed(names: dict[str, _File | None], record: Record, file: _File | None) -> None:
    match record.operation:
        case "C" | "M":
            names[record.path] = file
        case "U":
            names.pop(record.path, None)
        case "L":
            names[record.content.decode()] = file
        case "R":
            new = record.content.decode()
            for path in [path for path in names if path == record.path or path.startswith(f"{record.path}/")]:
                names[new + path.removeprefix(record.path)] = names.pop(path)
        case _:
            raise AssertionError(record.operation)


def _after_cut(file: _File, chance: random.Random | None) -> bytearray:
    content = bytearray(file.synced)
    for record in file.waiting if chance is not None else ():
        assert chance is not None
        kept = chance.random()
        if kept < 0.4:
            _apply(content, record)
        elif kept < 0.6 and record.operation == "W":
            for at in range(0, len(record.content), SECTOR):
                if chance.random() < 0.5:
                    _apply(content, Record("W", "", record.number + at, record.content[at : at + SECTOR]))
    return content


def _apply(content: bytearray, record: Record) -> None:
    at = record.number
    match record.operation:
        case "W":
            content.extend(bytes(max(0, at - len(content))))
            content[at : at + len(record.content)] = record.content
        case "T":
            del content[at:]
            content.extend(bytes(max(0, at - len(content))))
        case "A":
            content.extend(bytes(max(0, at - len(content))))
        case _:
            raise AssertionError(record.operation)
