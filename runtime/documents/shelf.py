"""Files that were taken: screened, named by their content, on disk for certain before the database knows of them.

Gains that a row always has its file; a file without a row (a crash between the two) is removed by `sweep`.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import filetype
from sqlalchemy import Connection, Row, delete, func, insert, select

from rules.city import Document
from runtime.cases.database import Database
from runtime.cases.tables import submission_file, upload
from runtime.clock import Clock, as_text
from runtime.documents.file_name import clean_name, format_of_name
from runtime.documents.quarantine import FORGOTTEN_AFTER, Quarantine, TooLargeError
from runtime.documents.screening import Screening
from runtime.documents.upload_fault import RefusedUpload, UploadFault

UNOWNED_KEPT = timedelta(hours=24)
CONTENT_TYPES = {
    "application/pdf": "pdf",
    "image/jpeg": "jpeg",
    "image/jpg": "jpeg",
    "image/pjpeg": "jpeg",
    "image/png": "png",
}
UNDECLARED = {"", "application/octet-stream"}
PRINTED = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG"}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was taken and waits for its application. `name` is only to be shown."""

    id: str
    owner: str | None
    document: str
    item: int | None
    name: str
    format: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it comes in: what it is for, what the sender says of it, and its bytes.

    `owner` is the nomor of the draft it belongs to; None for the API, where whoever knows the upload's id may use it.
    """

    document: Document
    item: int | None
    name: str
    declared: str
    chunks: AsyncIterator[bytes]
    owner: str | None = None


class Shelf:
    """The files of one data folder."""

    def __init__(self, database: Database, folder: Path, clock: Clock, most_files: int) -> None:
        """Keep files under `folder`, at most `most_files` for one draft."""
        self._database = database
        self._folder = folder / "berkas"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.quarantine = Quarantine(folder / "karantina")
        self._clock = clock
        self._most_files = most_files
        self._screening = Screening()

    async def accept(self, daerah: str, incoming: Incoming) -> Upload | RefusedUpload:
        """Take a file, or say why not; the answer comes after file and row are kept."""
        document = incoming.document
        if incoming.owner is not None and len(self.of_draft(daerah, incoming.owner)) >= self._most_files:
            return RefusedUpload(UploadFault.TOO_MANY_FILES)
        try:
            source = await self.quarantine.take(incoming.chunks, document.max_megabytes * 1024 * 1024)
        except TooLargeError:
            return RefusedUpload(UploadFault.TOO_LARGE, (("bound", str(document.max_megabytes)),))
        target = self.quarantine.new_path()
        try:
            form = _format(source, incoming)
            if isinstance(form, RefusedUpload):
                return form
            refused = await self._screening.screen(form, source, target)
            if refused is not None:
                return refused
            return await self._keep(daerah, incoming, form, source if form == "pdf" else target)
        finally:
            source.unlink(missing_ok=True)
            target.unlink(missing_ok=True)

    def of_draft(self, daerah: str, nomor: str) -> tuple[Upload, ...]:
        """Return the files given to a draft, in the order in which they came."""
        query = select(upload).where(upload.c.daerah == daerah, upload.c.owner == nomor)
        rows = self._database.read(
            lambda connection: connection.execute(query.order_by(upload.c.created_at, upload.c.id)).all()
        )
        return tuple(_upload(row) for row in rows)

    def unowned(self, daerah: str, ids: tuple[str, ...]) -> tuple[Upload, ...]:
        """Return those of the uploads that belong to no draft and are still there."""
        if not ids:
            return ()
        query = select(upload).where(
            upload.c.daerah == daerah,
            upload.c.id.in_(ids),
            upload.c.owner.is_(None),
            upload.c.expires_at > as_text(self._clock()),
        )
        rows = self._database.read(lambda connection: connection.execute(query).all())
        return tuple(_upload(row) for row in rows)

    async def remove(self, daerah: str, nomor: str, upload_id: str) -> None:
        """Remove a file from a draft; nothing happens when the draft has no such file."""
        gone = delete(upload).where(upload.c.daerah == daerah, upload.c.owner == nomor, upload.c.id == upload_id)
        await self._database.write(lambda connection: connection.execute(gone))

    def path(self, daerah: str, sha256: str, form: str) -> Path:
        """Return where a file's content is."""
        return self._folder / daerah / sha256[:2] / f"{sha256}.{form}"

    async def sweep(self, daerah: str) -> int:
        """Remove uploads nobody used in time, and contents that no row knows and no upload is about to."""
        over = delete(upload).where(upload.c.daerah == daerah, upload.c.expires_at <= as_text(self._clock()))
        await self._database.write(lambda connection: connection.execute(over))
        removed = self.quarantine.sweep()
        before = time.time() - FORGOTTEN_AFTER
        for path in (self._folder / daerah).glob("*/*"):
            if path.stat().st_mtime < before:
                removed += await self._database.write(partial(_drop, daerah=daerah, path=path))
        return removed

    async def _keep(self, daerah: str, incoming: Incoming, form: str, ready: Path) -> Upload:
        with ready.open("rb+") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
            os.fsync(file.fileno())
        place = self.path(daerah, digest, form)
        _place(ready, place)
        now = self._clock()
        name = clean_name(incoming.name)
        taken = Upload(
            secrets.token_hex(16), incoming.owner, incoming.document.code, incoming.item, name, form, size, digest
        )
        row = {
            "daerah": daerah,
            "id": taken.id,
            "owner": taken.owner,
            "document": taken.document,
            "item": taken.item,
            "name": name,
            "format": form,
            "size": size,
            "sha256": digest,
            "created_at": as_text(now),
            "expires_at": None if incoming.owner is not None else as_text(now + UNOWNED_KEPT),
        }

        def work(connection: Connection) -> None:
            # The sweep removes contents in this same thread, so what is there now stays as long as the row does.
            assert place.exists()
            connection.execute(insert(upload), row)

        await self._database.write(work)
        return taken


