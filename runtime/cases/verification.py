"""Look at all that is kept of a city's cases, and say what does not fit: chains, what is beside them, checkpoints.

Needs no secret: who holds the public key and an older checkpoint finds what was changed, taken out, put in between,
moved, cut off or written anew in what the checkpoint covers. Reads the rows as they are, one pass, in little memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, RowMapping, Select, select

from runtime import json_text
from runtime.cases.chain import NOTHING, SEALED, digest, event_hash
from runtime.cases.checkpoint import Checkpoint, checkpoint_of, read_spans, root_over
from runtime.cases.journal_tables import case_file, checkpoint, event, event_private, uncovered
from runtime.json_text import Json, UnreadableJsonError


class Mark(StrEnum):
    """What does not fit."""

    SEQ = "seq"  # an event is missing, or there are two of one number
    PREVIOUS = "previous"  # it does not follow the one before
    HASH = "hash"  # it is not what its hash says
    TIME = "time"  # it is earlier than the one before
    SEALED = "sealed"  # what is beside it is gone, or another, or more than it says
    CASE = "case"  # the case does not stand where its events end, or has none
    SIGNATURE = "signature"  # nobody with the key has signed it
    ROOT = "root"  # the events that it covers are not there, or not these
    NUMBER = "number"  # a checkpoint is missing, or does not follow the one before
    COUNT = "count"  # it does not cover as many as it says
    HELD = "held"  # it is not the one that is held elsewhere, or is gone
    COVERED = "covered"  # an event is covered by none and does not wait for one, or is covered twice


@dataclass(frozen=True, slots=True)
class Misfit:
    """What does not fit, and where: a case's event, or a checkpoint (`nomor` is empty, `place` its number)."""

    mark: Mark
    nomor: str
    place: int


@dataclass(slots=True)
class _Events:
    """The hashes of the events that were seen, by case."""

    hashes: dict[str, list[str]] = field(default_factory=dict)


def misfits(
    connection: Connection, daerah: str, key: Ed25519PublicKey, held: Sequence[Checkpoint] = ()
) -> Iterator[Misfit]:
    """Yield everything that does not fit; `held` are checkpoints that somebody else has kept.

    For use in a `snapshot` of the database, so that all is seen at one moment.
    """
    seen = _Events()
    yield from _chains(connection, daerah, seen)
    yield from _cases(connection, daerah, seen)
    yield from _checkpoints(connection, daerah, seen, key, held)


def _chains(connection: Connection, daerah: str, seen: _Events) -> Iterator[Misfit]:
    beside = _Beside(connection, daerah)
    nomor, last, previous, at = "", 0, NOTHING, ""
    for row in _rows(connection, select(event).where(event.c.daerah == daerah).order_by(event.c.nomor, event.c.seq)):
        if row["nomor"] != nomor:
            nomor, last, previous, at = str(row["nomor"]), 0, NOTHING, ""
        place = int(row["seq"])
        if place != last + 1:
            yield Misfit(Mark.SEQ, nomor, last + 1)
        if row["hash_prev"] != previous:
            yield Misfit(Mark.PREVIOUS, nomor, place)
        if event_hash(dict(row)) != row["hash"]:
            yield Misfit(Mark.HASH, nomor, place)
        if row["at"] < at:
            yield Misfit(Mark.TIME, nomor, place)
        if beside.digest(nomor, place) != _sealed_digest(str(row["payload"])):
            yield Misfit(Mark.SEALED, nomor, place)
        last, previous, at = place, str(row["hash"]), str(row["at"])
        seen.hashes.setdefault(nomor, []).append(previous)
    yield from (Misfit(Mark.SEALED, other, place) for other, place in beside.rest())


class _Beside:
    """What is sealed beside the events, read along with them in the same order."""

    def __init__(self, connection: Connection, daerah: str) -> None:
        query = select(event_private).where(event_private.c.daerah == daerah)
        ordered = query.order_by(event_private.c.nomor, event_private.c.seq)
        self._rows = _rows(connection, ordered)
        self._next = next(self._rows, None)
        self._alone: list[tuple[str, int]] = []

    def digest(self, nomor: str, seq: int) -> str | None:
        """Return the digest of what is beside this event, None where nothing is."""
        while self._next is not None and _place(self._next) < (nomor, seq):
            self._alone.append(_place(self._next))
            self._next = next(self._rows, None)
        if self._next is None or _place(self._next) != (nomor, seq):
            return None
        found = digest(bytes(self._next["ciphertext"]))
        self._next = next(self._rows, None)
        return found

    def rest(self) -> Iterator[tuple[str, int]]:
        """Yield what is beside no event."""
        yield from self._alone
        while self._next is not None:
            yield _place(self._next)
            self._next = next(self._rows, None)


