"""The envelope of a file: its bytes under a key of its own, and that key under the key of whom the file belongs to.

The wrap is bound to the one place where the file stands, so that a file that was moved to another application, or to
another document of the same one, past the program does not open any more. Moving it rightly means to wrap 32 bytes
anew; the bytes of the file are encrypted once. Gains that forgetting one key forgets the file, in every backup too.
Loses that equal files of two people are kept twice.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from runtime.cases.codes import Secret

_MARK, _NONCE, _KEY = b"SPB1", 12, 32


class SealBrokenError(Exception):
    """What is stored is not what was sealed in this place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file stands. `owner` is the nomor of a draft or a case; None for an upload of the API."""

    daerah: str
    owner: str | None
    id: str
    document: str
    item: int | None
    format: str
    sha256: str

    def binding(self) -> bytes:
        """Return the bytes that a wrap is bound to."""
        parts = [self.daerah, self.owner, self.id, self.document, self.item, self.format, self.sha256]
        return json.dumps(["file", 1, *parts]).encode()


class FileKeys:
    """The keys under which the keys of files are wrapped, one for each owner."""

    def __init__(self, secret: Secret) -> None:
        """Derive all of them from the installation's secret."""
        self._root = secret.digest("files")

    def of(self, daerah: str, owner: str | None) -> bytes:
        """Return the key of an owner."""
        purpose = json.dumps(["satupintu files", 1, daerah, owner]).encode()
        return HKDFExpand(SHA256(), _KEY, purpose).derive(self._root)


def seal(plain: bytes, daerah: str, sha256: str) -> tuple[bytes, bytes]:
    """Return the encrypted bytes of a file, and the key of its own that opens them."""
    key, nonce = secrets.token_bytes(_KEY), secrets.token_bytes(_NONCE)
    return _MARK + nonce + AESGCM(key).encrypt(nonce, plain, _content(daerah, sha256)), key


def unseal(sealed: bytes, key: bytes, daerah: str, sha256: str) -> bytes:
    """Return a file's bytes again; SealBrokenError when these are not they."""
    if not sealed.startswith(_MARK):
        raise SealBrokenError
    rest = sealed[len(_MARK) :]
    return _opened(key, rest, _content(daerah, sha256))


def wrap(key: bytes, keys: FileKeys, place: Place) -> str:
    """Write a file's key as it is stored, bound to the file's place."""
    nonce = secrets.token_bytes(_NONCE)
    return (nonce + AESGCM(keys.of(place.daerah, place.owner)).encrypt(nonce, key, place.binding())).hex()


def unwrap(wrapped: str, keys: FileKeys, place: Place) -> bytes:
    """Read a file's key; SealBrokenError when it was wrapped for another place or for nobody."""
    try:
        stored = bytes.fromhex(wrapped)
    except ValueError as garbled:
        raise SealBrokenError from garbled
    return _opened(keys.of(place.daerah, place.owner), stored, place.binding())


def _opened(key: bytes, stored: bytes, binding: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(stored[:_NONCE], stored[_NONCE:], binding)
    except (InvalidTag, ValueError) as broken:
        raise SealBrokenError from broken


def _content(daerah: str, sha256: str) -> bytes:
    return json.dumps(["content", 1, daerah, sha256]).encode()
