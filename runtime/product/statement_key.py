"""The keys by which the office vouches for what it issues: Ed25519, made at the first start, kept in the data folder.

The newest key signs, all of them verify, and their public halves are published. To change the key, put a newer one
beside it; to retire one that leaked, leave only its `.pub`, and what it signed before can still be told.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from runtime.key_file import kept

FOLDER = "kunci-pernyataan"


@dataclass(frozen=True, slots=True)
class StatementKeys:
    """The opened keys: `id` names the one that signs."""

    id: str
    private: Ed25519PrivateKey
    public: Mapping[str, Ed25519PublicKey]

    def sign(self, content: bytes) -> bytes:
        """Sign with the newest key."""
        return self.private.sign(content)

    def verifies(self, key: str, signature: bytes, content: bytes) -> bool:
        """Tell whether one of the keys made this signature."""
        public = self.public.get(key)
        if public is None:
            return False
        try:
            public.verify(signature, content)
        except InvalidSignature:
            return False
        return True

    @property
    def published(self) -> dict[str, object]:
        """Return what is published of the keys, the signing one first."""
        order = sorted(self.public, key=lambda key: (key != self.id, key))
        return {
            "format": 1,
            "kunci": [{"id": key, "alg": "Ed25519", "publik": _text(raw(self.public[key]))} for key in order],
        }


def open_statement_keys(data: Path) -> StatementKeys:
    """Read the keys of a data folder, making the first one at the first start."""
    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    if not any(folder.glob("*.pem")):
        kept(folder / "0001.pem", _new_key)
    signing: Ed25519PrivateKey | None = None
    public: dict[str, Ed25519PublicKey] = {}
    for path in sorted(folder.glob("*.pem")):
        private = load_pem_private_key(path.read_bytes(), None)
        assert isinstance(private, Ed25519PrivateKey), path
        signing = private
        public[key_id(private.public_key())] = private.public_key()
    for path in sorted(folder.glob("*.pub")):
        retired = load_pem_public_key(path.read_bytes())
        assert isinstance(retired, Ed25519PublicKey), path
        public[key_id(retired)] = retired
    assert signing is not None
    return StatementKeys(key_id(signing.public_key()), signing, public)


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def key_id(key: Ed25519PublicKey) -> str:
    """Name a key by its digest."""
    return hashlib.sha256(raw(key)).hexdigest()[:8]


def raw(key: Ed25519PublicKey) -> bytes:
    """Return the 32 bytes of a public key."""
    return key.public_bytes_raw()


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