def _format(source: Path, incoming: Incoming) -> str | RefusedUpload:
    """Return what the file is, which must be what its name and its sender say and what is asked for."""
    if source.stat().st_size == 0:
        return RefusedUpload(UploadFault.EMPTY)
    with source.open("rb") as file:
        kind = filetype.guess(file.read(8192))
    found = CONTENT_TYPES.get(kind.mime) if kind is not None else None
    if found is None:
        return RefusedUpload(UploadFault.UNKNOWN_FORMAT)
    printed = ("found", PRINTED[found])
    if found not in incoming.document.formats:
        formats = " / ".join(PRINTED[form] for form in incoming.document.formats)
        return RefusedUpload(UploadFault.FORMAT_NOT_ASKED, (printed, ("formats", formats)))
    if format_of_name(clean_name(incoming.name)) != found:
        return RefusedUpload(UploadFault.NAME_DISAGREES, (printed,))
    declared = incoming.declared.partition(";")[0].strip().lower()
    if declared not in UNDECLARED and CONTENT_TYPES.get(declared) != found:
        return RefusedUpload(UploadFault.TYPE_DISAGREES, (printed,))
    return found


def _place(ready: Path, place: Path) -> None:
    """Move a file to its place, and make sure that it is still there after a power cut."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    ready.replace(place)
    os.utime(place)
    for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _drop(connection: Connection, daerah: str, path: Path) -> int:
    """Remove a content unless a row knows it."""
    for table in (upload, submission_file):
        known = select(func.count()).where(table.c.daerah == daerah, table.c.sha256 == path.stem)
        if connection.execute(known).scalar_one():
            return 0
    path.unlink(missing_ok=True)
    return 1


def _upload(row: Row[tuple[object, ...]]) -> Upload:
    return Upload(row.id, row.owner, row.document, row.item, row.name, row.format, row.size, row.sha256)
