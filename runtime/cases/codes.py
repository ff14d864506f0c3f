"""Numbers and codes that people copy by hand, and the secrets behind them.

A nomor names a draft or a submission and gives nothing by itself; the code opens it. A code for people has 12 signs and
is kept under Argon2id; one for programs has 24 (118 bits), for which a plain hash is enough (ASVS 6.5.2) and which
costs a submission nothing. Codes are derived from the installation's secret, so that a receipt can be shown again and
a retried submission gets the same answer without the code being kept anywhere.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from runtime import key_file

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O, 1 I L, U
SHORT, LONG = 12, 24

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_HASHING = threading.BoundedSemaphore(2)  # 19 MiB and tens of milliseconds each: two at a time, the rest wait
_NOTHING = _HASHER.hash("no code is this")


class Secret:
    """The installation's own secret, of which all derived values are made."""

    def __init__(self, key: bytes) -> None:
        """Hold 32 bytes."""
        assert len(key) == 32
        self._key = key

    def digest(self, purpose: str, *parts: str) -> bytes:
        """Return 32 bytes that only this installation can make of these parts."""
        # Keyed BLAKE2 is a MAC by design, and costs a tenth of OpenSSL's HMAC.
        return hashlib.blake2b("\x1f".join((purpose, *parts)).encode(), key=self._key, digest_size=32).digest()

    def code(self, length: int, *parts: str) -> str:
        """Return the code of `length` signs that belongs to these parts."""
        number = int.from_bytes(self.digest("code", *parts))
        signs = []
        for _ in range(length):
            number, sign = divmod(number, len(ALPHABET))
            signs.append(ALPHABET[sign])
        return "".join(signs)


def open_secret(path: Path) -> Secret:
    """Read the installation's secret, making it at the first start."""
    return Secret(key_file.kept(path, lambda: secrets.token_bytes(32)))


@cache
def city_sign(daerah: str) -> str:
    """Return the three letters that stand for a city in its numbers: `kota-kupang` gives KPG."""
    name = re.sub(r"[^A-Z]", "", re.sub(r"^(KOTA|KABUPATEN|PROVINSI)-", "", daerah.upper())) or "X"
    consonants = [letter for letter in name[1:] if letter not in "AEIOU"]
    sign = name[0] + consonants[0] + consonants[-1] if len(consonants) > 1 else name[:3]
    return sign.ljust(3, "X")


def nomor(daerah: str, series: str, year: int, value: int) -> str:
    """Write a number: KPG-2026-000123 for a submission, KPG-D-2026-000123 for a draft (series D)."""
    return "-".join(part for part in (city_sign(daerah), series, str(year), f"{value:06d}") if part)


def read_nomor(text: str) -> str:
    """Bring a number that somebody typed to the form it is stored in."""
    return re.sub(r"[^0-9A-Za-z-]+", "", text[:200]).upper()[:32]


def read_code(text: str) -> str:
    """Bring a code that somebody typed, in groups or in small letters, to its signs alone."""
    return re.sub(r"[\s\-.·]", "", text[:64]).upper()


def grouped(code: str) -> str:
    """Write a code in groups of four, as it is shown."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def slow_hash(text: str) -> str:
    """Return the Argon2id hash of what a person remembers or copies by hand."""
    with _HASHING:
        return _HASHER.hash(text)


def slow_match(text: str, stored: str | None) -> bool:
    """Tell whether a text belongs to such a hash; where nothing is stored (None) it takes as long to say no."""
    against = stored if stored is not None and stored.startswith("$argon2id$") else _NOTHING
    with _HASHING:
        try:
            _HASHER.verify(against, text)
        except (VerificationError, InvalidHashError):
            return False
    return against is not _NOTHING


def outdated(stored: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


def hash_code(code: str) -> str:
    """Return what is stored of a code."""
    if len(code) == LONG:
        return "sha256$" + hashlib.sha256(code.encode()).hexdigest()
    return slow_hash(code)


def code_opens(code: str, stored: str | None) -> bool:
    """Tell whether a code belongs to a stored hash; where nothing is stored (None) it takes as long to say no."""
    if len(code) == LONG:
        wanted = stored if stored is not None and stored.startswith("sha256$") else "sha256$"
        return hmac.compare_digest(hash_code(code), wanted)
    return len(code) == SHORT and slow_match(code, stored)
