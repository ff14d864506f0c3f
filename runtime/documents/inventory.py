"""The walk through all files, both ways: each row has its content, and each content its row (I8).

It reads and never changes anything. What was just put has an hour until its row must be there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, and_, select

from runtime.cases.person_keys import ForgottenError
from runtime.cases.tables import file_content, submission_file, upload
from runtime.documents import file_rows
from runtime.documents.content_store import ContentDamagedError, ContentGoneError
from runtime.documents.file_state import FileState
from runtime.documents.janitor import known_addresses
from runtime.documents.quarantine import FORGOTTEN_AFTER
from runtime.documents.sealed_files import FileGoneError
from runtime.documents.shelf import Shelf
from runtime.vault import SealBrokenError


class FileTrouble(StrEnum):
    """What can be the matter."""

    NO_KEY = "a file without the row that says where its content is"
    GONE = "a file whose content is gone"
    DAMAGED = "a file whose content is not what was stored"
    MISPLACED = "a file that was not sealed in this place"
    ORPHAN = "a content that no file has"
    UNUSED_KEY = "a key that no file has"


@dataclass(frozen=True, slots=True)
class FileFault:
    """One thing that is not as it must be; `name` is the id of a file or the address of a content."""

    trouble: FileTrouble
    name: str


def file_faults(shelf: Shelf, daerah: str, now: datetime) -> Iterator[FileFault]:
    """Walk through the files of a city; `now` is the time of the machine that keeps the contents."""
    yield from shelf.database.read(lambda connection: tuple(_unpaired(connection, daerah)))
    for file in shelf.database.read(lambda connection: file_rows.in_states(connection, daerah, FileState)):
        try:
            shelf.sealed.unsealed(daerah, file)
        except (ForgottenError, FileGoneError):
            continue  # nobody can open it any more, as it was meant
        except ContentGoneError:
            yield FileFault(FileTrouble.GONE, file.id)
        except ContentDamagedError:
            yield FileFault(FileTrouble.DAMAGED, file.id)
        except SealBrokenError:
            yield FileFault(FileTrouble.MISPLACED, file.id)
    for portion in shelf.contents.addresses(daerah, now - timedelta(seconds=FORGOTTEN_AFTER)):
        for address in sorted(set(portion) - known_addresses(shelf, daerah, portion)):
            yield FileFault(FileTrouble.ORPHAN, address)


def _unpaired(connection: Connection, daerah: str) -> Iterator[FileFault]:
    keys = set(connection.execute(select(file_content.c.id).where(file_content.c.daerah == daerah)).scalars())
    for table in (upload, submission_file):
        pair = and_(file_content.c.daerah == table.c.daerah, file_content.c.id == table.c.id)
        query = select(table.c.id, file_content.c.id.label("known")).outerjoin(file_content, pair)
        for row in connection.execute(query.where(table.c.daerah == daerah).order_by(table.c.id)):
            keys.discard(row.id)
            if row.known is None:
                yield FileFault(FileTrouble.NO_KEY, row.id)
    yield from (FileFault(FileTrouble.UNUSED_KEY, key) for key in sorted(keys))
