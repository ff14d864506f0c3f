"""Objections: made once, followed by number and code, answered by the desk, forgotten when the objector wants it.

Who objects is no party of the case: name, contact and words are sealed under a key of their own, which the applicant's
pages never open. The event in the case commits to what is sealed by its digest. The code is derived from the
installation's secret and kept nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from rules.case_event import PUBLIC, ObjectionAnswered, ObjectionMade
from rules.command import Command, Object, Refusal
from runtime import json_text
from runtime.cases.attempts import Allowance
from runtime.cases.case_change import Change, Effect, Kept, Once
from runtime.cases.casework import Casework
from runtime.cases.codes import SHORT, read_code
from runtime.cases.numbering import next_nomor
from runtime.cases.open_case import OpenCase
from runtime.cases.person_keys import ForgottenError
from runtime.cases.store import Store
from runtime.clock import as_text, from_text
from runtime.hearing.tables import objection
from runtime.vault import DataKey

SERIES = "K"
_ANSWER = "jawaban"


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote: who they are, how to reach them, what the matter is to them, and what they object to."""

    name: str
    contact: str
    connection: str
    words: str


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection as it is kept; `written` is None once its objector was forgotten."""

    kode: str
    nomor: str
    number: int
    made_at: datetime
    written: Written | None
    answer: str
    answered_at: datetime | None


class Objections:
    """The objections of one store."""

    def __init__(self, store: Store, casework: Casework) -> None:
        """Keep them in this store, beside these cases."""
        self._store, self._casework = store, casework

    async def make(
        self, daerah: str, nomor: str, stage: str, written: Written, request: str, address: str
    ) -> str | Refusal:
        """Keep an objection once, and return its number; a Refusal where the notice is over. TooManyTriesError,
        KeyReusedError, ChangedError."""
        limits = self._store.limits
        allowance = Allowance("objection", address, limits.objections_per_address, limits.objections_per_address_window)
        await self._store.attempts.count(daerah, allowance)
        made = _Made(self._store, daerah, nomor, written, request)
        once = Once(f"keberatan:{request}", hashlib.sha256(repr((nomor, stage, written)).encode()).hexdigest())
        outcome = await self._casework.act(
            daerah, nomor, Object(stage, ""), PUBLIC, only_once=once, prepare=made.prepare, during=made.keep
        )
        if not isinstance(outcome, Kept):
            return outcome
        if not outcome.again:
            return made.kode
        query = select(objection.c.kode).where(objection.c.daerah == daerah, objection.c.request == request)
        return str(self._store.database.read(lambda connection: connection.execute(query).scalar_one()))

    def code(self, daerah: str, kode: str) -> str:
        """Return the code that opens an objection."""
        return self._store.secret.code(SHORT, "keberatan", daerah, kode)

    async def opened_by(self, daerah: str, kode: str, code: str, address: str) -> bool:
        """Tell whether a code opens an objection; TooManyTriesError before anything is looked up."""
        limits = self._store.limits
        tries = (
            Allowance("objection_code", kode, limits.tries_per_nomor, limits.tries_per_nomor_window),
            Allowance("address", address, limits.tries_per_address, limits.tries_per_address_window),
        )
        await self._store.attempts.count(daerah, *tries)
        right = hmac.compare_digest(self.code(daerah, kode).encode(), read_code(code).encode())
        if not right or self.find(daerah, kode) is None:
            return False
        await self._store.attempts.forgive(daerah, *tries)
        return True

    def find(self, daerah: str, kode: str) -> Objection | None:
        """Return an objection by the number its objector was given."""
        query = select(objection).where(objection.c.daerah == daerah, objection.c.kode == kode)

        def look(connection: Connection) -> Objection | None:
            row = connection.execute(query).one_or_none()
            return None if row is None else self._kept(connection, row)

        return self._store.database.read(look)

    def of_case(self, daerah: str, nomor: str) -> tuple[Objection, ...]:
        """Return the objections of a case in their order; the caller has made sure that they may be read."""
        query = select(objection).where(objection.c.daerah == daerah, objection.c.nomor == nomor)

        def look(connection: Connection) -> tuple[Objection, ...]:
            rows = connection.execute(query.order_by(objection.c.number)).all()
            return tuple(self._kept(connection, row) for row in rows)

        return self._store.database.read(look)

    def answering(self, words: str) -> Effect:
        """Return what keeps the words of an answer for its objector too, in the transaction that answers."""

        def keep(connection: Connection, change: Change) -> None:
            daerah, nomor = change.case.key.daerah, change.case.key.nomor
            for event in change.events:
                if isinstance(event, ObjectionAnswered):
                    own = (objection.c.daerah == daerah) & (objection.c.nomor == nomor)
                    own &= objection.c.number == event.number
                    row = connection.execute(select(objection).where(own)).one()
                    values: dict[str, object] = {"answered_at": as_text(change.at)}
                    if (key := self._key(connection, row)) is not None:
                        values["answer"] = key.seal(words.encode(), *_place(row, _ANSWER))
                    connection.execute(update(objection).where(own).values(**values))

        return keep

    async def forget(self, daerah: str, kode: str) -> None:
        """Destroy the key of who objected: nobody can read any more who it was, nor what was said. The case still knows
        that there was an objection."""

        def work(connection: Connection) -> None:
            query = select(objection.c.person).where(objection.c.daerah == daerah, objection.c.kode == kode)
            person = connection.execute(query).scalar_one_or_none()
            if person is not None:
                self._store.people.forget(connection, daerah, str(person), self._store.clock())

        await self._store.database.write(work)

    def _kept(self, connection: Connection, row: Row[tuple[object, ...]]) -> Objection:
        key, written, answer = self._key(connection, row), None, ""
        if key is not None:
            told = json_text.read(key.unseal(row.sealed, *_place(row, "isi")).decode())
            assert isinstance(told, dict)
            written = Written(**{name: str(value) for name, value in told.items()})
            answer = "" if row.answer is None else key.unseal(row.answer, *_place(row, _ANSWER)).decode()
        answered = None if row.answered_at is None else from_text(row.answered_at)
        return Objection(row.kode, row.nomor, row.number, from_text(row.made_at), written, answer, answered)

    def _key(self, connection: Connection, row: Row[tuple[object, ...]]) -> DataKey | None:
        try:
            return self._store.people.key(connection, row.daerah, row.person)
        except ForgottenError:
            return None


class _Made:
    """An objection on its way into the case: sealed before the lifecycle is asked, kept with what it makes happen."""

    def __init__(self, store: Store, daerah: str, nomor: str, written: Written, request: str) -> None:
        self._store, self._daerah, self._nomor, self._written, self._request = store, daerah, nomor, written, request
        self._person, self._sealed, self.kode = "", b"", ""

    def prepare(self, connection: Connection, _: OpenCase, command: Command) -> Command:
        """Seal it under a new key, and have the command commit to it."""
        assert isinstance(command, Object)
        person = self._store.people.person(connection, self._daerah, None, self._store.clock())
        plain = json_text.write(asdict(self._written)).encode()
        self._person = person.id
        self._sealed = person.key.seal(plain, "objection", self._daerah, self._nomor, person.id, "isi")
        return Object(command.stage, hashlib.sha256(self._sealed).hexdigest())

    def keep(self, connection: Connection, change: Change) -> None:
        """Keep it, under a number of its own."""
        [event] = [one for one in change.events if isinstance(one, ObjectionMade)]
        self.kode = next_nomor(connection, self._daerah, SERIES, change.at.year)
        row = {
            "daerah": self._daerah,
            "kode": self.kode,
            "nomor": self._nomor,
            "number": event.number,
            "person": self._person,
            "request": self._request,
            "sealed": self._sealed,
            "made_at": as_text(change.at),
        }
        connection.execute(insert(objection).values(**row))


def _place(row: Row[tuple[object, ...]], what: str) -> tuple[str, ...]:
    return "objection", row.daerah, row.nomor, row.person, what
