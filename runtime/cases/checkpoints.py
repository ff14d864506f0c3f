"""Checkpoints, taken once a minute: what is new is covered, signed, kept, and written out to be carried elsewhere.

`checkpoints.pub` in the data folder is the public key, `checkpoints.jsonl` holds every checkpoint, one on a line.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, delete, insert, select

from runtime import key_file
from runtime.cases.chain import NOTHING
from runtime.cases.checkpoint import (
    Checkpoint,
    checkpoint_of,
    read_line,
    root_over,
    signed,
    spans_of,
    written_key,
    written_spans,
)
from runtime.cases.database import Database
from runtime.cases.journal_tables import checkpoint, event, uncovered
from runtime.clock import Clock, as_text
from runtime.vault import Vault

MOST_EVENTS = 1_000
TAIL = 64 * 1024  # how much of the file is read at once, from its end


class Checkpoints:
    """The checkpoints of one database."""

    def __init__(self, database: Database, vault: Vault, folder: Path, clock: Clock) -> None:
        """Sign with the vault's key, and write the public one beside the data."""
        self._database = database
        self._clock = clock
        self._key = Ed25519PrivateKey.from_private_bytes(vault.subkey("checkpoint"))
        self._file = folder / "checkpoints.jsonl"
        public, pem = folder / "checkpoints.pub", written_key(self._key)
        if not public.exists() or public.read_bytes() != pem:
            key_file.replace(public, pem)

    async def take(self, daerah: str) -> int:
        """Cover everything that is new, up to `MOST_EVENTS` at once; return how many events that were."""
        covered = 0
        while new := await self._database.write(lambda connection: self._take(connection, daerah)):
            covered += new
        self._write_out(daerah)
        return covered

    def last(self, daerah: str) -> Checkpoint | None:
        """Return the newest checkpoint."""
        return self._database.read(lambda connection: _last(connection, daerah))

    def _take(self, connection: Connection, daerah: str) -> int:
        rows = connection.execute(
            select(uncovered.c.nomor, uncovered.c.seq, event.c.hash)
            .join(
                event,
                (event.c.daerah == uncovered.c.daerah)
                & (event.c.nomor == uncovered.c.nomor)
                & (event.c.seq == uncovered.c.seq),
            )
            .where(uncovered.c.daerah == daerah)
            .order_by(uncovered.c.nomor, uncovered.c.seq)
            .limit(MOST_EVENTS)
            .with_for_update(of=uncovered)  # whoever comes at the same moment waits, and finds them covered
        ).all()
        if not rows:
            return 0
        before = _last(connection, daerah)
        at = as_text(self._clock())
        taken = signed(
            self._key,
            daerah,
            1 if before is None else before.number + 1,
            at if before is None else max(at, before.at),
            len(rows) + (0 if before is None else before.events),
            root_over([row.hash for row in rows]),
            NOTHING if before is None else before.root,
        )
        spans = spans_of([(row.nomor, row.seq) for row in rows])
        connection.execute(
            insert(checkpoint).values(
                daerah=daerah,
                number=taken.number,
                at=taken.at,
                events=taken.events,
                root=taken.root,
                previous=taken.previous,
                spans=written_spans(spans),
                signature=taken.signature,
            )
        )
        for span in spans:
            connection.execute(
                delete(uncovered).where(
                    uncovered.c.daerah == daerah,
                    uncovered.c.nomor == span.nomor,
                    uncovered.c.seq.between(span.first, span.last),
                )
            )
        return len(rows)

    def _write_out(self, daerah: str) -> None:
        """Add to the file what it does not have yet; after a crash between the two that is more than one."""
        with self._file.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            _drop_torn(file)
            known = _newest_in(self._file, daerah)
            query = select(checkpoint).where(checkpoint.c.daerah == daerah, checkpoint.c.number > known)
            rows = self._database.read(
                lambda connection: connection.execute(query.order_by(checkpoint.c.number)).mappings().all()
            )
            if rows:
                file.write("".join(checkpoint_of(dict(row)).line() for row in rows).encode())
                file.flush()
                os.fsync(file.fileno())


def _last(connection: Connection, daerah: str) -> Checkpoint | None:
    newest = select(checkpoint).where(checkpoint.c.daerah == daerah).order_by(checkpoint.c.number.desc()).limit(1)
    row = connection.execute(newest).mappings().one_or_none()
    return None if row is None else checkpoint_of(dict(row))


def _drop_torn(file: BinaryIO) -> None:
    """Cut off a last line that a crash has left half written."""
    end = file.seek(0, os.SEEK_END)
    begin = max(0, end - TAIL)
    file.seek(begin)
    file.truncate(begin + file.read().rfind(b"\n") + 1)


def _newest_in(path: Path, daerah: str) -> int:
    """Return the number of a city's newest checkpoint in the file, read from its end; 0 where there is none."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        rest = b""
        while end > 0:
            begin = max(0, end - TAIL)
            file.seek(begin)
            lines = (file.read(end - begin) + rest).split(b"\n")
            rest = lines.pop(0) if begin > 0 else b""
            for line in reversed(lines):
                if line and (found := read_line(line.decode())).daerah == daerah:
                    return found.number
            end = begin
    return 0
