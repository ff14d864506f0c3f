"""Drafts: what an applicant has typed so far, exactly as typed, and what was understood of it.

Gains resuming by nomor and code, also under a new version of the permit, because the typed text is kept; sealed under
a key of each draft's own.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from runtime import json_text
from runtime.cases.codes import SHORT, Secret, code_opens, hash_code
from runtime.cases.database import Database
from runtime.cases.numbering import next_nomor
from runtime.cases.prepared import Prepared
from runtime.cases.tables import draft, upload
from runtime.clock import Clock, as_text, from_text
from runtime.json_text import Json
from runtime.vault import DataKey, Vault

KEPT = timedelta(days=30)
BETWEEN = "\x1e"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft. `revision` rises with each change; `filed_as` is the number of the submission it became.

    What was typed, and what was understood of it, is text until it is asked for: a page shown again needs neither.
    """

    daerah: str
    nomor: str
    permit: str
    version: str
    typed_text: str
    answers_text: str
    revision: int
    filed_as: str | None
    expires_at: datetime

    @property
    def typed(self) -> dict[str, Json]:
        """Read what was typed."""
        return _object(self.typed_text)

    @property
    def answers(self) -> dict[str, Json]:
        """Read what was understood."""
        return _object(self.answers_text)


class DraftGoneError(LookupError):
    """There is no such draft any more, or it has been filed."""


class DraftTooLargeError(ValueError):
    """More text than one draft may hold."""


