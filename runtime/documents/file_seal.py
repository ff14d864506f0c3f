"""The envelope of a file: its bytes under a key of its own, and that key under the key of whom the file belongs to.

The wrap is bound to the one place where the file stands, so that a file that was moved to another application, or to
another document of the same one, past the program does not open any more. Moving it rightly means to wrap 32 bytes
anew; the bytes of the file are encrypted once. Gains that forgetting one key forgets the file, in every backup too.
Loses that equal files of two people are kept twice.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from sqlalchemy import Connection, select

from runtime.cases.person_keys import PersonKeys
from runtime.cases.tables import submission
from runtime.vault import SIZE, DataKey, SealBrokenError, Vault

_MARK = b"SPB1"


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

    def bound(self) -> tuple[str, ...]:
        """Return what a wrap is bound to."""
        item = "" if self.item is None else str(self.item)
        return "file", self.daerah, self.owner or "", self.id, self.document, item, self.format, self.sha256


class FileKeys:
    """The keys under which the keys of files are wrapped."""

    def __init__(self, vault: Vault, people: PersonKeys) -> None:
        """Take a case's from its person, and a draft's from the vault."""
        self._vault = vault
        self._people = people

    def of(self, connection: Connection, daerah: str, owner: str | None) -> DataKey:
        """Return the key of an owner; ForgottenError when the person of the case was forgotten."""
        whose = select(submission.c.person).where(submission.c.daerah == daerah, submission.c.nomor == owner)
        person = None if owner is None else connection.execute(whose).scalar_one_or_none()
        if person is not None:
            return self._people.key(connection, daerah, person)
        return self._vault.derived("files", daerah, owner or "")

    def wrap(self, connection: Connection, key: bytes, place: Place) -> str:
        """Write a file's key as it is stored, bound to the file's place."""
        return self.of(connection, place.daerah, place.owner).seal(key, *place.bound()).hex()

    def unwrap(self, connection: Connection, wrapped: str, place: Place) -> bytes:
        """Read a file's key; SealBrokenError when it was wrapped for another place, ForgottenError as `of`."""
        try:
            stored = bytes.fromhex(wrapped)
        except ValueError as garbled:
            raise SealBrokenError(place.id) from garbled
        return self.of(connection, place.daerah, place.owner).unseal(stored, *place.bound())


def seal(plain: bytes, daerah: str, sha256: str) -> tuple[bytes, bytes]:
    """Return the encrypted bytes of a file, and the key of its own that opens them."""
    key = os.urandom(SIZE)
    return _MARK + DataKey(key).seal(plain, "content", daerah, sha256), key


def unseal(sealed: bytes, key: bytes, daerah: str, sha256: str) -> bytes:
    """Return a file's bytes again; SealBrokenError when these are not they."""
    if not sealed.startswith(_MARK):
        raise SealBrokenError(sha256)
    return DataKey(key).unseal(sealed[len(_MARK) :], "content", daerah, sha256)
