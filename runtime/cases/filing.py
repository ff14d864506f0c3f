"""Check and file: the one way from what somebody sent to an application that is kept, for pages and API alike.

    cleaned -> typed, hidden answers removed, derived facts computed -> schema -> decided -> documents complete -> kept

Everything that is the matter is said at once; nothing is kept unless all of it is right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.codec import written
from rules.condition.decide import holds
from rules.condition.presence import missing
from rules.decision import Decision, RequiredDocument
from rules.field import Field
from rules.kind import Facts, Kind
from rules.memo import remembered
from rules.permit import Permit
from rules.words import Words
from runtime import json_text
from runtime.cases.clean_text import clean
from runtime.cases.field_errors import Fault, FieldError, Path, explain
from runtime.cases.store import Store
from runtime.cases.submissions import Filed, NewSubmission, UploadGoneError
from runtime.documents.shelf import Upload
from runtime.release import PermitRelease

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document that is asked for and not given; `item` tells for which item of a `daftar`, counted from 0."""

    document: RequiredDocument
    item: int | None


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of some answers at one moment: the facts, what is the matter, and what is decided so far.

    `unanswered` are questions that must still be answered; `wrong` are answers that can not be accepted. With either,
    the decision is of what is known: it may still change. `answers` are those kept, hidden ones removed.
    """

    at: datetime
    answers: Answers
    facts: Facts
    unanswered: tuple[FieldError, ...]
    wrong: tuple[FieldError, ...]
    decision: Decision

    @property
    def complete(self) -> bool:
        """Tell whether every answer is there and right."""
        return not self.unanswered and not self.wrong

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """Return everything that is the matter with the answers."""
        return (*self.wrong, *self.unanswered)


@dataclass(frozen=True, slots=True)
class NotFiled:
    """Why an application was not filed: faulty answers, rules of eligibility, or missing documents."""

    examined: Examined
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


def examine(release: PermitRelease, raw: Answers, at: datetime) -> Examined:
    """Say what follows from some answers: faults, facts and decision. Partial answers are welcome."""
    permit, decider = release.permit, release.decider
    cleaned, strange = clean(dict(raw))
    assert isinstance(cleaned, dict)
    wrong = {path: _strange(permit, path, sign, cleaned) for path, sign in strange}
    for path, fault in _uninvited(_known_names(permit), cleaned):
        wrong[path] = FieldError(path, fault, Words(str(path[-1])[:60]))
    facts = decider.facts(cleaned, decider.day_of(at))
    instance = _with_wrong(permit.fields, cleaned, facts)
    unanswered: dict[Path, FieldError] = {}
    if not release.validator.is_valid(instance):
        for path in _faulty_paths(release, instance):
            error = explain(permit.fields, path, instance)
            (unanswered if error.fault is Fault.REQUIRED else wrong).setdefault(error.path, error)
    return Examined(
        at,
        _asked(permit.fields, instance),
        facts,
        _in_form_order(unanswered.values(), permit),
        _in_form_order(wrong.values(), permit),
        decider.decide(facts, at),
    )


def missing_documents(decision: Decision, uploads: Iterable[Upload]) -> tuple[MissingDocument, ...]:
    """Return the documents that are asked for and not among the uploads, one for each copy that is missing."""
    given = {(upload.document, upload.item) for upload in uploads}
    return tuple(
        MissingDocument(document, item)
        for document in decision.documents
        for item in ([None] if document.for_each is None else range(document.copies))
        if (document.code, item) not in given
    )


async def file(
    store: Store, in_force: Callable[[], PermitRelease], digest: str, application: Application
) -> Filed | NotFiled:
    """File an application once, or say everything that stands against it; an answer comes only after the commit.

    What was filed before is answered as it was then, whatever stands against it now; whether it was is looked up only
    where something does, as the transaction that files looks by itself. What `in_force` raises is passed on, and
    KeyReusedError, DraftChangedError, UploadGoneError, StoreUnavailableError as `Submissions.file` raises them.
    """
    release = in_force()
    examined = examine(release, application.answers, store.clock())
    uploads, gone = _uploads(store, application)
    absent = missing_documents(examined.decision, uploads)
    if gone or absent or not examined.complete or not examined.decision.eligible:
        if (known := filed_before(store, application)) is not None:
            return known
        if gone:
            raise UploadGoneError(gone[0])
        return NotFiled(examined, absent)
    asked = {document.code for document in examined.decision.documents}
    new = NewSubmission(
        daerah=application.daerah,
        key=application.key,
        request_hash=application.request_hash,
        permit=release.permit.code,
        version=release.permit.valid_from,
        release=digest,
        answers=examined.answers,
        facts=json_text.write(examined.facts),
        decision=written(Decision, examined.decision),
        filed_at=examined.at,
        year=release.decider.day_of(examined.at).year,
        # What nobody asked for is not kept.
        files=tuple(upload.id for upload in uploads if upload.document in asked),
        draft=application.draft,
        revision=application.revision,
    )
    return await store.submissions.file(new)


def filed_before(store: Store, application: Application) -> Filed | None:
    """Return the answer given before to this application; KeyReusedError when its key belongs to another."""
    return store.submissions.earlier(
        application.daerah, application.key, None if application.draft is not None else application.request_hash
    )


def _uploads(store: Store, application: Application) -> tuple[tuple[Upload, ...], tuple[str, ...]]:
    """Return the application's files, and the ids of those that are not there."""
    if application.draft is not None:
        return store.shelf.of_draft(application.daerah, application.draft), ()
    found = store.shelf.unowned(application.daerah, application.files)
    there = {upload.id for upload in found}
    return found, tuple(one for one in application.files if one not in there)


