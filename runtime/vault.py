"""Encryption at rest: a master key beside the data wraps the data keys, and a data key seals what is kept.

Gains that destroying one data key makes everything under it unreadable, in every copy that was ever made of the
database; each sealed text says where it belongs, so that none can be put in the place of another. Loses everything when
the file of the master keys is lost: it belongs into the backup, apart from the database.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from runtime import key_file

SIZE = 32
NONCE = 12


class SealBrokenError(ValueError):
    """What was sealed is not what is there, not under this key, or not in its place."""


class UnknownKeyError(LookupError):
    """The master key that something was wrapped with is not among those of the file."""


class DataKey:
    """A key that seals and opens. `bound` names the place of what is sealed; it opens nowhere else."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        """Hold 32 bytes."""
        assert len(key) == SIZE
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, *bound: str) -> bytes:
        """Return the plain bytes sealed for one place."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, _joined(bound))

    def unseal(self, sealed: bytes, *bound: str) -> bytes:
        """Return what was sealed for this place; SealBrokenError."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _joined(bound))
        except (InvalidTag, ValueError) as problem:
            raise SealBrokenError("|".join(bound)) from problem


class Vault:
    """The master keys: the first gives the keys of purposes for ever, the last wraps what is new."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        """Hold at least one key of 32 bytes."""
        assert keys
        self._root = keys[0]
        self._wrapping = {_name(key): DataKey(key) for key in keys}
        self.current = _name(keys[-1])
        self._purposes: dict[str, bytes] = {}

    def subkey(self, purpose: str) -> bytes:
        """Return the 32 bytes of a purpose, such as `files` or `qr`; always the same."""
        found = self._purposes.get(purpose)
        if found is None:
            derive = HKDF(algorithm=SHA256(), length=SIZE, salt=None, info=f"satupintu {purpose}".encode())
            found = self._purposes[purpose] = derive.derive(self._root)
        return found

    def derived(self, purpose: str, *parts: str) -> DataKey:
        """Return the data key that belongs to these parts, for what is never destroyed apart from its row."""
        return DataKey(hmac.digest(self.subkey(purpose), _joined(parts), "sha256"))

    def blind(self, *parts: str) -> str:
        """Return the blind index of a value: equal for equal values, and nothing to whoever lacks the key."""
        return hmac.digest(self.subkey("blind index"), _joined(parts), "sha256").hex()

    def new_key(self, *bound: str) -> tuple[DataKey, str, bytes]:
        """Make a data key; return it, the name of the master key, and the data key wrapped for its place."""
        key = os.urandom(SIZE)
        return DataKey(key), self.current, self._wrapping[self.current].seal(key, "key", *bound)

    def unwrap(self, key_id: str, wrapped: bytes, *bound: str) -> DataKey:
        """Return a data key that was wrapped for this place; UnknownKeyError or SealBrokenError."""
        return DataKey(self._key(key_id).unseal(wrapped, "key", *bound))

    def rewrap(self, key_id: str, wrapped: bytes, *bound: str) -> tuple[str, bytes]:
        """Wrap a data key with the current master key instead of an older one."""
        key = self._key(key_id).unseal(wrapped, "key", *bound)
        return self.current, self._wrapping[self.current].seal(key, "key", *bound)

    def knows(self, key_id: str) -> bool:
        """Tell whether the file has this master key."""
        return key_id in self._wrapping

    def _key(self, key_id: str) -> DataKey:
        key = self._wrapping.get(key_id)
        if key is None:
            raise UnknownKeyError(key_id)
        return key


def open_vault(path: Path) -> Vault:
    """Read the master keys, one in hexadecimal on each line, making the first at the first start."""
    lines = key_file.kept(path, lambda: _line(os.urandom(SIZE))).decode().split()
    return Vault(tuple(bytes.fromhex(line) for line in lines))


def add_key(path: Path) -> None:
    """Add a master key: what is new is wrapped with it from the next start on."""
    key_file.replace(path, path.read_bytes() + _line(os.urandom(SIZE)))


def _line(key: bytes) -> bytes:
    return key.hex().encode() + b"\n"


def _name(key: bytes) -> str:
    """Name a master key by what can be known of it without knowing it."""
    return hashlib.sha256(b"satupintu key name " + key).hexdigest()[:16]


def _joined(parts: tuple[str, ...]) -> bytes:
    return "\x1f".join(parts).encode()
