"""Files as they are kept: content and row together, encrypted, each in a state.

Gains that a row always has its content, whatever happens in between: the content is put for certain first, and the
sweep takes no content that a row could still be about to name.
"""

from __future__ import annotations

import asyncio
import time
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from runtime.cases.database import Database
from runtime.cases.person_keys import ForgottenError
from runtime.cases.tables import file_content, upload
from runtime.clock import as_text
from runtime.documents.content_store import ContentDamagedError, ContentGoneError, ContentStore
from runtime.documents.file_seal import FileKeys, seal, unseal
from runtime.documents.file_state import WAITING, FileState
from runtime.documents.quarantine import FORGOTTEN_AFTER
from runtime.documents.upload import CaseFile, Upload, place_of
from runtime.vault import SealBrokenError

LATEST_ROW = FORGOTTEN_AFTER / 2  # seconds after its content: far from the moment at which the sweep would take it


class FileGoneError(LookupError):
    """There is no such file, or it is somebody else's."""


# What is kept of a file is not what was given, or nobody can read it any more.
UNREADABLE = (FileGoneError, ForgottenError, SealBrokenError, ContentGoneError, ContentDamagedError)


class SealedFiles:
    """The kept files of one installation."""

    def __init__(self, database: Database, contents: ContentStore, keys: FileKeys, most_files: int) -> None:
        """Keep contents here and rows there, at most `most_files` that wait for one draft or case."""
        self._database = database
        self._contents = contents
        self._keys = keys
        self._most_files = most_files

    async def keep(self, daerah: str, file: Upload, content: bytes, at: datetime, expires: datetime | None) -> bool:
        """Keep a file in its state; False, and nothing is kept, when too many wait already."""
        began = time.monotonic()
        sealed, key = await asyncio.to_thread(seal, content, daerah, file.sha256)
        address = await asyncio.to_thread(self._contents.put, daerah, sealed)

        def work(connection: Connection) -> bool:
            assert time.monotonic() - began < LATEST_ROW, "the sweep may be about to take the content"
            if self.full(connection, daerah, file.owner):
                return False
            names = ("id", "owner", "document", "item", "name", "format", "size", "sha256")
            row = {"daerah": daerah, "created_at": as_text(at), **{name: getattr(file, name) for name in names}}
            connection.execute(insert(upload), {**row, "expires_at": None if expires is None else as_text(expires)})
            known = {"daerah": daerah, "id": file.id, "address": address, "state": file.state, "giver": file.giver}
            wrapped = self._keys.wrap(connection, key, place_of(daerah, file))
            connection.execute(
                insert(file_content), {**known, "wrapped_key": wrapped, "round": 0, "kept_at": as_text(at)}
            )
            return True

        return await self._database.write(work)

    def full(self, connection: Connection, daerah: str, owner: str | None) -> bool:
        """Tell whether as many files as may wait for a draft or a case are waiting."""
        if owner is None:
            return False
        theirs = upload.c.daerah == daerah, upload.c.owner == owner
        count = connection.execute(select(func.count()).select_from(upload).where(*theirs)).scalar_one()
        return count >= self._most_files

    def unsealed(self, daerah: str, file: Upload | CaseFile) -> bytes:
        """Return the bytes of a file in whatever state: who shows them asks for the state first."""
        address, key = self._database.read(lambda connection: self._opening(connection, daerah, file))
        return unseal(self._contents.read(daerah, address), key, daerah, file.sha256)

    async def promote(self, daerah: str, file_id: str, state: FileState) -> None:
        """Say what came of scanning a file that waited for it."""
        ours = file_content.c.daerah == daerah, file_content.c.id == file_id, file_content.c.state.in_(WAITING)
        said = update(file_content).where(*ours).values(state=state)
        await self._database.write(lambda connection: connection.execute(said).close())

    def _opening(self, connection: Connection, daerah: str, file: Upload | CaseFile) -> tuple[str, bytes]:
        where = file_content.c.daerah == daerah, file_content.c.id == file.id
        known = select(file_content.c.address, file_content.c.wrapped_key).where(*where)
        row = connection.execute(known).one_or_none()
        if row is None:
            raise FileGoneError(file.id)
        return row.address, self._keys.unwrap(connection, row.wrapped_key, place_of(daerah, file))
