"""A picture of a page, to look at beside the answers: drawn anew in a confined child, marked with who looks and when.

Made when it is asked for, two at once, and kept nowhere. Gains that an officer need not open what an applicant gave.
Loses the text of a page: what is to be copied is in the file.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from runtime.documents.confined import run
from runtime.documents.shelf import Shelf
from runtime.documents.upload import CaseFile, Upload

CHILD = Path(__file__).with_name("preview_child.py")
AT_ONCE = 2
SECONDS = 20.0
MOST_PAGES = 20  # of a long document the first are drawn


class NoPreviewError(Exception):
    """The page is not there, or could not be drawn; the file itself can still be saved."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture of a page. `pages` is how many the file has, of which the first `MOST_PAGES` can be drawn."""

    content: bytes
    format: str
    pages: int


class Previews:
    """Draws pages of the files of a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        """Draw two at once."""
        self._shelf = shelf
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def preview(self, daerah: str, file: Upload | CaseFile, page: int, viewer: str, at: datetime) -> Preview:
        """Draw a page (1 is the first) of a clean file for a viewer (a NIP), at a moment in the city's own zone.

        NoPreviewError, or what `Shelf.open` raises.
        """
        if not 1 <= page <= MOST_PAGES:
            raise NoPreviewError(f"page {page}")
        async with self._slots:
            content = await self._shelf.open(daerah, file)
            mark = f"{viewer} · {at.strftime('%d-%m-%Y %H.%M %Z').strip()}"
            return await asyncio.to_thread(draw, content, file.format, page, mark, self._shelf.quarantine.folder)


def draw(content: bytes, form: str, page: int, mark: str, folder: Path, seconds: float = SECONDS) -> Preview:
    """Draw a page and wait for it; the file goes to the child through a pipe, the picture comes back through one."""
    asked = json.dumps({"form": form, "page": page, "mark": mark}).encode() + b"\n"
    ended = run(CHILD, (), folder, asked + content, seconds)
    if ended is None or ended.status != 0:
        raise NoPreviewError("the child ended badly")
    head, _, picture = ended.said.partition(b"\n")
    told = json.loads(head)
    if "fault" in told:
        raise NoPreviewError(str(told["fault"]))
    return Preview(picture, str(told["form"]), int(told["pages"]))
