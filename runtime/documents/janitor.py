"""What is done again and again for files: remove what nobody needs, scan what was never scanned."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from runtime.cases.tables import file_content, upload
from runtime.clock import as_text, system_clock
from runtime.documents import file_rows
from runtime.documents.file_state import WAITING, FileState
from runtime.documents.quarantine import FORGOTTEN_AFTER
from runtime.documents.sealed_files import UNREADABLE
from runtime.documents.shelf import Shelf

PORTION = 500


async def sweep(shelf: Shelf, daerah: str) -> int:
    """Remove uploads nobody used in time, and contents that no row knows and no upload is about to."""
    now = as_text(shelf.clock())
    unused = shelf.database.read(lambda connection: file_rows.unused(connection, daerah))

    def forget(connection: Connection) -> None:
        file_rows.remove(connection, daerah, upload.c.expires_at <= now)
        for at in range(0, len(unused), PORTION):
            file_rows.remove_unused(connection, daerah, unused[at : at + PORTION])

    await shelf.database.write(forget)
    before = system_clock() - timedelta(seconds=FORGOTTEN_AFTER)  # of this machine: as folders tell it
    return shelf.quarantine.sweep() + await asyncio.to_thread(_sweep_contents, shelf, daerah, before)


async def rescan(shelf: Shelf, daerah: str) -> int:
    """Scan what a crash or a scanner that was down left unscanned; return how many files became clean."""
    states = WAITING if shelf.scanner is not None else (FileState.QUARANTINED,)
    clean = 0
    for file in shelf.database.read(lambda connection: file_rows.in_states(connection, daerah, states)):
        try:
            content = await asyncio.to_thread(shelf.sealed.unsealed, daerah, file)
        except UNREADABLE:
            continue  # the check of what is kept tells of it; nobody sees the file
        clean += await shelf.promote(daerah, file.id, content) is FileState.CLEAN
    return clean


def _sweep_contents(shelf: Shelf, daerah: str, before: datetime) -> int:
    removed = shelf.contents.sweep(daerah, before)
    for portion in shelf.contents.addresses(daerah, before):
        for address in set(portion) - known_addresses(shelf, daerah, portion):
            shelf.contents.remove(daerah, address)
            removed += 1
    return removed


def known_addresses(shelf: Shelf, daerah: str, addresses: tuple[str, ...]) -> set[str]:
    """Return which of these addresses a file has."""
    which = file_content.c.daerah == daerah, file_content.c.address.in_(addresses)
    query = select(file_content.c.address).where(*which)
    return shelf.database.read(lambda connection: set(connection.execute(query).scalars()))
