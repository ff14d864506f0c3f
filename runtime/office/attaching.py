"""Forms of the office that bring files: read in parts, each file taken through the same door as an applicant's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from rules.city import Document
from rules.words import Words
from runtime.documents.upload import Incoming, Upload
from runtime.documents.upload_fault import RefusedUpload
from runtime.office.desk_visit import StaffVisit

ATTACHMENT = Document("lampiran-petugas", Words("Lampiran petugas", "Attached by an officer"), max_megabytes=10)
MOST_FILES, MOST_FIELDS, MOST_BYTES = 5, 12, 16 * 1024  # of one form, and of each of its texts
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Parts:
    """A form that came in parts: its pairs, and the files that were chosen, each with the name of its field."""

    sent: list[tuple[str, str]]
    named: tuple[tuple[str, UploadFile], ...]

    @property
    def files(self) -> tuple[UploadFile, ...]:
        """Return the files alone."""
        return tuple(file for _, file in self.named)


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of the files of a form: those that were taken, and what is not right with the others."""

    taken: tuple[Upload, ...]
    faults: tuple[str, ...]

    @property
    def hashes(self) -> tuple[str, ...]:
        """Return what the events of a case name them by."""
        return tuple(file.sha256 for file in self.taken)


async def read_parts(visit: StaffVisit, most_files: int = MOST_FILES) -> Parts:
    """Read a form with files; 403 where it does not carry the token of this session, 415 where it is no such form."""
    kind = visit.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise HTTPException(415)
    form = await visit.request.form(max_files=most_files, max_fields=MOST_FIELDS, max_part_size=MOST_BYTES)
    sent = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    if not visit.trusts(dict(reversed(sent))):
        await form.close()
        raise HTTPException(403)
    files = ((name, value) for name, value in form.multi_items() if isinstance(value, UploadFile) and value.filename)
    return Parts(sent, tuple(files))


async def attached(
    visit: StaffVisit, nomor: str, files: Sequence[UploadFile], document: Document = ATTACHMENT
) -> Attached:
    """Take files for a case; where one is not taken, none is. Attachments are counted, so that each has its name."""
    taken: list[Upload] = []
    faults: list[str] = []
    shelf = visit.kit.store.shelf
    counted = document is ATTACHMENT
    known = [one.item or 0 for one in shelf.of_case(visit.code, nomor) if one.document == document.code]
    for number, file in enumerate(files, max(known, default=-1) + 1):
        name = file.filename or ""
        incoming = Incoming(document, number if counted else None, name, file.content_type or "", _chunks(file))
        kept = await shelf.accept_for_case(visit.code, nomor, incoming, visit.nip)
        await file.close()
        if isinstance(kept, RefusedUpload):
            faults.append(f"{name}: {kept.say(visit.lang)}")
        else:
            taken.append(kept)
    if faults:
        await detached(visit, nomor, taken)
        return Attached((), tuple(faults))
    return Attached(tuple(taken), ())


async def detached(visit: StaffVisit, nomor: str, files: Sequence[Upload]) -> None:
    """Let go of files that nothing came of."""
    for file in files:
        await visit.kit.store.shelf.remove(visit.code, nomor, file.id)


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(CHUNK):
        yield chunk
