"""Checkpoints: signed, complete, and covering the events as they are; also those that somebody else has kept (I3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from runtime.audit.audited import Audited
from runtime.audit.breach import Breach
from runtime.cases.checkpoint import Checkpoint, read_line
from runtime.cases.verification import Mark, misfits

SAID = {
    Mark.SEQ: "an event is missing, or there are two of one number",
    Mark.PREVIOUS: "it does not follow the one before",
    Mark.HASH: "it is not what its hash says",
    Mark.TIME: "it is earlier than the one before",
    Mark.SEALED: "what is sealed beside it is gone, or another, or more than it says",
    Mark.CASE: "the case does not stand where its events end",
    Mark.SIGNATURE: "nobody with the key has signed it",
    Mark.ROOT: "the events that it covers are not there, or not these",
    Mark.NUMBER: "it does not follow the one before, or one is missing",
    Mark.COUNT: "it does not cover as many events as it says",
    Mark.HELD: "it is not the one that is held elsewhere, or is gone",
    Mark.COVERED: "an event is covered by no checkpoint and does not wait for one, or is covered twice",
}


def of_city(audited: Audited, daerah: str, held: Sequence[Checkpoint] = ()) -> Iterator[Breach]:
    """Look at the checkpoints of a city, and at all they cover."""
    found = audited.store.database.read(lambda connection: tuple(misfits(connection, daerah, audited.key, held)))
    for one in found:
        subject = f"{one.nomor}/{one.place}" if one.nomor else f"checkpoint {one.place}"
        yield Breach("I3", daerah, subject, SAID[one.mark])


def read_held(path: Path) -> tuple[Checkpoint, ...]:
    """Read checkpoints that somebody else has kept, as the server writes them out."""
    return tuple(read_line(line) for line in path.read_text().splitlines() if line.strip())
