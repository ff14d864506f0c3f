"""The documents of a file: their pages as pictures on a page of their own, and the file itself to be saved."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.responses import Response

from rules.case_event import ItemKind, Target
from runtime.citizen.fault import mark
from runtime.citizen.papers import printed_size
from runtime.documents.preview import MOST_PAGES, NoPreviewError, Preview
from runtime.documents.sealed_files import UNREADABLE, FileGoneError
from runtime.documents.serving import download as file_download
from runtime.documents.serving import preview_response
from runtime.documents.shelf import FileNotCleanError
from runtime.documents.upload import APPLICANT, OFFICE, CaseFile
from runtime.issuing.case_letter import product_named
from runtime.office.answers_shown import label_of
from runtime.office.desk_visit import StaffVisit, desk_page
from runtime.office.opened_file import OpenedFile, opened_file
from runtime.office.when import said_moment
from runtime.people.act import Act

_log = logging.getLogger("satupintu.documents")

ATTACHED, THIS_OFFICE = mark("Lampiran petugas"), mark("sistem")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What is kept of a file is not what was given, or nobody can read it any more."""


@desk_page
async def show(visit: StaffVisit) -> Response:
    """Show a document, page by page."""
    opened = await opened_file(visit, Act.READ_DOCUMENT)
    file = _file(opened)
    drawn = await _drawn(opened, file, 1)
    lost = isinstance(drawn, Unreadable)
    drawn = None if isinstance(drawn, Unreadable) else drawn
    pages = 0 if drawn is None else min(drawn.pages, MOST_PAGES)
    given, made = file.giver == APPLICANT, file.giver == OFFICE
    label = label_of(opened, Target(ItemKind.DOCUMENT, file.document, file.item))
    context = {
        "title": label if given else _letter(opened, file) if made else visit.voice.say(ATTACHED),
        "nomor": opened.nomor,
        "here": opened.link,
        "name": file.name,
        "size": f"{file.format.upper()}, {printed_size(file.size, visit.voice)}",
        "given": said_moment(file.kept_at, opened.case.city, visit.voice),
        "giver": "" if given else visit.voice.say(THIS_OFFICE) if made else opened.names.person(file.giver),
        "pages": list(range(1, pages + 1)),
        "lost": lost,
        "cut": drawn is not None and drawn.pages > MOST_PAGES,
        "file": f"{opened.link}/dokumen/{file.id}",
    }
    return visit.page("office_paper.html", context)


@desk_page
async def picture(visit: StaffVisit) -> Response:
    """Answer with the picture of a page."""
    opened = await opened_file(visit, Act.READ_DOCUMENT)
    number = str(visit.request.path_params["page"])
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        raise HTTPException(404)
    drawn = await _drawn(opened, _file(opened), int(number))
    if drawn is None or isinstance(drawn, Unreadable):
        raise HTTPException(404)
    return preview_response(drawn)


@desk_page
async def save(visit: StaffVisit) -> Response:
    """Answer with the file itself, to be saved."""
    opened = await opened_file(visit, Act.READ_DOCUMENT)
    file = _file(opened)
    try:
        return await file_download(visit.kit.store.shelf, visit.code, file)
    except FileNotCleanError as problem:
        raise HTTPException(404) from problem
    except UNREADABLE as problem:
        _log.error("%s of %s can not be read: %s", file.id, opened.nomor, type(problem).__name__)
        return visit.to(f"{opened.link}/dokumen/{file.id}")  # which says so


def _letter(opened: OpenedFile, file: CaseFile) -> str:
    return product_named(opened.case, file.document).name.to(opened.visit.lang)


async def _drawn(opened: OpenedFile, file: CaseFile, page: int) -> Preview | Unreadable | None:
    visit = opened.visit
    at = visit.now.astimezone(ZoneInfo(opened.case.city.zone))
    try:
        return await visit.kit.store.previews.preview(visit.code, file, page, visit.nip, at)
    except (NoPreviewError, FileNotCleanError):
        return None
    except UNREADABLE as problem:
        _log.error("%s of %s can not be read: %s", file.id, opened.nomor, type(problem).__name__)
        return Unreadable()


def _file(opened: OpenedFile) -> CaseFile:
    """Return the file that the address names; 404 where this case has none such."""
    visit = opened.visit
    try:
        found = visit.kit.store.shelf.find(visit.code, opened.nomor, str(visit.request.path_params["file"]))
    except FileGoneError as problem:
        raise HTTPException(404) from problem
    if not isinstance(found, CaseFile):
        raise HTTPException(404)
    return found
