"""A file as it comes in, as it waits for its application, and as a case holds it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from rules.city import Document
from runtime.documents.file_name import name_of
from runtime.documents.file_seal import Place
from runtime.documents.file_state import FileState

APPLICANT, OFFICE = "pemohon", "sistem"  # who gives; else the person of an office
PRINTED = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG"}
CONTENT_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was taken and waits for its application."""

    id: str
    owner: str | None
    document: str
    item: int | None
    format: str
    size: int
    sha256: str
    state: FileState = FileState.CLEAN
    giver: str = APPLICANT

    @property
    def name(self) -> str:
        """Return what it is called."""
        return name_of(self.document, self.item, self.format)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file that a case holds. `round` is 0 for what came with the application or from an officer, and then the number
    of the repair: what is given anew stands beside what it replaces."""

    nomor: str
    id: str
    document: str
    item: int | None
    format: str
    size: int
    sha256: str
    state: FileState
    giver: str
    round: int
    kept_at: datetime

    @property
    def name(self) -> str:
        """Return what it is called."""
        return name_of(self.document, self.item, self.format)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it comes in: what it is for, what the sender says of it, and its bytes. `name` is not kept.

    `owner` is the nomor of the draft or the case it belongs to; None for the API, where whoever knows the upload's id
    may use it. `giver` is the applicant, or the person of an office.
    """

    document: Document
    item: int | None
    name: str
    declared: str
    chunks: AsyncIterator[bytes]
    owner: str | None = None
    giver: str = APPLICANT


@dataclass(frozen=True, slots=True)
class Made:
    """A file that the office itself made: for which product, and of which item of a `daftar`."""

    document: str
    item: int | None
    format: str
    content: bytes


def place_of(daerah: str, file: Upload | CaseFile) -> Place:
    """Return where a file stands."""
    owner = file.owner if isinstance(file, Upload) else file.nomor
    return Place(daerah, owner, file.id, file.document, file.item, file.format, file.sha256)
