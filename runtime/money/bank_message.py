"""What a bank and this service sign for each other: HMAC-SHA256 over moment, path and body, good for five minutes.

Gains that a message of one city, or of one kind, is none of another. A key in the file is 32 bytes in hexadecimal, one
on each line: the first signs, each of them verifies, so that keys can be changed without a gap.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from runtime import key_file

MOMENT, SIGNATURE = "x-bank-waktu", "x-bank-tanda"
GOOD_FOR = timedelta(minutes=5)


class NotTrusted(StrEnum):
    """Why a message is not taken for the bank's."""

    UNSIGNED = "tanpa_tanda"
    STALE = "di_luar_waktu"
    FORGED = "tanda_tidak_cocok"


class BankKeys:
    """The keys that are shared with a bank."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        """Hold at least one."""
        assert keys
        assert all(len(key) >= 32 for key in keys), "a key of a bank has 32 bytes at least"
        self._keys = keys

    def headers(self, path: str, body: bytes, at: datetime) -> dict[str, str]:
        """Return the headers that sign a message."""
        moment = str(int(at.timestamp()))
        return {MOMENT: moment, SIGNATURE: _signature(self._keys[0], moment, path, body)}

    def distrust(self, path: str, headers: Mapping[str, str], body: bytes, now: datetime) -> NotTrusted | None:
        """Return why a message is not the bank's, None where it is. The names of `headers` are in small letters."""
        moment, signature = headers.get(MOMENT, ""), headers.get(SIGNATURE, "")
        if not signature or not (moment.isascii() and moment.isdigit() and len(moment) <= 12):
            return NotTrusted.UNSIGNED
        given = signature.encode("utf-8", "replace")
        known = [hmac.compare_digest(given, _signature(key, moment, path, body).encode()) for key in self._keys]
        if not any(known):
            return NotTrusted.FORGED
        apart = abs(int(moment) - now.timestamp())
        return None if apart <= GOOD_FOR.total_seconds() else NotTrusted.STALE


def open_bank_keys(path: Path) -> BankKeys:
    """Read the keys, making the first at the first start."""
    lines = key_file.kept(path, lambda: secrets.token_hex(32).encode() + b"\n").decode().split()
    return BankKeys(tuple(bytes.fromhex(line) for line in lines))


def _signature(key: bytes, moment: str, path: str, body: bytes) -> str:
    return hmac.digest(key, b"\n".join((moment.encode(), path.encode(), body)), "sha256").hex()
