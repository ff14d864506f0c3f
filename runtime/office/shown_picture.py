"""A file as a page shows it: its name and size, and whether it may be opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from runtime.citizen.papers import printed_size
from runtime.documents.file_state import FileState
from runtime.documents.upload import CaseFile
from runtime.office.opened_file import OpenedFile


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """One file of a document."""

    id: str
    name: str
    size: str
    clean: bool


def picture(opened: OpenedFile, file: CaseFile) -> ShownPicture:
    """Return a file for a page."""
    size = printed_size(file.size, opened.visit.voice)
    return ShownPicture(file.id, file.name, f"{file.format.upper()}, {size}", file.state is FileState.CLEAN)


def pictures(opened: OpenedFile, files: Iterable[CaseFile], hashes: Iterable[str]) -> list[ShownPicture]:
    """Return the attachments whose hash is one of these."""
    known: Mapping[str, CaseFile] = {file.sha256: file for file in files}
    return [picture(opened, known[one]) for one in hashes if one in known]
