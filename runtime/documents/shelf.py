"""Files that were taken: screened, encrypted, on disk for certain before the database knows of them.

    quarantine -> screened -> encrypted and put -> row (KARANTINA) -> scanned -> row (BERSIH): only now anybody sees it

Gains that a row always has its content; a content without a row (a crash between the two) is removed by the sweep, and
a row that was never promoted is scanned again.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import assert_never

from sqlalchemy import select

from runtime.cases.database import Database
from runtime.cases.store_fault import StoreUnavailableError
from runtime.cases.tables import file_content, upload
from runtime.clock import Clock
from runtime.documents import file_rows
from runtime.documents.antivirus import Clamd, Infected, NothingFound, NotScanned
from runtime.documents.content_store import ContentStore
from runtime.documents.file_seal import FileKeys
from runtime.documents.file_state import FileState
from runtime.documents.quarantine import Quarantine, TooLargeError
from runtime.documents.screening import Screening
from runtime.documents.sealed_files import FileGoneError, SealedFiles
from runtime.documents.sniffing import format_of
from runtime.documents.upload import APPLICANT, OFFICE, CaseFile, Incoming, Made, Upload
from runtime.documents.upload_fault import RefusedUpload, UploadFault

UNCLAIMED_KEPT = timedelta(hours=24)  # of the API, and of officers


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
        self.sealed = SealedFiles(database, self.contents, keys, most_files)
        self._screening = Screening()
        self._sealing = asyncio.Semaphore(2)  # a whole file is in memory meanwhile

    async def accept(self, daerah: str, incoming: Incoming) -> Upload | RefusedUpload:
        """Take a file, or say why not; the answer comes after file and row are kept.

        StoreUnavailableError when there is no room for it.
        """
        document = incoming.document
        if self.database.read(lambda connection: self.sealed.full(connection, daerah, incoming.owner)):
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
                content = await asyncio.to_thread((source if form == "pdf" else target).read_bytes)
                return await self._keep(daerah, incoming, form, content)
        finally:
            source.unlink(missing_ok=True)
            target.unlink(missing_ok=True)

    async def accept_for_case(self, daerah: str, nomor: str, incoming: Incoming, giver: str) -> Upload | RefusedUpload:
        """Take a file that an applicant gives for a repair or an officer attaches: it waits until the case takes it
        with an event (`given_files`), an officer's for a day.

        The same door as for an application: whoever gave it, it is screened.
        """
        return await self.accept(daerah, replace(incoming, owner=nomor, giver=giver))

    async def keep_made(self, daerah: str, nomor: str, made: Made) -> Upload:
        """Keep a file that the office itself made, such as a signed permit: it waits until the case takes it."""
        file = Upload(
            *(secrets.token_hex(16), nomor, made.document, made.item, made.format),
            *(len(made.content), hashlib.sha256(made.content).hexdigest(), FileState.CLEAN, OFFICE),
        )
        now = self.clock()
        async with self._sealing:
            kept = await self.sealed.keep(daerah, file, made.content, now, now + UNCLAIMED_KEPT)
        if not kept:
            raise StoreUnavailableError(f"too many files wait for {nomor}")
        return file

    def of_draft(self, daerah: str, nomor: str) -> tuple[Upload, ...]:
        """Return what the applicant gave to a draft, in the order in which it came."""
        return self.waiting(daerah, nomor, APPLICANT)

    def waiting(self, daerah: str, nomor: str, giver: str) -> tuple[Upload, ...]:
        """Return what somebody gave to a draft or for a case that has not taken it yet."""
        which = upload.c.owner == nomor, file_content.c.giver == giver
        return self.database.read(lambda connection: file_rows.waiting(connection, daerah, *which))

    def unowned(self, daerah: str, ids: tuple[str, ...]) -> tuple[Upload, ...]:
        """Return those of the uploads that belong to nobody and whose time is not over."""
        if not ids:
            return ()
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
        where = file_content.c.daerah == daerah, file_content.c.id == file.id
        state = self.database.read(
            lambda connection: connection.execute(select(file_content.c.state).where(*where)).scalar_one_or_none()
        )
        if state != FileState.CLEAN and state is not None:
            raise FileNotCleanError(file.id)
        return await asyncio.to_thread(self.sealed.unsealed, daerah, file)

    async def remove(self, daerah: str, nomor: str, upload_id: str) -> None:
        """Remove a file that waits for a draft or a repair; nothing happens when there is no such file."""
        which = upload.c.owner == nomor, upload.c.id == upload_id
        await self.database.write(lambda connection: file_rows.remove(connection, daerah, *which))

    async def promote(self, daerah: str, file_id: str, content: bytes) -> FileState:
        """Scan a file that is kept, and say in its row what came of it."""
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
        await self.sealed.promote(daerah, file_id, state)
        return state

    async def _keep(self, daerah: str, incoming: Incoming, form: str, content: bytes) -> Upload | RefusedUpload:
        file = Upload(
            *(secrets.token_hex(16), incoming.owner, incoming.document.code, incoming.item),
            *(form, len(content), hashlib.sha256(content).hexdigest()),
            *(FileState.QUARANTINED, incoming.giver),
        )
        now, claimed = self.clock(), incoming.owner is not None and incoming.giver == APPLICANT
        if not await self.sealed.keep(daerah, file, content, now, None if claimed else now + UNCLAIMED_KEPT):
            return RefusedUpload(UploadFault.TOO_MANY_FILES)
        state = await self.promote(daerah, file.id, content)
        if state is FileState.REFUSED:
            await self.database.write(lambda connection: file_rows.remove(connection, daerah, upload.c.id == file.id))
            return RefusedUpload(UploadFault.INFECTED)
        return replace(file, state=state)
