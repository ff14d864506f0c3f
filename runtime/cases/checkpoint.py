"""A checkpoint: so many events of a city, and the root over the newest of them, signed.

Gains that whoever holds one and the public key sees any later change of what it covers, without trusting the database
or who runs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from runtime import json_text
from runtime.cases.chain import merkle_root
from runtime.json_text import Json


@dataclass(frozen=True, slots=True)
class Span:
    """Events of one case that stand in a row and are new in a checkpoint."""

    nomor: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed. `events` are all that are covered, by this one and all before; `root` is over the new ones."""

    daerah: str
    number: int
    at: str
    events: int
    root: str
    previous: str
    signature: str

    def line(self) -> str:
        """Write it as a line to be carried elsewhere."""
        return json_text.write({**_statement(self), "signature": self.signature}) + "\n"

    def holds(self, key: Ed25519PublicKey) -> bool:
        """Tell whether it was signed."""
        try:
            key.verify(bytes.fromhex(self.signature), json_text.write(_statement(self)).encode())
        except (InvalidSignature, ValueError):
            return False
        return True


def signed(
    key: Ed25519PrivateKey, daerah: str, number: int, at: str, events: int, root: str, previous: str
) -> Checkpoint:
    """Sign a checkpoint."""
    bare = Checkpoint(daerah, number, at, events, root, previous, "")
    signature = key.sign(json_text.write(_statement(bare)).encode()).hex()
    return Checkpoint(daerah, number, at, events, root, previous, signature)


def read_line(line: str) -> Checkpoint:
    """Read a line; UnreadableJsonError or KeyError where it is none."""
    data = json_text.read(line)
    assert isinstance(data, dict)
    return checkpoint_of(data)


def checkpoint_of(row: Mapping[str, object]) -> Checkpoint:
    """Read a checkpoint's row."""
    number, events = row["number"], row["events"]
    assert isinstance(number, int)
    assert isinstance(events, int)
    texts = {name: str(row[name]) for name in ("daerah", "at", "root", "previous", "signature")}
    return Checkpoint(number=number, events=events, **texts)


def spans_of(places: Sequence[tuple[str, int]]) -> tuple[Span, ...]:
    """Return the spans of events that are given by number and place, in this order."""
    spans: list[Span] = []
    for nomor, seq in places:
        if spans and spans[-1].nomor == nomor and spans[-1].last == seq - 1:
            spans[-1] = Span(nomor, spans[-1].first, seq)
        else:
            spans.append(Span(nomor, seq, seq))
    return tuple(spans)


def written_spans(spans: Sequence[Span]) -> str:
    """Write spans as they are stored."""
    return json_text.write([[span.nomor, span.first, span.last] for span in spans])


def read_spans(data: Json) -> Iterator[Span]:
    """Read spans; what is none is left out, and then the root does not fit."""
    for span in data if isinstance(data, list) else []:
        match span:
            case [str(nomor), int(first), int(last)]:
                yield Span(nomor, first, last)
            case _:
                continue


def root_over(hashes: Sequence[str]) -> str:
    """Return the root over the hashes of events."""
    return merkle_root([bytes.fromhex(one) for one in hashes])


def written_key(key: Ed25519PrivateKey) -> bytes:
    """Write the public key as PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_key(pem: bytes) -> Ed25519PublicKey:
    """Read a public key."""
    key = load_pem_public_key(pem)
    assert isinstance(key, Ed25519PublicKey)
    return key


def _statement(checkpoint: Checkpoint) -> dict[str, object]:
    return {
        "daerah": checkpoint.daerah,
        "number": checkpoint.number,
        "at": checkpoint.at,
        "events": checkpoint.events,
        "root": checkpoint.root,
        "previous": checkpoint.previous,
    }
