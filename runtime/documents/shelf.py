"""Files that were taken: screened, encrypted, on disk for certain before the database knows of them.

    quarantine -> screened -> encrypted and put -> row (KARANTINA) -> scanned -> row (BERSIH): only now anybody sees it

Gains that a row always has its content; a content without a row (a crash between the two) is removed by the sweep, and
a row that was never promoted is scanned again.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import assert_never

from sqlalchemy import Connection, func, insert, select, update

from runtime.cases.database import Database
from runtime.cases.tables import file_content, upload
from runtime.clock import Clock, as_text
from runtime.documents import file_rows
from runtime.documents.antivirus import Clamd, Infected, NothingFound, NotScanned
from runtime.documents.content_store import ContentStore
from runtime.documents.file_name import clean_name
from runtime.documents.file_seal import FileKeys, seal, unseal
from runtime.documents.file_state import WAITING, FileState
from runtime.documents.quarantine import FORGOTTEN_AFTER, Quarantine, TooLargeError
from runtime.documents.screening import Screening
from runtime.documents.sniffing import format_of
from runtime.documents.upload import CaseFile, Incoming, Upload, place_of
from runtime.documents.upload_fault import RefusedUpload, UploadFault

UNOWNED_KEPT = timedelta(hours=24)
LATEST_ROW = FORGOTTEN_AFTER / 2  # seconds after its content: far from the moment at which the sweep would take it


class FileGoneError(LookupError):
    """There is no such file, or it is somebody else's."""


class FileNotCleanError(Exception):
    """The file was not found clean, so nobody sees it."""


@dataclass(frozen=True, slots=True)
class FilesSetting:
    """Where contents are kept (None: beside the database), and the virus scanner, if there is one."""

    url: str | None = None
    scanner: Clamd | None = None


