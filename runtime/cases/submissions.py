"""What was filed: written once, in one transaction, and answered the same however often it is asked for again.

Answers, facts and decision are sealed under the person's key, and the case begins with its first events in the same
transaction; the first of them commits to what was filed, and to the files that came with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, bindparam, insert, select, update

from runtime import json_text
from runtime.cases.case_entry import CaseKey
from runtime.cases.chain import digest
from runtime.cases.codes import LONG, SHORT, Secret, code_opens, hash_code
from runtime.cases.crash_point import reached
from runtime.cases.database import Database
from runtime.cases.journal import Journal
from runtime.cases.numbering import next_nomor
from runtime.cases.person_keys import ForgottenError, PersonKeys
from runtime.cases.prepared import Prepared, Row, in_one_go
from runtime.cases.submission import (
    DraftChangedError,
    Filed,
    FiledDocument,
    KeyReusedError,
    NewSubmission,
    Submission,
)
from runtime.cases.tables import draft, submission, submission_file
from runtime.clock import as_text, from_text
from runtime.documents.file_rows import adopt
from runtime.documents.file_seal import FileKeys
from runtime.json_text import Json
from runtime.vault import DataKey

BETWEEN = "\x1e"
CONTENT, FILES = "isi", "berkas"  # in the private part of a case's first event: what was filed, and with which files

Also = Callable[[Connection, NewSubmission, Submission], None]

_EARLIER = Prepared(
    select(
        submission.c.nomor,
        submission.c.code_seed,
        submission.c.draft.is_(None),
        submission.c.request_hash,
        submission.c.filed_at,
        submission.c.permit,
        submission.c.version,
        submission.c.release,
        submission.c.person,
        submission.c.sealed,
    ).where(submission.c.daerah == bindparam("daerah"), submission.c.idempotency_key == bindparam("key"))
)
_INSERT = Prepared(insert(submission))
_DRAFT = Prepared(
    select(draft.c.code_seed, draft.c.code_hash, draft.c.revision).where(
        draft.c.daerah == bindparam("daerah"), draft.c.nomor == bindparam("nomor")
    )
)
_FILED = Prepared(
    select(
        submission.c.permit,
        submission.c.version,
        submission.c.release,
        submission.c.filed_at,
        submission.c.person,
        submission.c.sealed,
    ).where(submission.c.daerah == bindparam("daerah"), submission.c.nomor == bindparam("nomor"))
)
_DOCUMENTS = Prepared(
    select(
        submission_file.c.id,
        submission_file.c.document,
        submission_file.c.item,
        submission_file.c.format,
        submission_file.c.size,
        submission_file.c.sha256,
    )
    .where(submission_file.c.daerah == bindparam("daerah"), submission_file.c.nomor == bindparam("nomor"))
    .order_by(submission_file.c.document, submission_file.c.item, submission_file.c.id)
)


class Submissions:
    """The submissions of one database."""

    def __init__(
        self, database: Database, secret: Secret, people: PersonKeys, journal: Journal, files: FileKeys
    ) -> None:
        """Keep submissions in this database, sealed under these keys, and begin each one's case in this journal."""
        self._database = database
        self._secret = secret
        self._files = files
        self._people = people
        self._journal = journal

    def earlier(self, daerah: str, key: str, request_hash: str | None) -> Filed | None:
        """Return the answer given before under this key; KeyReusedError when it was another request.

        `request_hash` is None where the key alone names the request (a draft is filed once, whatever it holds now).
        """
        return self._database.read(lambda connection: self._earlier(connection, daerah, key, request_hash))

    async def file(self, new: NewSubmission, also: Also | None = None) -> Filed:
        """Keep a submission once and return its answer after the commit; `also` keeps something more with it.

        KeyReusedError, DraftChangedError or UploadGoneError when it can not be kept; then nothing is.
        """
        code, hashed = None, None
        if new.draft is None:
            code = self._secret.code(LONG, new.daerah, new.key)
            hashed = hash_code(code)
        reached("before-begin")
        return await self._database.write(lambda connection: self._file(connection, new, code, hashed, also))

    def find(self, daerah: str, nomor: str) -> Submission | None:
        """Return a submission, None where there is none or its person was forgotten; the caller has made sure that it
        may be seen."""
        return self._database.read(lambda connection: self.found(connection, daerah, nomor))

    def found(self, connection: Connection, daerah: str, nomor: str) -> Submission | None:
        """Return a submission, inside a query."""
        try:
            return self._find(connection, daerah, nomor)
        except ForgottenError:
            return None

    async def opened_by(self, daerah: str, nomor: str, code: str) -> Submission | None:
        """Return the submission that nomor and code open; tries are counted by the caller."""
        stored = self._database.read(
            lambda connection: connection.execute(
                select(submission.c.code_hash).where(submission.c.daerah == daerah, submission.c.nomor == nomor)
            ).scalar_one_or_none()
        )
        return self.find(daerah, nomor) if await asyncio.to_thread(code_opens, code, stored) else None

    def code(self, daerah: str, nomor: str) -> str:
        """Return a submission's code again, to show it on the receipt to a session that holds it."""
        row = self._database.read(
            lambda connection: connection.execute(
                select(submission.c.code_seed, submission.c.draft).where(
                    submission.c.daerah == daerah, submission.c.nomor == nomor
                )
            ).one()
        )
        return self._secret.code(LONG if row.draft is None else SHORT, daerah, row.code_seed)

    def _earlier(self, connection: Connection, daerah: str, key: str, request_hash: str | None) -> Filed | None:
        row = _EARLIER.one(connection, {"daerah": daerah, "key": key})
        if row is None:
            return None
        undrafted = bool(row[2])
        nomor, seed, _, known_hash, filed_at, permit, version, release, person, _ = map(str, row)
        if request_hash is not None and known_hash != request_hash:
            raise KeyReusedError(key)
        code = self._secret.code(LONG if undrafted else SHORT, daerah, seed)
        _, _, decision = _unsealed(self._people.key(connection, daerah, person), daerah, nomor, row[9])
        return Filed(nomor, code, from_text(filed_at), permit, version, release, decision, again=True)

    def _file(
        self, connection: Connection, new: NewSubmission, code: str | None, hashed: str | None, also: Also | None
    ) -> Filed:
        seed = new.key
        with in_one_go(connection):
            known = self._earlier(connection, new.daerah, new.key, new.request_hash if new.draft is None else None)
            if known is not None:
                return known
            if new.draft is not None:
                seed, hashed = _claimed(connection, new)
                code = self._secret.code(SHORT, new.daerah, seed)
            assert code is not None
            nomor = next_nomor(connection, new.daerah, "", new.year)
            person = self._people.person(connection, new.daerah, new.nik, new.filed_at)
            row = {
                "daerah": new.daerah,
                "nomor": nomor,
                "code_seed": seed,
                "code_hash": hashed,
                "idempotency_key": new.key,
                "request_hash": new.request_hash,
                "draft": new.draft,
                "permit": new.permit,
                "version": new.version,
                "release": new.release,
                "person": person.id,
                "sealed": person.key.seal((plain := _plain(new)), "submission", new.daerah, nomor),
                "filed_at": as_text(new.filed_at),
            }
            _INSERT.run(connection, row)
        reached("after-idempotency")
        files = [
            adopt(connection, self._files, new.daerah, upload_id, new.draft, nomor, new.filed_at)
            for upload_id in new.files
        ]
        given: list[Json] = [[file.document, file.item, file.sha256] for file in files]
        first, *rest = new.entries
        kept_of_it = {**(first.private or {}), CONTENT: digest(plain), FILES: given}
        self._journal.append(
            connection,
            CaseKey(new.daerah, nomor),
            0,
            new.actor,
            new.filed_at,
            (replace(first, private=kept_of_it), *rest),
            new.projection,
            new.desks,
            new.messages,
            person,
        )
        if new.draft is not None:
            filed = draft.c.daerah == new.daerah, draft.c.nomor == new.draft
            connection.execute(update(draft).where(*filed).values(filed_as=nomor))
        if also is not None:
            kept = self._find(connection, new.daerah, nomor)
            assert kept is not None
            also(connection, new, kept)
        return Filed(nomor, code, new.filed_at, new.permit, new.version, new.release, new.decision, again=False)

    def content(self, daerah: str, nomor: str) -> str:
        """Return the digest of what was filed, as the first event of the case commits to it; ForgottenError or
        SealBrokenError where it can not be read."""
        query = select(submission.c.person, submission.c.sealed)
        here = submission.c.daerah == daerah, submission.c.nomor == nomor

        def read(connection: Connection) -> str:
            row = connection.execute(query.where(*here)).one()
            key = self._people.key(connection, daerah, row.person)
            return digest(key.unseal(row.sealed, "submission", daerah, nomor))

        return self._database.read(read)

    def _find(self, connection: Connection, daerah: str, nomor: str) -> Submission | None:
        which = {"daerah": daerah, "nomor": nomor}
        row = _FILED.one(connection, which)
        if row is None:
            return None
        permit, version, release, filed_at, person = map(str, row[:5])
        texts = _unsealed(self._people.key(connection, daerah, person), daerah, nomor, row[5])
        answers, facts, decision = map(json_text.read, texts)
        assert isinstance(answers, dict)
        assert isinstance(facts, dict)
        return Submission(
            daerah=daerah,
            nomor=nomor,
            permit=permit,
            version=version,
            release=release,
            answers=answers,
            facts=facts,
            decision=decision,
            filed_at=from_text(filed_at),
            documents=tuple(map(_document, _DOCUMENTS.run(connection, which))),
        )


def _plain(new: NewSubmission) -> bytes:
    # JSON as `json_text` writes it has no control characters, so one can stand between.
    return BETWEEN.join((json_text.write(new.answers), new.facts, new.decision)).encode()


def _unsealed(key: DataKey, daerah: str, nomor: str, sealed: object) -> tuple[str, str, str]:
    """Return answers, facts and decision, each as its JSON."""
    assert isinstance(sealed, bytes)
    answers, facts, decision = key.unseal(sealed, "submission", daerah, nomor).decode().split(BETWEEN)
    return answers, facts, decision


def _claimed(connection: Connection, new: NewSubmission) -> tuple[str, str]:
    """Return seed and hash of the draft's code, which becomes the submission's own."""
    row = _DRAFT.one(connection, {"daerah": new.daerah, "nomor": new.draft})
    if row is None or row[2] != new.revision:
        raise DraftChangedError(new.draft)
    return str(row[0]), str(row[1])


def _document(row: Row) -> FiledDocument:
    id_, document, item, form, size, sha256 = row
    assert item is None or isinstance(item, int)
    assert isinstance(size, int)
    return FiledDocument(str(id_), str(document), item, str(form), size, str(sha256))
