"""What was issued or written for a case, for its applicant to save: permits, and the letter of a refusal.

Fetching a permit is something that happens to the case, so it is asked for by a button and not by a link; the same
again on the same day is the same.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rules.case_event import APPLICANT, SignedFile
from rules.case_state import ISSUED, REFUSED
from rules.command import Fetch
from runtime.cases.case_change import Kept, Once
from runtime.cases.case_entry import ChangedError
from runtime.cases.open_case import OpenCase
from runtime.cases.store_fault import StoreUnavailableError
from runtime.citizen.lost_letter import lost_letter
from runtime.citizen.own_case import case_path, own_case_again
from runtime.citizen.product_words import product_words
from runtime.citizen.visit import Visit
from runtime.documents.sealed_files import UNREADABLE
from runtime.documents.serving import file_response
from runtime.documents.upload import CaseFile
from runtime.issuing.case_letter import product_named
from runtime.people.act import Act


@dataclass(frozen=True, slots=True)
class ProductSaid:
    """A letter that can be saved; `check` is the public page that its QR code leads to."""

    name: str
    number: str
    action: str
    item: str
    check: str
    standing: str = ""


def products(visit: Visit, case: OpenCase) -> list[ProductSaid]:
    """Return the letters that an applicant may save now."""
    return [_said(visit, case, one) for one in _letters(case) if _held(visit, case, one) is not None]


def _letters(case: OpenCase) -> tuple[SignedFile, ...]:
    """Return what went out before the end, and what did as the case ended, unless something must be handed in first."""
    before = tuple(one.file for one in case.state.sent_out if one.file is not None)
    ended = case.state.status in {ISSUED, REFUSED} and not case.state.withheld
    return before + (case.state.letters if ended else ())


async def back(request: Request) -> Response:
    """Lead whoever comes by a link to the page that has the button."""
    visit = Visit(request)
    return visit.to(f"/{visit.code}/permohonan/{request.path_params['nomor']}")


async def fetch(request: Request) -> Response:
    """Answer with the file, and note that it was fetched."""
    visit = Visit(request)
    sent = await visit.sent()
    case = await own_case_again(visit, Act.FETCH_PRODUCT, sent)
    if isinstance(case, Response):
        return case
    code, number = request.path_params["code"], dict(reversed(sent)).get("butir", "")
    wanted = letter_named(visit, case, code, number)
    if wanted is None:
        raise HTTPException(404)
    if asks_survey(case):
        query = urlencode({"surat": code, "butir": number})
        return visit.to(f"{case_path(visit, case)}/survei?{query}")
    letter = await _letter(visit, case, *wanted)
    if letter.status_code != 200:  # what can not be read is not noted as fetched
        return letter
    if case.state.status == ISSUED or wanted[0] not in case.state.letters:
        if not await _noted(visit, case, wanted[0]):
            return visit.to(f"{case_path(visit, case)}?berubah=1")
    elif case.state.status != REFUSED:
        return visit.to(f"{case_path(visit, case)}?berubah=1")
    return letter


def letter_named(visit: Visit, case: OpenCase, code: str, item: str) -> tuple[SignedFile, CaseFile] | None:
    """Return a letter of a case that can be saved, with its file; None where there is none of that name."""
    wanted = next((one for one in _letters(case) if (one.code, _written(one.item)) == (code, item)), None)
    file = None if wanted is None else _held(visit, case, wanted)
    return None if wanted is None or file is None else (wanted, file)


def asks_survey(case: OpenCase) -> bool:
    """Tell whether people are asked how satisfied they are before they fetch the letters of this case."""
    asked = case.permit.permit.survey_before(case.city) is not None
    return asked and case.state.status == ISSUED and not case.state.surveyed


async def without_survey(visit: Visit, case: OpenCase, code: str, item: str) -> Response:
    """Answer with a letter though the survey could not be kept; whoever is entitled to it has it all the same: the
    first one where the survey was opened without going for one."""
    first = next(((one.code, _written(one.item)) for one in _letters(case)), ("", ""))
    wanted = letter_named(visit, case, *((code, item) if code else first))
    if wanted is None:
        raise HTTPException(404)
    letter = await _letter(visit, case, *wanted)
    if letter.status_code == 200:
        with contextlib.suppress(StoreUnavailableError, ChangedError):
            await _noted(visit, case, wanted[0])
    return letter


async def _letter(visit: Visit, case: OpenCase, wanted: SignedFile, file: CaseFile) -> Response:
    """Answer with the file of a letter, or with what to do where it can not be read."""
    number = _written(wanted.item)
    name = f"{case.key.nomor}-{wanted.code}{f'-{number}' if number else ''}.{file.format}"
    try:
        content = await visit.kit.store.shelf.open(visit.code, file)
    except UNREADABLE as problem:
        return await lost_letter(visit, case, product_named(case, wanted.code).name.to(visit.lang), name, problem)
    return visit.with_cookie(file_response(content, name, file.format))


async def _noted(visit: Visit, case: OpenCase, file: SignedFile) -> bool:
    key = f"unduh:{case.key.nomor}:{file.code}:{_written(file.item)}:{visit.today}"
    once = Once(key, hashlib.sha256(key.encode()).hexdigest())
    command = Fetch(file.code, file.item)
    act = visit.kit.serving.casework.act
    return isinstance(await act(visit.code, case.key.nomor, command, APPLICANT, only_once=once), Kept)


def _said(visit: Visit, case: OpenCase, file: SignedFile) -> ProductSaid:
    product = product_named(case, file.code)
    key = file.code, file.item
    numbered = next((one for one in case.state.issued if (one.code, one.item) == key), None)
    letter = next((one for one in case.state.products if (one.code, one.item) == key), numbered)
    each = next((one for one in case.permit.permit.fields if one.code == product.for_each), None)
    item = "" if file.item is None or each is None else f" ({each.label.to(visit.lang)} {file.item + 1})"
    return ProductSaid(
        product.name.to(visit.lang) + item,
        "" if letter is None else letter.number,
        f"{case_path(visit, case)}/produk/{file.code}",
        _written(file.item),
        "" if numbered is None else f"/{visit.code}/periksa/{numbered.id}",
        "" if numbered is None else product_words(case, numbered, visit.voice),
    )


def _held(visit: Visit, case: OpenCase, file: SignedFile) -> CaseFile | None:
    """Return the file of a letter; None for one that is only recorded."""
    held = visit.kit.store.shelf.of_case(visit.code, case.key.nomor)
    return next((one for one in held if one.sha256 == file.sha256), None)


def _written(item: int | None) -> str:
    return "" if item is None else str(item + 1)
