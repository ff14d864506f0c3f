"""The chain of a case's events, commitments to what is private, and the tree over many events: hashes only.

An event's hash covers all of its row and the hash before it, so that nothing of a case can be changed, taken out or put
in between unseen; what is cut off at the end is seen by the checkpoints.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as _quoted

from runtime import json_text
from runtime.json_text import Json

NOTHING = "0" * 64  # before the first event
SEALED = "$sealed"  # where an event's payload says what it has beside it
COLUMNS = ("actor", "agency", "at", "daerah", "hash_prev", "kind", "nomor", "payload", "role", "seq")
_NAMED = tuple((name, f'"{name}":') for name in COLUMNS)


def event_hash(row: Mapping[str, object]) -> str:
    """Return the hash of an event's row, whose payload is the text that is stored."""
    # What `json_text.write` makes of these columns, in half of its time.
    parts = [f"{named}{_written(row[name])}" for name, named in _NAMED]
    return hashlib.sha256(f"{{{','.join(parts)}}}".encode()).hexdigest()


def _written(value: object) -> str:
    return _quoted(value) if isinstance(value, str) else json_text.write(value)


def commitment(salt: bytes, name: str, value: Json) -> str:
    """Return what stands for a private value: it tells nothing, and fits no other value."""
    return hmac.digest(salt, f"{name}={json_text.write(value)}".encode(), "sha256").hex()


def digest(content: bytes) -> str:
    """Return the digest of bytes."""
    return hashlib.sha256(content).hexdigest()


def merkle_root(leaves: Sequence[bytes]) -> str:
    """Return the root of the tree over the leaves, as RFC 6962 (2.1) has it."""
    return _tree(leaves).hex()


def _tree(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    # Joining neighbours and carrying a last odd one up gives the same tree as splitting at powers of two.
    while len(level) > 1:
        joined = [
            hashlib.sha256(b"\x01" + one + two).digest() for one, two in zip(level[::2], level[1::2], strict=False)
        ]
        level = joined + ([level[-1]] if len(level) % 2 else [])
    return level[0]