class Shelf:
    """The files of one installation."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        clock: Clock,
        most_files: int,
        keys: FileKeys,
        setting: FilesSetting | None = None,
    ) -> None:
        """Keep files, at most `most_files` that wait for one draft or case; the quarantine is under `folder`."""
        setting = setting or FilesSetting()
        self.database = database
        self.quarantine = Quarantine(folder / "karantina")
        self.contents = ContentStore(folder / "berkas", setting.url)
        self.keys = keys
        self.clock = clock
        self.scanner = setting.scanner
        self._most_files = most_files
        self._screening = Screening()
        self._sealing = asyncio.Semaphore(2)  # a whole file is in memory meanwhile

    async def accept(self, daerah: str, incoming: Incoming) -> Upload | RefusedUpload:
        """Take a file, or say why not; the answer comes after file and row are kept."""
        document = incoming.document
        if incoming.owner is not None and self.database.read(
            lambda connection: self._full(connection, daerah, incoming)
        ):
            return RefusedUpload(UploadFault.TOO_MANY_FILES)
        try:
            source = await self.quarantine.take(incoming.chunks, document.max_megabytes * 1024 * 1024)
        except TooLargeError:
            return RefusedUpload(UploadFault.TOO_LARGE, (("bound", str(document.max_megabytes)),))
        target = self.quarantine.new_path()
        try:
            form = format_of(source, incoming)
            if isinstance(form, RefusedUpload):
                return form
            refused = await self._screening.screen(form, source, target)
            if refused is not None:
                return refused
            async with self._sealing:
                return await self._keep(daerah, incoming, form, source if form == "pdf" else target)
        finally:
            source.unlink(missing_ok=True)
            target.unlink(missing_ok=True)

    async def accept_for_case(self, daerah: str, nomor: str, incoming: Incoming, giver: str) -> Upload | RefusedUpload:
        """Take a file that an applicant gives for a repair or an officer attaches: it waits until the case adopts it.

        The same door as for an application: whoever gave it, it is screened.
        """
        return await self.accept(daerah, replace(incoming, owner=nomor, giver=giver))

    def of_draft(self, daerah: str, nomor: str) -> tuple[Upload, ...]:
        """Return the files that wait for a draft, or for the case of this nomor, in the order in which they came."""
        return self.database.read(lambda connection: file_rows.waiting(connection, daerah, upload.c.owner == nomor))

    def unowned(self, daerah: str, ids: tuple[str, ...]) -> tuple[Upload, ...]:
        """Return those of the uploads that belong to nobody and whose time is not over."""
        now = self.clock()
        which = upload.c.owner.is_(None), upload.c.id.in_(ids)
        return self.database.read(lambda connection: file_rows.waiting(connection, daerah, *which, at=now))

    def of_case(self, daerah: str, nomor: str) -> tuple[CaseFile, ...]:
        """Return every file that a case ever held; `file_rows.current` picks those that count now."""
        return self.database.read(lambda connection: file_rows.held(connection, daerah, nomor))

    def find(self, daerah: str, owner: str | None, file_id: str) -> Upload | CaseFile:
        """Return a file of a draft or a case; FileGoneError when there is none that is theirs."""
        found = self.database.read(lambda connection: file_rows.find(connection, daerah, owner, file_id))
        if found is None:
            raise FileGoneError(file_id)
        return found

    async def open(self, daerah: str, file: Upload | CaseFile) -> bytes:
        """Return the bytes of a file that is clean.

        FileNotCleanError when it is not; ForgottenError when its person was forgotten; SealBrokenError,
        ContentGoneError or ContentDamagedError when what is stored is not what was taken.
        """
        if file.state is not FileState.CLEAN:
            raise FileNotCleanError(file.id)
        return await asyncio.to_thread(self.unsealed, daerah, file)

    async def remove(self, daerah: str, nomor: str, upload_id: str) -> None:
        """Remove a file that waits for a draft or a repair; nothing happens when there is no such file."""
        which = upload.c.owner == nomor, upload.c.id == upload_id
        await self.database.write(lambda connection: file_rows.remove(connection, daerah, *which))

    def unsealed(self, daerah: str, file: Upload | CaseFile) -> bytes:
        """Return the bytes of a file in whatever state: for the scanner and for the check of what is kept."""
        address, key = self.database.read(lambda connection: self._opening(connection, daerah, file))
        return unseal(self.contents.read(daerah, address), key, daerah, file.sha256)

    def _opening(self, connection: Connection, daerah: str, file: Upload | CaseFile) -> tuple[str, bytes]:
        where = file_content.c.daerah == daerah, file_content.c.id == file.id
        known = select(file_content.c.address, file_content.c.wrapped_key).where(*where)
        row = connection.execute(known).one_or_none()
        if row is None:
            raise FileGoneError(file.id)
        return row.address, self.keys.unwrap(connection, row.wrapped_key, place_of(daerah, file))

    async def promote(self, daerah: str, file_id: str, content: bytes) -> FileState:
        """Scan a file that was kept, and say in its row what came of it."""
        verdict = NothingFound() if self.scanner is None else await self.scanner.scan(content)
        match verdict:
            case NothingFound():
                state = FileState.CLEAN
            case Infected():
                state = FileState.REFUSED
            case NotScanned():
                state = FileState.SCAN_FAILED
            case _:
                assert_never(verdict)
        ours = file_content.c.daerah == daerah, file_content.c.id == file_id, file_content.c.state.in_(WAITING)
        said = update(file_content).where(*ours).values(state=state)
        await self.database.write(lambda connection: connection.execute(said).close())
        return state

    async def _keep(self, daerah: str, incoming: Incoming, form: str, ready: Path) -> Upload | RefusedUpload:
        content = await asyncio.to_thread(ready.read_bytes)
        taken = Upload(
            *(secrets.token_hex(16), incoming.owner, incoming.document.code, incoming.item),
            *(clean_name(incoming.name), form, len(content), hashlib.sha256(content).hexdigest()),
            state=FileState.QUARANTINED,
            giver=incoming.giver,
        )
        began = time.monotonic()
        address, key = await asyncio.to_thread(self._put, daerah, taken, content)
        now = self.clock()
        columns = ("id", "owner", "document", "item", "name", "format", "size", "sha256")
        row = {"daerah": daerah, **{name: getattr(taken, name) for name in columns}} | {
            "created_at": as_text(now),
            "expires_at": None if incoming.owner is not None else as_text(now + UNOWNED_KEPT),
        }
        known = {
            "daerah": daerah,
            "id": taken.id,
            "address": address,
            "state": taken.state,
            "giver": taken.giver,
            "round": 0,
            "kept_at": as_text(now),
        }

        def work(connection: Connection) -> bool:
            assert time.monotonic() - began < LATEST_ROW, "the sweep may be about to take the content"
            if self._full(connection, daerah, incoming):
                return False
            connection.execute(insert(upload), row)
            wrapped = self.keys.wrap(connection, key, place_of(daerah, taken))
            connection.execute(insert(file_content), {**known, "wrapped_key": wrapped})
            return True

        if not await self.database.write(work):
            return RefusedUpload(UploadFault.TOO_MANY_FILES)
        state = await self.promote(daerah, taken.id, content)
        if state is FileState.REFUSED:
            await self.database.write(lambda connection: file_rows.remove(connection, daerah, upload.c.id == taken.id))
            return RefusedUpload(UploadFault.INFECTED)
        return replace(taken, state=state)

    def _put(self, daerah: str, taken: Upload, content: bytes) -> tuple[str, bytes]:
        sealed, key = seal(content, daerah, taken.sha256)
        return self.contents.put(daerah, sealed), key

    def _full(self, connection: Connection, daerah: str, incoming: Incoming) -> bool:
        if incoming.owner is None:
            return False
        theirs = upload.c.daerah == daerah, upload.c.owner == incoming.owner
        count = connection.execute(select(func.count()).select_from(upload).where(*theirs)).scalar_one()
        return count >= self._most_files