class Drafts:
    """The drafts of one database."""

    def __init__(self, database: Database, vault: Vault, secret: Secret, clock: Clock, longest: int) -> None:
        """Keep drafts in this database, each of at most `longest` characters."""
        self._database = database
        self._vault = vault
        self._secret = secret
        self._clock = clock
        self._longest = longest

    async def start(
        self,
        daerah: str,
        permit: str,
        version: str,
        typed: Mapping[str, Json],
        answers: Mapping[str, Json],
        year: int | None = None,
    ) -> tuple[Draft, str]:
        """Begin a draft and return it with its code. `year` is the one it is in the city, where that is known."""
        seed = secrets.token_hex(16)
        code = self._secret.code(SHORT, daerah, seed)
        hashed = await asyncio.to_thread(hash_code, code)
        now = self._clock()
        texts = self._texts(typed, answers)

        def work(connection: Connection) -> str:
            nomor = next_nomor(connection, daerah, "D", year or now.year)
            row = {
                "daerah": daerah,
                "nomor": nomor,
                "code_seed": seed,
                "code_hash": hashed,
                "permit": permit,
                "version": version,
                "revision": 1,
                "filed_as": None,
                "created_at": as_text(now),
                "changed_at": as_text(now),
                "expires_at": as_text(now + KEPT),
                "sealed": self._sealed(daerah, nomor, seed, 1, texts),
            }
            _BEGIN.run(connection, row)
            return nomor

        nomor = await self._database.write(work)
        return Draft(daerah, nomor, permit, version, texts["typed"], texts["answers"], 1, None, now + KEPT), code

    async def save(
        self,
        daerah: str,
        nomor: str,
        version: str,
        typed: Mapping[str, Json],
        answers: Mapping[str, Json],
    ) -> Draft:
        """Change the named keys of a draft and leave the others, so that two open pages do not undo each other.

        A key whose value is None is removed. DraftGoneError when there is no draft to change.
        """
        now = self._clock()

        def work(connection: Connection) -> Draft:
            row = _FIND.one(connection, {"daerah": daerah, "nomor": nomor})
            old = None if row is None else self.draft_of(daerah, nomor, row, now)
            if row is None or old is None or old.filed_as is not None:
                raise DraftGoneError(nomor)
            texts = self._texts(_merged(old.typed, typed), _merged(old.answers, answers))
            values = {
                "daerah_": daerah,
                "nomor_": nomor,
                "version": version,
                "revision": old.revision + 1,
                "changed_at": as_text(now),
                "expires_at": as_text(now + KEPT),
                "sealed": self._sealed(daerah, nomor, str(row[SEED]), old.revision + 1, texts),
            }
            _CHANGE.run(connection, values)
            return Draft(
                daerah, nomor, old.permit, version, texts["typed"], texts["answers"], old.revision + 1, None, now + KEPT
            )

        return await self._database.write(work)

    def find(self, daerah: str, nomor: str) -> Draft | None:
        """Return a draft; the caller has made sure that the session holds it."""
        now = self._clock()
        row = self._database.read(lambda connection: _FIND.one(connection, {"daerah": daerah, "nomor": nomor}))
        return None if row is None else self.draft_of(daerah, nomor, row, now)

    async def opened_by(self, daerah: str, nomor: str, code: str) -> Draft | None:
        """Return the draft that nomor and code open, None when they open nothing; tries are counted by the caller."""
        stored = self._database.read(
            lambda connection: connection.execute(
                select(draft.c.code_hash).where(draft.c.daerah == daerah, draft.c.nomor == nomor)
            ).scalar_one_or_none()
        )
        return self.find(daerah, nomor) if await asyncio.to_thread(code_opens, code, stored) else None

    def code(self, daerah: str, nomor: str) -> str:
        """Return a draft's code again, to show it to a session that holds the draft."""
        seed = self._database.read(
            lambda connection: connection.execute(
                select(draft.c.code_seed).where(draft.c.daerah == daerah, draft.c.nomor == nomor)
            ).scalar_one()
        )
        return self._secret.code(SHORT, daerah, seed)

    async def forget_old(self, daerah: str) -> int:
        """Remove the drafts whose time is over, with what was uploaded to them."""
        now = as_text(self._clock())

        def work(connection: Connection) -> int:
            old = select(draft.c.nomor).where(draft.c.daerah == daerah, draft.c.expires_at <= now)
            connection.execute(delete(upload).where(upload.c.daerah == daerah, upload.c.owner.in_(old)))
            return connection.execute(delete(draft).where(draft.c.daerah == daerah, draft.c.expires_at <= now)).rowcount

        return await self._database.write(work)

    def draft_of(self, daerah: str, nomor: str, row: Sequence[object], now: datetime) -> Draft | None:
        """Return the draft that these `COLUMNS` hold, None where its time is over."""
        permit, version, seed, sealed, revision, filed_as, expires_at = row
        if str(expires_at) <= as_text(now):
            return None
        assert isinstance(revision, int)
        assert isinstance(sealed, bytes)
        plain = self._key(daerah, nomor, str(seed)).unseal(sealed, "draft", daerah, nomor, str(revision))
        typed, answers = plain.decode().split(BETWEEN)
        return Draft(
            daerah,
            nomor,
            str(permit),
            str(version),
            typed,
            answers,
            revision,
            None if filed_as is None else str(filed_as),
            from_text(str(expires_at)),
        )

    def _sealed(self, daerah: str, nomor: str, seed: str, revision: int, texts: Mapping[str, str]) -> bytes:
        # JSON as `json_text` writes it has no control characters, so one can stand between.
        plain = texts["typed"] + BETWEEN + texts["answers"]
        return self._key(daerah, nomor, seed).seal(plain.encode(), "draft", daerah, nomor, str(revision))

    def _key(self, daerah: str, nomor: str, seed: str) -> DataKey:
        return self._vault.derived("draft", daerah, nomor, seed)

    def _texts(self, typed: Mapping[str, Json], answers: Mapping[str, Json]) -> dict[str, str]:
        texts = {"typed": json_text.write(typed), "answers": json_text.write(answers)}
        if max(len(text) for text in texts.values()) > self._longest:
            raise DraftTooLargeError
        return texts


def _object(text: str) -> dict[str, Json]:
    data = json_text.read(text)
    assert isinstance(data, dict)
    return data


def _merged(old: Mapping[str, Json], new: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in {**old, **new}.items() if value is not None}


COLUMNS = tuple(
    draft.c[name] for name in ("permit", "version", "code_seed", "sealed", "revision", "filed_as", "expires_at")
)
SEED = 2
_BEGIN = Prepared(insert(draft))
_CHANGE = Prepared(
    update(draft)
    .where(draft.c.daerah == bindparam("daerah_"), draft.c.nomor == bindparam("nomor_"))
    .values({name: bindparam(name) for name in ("version", "revision", "changed_at", "expires_at", "sealed")})
)
_FIND = Prepared(select(*COLUMNS).where(draft.c.daerah == bindparam("daerah"), draft.c.nomor == bindparam("nomor")))
