"""A submission: what is to be filed, what is answered, what is kept, and why it could not be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.case_event import APPLICANT, Actor
from runtime.cases.case_entry import DeskRow, Entry, Message, Projection
from runtime.documents.file_name import name_of
from runtime.json_text import Json


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """What is to be filed. `key` makes it happen once; `request_hash` tells a retry from another request.

    From a draft: its `draft` and the `revision` that was checked. `files` are ids of uploads. `nik` is whose the case
    is, where somebody gave one. The case begins with `entries`, caused by `actor`, and what they come to.
    """

    daerah: str
    key: str
    request_hash: str
    permit: str
    version: str
    release: str
    answers: Mapping[str, object]
    facts: str
    decision: str
    filed_at: datetime
    year: int  # in the city's own zone
    entries: tuple[Entry, ...]
    projection: Projection
    actor: Actor = APPLICANT
    nik: str | None = None
    desks: tuple[DeskRow, ...] = ()
    messages: tuple[Message, ...] = ()
    files: tuple[str, ...] = ()
    draft: str | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """The answer to a filing, the same at each retry. `decision` is JSON text; `again`: it had been filed before."""

    nomor: str
    code: str
    filed_at: datetime
    permit: str
    version: str
    release: str
    decision: str
    again: bool


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """A file of a submission."""

    id: str
    document: str
    item: int | None
    format: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """Return what it is called."""
        return name_of(self.document, self.item, self.format)


@dataclass(frozen=True, slots=True)
class Submission:
    """What was filed, as it was filed."""

    daerah: str
    nomor: str
    permit: str
    version: str
    release: str
    answers: Mapping[str, Json]
    facts: Mapping[str, Json]
    decision: Json
    filed_at: datetime
    documents: tuple[FiledDocument, ...]


class KeyReusedError(ValueError):
    """The idempotency key belongs to another request."""


class DraftChangedError(ValueError):
    """The draft is no longer the one that was checked: it must be looked over again."""


class UploadGoneError(LookupError):
    """An upload is not there, or belongs to another draft."""

    def __init__(self, upload_id: str) -> None:
        """Name the upload."""
        super().__init__(upload_id)
        self.upload_id = upload_id
