"""The private values of an event: sealed under a person's key, and committed to in the event itself.

Gains a chain that covers what it does not tell: a value that was changed, swapped or taken out is seen, by whoever
holds the key from the commitments, by everybody else from the digest of what is sealed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from runtime import json_text
from runtime.cases.case_entry import CaseKey, Entry
from runtime.cases.chain import SEALED, commitment, digest
from runtime.json_text import Json
from runtime.vault import DataKey, SealBrokenError

SALT = 16


def sealed(secret: DataKey, key: CaseKey, seq: int, entry: Entry) -> tuple[str, bytes]:
    """Return the payload with commitments to the private values, and those values sealed."""
    assert entry.private is not None
    salts = os.urandom(SALT * len(entry.private))
    salted = {
        name: (salts[at * SALT : (at + 1) * SALT], value) for at, (name, value) in enumerate(entry.private.items())
    }
    plain = json_text.write({name: [salt.hex(), value] for name, (salt, value) in salted.items()})
    content = secret.seal(plain.encode(), "event", key.daerah, key.nomor, str(seq))
    committed: dict[str, Json] = {name: commitment(salt, name, value) for name, (salt, value) in salted.items()}
    told: dict[str, Json] = {"digest": digest(content), "values": committed}
    rest = entry.text()[1:]
    # The name sorts before every name that a field of an event can have.
    return f'{{"{SEALED}":{json_text.write(told)}{"" if rest == "}" else ","}{rest}', content


def unsealed(
    secret: DataKey, key: CaseKey, seq: int, content: bytes, commitments: Mapping[str, str]
) -> dict[str, Json]:
    """Return the private values of an event; SealBrokenError when they are not what was committed to."""
    plain = json_text.read(secret.unseal(content, "event", key.daerah, key.nomor, str(seq)))
    assert isinstance(plain, dict)
    values: dict[str, Json] = {}
    for name, pair in plain.items():
        assert isinstance(pair, list)
        salt, value = pair
        assert isinstance(salt, str)
        if commitment(bytes.fromhex(salt), name, value) != commitments.get(name):
            raise SealBrokenError(f"{key.nomor} {seq} {name}")
        values[name] = value
    if values.keys() != commitments.keys():
        raise SealBrokenError(f"{key.nomor} {seq}")
    return values
