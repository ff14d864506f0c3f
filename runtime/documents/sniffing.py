"""What a file is by its first bytes, which must be what its name and its sender say and what is asked for."""

from __future__ import annotations

from pathlib import Path

import filetype

from runtime.documents.file_name import clean_name, format_of_name
from runtime.documents.upload import PRINTED, Incoming
from runtime.documents.upload_fault import RefusedUpload, UploadFault

FORMATS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpeg",
    "image/jpg": "jpeg",
    "image/pjpeg": "jpeg",
    "image/png": "png",
}
UNDECLARED = {"", "application/octet-stream"}


def format_of(source: Path, incoming: Incoming) -> str | RefusedUpload:
    """Return the format of a file, or what is not right with it."""
    if source.stat().st_size == 0:
        return RefusedUpload(UploadFault.EMPTY)
    with source.open("rb") as file:
        kind = filetype.guess(file.read(8192))
    found = FORMATS.get(kind.mime) if kind is not None else None
    if found is None:
        return RefusedUpload(UploadFault.UNKNOWN_FORMAT)
    printed = ("found", PRINTED[found])
    if found not in incoming.document.formats:
        formats = " / ".join(PRINTED[form] for form in incoming.document.formats)
        return RefusedUpload(UploadFault.FORMAT_NOT_ASKED, (printed, ("formats", formats)))
    if format_of_name(clean_name(incoming.name)) != found:
        return RefusedUpload(UploadFault.NAME_DISAGREES, (printed,))
    declared = incoming.declared.partition(";")[0].strip().lower()
    if declared not in UNDECLARED and FORMATS.get(declared) != found:
        return RefusedUpload(UploadFault.TYPE_DISAGREES, (printed,))
    return found
