"""What an applicant has typed of a repair that is not sent yet, sealed under the person's key: one for each case.

Gains that nobody types anything twice, in whatever browser; it goes when the repair is sent, in the same transaction,
and counts only for the round it was begun in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from runtime import json_text
from runtime.cases.case_entry import CaseKey
from runtime.cases.case_rows import found_case
from runtime.cases.database import Database
from runtime.cases.drafts import DraftTooLargeError
from runtime.cases.person_keys import PersonKeys
from runtime.cases.tables import repair_draft
from runtime.clock import Clock, as_text
from runtime.json_text import Json
from runtime.vault import DataKey


@dataclass(frozen=True, slots=True)
class RepairDraft:
    """What was typed, by question; `revision` 0 is that of a repair nobody has begun."""

    typed: Mapping[str, Json]
    revision: int


NOT_BEGUN = RepairDraft({}, 0)


class RepairDrafts:
    """The repairs of one database that are being written."""

    def __init__(self, database: Database, people: PersonKeys, clock: Clock, longest: int) -> None:
        """Keep them in this database, each of at most `longest` characters."""
        self._database = database
        self._people = people
        self._clock = clock
        self._longest = longest

    def find(self, key: CaseKey, round_: int) -> RepairDraft:
        """Return what was typed in this round."""
        return self._database.read(lambda connection: self.read(connection, key, round_))

    def read(self, connection: Connection, key: CaseKey, round_: int) -> RepairDraft:
        """Return what was typed in this round, inside a work or a query."""
        row = connection.execute(select(repair_draft).where(*_here(key))).one_or_none()
        if row is None or row.round != round_:
            return NOT_BEGUN
        bound = "repair", key.daerah, key.nomor, str(row.round), str(row.revision)
        typed = json_text.read(self._key(connection, key).unseal(row.sealed, *bound))
        assert isinstance(typed, dict)
        return RepairDraft(typed, row.revision)

    async def save(self, key: CaseKey, round_: int, typed: Mapping[str, Json]) -> RepairDraft:
        """Change what was typed of the named questions and leave the others; DraftTooLargeError."""

        def work(connection: Connection) -> RepairDraft:
            before = self.read(connection, key, round_)
            whole = {**before.typed, **typed}
            text = json_text.write(whole)
            if len(text) > self._longest:
                raise DraftTooLargeError
            revision = before.revision + 1
            bound = "repair", key.daerah, key.nomor, str(round_), str(revision)
            row = {"daerah": key.daerah, "nomor": key.nomor, "round": round_, "revision": revision}
            row |= {"changed_at": as_text(self._clock())}
            connection.execute(delete(repair_draft).where(*_here(key)))
            sealed = self._key(connection, key).seal(text.encode(), *bound)
            connection.execute(insert(repair_draft).values(sealed=sealed, **row))
            return RepairDraft(whole, revision)

        return await self._database.write(work)

    def carry(self, connection: Connection, key: CaseKey, from_round: int, to_round: int) -> None:
        """Let what was typed go on as that of a later round, inside the transaction that begins it."""
        draft = self.read(connection, key, from_round)
        if draft is NOT_BEGUN or from_round == to_round:
            return
        bound = "repair", key.daerah, key.nomor, str(to_round), str(draft.revision)
        sealed = self._key(connection, key).seal(json_text.write(draft.typed).encode(), *bound)
        connection.execute(update(repair_draft).where(*_here(key)).values(round=to_round, sealed=sealed))

    def forget(self, connection: Connection, key: CaseKey) -> None:
        """Remove what was typed, inside the transaction that sends it."""
        connection.execute(delete(repair_draft).where(*_here(key)))

    def _key(self, connection: Connection, key: CaseKey) -> DataKey:
        stands = found_case(connection, key)
        assert stands is not None
        return self._people.key(connection, key.daerah, stands.person)


def _here(key: CaseKey) -> tuple[ColumnElement[bool], ...]:
    return repair_draft.c.daerah == key.daerah, repair_draft.c.nomor == key.nomor
