"""How a file leaves: to be saved, never to be opened on the address of an officer's session.

Gains that whatever a file holds runs nowhere: it is an attachment, in a sandbox without a source, kept by no cache and
usable by no other site. What is looked at beside the answers is a picture made of it (`preview`).
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from runtime.documents.file_name import clean_name, named_as
from runtime.documents.preview import Preview
from runtime.documents.shelf import Shelf
from runtime.documents.upload import CONTENT_TYPES, CaseFile, Upload

_SAFE = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}


def file_response(content: bytes, name: str, form: str) -> Response:
    """Answer with a file of an applicant, an officer or the office, to be saved under its name."""
    headers = {**_SAFE, "Content-Disposition": disposition("attachment", name, form)}
    return Response(content, media_type=CONTENT_TYPES[form], headers=headers)


async def download(shelf: Shelf, daerah: str, file: Upload | CaseFile) -> Response:
    """Answer with a file that is clean, as `Shelf.open` reads it."""
    return file_response(await shelf.open(daerah, file), file.name, file.format)


def preview_response(preview: Preview) -> Response:
    """Answer with a preview, which may stand in a page of this site."""
    headers = {**_SAFE, "Content-Disposition": disposition("inline", "pratinjau", preview.format)}
    return Response(preview.content, media_type=CONTENT_TYPES[preview.format], headers=headers)


def disposition(how: str, name: str, form: str) -> str:
    """Write a Content-Disposition (RFC 6266): the whole name, and one of plain letters for who can not read it."""
    whole = named_as(clean_name(name), form)
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in " ._-()") else "_" for sign in whole)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"
