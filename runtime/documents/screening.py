"""Screening of a file in a child process, two at a time; a child that dies or dawdles means the file is refused."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from runtime.cases.store_fault import StoreUnavailableError
from runtime.documents.confined import run
from runtime.documents.screening_child import MOST_PAGES, NO_ROOM_STATUS
from runtime.documents.upload_fault import RefusedUpload, UploadFault

CHILD = Path(__file__).with_name("screening_child.py")
SECONDS = 20.0


class Screening:
    """Opens what nobody trusts, at most `at_once` files at a time."""

    def __init__(self, at_once: int = 2) -> None:
        """Allow so many children at once."""
        self._slots = asyncio.Semaphore(at_once)

    async def screen(self, form: str, source: Path, target: Path) -> RefusedUpload | None:
        """Screen a file; a picture is written anew to `target`. None means that nothing is the matter."""
        async with self._slots:
            return await asyncio.to_thread(screen_now, form, source, target)


def screen_now(form: str, source: Path, target: Path, seconds: float = SECONDS) -> RefusedUpload | None:
    """Screen a file and wait for the verdict; StoreUnavailableError when there was no room to write a picture anew."""
    ended = run(CHILD, (form, str(source), str(target)), source.parent, seconds=seconds)
    if ended is not None and ended.status == NO_ROOM_STATUS:
        raise StoreUnavailableError("the quarantine is full")
    if ended is None or ended.status != 0:
        return RefusedUpload(UploadFault.UNREADABLE)
    try:
        verdict = json.loads(ended.said)["fault"]
    except (ValueError, KeyError):
        return RefusedUpload(UploadFault.UNREADABLE)
    if verdict is None:
        return None
    fault = next((known for known in UploadFault if known == verdict), UploadFault.UNREADABLE)
    return RefusedUpload(fault, (("bound", str(MOST_PAGES)),) if fault is UploadFault.TOO_MANY_PAGES else ())
