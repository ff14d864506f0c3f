"""Check and file: the one way from what somebody sent to an application that is kept, for pages and API alike.

    cleaned -> typed, hidden answers removed, derived facts computed -> schema -> decided -> documents complete -> kept

Everything that is the matter is said at once; nothing is kept unless all of it is right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rules.case_event import APPLICANT
from rules.codec import written
from rules.decision import Because, Decision, Refused, RequiredDocument
from rules.kind import Kind
from runtime import json_text
from runtime.cases.case_change import Effect
from runtime.cases.comes_to import desk_rows, projection_of
from runtime.cases.examination import Answers, check
from runtime.cases.field_errors import FieldError
from runtime.cases.first_bill import first_entries, with_first_bill
from runtime.cases.quotas import QuotaFullError, with_quotas
from runtime.cases.store import Store
from runtime.cases.submission import Filed, NewSubmission, UploadGoneError
from runtime.documents.upload import Upload
from runtime.release import PermitRelease


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document that is asked for and not given; `item` tells for which item of a `daftar`, counted from 0."""

    document: RequiredDocument
    item: int | None


@dataclass(frozen=True, slots=True)
class NotFiled:
    """Why an application was not filed: faulty answers, rules of eligibility, or missing documents."""

    errors: tuple[FieldError, ...]
    refusals: tuple[Refused, ...]
    missing: tuple[MissingDocument, ...]


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody wants to file. `key` makes it happen once; a draft's key is `draft_key` of its nomor."""

    daerah: str
    key: str
    request_hash: str
    answers: Answers
    files: tuple[str, ...] = ()  # ids of uploads; not for a draft, whose own files are taken
    draft: str | None = None
    revision: int | None = None


def draft_key(nomor: str) -> str:
    """Return the idempotency key under which a draft is filed, once."""
    return f"draf:{nomor}"


def request_hash(permit: str, answers: Answers, files: Iterable[str]) -> str:
    """Return what tells a retry of a request from another request."""
    body = json_text.write({"izin": permit, "jawaban": answers, "berkas": sorted(files)})
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def missing_documents(asked: Iterable[RequiredDocument], uploads: Iterable[Upload]) -> tuple[MissingDocument, ...]:
    """Return the documents that are asked for and not among the uploads, one for each copy that is missing."""
    given = {(upload.document, upload.item) for upload in uploads}
    return tuple(
        MissingDocument(document, item)
        for document in asked
        for item in ([None] if document.for_each is None else range(document.copies))
        if (document.code, item) not in given
    )


async def file(
    store: Store,
    in_force: Callable[[], PermitRelease],
    digest: str,
    application: Application,
    effects: Sequence[Effect] = (),
) -> Filed | NotFiled:
    """File an application once, or say everything that stands against it; an answer comes only after the commit.

    What was filed before is answered as it was then, whatever stands against it now; whether it was is looked up only
    where something does, as the transaction that files looks by itself. What `in_force` raises is passed on, and
    KeyReusedError, DraftChangedError, UploadGoneError, StoreUnavailableError as `Submissions.file` raises them.
    `effects` are those of `Casework`, for a case that is billed as it is filed.
    """
    release = in_force()
    checked = check(release, application.answers, store.clock())
    refusals = release.decider.refusals(checked.concluded, checked.facts)
    documents = release.decider.documents(checked.concluded, checked.facts)
    uploads, gone = _uploads(store, application)
    absent = missing_documents(documents, uploads)
    if gone or absent or not checked.complete or refusals:
        if (known := filed_before(store, application)) is not None:
            return known
        if gone:
            raise UploadGoneError(gone[0])
        return NotFiled(checked.errors, refusals, absent)
    asked = {document.code for document in documents}
    decision = release.decider.decided(checked.concluded, checked.facts, checked.at)
    begun = release.lifecycle.begin(digest, lambda _: checked.facts, checked.at, APPLICANT, concluded=checked.concluded)
    new = NewSubmission(
        daerah=application.daerah,
        key=application.key,
        request_hash=application.request_hash,
        permit=release.permit.code,
        version=release.permit.valid_from,
        release=digest,
        answers=checked.answers,
        facts=json_text.write(checked.facts),
        decision=written(Decision, decision),
        filed_at=checked.at,
        year=release.decider.day_of(checked.at).year,
        # What nobody asked for is not kept; of what was left to a person, nobody knows yet what will be asked for.
        files=tuple(one.id for one in uploads if one.document in asked or decision.manual is not None),
        draft=application.draft,
        revision=application.revision,
        nik=_nik(release, checked.answers),
        entries=first_entries(begun),
        projection=projection_of(begun.state),
        desks=desk_rows(begun.state),
    )
    also = with_quotas(
        release,
        checked.facts,
        release.decider.day_of(checked.at),
        with_first_bill(release, begun, checked.facts, effects),
    )
    try:
        return await store.submissions.file(new, also)
    except QuotaFullError as full:
        because = Because(f"kuota/{full.index}", None, full.quota.citation)
        return NotFiled((), (Refused(full.quota.message, because),), ())


def filed_before(store: Store, application: Application) -> Filed | None:
    """Return the answer given before to this application; KeyReusedError when its key belongs to another."""
    return store.submissions.earlier(
        application.daerah, application.key, None if application.draft is not None else application.request_hash
    )


def _nik(release: PermitRelease, answers: Answers) -> str | None:
    """Return the NIK of whose application it is: the first one that the permit asks for."""
    asked = (field.code for field in release.permit.fields if field.kind is Kind.NIK)
    given = answers.get(next(asked, ""))
    return given if isinstance(given, str) else None


def _uploads(store: Store, application: Application) -> tuple[tuple[Upload, ...], tuple[str, ...]]:
    """Return the application's files, and the ids of those that are not there."""
    if application.draft is not None:
        return store.shelf.of_draft(application.daerah, application.draft), ()
    found = store.shelf.unowned(application.daerah, application.files)
    there = {upload.id for upload in found}
    return found, tuple(one for one in application.files if one not in there)