def _cases(connection: Connection, daerah: str, seen: _Events) -> Iterator[Misfit]:
    ended: set[str] = set()
    query = select(case_file.c.nomor, case_file.c.seq, case_file.c.hash).where(case_file.c.daerah == daerah)
    for row in _rows(connection, query):
        hashes = seen.hashes.get(row["nomor"], [])
        ended.add(str(row["nomor"]))
        if len(hashes) != row["seq"] or not hashes or hashes[-1] != row["hash"]:
            yield Misfit(Mark.CASE, str(row["nomor"]), int(row["seq"]))
    yield from (Misfit(Mark.CASE, nomor, 0) for nomor in seen.hashes.keys() - ended)


def _checkpoints(
    connection: Connection, daerah: str, seen: _Events, key: Ed25519PublicKey, held: Sequence[Checkpoint]
) -> Iterator[Misfit]:
    covered: dict[str, int] = {}
    kept: dict[int, Checkpoint] = {}
    count, previous = 0, NOTHING
    query = select(checkpoint).where(checkpoint.c.daerah == daerah).order_by(checkpoint.c.number)
    for number, row in enumerate(_rows(connection, query), 1):
        one = kept[int(row["number"])] = checkpoint_of(dict(row))
        hashes: list[str] = []
        for span in read_spans(_read(str(row["spans"]))):
            if span.first != covered.get(span.nomor, 0) + 1:
                yield Misfit(Mark.COVERED, span.nomor, span.first)
            covered[span.nomor] = span.last
            hashes += seen.hashes.get(span.nomor, [])[span.first - 1 : span.last]
        count += len(hashes)
        if one.number != number or one.previous != previous:
            yield Misfit(Mark.NUMBER, "", one.number)
        if _root(hashes) != one.root:
            yield Misfit(Mark.ROOT, "", one.number)
        if count != one.events:
            yield Misfit(Mark.COUNT, "", one.number)
        if not one.holds(key):
            yield Misfit(Mark.SIGNATURE, "", one.number)
        previous = one.root
    yield from (
        Misfit(Mark.HELD, "", one.number)
        for one in held
        if one.daerah == daerah and (not one.holds(key) or kept.get(one.number) != one)
    )
    yield from _not_covered(connection, daerah, seen, covered)


def _not_covered(connection: Connection, daerah: str, seen: _Events, covered: Mapping[str, int]) -> Iterator[Misfit]:
    waiting: dict[str, list[int]] = {}
    query = select(uncovered.c.nomor, uncovered.c.seq).where(uncovered.c.daerah == daerah)
    for row in _rows(connection, query.order_by(uncovered.c.nomor, uncovered.c.seq)):
        waiting.setdefault(str(row["nomor"]), []).append(int(row["seq"]))
    for nomor in seen.hashes.keys() | waiting.keys():
        first = covered.get(nomor, 0) + 1
        if waiting.get(nomor, []) != list(range(first, len(seen.hashes.get(nomor, [])) + 1)):
            yield Misfit(Mark.COVERED, nomor, first)


def _sealed_digest(payload: str) -> str | None:
    if SEALED not in payload:
        return None
    data = _read(payload)
    sealed = data.get(SEALED) if isinstance(data, dict) else None
    found = sealed.get("digest") if isinstance(sealed, dict) else None
    return found if isinstance(found, str) else None


def _read(text: str) -> Json:
    """Read JSON that somebody may have changed; None where it is none any more."""
    try:
        return json_text.read(text)
    except UnreadableJsonError:
        return None


def _root(hashes: Sequence[str]) -> str:
    try:
        return root_over(hashes)
    except ValueError:  # somebody has written something else in place of a hash
        return ""


def _rows(connection: Connection, query: Select[tuple[object, ...]]) -> Iterator[RowMapping]:
    yield from connection.execute(query.execution_options(yield_per=1_000)).mappings()


def _place(row: RowMapping) -> tuple[str, int]:
    return str(row["nomor"]), int(row["seq"])
