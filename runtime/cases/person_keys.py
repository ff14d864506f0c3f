"""The key of each person: everything personal that is kept of somebody is sealed under it.

A person is who gave a NIK, found by its blind index, or else stands for one case alone. Gains that forgetting somebody
is destroying one key: events, commitments and chains stay as they are and can still be verified.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from runtime.cases.journal_tables import person_index, person_key
from runtime.cases.prepared import Prepared
from runtime.clock import as_text
from runtime.vault import DataKey, UnknownKeyError, Vault

_INDEXED = Prepared(
    select(person_index.c.person).where(
        person_index.c.daerah == bindparam("daerah"), person_index.c.blind == bindparam("blind")
    )
)
_INDEX = Prepared(insert(person_index))
_KEEP = Prepared(insert(person_key))
_FIND = Prepared(
    select(person_key.c.key_id, person_key.c.wrapped).where(
        person_key.c.daerah == bindparam("daerah"), person_key.c.person == bindparam("person")
    )
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person, and the key of everything that is kept of them."""

    id: str
    key: DataKey


class ForgottenError(LookupError):
    """The person's key has been destroyed: what was under it can not be read any more."""


class PersonKeys:
    """The keys of one installation's people."""

    def __init__(self, vault: Vault) -> None:
        """Wrap them with this vault's master key."""
        self._vault = vault

    def person(self, connection: Connection, daerah: str, nik: str | None, at: datetime) -> Person:
        """Return who has this NIK, a new person where nobody has or there is none."""
        blind = None if nik is None else self.blind(daerah, nik)
        if blind is not None:
            known = _INDEXED.one(connection, {"daerah": daerah, "blind": blind})
            if known is not None:
                return Person(str(known[0]), self.key(connection, daerah, str(known[0])))
        person = secrets.token_hex(16)
        key, key_id, wrapped = self._vault.new_key("person", daerah, person)
        row = {
            "daerah": daerah,
            "person": person,
            "key_id": key_id,
            "wrapped": wrapped,
            "made_at": as_text(at),
            "forgotten_at": None,
        }
        _KEEP.run(connection, row)
        if blind is not None:
            _INDEX.run(connection, {"daerah": daerah, "blind": blind, "person": person})
        return Person(person, key)

    def key(self, connection: Connection, daerah: str, person: str) -> DataKey:
        """Return a person's key; ForgottenError."""
        row = _FIND.one(connection, {"daerah": daerah, "person": person})
        if row is None or row[1] is None:
            raise ForgottenError(person)
        wrapped = row[1]
        assert isinstance(wrapped, bytes)
        return self._vault.unwrap(str(row[0]), wrapped, "person", daerah, person)

    def blind(self, daerah: str, nik: str) -> str:
        """Return the blind index of a NIK."""
        return self._vault.blind("nik", daerah, nik)

    def known(self, connection: Connection, daerah: str, nik: str) -> str | None:
        """Return the person who has this NIK, None where nobody has."""
        row = _INDEXED.one(connection, {"daerah": daerah, "blind": self.blind(daerah, nik)})
        return None if row is None else str(row[0])

    def forget(self, connection: Connection, daerah: str, person: str, at: datetime) -> None:
        """Destroy a person's key, for ever; a later application with the same NIK is another person's."""
        key = (person_key.c.daerah == daerah) & (person_key.c.person == person)
        connection.execute(
            update(person_key)
            .where(key, person_key.c.wrapped.is_not(None))
            .values(wrapped=None, forgotten_at=as_text(at))
        )
        connection.execute(delete(person_index).where(person_index.c.daerah == daerah, person_index.c.person == person))

    def rewrap(self, connection: Connection, daerah: str, most: int = 500) -> int:
        """Wrap up to `most` keys with the current master key that are wrapped with an older one; return how many."""
        older = select(person_key).where(
            person_key.c.daerah == daerah,
            person_key.c.wrapped.is_not(None),
            person_key.c.key_id != self._vault.current,
        )
        rows = connection.execute(older.limit(most)).all()
        for row in rows:
            key_id, wrapped = self._vault.rewrap(row.key_id, row.wrapped, "person", daerah, row.person)
            key = (person_key.c.daerah == daerah) & (person_key.c.person == row.person)
            connection.execute(update(person_key).where(key).values(key_id=key_id, wrapped=wrapped))
        return len(rows)

    def check(self, connection: Connection) -> None:
        """Make sure that the master keys are those of this database; UnknownKeyError."""
        key_id = connection.execute(select(person_key.c.key_id).limit(1)).scalar_one_or_none()
        if key_id is not None and not self._vault.knows(key_id):
            raise UnknownKeyError(f"the master key {key_id} of the database is not in the data folder")
