"""The signatory's desk: what will be issued, signing one file or several after a fresh proof, and what to do where a
signature is late or fails.
"""

from __future__ import annotations

import asyncio
import hashlib
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.responses import Response

from rules.case_event import SignedFile
from rules.case_state import AtStage
from rules.city import Document
from rules.command import AskSignature, FailSignature
from runtime.cases.case_change import Kept, Once, Said
from runtime.cases.submission import KeyReusedError
from runtime.citizen.fault import mark
from runtime.documents.preview import draw
from runtime.documents.serving import file_response, preview_response
from runtime.documents.upload import Upload
from runtime.issuing.case_letter import product_named
from runtime.office.attaching import attached, detached, read_parts
from runtime.office.case_file_page import Told
from runtime.office.desk_form import read_key, whole
from runtime.office.desk_visit import StaffVisit, desk_page, desk_page_with_files
from runtime.office.doing import USED, do, faulty, not_done, words_of
from runtime.office.opened_file import OpenedFile, opened_file
from runtime.office.signature_shown import scan_name
from runtime.people.act import Act
from runtime.product.permit_pdf import PrintFailedError

NOT_WAITING = mark("Berkas ini tidak menunggu tanda tangan Anda.")
NO_SCAN = mark("Pilih hasil pindai surat yang sudah ditandatangani: {letter}")
NOT_PRINTED = mark("Suratnya belum dapat dicetak. Beri tahu admin; templatnya perlu diperiksa.")
GIVEN_UP = "tidak_ditunggu"


@desk_page
async def draft(visit: StaffVisit) -> Response:
    """Answer with the letter that is about to be signed, as a draft to be saved."""
    opened = await _signing(visit)
    return file_response(await _draft(opened), f"konsep-{opened.nomor}.pdf", "pdf")


@desk_page
async def draft_picture(visit: StaffVisit) -> Response:
    """Answer with a picture of the letter that is about to be signed."""
    opened = await _signing(visit)
    at = visit.now.astimezone(ZoneInfo(opened.case.city.zone))
    page = max(1, whole(str(visit.request.path_params["page"])))
    seen = f"{visit.nip} · {at:%d-%m-%Y %H.%M}"
    folder = visit.kit.store.shelf.quarantine.folder
    return preview_response(await asyncio.to_thread(draw, await _draft(opened), "pdf", page, seen, folder))


@desk_page
async def paper(visit: StaffVisit) -> Response:
    """Answer with the numbered letter, to be printed and signed by hand."""
    opened = await _signing(visit)
    wanted = str(visit.request.path_params["product"])
    products = {scan_name(one.code, one.item): one for one in opened.state.products}
    if wanted not in products or not _failed(opened):
        raise HTTPException(404)
    content = await asyncio.to_thread(visit.kit.signing.paper, opened.case, products[wanted], visit.nip)
    return file_response(content, f"{wanted}-{opened.nomor}.pdf", "pdf")


@desk_page
async def sign(visit: StaffVisit) -> Response:
    """Ask for the signature of one file."""
    opened = await _signing(visit)
    if (proof := visit.first_prove(Act.SIGN, opened.link)) is not None:
        return proof
    sent = dict(reversed(await visit.sent()))
    refused = await ask(opened, whole(sent.get("putaran", "")), read_key(sent.get("kunci", "")))
    return visit.to(f"{opened.link}?jadi=tanda-tangan") if not refused else await not_done(opened, Told(), refused)


@desk_page
async def give_up(visit: StaffVisit) -> Response:
    """Wait no longer for a signature that is late: it can be asked for again, or made on paper."""
    opened = await _signing(visit)
    sent = dict(reversed(await visit.sent()))
    return await do(opened, Act.SIGN, sent, FailSignature(GIVEN_UP), Said(), "batal", Told())


@desk_page_with_files
async def sign_on_paper(visit: StaffVisit) -> Response:
    """Take the scans of letters that were signed by hand."""
    opened = await _signing(visit)
    if (proof := visit.first_prove(Act.SIGN, opened.link)) is not None:
        return proof
    letters = [(scan_name(one.code, one.item), one) for one in opened.state.products]
    parts = await read_parts(visit, max(1, len(letters)))
    chosen = dict(parts.named)
    missing = [(name, _no_scan(opened, one.code)) for name, one in letters if name not in chosen]
    if missing or not letters:
        return faulty(opened, Told(), missing or [("keadaan", visit.voice.say(NOT_WAITING))])
    scans: list[SignedFile] = []
    taken: list[Upload] = []
    for name, one in letters:
        kept = await attached(visit, opened.nomor, [chosen[name]], _kind(opened, one.code))
        if kept.faults:
            await detached(visit, opened.nomor, taken)
            return faulty(opened, Told(), [(name, kept.faults[0])])
        taken += kept.taken
        scans.append(SignedFile(one.code, kept.hashes[0], one.item))
    key = read_key(dict(reversed(parts.sent)).get("kunci", ""))
    once = Once(f"basah:{key}", hashlib.sha256(repr(scans).encode()).hexdigest()) if key else None
    try:
        done = await visit.kit.signing.signed_by_hand(opened.case, tuple(scans), opened.by, once)
    except KeyReusedError:
        why = visit.voice.say(USED)
    else:
        if isinstance(done, Kept):
            return visit.to(f"{opened.link}?jadi=basah")
        why = words_of(opened, done)
    await detached(visit, opened.nomor, taken)
    return await not_done(opened, Told(), why)


async def ask(opened: OpenedFile, round_: int, key: str) -> str:
    """Ask for the signature of a file; return why it was not, nothing where it was."""
    position, visit = opened.state.position, opened.visit
    if not isinstance(position, AtStage) or not position.signature:
        return visit.voice.say(NOT_WAITING)
    command = AskSignature(position.stage, round_)
    once = Once(f"tanda-tangan:{opened.nomor}:{key}", hashlib.sha256(repr(command).encode()).hexdigest())
    try:
        done = await visit.kit.signing.asked(visit.code, opened.nomor, command, opened.by, once)
    except KeyReusedError:
        return visit.voice.say(USED)
    return "" if isinstance(done, Kept) else words_of(opened, done)


async def _signing(visit: StaffVisit) -> OpenedFile:
    """Open a file that this officer may sign; 403 where the post may not."""
    opened = await opened_file(visit)
    if not opened.may(Act.SIGN):
        raise HTTPException(403)
    return opened


async def _draft(opened: OpenedFile) -> bytes:
    position, visit = opened.state.position, opened.visit
    if not isinstance(position, AtStage) or not position.signature:
        raise HTTPException(404)
    try:
        return await asyncio.to_thread(visit.kit.signing.draft, opened.case, position.stage, opened.by, visit.now)
    except PrintFailedError as problem:
        raise HTTPException(404, visit.voice.say(NOT_PRINTED)) from problem


def _failed(opened: OpenedFile) -> bool:
    position = opened.state.position
    return isinstance(position, AtStage) and position.failed is not None


def _no_scan(opened: OpenedFile, code: str) -> str:
    letter = product_named(opened.case, code).name.to(opened.visit.lang)
    return opened.visit.voice.say(NO_SCAN, letter=letter)


def _kind(opened: OpenedFile, code: str) -> Document:
    return Document(code, product_named(opened.case, code).name, max_megabytes=10)