def _faulty_paths(release: PermitRelease, instance: Mapping[str, object]) -> Iterable[Path]:
    for error in release.validator.iter_errors(instance):
        at = tuple(error.instance_path)
        if error.kind.name == "required":
            yield (*at, str(error.kind.as_dict()["property"]))
        else:
            yield at


def _with_wrong(fields: Sequence[Field], raw: Mapping[str, object], facts: Facts) -> dict[str, object]:
    """Return the facts with the answers of the wrong type put back, so that they can be complained of.

    A wrong answer is not among the facts, so whether its question is shown follows from the others.
    """
    whole: dict[str, object] = dict(facts)
    for field in fields:
        value = raw.get(field.code)
        if value is None:
            continue
        known = facts.get(field.code)
        if known is None:
            if not missing(value) and holds(field.shown_when, facts):
                whole[field.code] = value
        elif field.items and isinstance(value, list | tuple) and isinstance(known, tuple):
            whole[field.code] = tuple(
                _with_wrong(field.items, item, item_facts)
                for item, item_facts in zip(value, known, strict=True)
                if isinstance(item, Mapping) and isinstance(item_facts, Mapping)
            )
    return whole


def _asked(fields: Sequence[Field], whole: Mapping[str, object]) -> dict[str, object]:
    """Return the answers to questions alone, without what is computed."""
    answers: dict[str, object] = {}
    for field in fields:
        value = whole.get(field.code)
        if field.items and isinstance(value, tuple):
            answers[field.code] = [_asked(field.items, item) for item in value if isinstance(item, Mapping)]
        elif value is not None:
            answers[field.code] = value
    return answers


@dataclass(frozen=True, slots=True)
class _KnownNames:
    """The names a client may send, those it may not because they are computed here, and the same of each `daftar`."""

    asked: frozenset[str]
    computed: frozenset[str]
    items: Mapping[str, _KnownNames]


@remembered
def _known_names(permit: Permit) -> _KnownNames:
    officers = {field.code for field in permit.officer_fields}
    computed = {derived.code for derived in permit.derived}
    items = {
        field.code: _KnownNames(
            frozenset(item.code for item in field.items), frozenset(derived.code for derived in field.derived), {}
        )
        for field in permit.fields
        if field.kind is Kind.LIST
    }
    return _KnownNames(frozenset(field.code for field in permit.fields), frozenset(computed | officers), items)


def _uninvited(known: _KnownNames, raw: Mapping[str, object]) -> Iterable[tuple[Path, Fault]]:
    """Yield every key that is no question: one of nobody's, or a fact that is computed here."""
    for key in raw.keys() - known.asked:
        yield (key,), Fault.COMPUTED if key in known.computed else Fault.UNKNOWN
    for code, of_items in known.items.items():
        items = raw.get(code)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, Mapping):
                for path, fault in _uninvited(of_items, item):
                    yield (code, index, *path), fault


def _strange(permit: Permit, path: Path, sign: str, raw: Mapping[str, object]) -> FieldError:
    found = explain(permit.fields, path, raw)
    return FieldError(found.path, Fault.STRANGE_SIGN, found.label, (("sign", Words(sign)),))


def _in_form_order(errors: Iterable[FieldError], permit: Permit) -> tuple[FieldError, ...]:
    found = list(errors)
    if len(found) > 1:
        order = {field.code: index for index, field in enumerate(permit.fields)}
        found.sort(key=lambda error: (order.get(str(error.path[0]) if error.path else "", len(order)), error.pointer))
    return tuple(found)
