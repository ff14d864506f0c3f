"""The life of every case: events that are only ever added, each bound to the one before, and what they come to.

Gains one winner where two change a case at once, in whatever process: the loser is told what was found, and keeps
nothing. What is personal stands beside the events, sealed under a person's key.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_once

from rules.case_event import Actor
from runtime.cases.case_entry import (
    CaseKey,
    CaseRow,
    ChangedError,
    DeskRow,
    Entry,
    Message,
    Projection,
    StoredEvent,
)
from runtime.cases.case_rows import (
    CASE,
    COMES_TO,
    desk_of,
    desk_row,
    event_row,
    found_case,
    found_events,
    message_row,
    projection_row,
)
from runtime.cases.chain import NOTHING, event_hash
from runtime.cases.crash_point import reached
from runtime.cases.database import Database
from runtime.cases.journal_tables import case_file, desk, event, event_private, outbox, uncovered
from runtime.cases.person_keys import Person, PersonKeys
from runtime.cases.prepared import Prepared, in_one_go
from runtime.cases.private_part import sealed, unsealed
from runtime.clock import as_text
from runtime.json_text import Json
from runtime.vault import SealBrokenError

# Where another has begun the case, nothing is written, and that is seen; both databases write this alike.
_BEGIN = Prepared(insert_once(case_file).on_conflict_do_nothing().returning(case_file.c.seq))
_CHANGE = Prepared(
    update(case_file)
    .where(CASE, case_file.c.seq == bindparam("expected"))
    .values({name: bindparam(name) for name in ("seq", "hash", "changed_at", *COMES_TO)})
    .returning(case_file.c.seq)
)
_EVENT = Prepared(insert(event))
_PRIVATE = Prepared(insert(event_private))
_PRIVATE_UNTIL = Prepared(
    select(event_private.c.seq, event_private.c.ciphertext).where(
        event_private.c.daerah == bindparam("daerah"),
        event_private.c.nomor == bindparam("nomor"),
        event_private.c.seq <= bindparam("until_"),
    )
)
_UNCOVERED = Prepared(insert(uncovered))
_CLEAR_DESKS = Prepared(delete(desk).where(desk.c.daerah == bindparam("daerah"), desk.c.nomor == bindparam("nomor")))
_DESK = Prepared(insert(desk))
_SAID = Prepared(
    select(outbox.c.id).where(
        outbox.c.daerah == bindparam("daerah"),
        outbox.c.channel == bindparam("channel"),
        outbox.c.dedupe == bindparam("dedupe"),
    )
)
_MESSAGE = Prepared(insert(outbox))


class Journal:
    """The cases of one database."""

    def __init__(self, database: Database, people: PersonKeys) -> None:
        """Keep cases in this database, and what is personal in them under these keys."""
        self._database = database
        self._people = people

    def append(
        self,
        connection: Connection,
        key: CaseKey,
        expected: int,
        actor: Actor,
        at: datetime,
        entries: Sequence[Entry],
        projection: Projection,
        desks: Sequence[DeskRow] | None = None,
        messages: Sequence[Message] = (),
        person: Person | None = None,
    ) -> int:
        """Add events to a case whose last one is `expected`, 0 for a new case of a `person`; return the new last one.

        For use inside a work of the database. `desks` are all that stand from now on, None leaves them. A message
        that was said before, by its dedupe key, is not said again. ChangedError when the case is not as it was seen;
        ForgottenError when something personal comes to a case of somebody who was forgotten.
        """
        assert entries
        before = found_case(connection, key) if expected else None  # of a new case it is seen as it begins
        if (0 if before is None else before.seq) != expected:
            raise ChangedError(key, 0 if before is None else before.seq)
        hash_prev, owner = NOTHING, None if person is None else person.id
        if before is not None:
            at, hash_prev, owner = max(at, before.changed_at), before.hash, before.person
        assert owner is not None, "a new case is a person's"
        secret = None if person is None else person.key
        if secret is None and (messages or any(entry.private for entry in entries)):
            secret = self._people.key(connection, key.daerah, owner)
        rows: list[dict[str, object]] = []
        private: list[dict[str, object]] = []
        for seq, entry in enumerate(entries, expected + 1):
            row = event_row(key, seq, at, actor, entry, hash_prev)
            if entry.private:
                assert secret is not None
                row["payload"], content = sealed(secret, key, seq, entry)
                private.append({"daerah": key.daerah, "nomor": key.nomor, "seq": seq, "ciphertext": content})
            row["hash"] = hash_prev = event_hash(row)
            rows.append(row)
        last = expected + len(rows)
        stands = {"seq": last, "hash": hash_prev, "changed_at": as_text(at), **projection_row(projection)}
        with in_one_go(connection):
            _project(connection, key, expected, owner, stands)
            reached("after-projection")
            _EVENT.each(connection, rows)
            _UNCOVERED.each(connection, rows)
            _PRIVATE.each(connection, private)
            reached("after-event")
            if desks is not None:
                if before is not None:
                    _CLEAR_DESKS.run(connection, {"daerah": key.daerah, "nomor": key.nomor})
                _DESK.each(connection, [desk_row(key, one) for one in desks])
            for place, message in enumerate(messages):
                assert secret is not None
                row = message_row(key, last, place, at, message, secret)
                if message.dedupe is None or _SAID.one(connection, row) is None:
                    _MESSAGE.run(connection, row)
            reached("after-outbox")
        return last

    def stands(self, connection: Connection, key: CaseKey) -> CaseRow | None:
        """Return a case as it stands, inside a work."""
        return found_case(connection, key)

    def case(self, daerah: str, nomor: str) -> CaseRow | None:
        """Return a case as it stands."""
        return self._database.read(lambda connection: found_case(connection, CaseKey(daerah, nomor)))

    def open_versions(self) -> tuple[tuple[str, str, str, str], ...]:
        """Return release, city, permit and version of every case that is not ended, each once."""
        columns = (case_file.c.release, case_file.c.daerah, case_file.c.permit, case_file.c.version)
        query = select(*columns).where(case_file.c.ended_at.is_(None)).distinct()
        rows = self._database.read(lambda connection: connection.execute(query).all())
        return tuple((str(release), str(city), str(permit), str(version)) for release, city, permit, version in rows)

    def desks(self, daerah: str, nomor: str) -> tuple[DeskRow, ...]:
        """Return who is asked or has answered."""
        query = select(desk).where(desk.c.daerah == daerah, desk.c.nomor == nomor)
        ordered = query.order_by(desk.c.stage, desk.c.round, desk.c.place)
        rows = self._database.read(lambda connection: connection.execute(ordered).mappings().all())
        return tuple(desk_of(dict(row)) for row in rows)

    def events(self, daerah: str, nomor: str, after: int = 0) -> tuple[StoredEvent, ...]:
        """Return a case's events in their order, those `after` one that is known."""
        return self._database.read(lambda connection: found_events(connection, CaseKey(daerah, nomor), after))

    def private(self, daerah: str, nomor: str, seq: int) -> dict[str, Json]:
        """Return the private values of an event; ForgottenError, or SealBrokenError when they are not as written."""
        key = CaseKey(daerah, nomor)
        return self._database.read(lambda connection: self.private_part(connection, key, seq))

    def private_part(self, connection: Connection, key: CaseKey, seq: int) -> dict[str, Json]:
        """Return the private values of an event, inside a work or a query."""
        here = (event_private.c.daerah == key.daerah, event_private.c.nomor == key.nomor, event_private.c.seq == seq)
        content = connection.execute(select(event_private.c.ciphertext).where(*here)).scalar_one_or_none()
        found = found_events(connection, key, seq - 1, seq)
        commitments = found[0].commitments if found else {}
        if content is None:
            if commitments:
                raise SealBrokenError(f"{key.nomor} {seq}")
            return {}
        stands = found_case(connection, key)
        assert stands is not None
        return unsealed(self._people.key(connection, key.daerah, stands.person), key, seq, content, commitments)

    def private_parts(self, daerah: str, nomor: str) -> dict[int, dict[str, Json]]:
        """Return the private values of every event that has any, by its number; ForgottenError or SealBrokenError."""
        key = CaseKey(daerah, nomor)

        def query(connection: Connection) -> dict[int, dict[str, Json]]:
            stands = found_case(connection, key)
            return {} if stands is None else self.whole(connection, key, stands)[1]

        return self._database.read(query)

    def whole(
        self, connection: Connection, key: CaseKey, stands: CaseRow
    ) -> tuple[tuple[StoredEvent, ...], dict[int, dict[str, Json]]]:
        """Return the events of a case up to where it stands, and the private values of those that have any, inside a
        work or a query; ForgottenError or SealBrokenError."""
        happened = found_events(connection, key, until=stands.seq)
        which = {"daerah": key.daerah, "nomor": key.nomor, "until_": stands.seq}
        rows = _PRIVATE_UNTIL.run(connection, which)
        if not rows:
            return happened, {}
        secret = self._people.key(connection, key.daerah, stands.person)
        known = {one.seq: one.commitments for one in happened}
        parts: dict[int, dict[str, Json]] = {}
        for seq, content in rows:
            assert isinstance(seq, int)
            assert isinstance(content, bytes)
            parts[seq] = unsealed(secret, key, seq, content, known[seq])
        return happened, parts


def _project(connection: Connection, key: CaseKey, expected: int, owner: str, stands: dict[str, object]) -> None:
    """Write what the events come to, where nobody was faster."""
    if expected == 0:
        written = _BEGIN.one(connection, {"daerah": key.daerah, "nomor": key.nomor, "person": owner, **stands})
    else:
        where = {"daerah_": key.daerah, "nomor_": key.nomor, "expected": expected}
        written = _CHANGE.one(connection, {**stands, **where})
    if written is None:
        found = found_case(connection, key)
        raise ChangedError(key, 0 if found is None else found.seq)
