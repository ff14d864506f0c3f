"""Everything that is kept, opened together and closed together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from runtime.cases.attempts import Allowance, Attempts
from runtime.cases.checkpoints import Checkpoints
from runtime.cases.codes import open_secret
from runtime.cases.database import Database, open_database
from runtime.cases.drafts import Draft, Drafts
from runtime.cases.journal import Journal
from runtime.cases.outbox import Outbox
from runtime.cases.person_keys import PersonKeys
from runtime.cases.repair_drafts import RepairDrafts
from runtime.cases.sessions import Sessions
from runtime.cases.submission import Submission
from runtime.cases.submissions import Submissions
from runtime.clock import Clock
from runtime.documents.file_seal import FileKeys
from runtime.documents.janitor import sweep
from runtime.documents.preview import Previews
from runtime.documents.shelf import FilesSetting, Shelf
from runtime.settings import Limits
from runtime.vault import open_vault

T = TypeVar("T")


class Store:
    """The open store of a data folder, from construction to `close`."""

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        limits: Limits | None = None,
        files: FilesSetting | None = None,
        url: str | None = None,
        database: Database | None = None,
    ) -> None:
        """Open the folder, making it at the first start, with the database of the URL instead of the folder's own where
        there is one, or with one that is open already; DurabilityError, InUseError or UnknownKeyError when it must not
        be used."""
        self.folder = folder
        self.limits = limits or Limits()
        self.clock = clock
        self.database: Database = database or open_database(folder, url)
        self.secret = open_secret(folder / "satupintu.secret")
        self.vault = open_vault(folder / "satupintu.vault")
        self.people = PersonKeys(self.vault)
        self.database.read(self.people.check)
        self.attempts = Attempts(self.database, self.secret, clock)
        self.drafts = Drafts(self.database, self.vault, self.secret, clock, self.limits.typed_text)
        self.sessions = Sessions(self.database, self.secret, clock, self.drafts)
        self.journal = Journal(self.database, self.people)
        self.outbox = Outbox(self.database, self.people, clock)
        self.checkpoints = Checkpoints(self.database, self.vault, folder, clock)
        self.repair_drafts = RepairDrafts(self.database, self.people, clock, self.limits.typed_text)
        keys = FileKeys(self.vault, self.people)
        self.submissions = Submissions(self.database, self.secret, self.people, self.journal, keys)
        self.shelf = Shelf(self.database, folder, clock, self.limits.files_per_application, keys, files)
        self.previews = Previews(self.shelf)

    async def open_draft(self, daerah: str, nomor: str, code: str, address: str) -> Draft | None:
        """Return the draft that nomor and code open; TooManyTriesError before anything is looked up or hashed."""
        return await self._opened(daerah, nomor, address, lambda: self.drafts.opened_by(daerah, nomor, code))

    async def open_submission(self, daerah: str, nomor: str, code: str, address: str) -> Submission | None:
        """Return the submission that nomor and code open; TooManyTriesError before anything is looked up or hashed."""
        return await self._opened(daerah, nomor, address, lambda: self.submissions.opened_by(daerah, nomor, code))

    async def forget_old(self, daerah: str) -> None:
        """Remove drafts, sessions, counters and files whose time is over; to be done once an hour or so."""
        await self.drafts.forget_old(daerah)
        await self.sessions.forget_old(daerah)
        await self.attempts.forget_old(daerah)
        await sweep(self.shelf, daerah)

    async def _opened(self, daerah: str, nomor: str, address: str, look: Callable[[], Awaitable[T | None]]) -> T | None:
        """Count the try first; one that was right is taken back, so that only wrong ones use up the allowance."""
        limits = self.limits
        tries = (
            Allowance("nomor", nomor, limits.tries_per_nomor, limits.tries_per_nomor_window),
            Allowance("address", address, limits.tries_per_address, limits.tries_per_address_window),
        )
        await self.attempts.count(daerah, *tries)
        found = await look()
        if found is not None:
            await self.attempts.forgive(daerah, *tries)
        return found

    def close(self) -> None:
        """Commit what waits and let go of the folder."""
        self.database.close()

    def __enter__(self) -> Self:
        """Use the open store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
