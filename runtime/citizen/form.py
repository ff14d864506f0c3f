"""The pages of the form: shown, saved as typed, checked, and on to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from rules.field import Field
from runtime.cases.codes import read_code
from runtime.cases.drafts import Draft
from runtime.citizen.drafting import current_draft, keep, known_filling, remember_filling
from runtime.citizen.fault import mark
from runtime.citizen.filling import Filling, fill
from runtime.citizen.form_view import Place, blank_page, filled_page, label_of, opened_by, pages_of, seen, shown_pages
from runtime.citizen.typed import ITEMS_AT_MOST, Item, Typed, doubled, stored, typed_page
from runtime.citizen.visit import Visit, chosen_language, keep_language
from runtime.sent_form import Sent

_NUMBER = re.compile("[1-9][0-9]{0,2}")
EXPIRED = mark("Sesi Anda sudah berakhir")
EXPIRED_WHY = mark(
    "Sudah lama tidak ada kegiatan, jadi kami menutup sesi ini untuk melindungi data Anda. "
    "Tulis kode draf untuk membukanya lagi."
)
STRANGER_WHY = mark(
    "Peramban Anda tidak mengirim tanda pengenal sesi, jadi kami belum menyimpan apa pun. Tekan Lanjutkan."
)


async def show(request: Request) -> Response:
    """Show a page of the form."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    place = place_of(visit)
    asked: Mapping[str, str] = request.query_params if request.scope["query_string"] else {}
    draft = None if "baru" in asked else await current_draft(visit, place.release.permit.code, asked.get("draf", ""))
    if draft is None:
        if place.page > 0:
            return visit.to(await begin_again(visit, place))
        return visit.html(blank_page(visit, place), personal=False)
    filling = known_filling(visit, place.release, draft)
    if not any(filling.shows(code) for code in place.form.fields):
        return visit.to(_after(visit, place, filling))
    faults = page_faults(place, filling) if "galat" in asked else {}
    return visit.html(filled_page(visit, place, filling, draft, faults))


async def save(request: Request) -> Response:
    """Save what was typed on a page and do what the button says."""
    visit = Visit(request)
    place = place_of(visit)
    sent = await visit.sent()
    first = {name: value for name, value in reversed(sent)}
    nomor = "" if first.get("tanpa_draf") == "ya" else first.get("draf", "")
    if not visit.trusts(first):
        return expired(visit, sent, "" if nomor in await visit.grants() else nomor, STRANGER_WHY)
    if nomor and nomor not in await visit.grants():
        if not (code := read_code(first.get("kode", ""))):
            return expired(visit, sent, nomor, EXPIRED_WHY)
        opened = await visit.kit.store.open_draft(visit.code, nomor, code, visit.address)
        if opened is None:
            return expired(visit, sent, nomor, EXPIRED_WHY, wrong=True)
        await visit.grant(nomor)
    draft = await current_draft(visit, place.release.permit.code, nomor) if nomor else None
    if nomor and draft is None:
        raise HTTPException(409)
    if doubled(place.fields, sent):
        raise HTTPException(422)
    typed, action = typed_page(place.fields, sent), first.get("aksi", "lanjut")
    changed = change_items(place.fields, typed, action)
    whole: Typed = {**({} if draft is None else stored(dict(draft.typed))), **typed}
    filling = fill(place.release, whole, visit.kit.store.clock(), visit.voice)
    if draft is not None or changed or any(typed.values()) or action == "simpan":
        before, draft = draft, await keep(visit, place, draft, typed, filling)
        remember_filling(visit, before, draft, filling)
    return _answer(visit, place, filling, draft, action, set(first.get("terlihat", "").split()))


def place_of(visit: Visit) -> Place:
    """Return the page that the address names; 404 where there is none."""
    release, page = visit.permit(), visit.request.path_params["page"]
    if not _NUMBER.fullmatch(page) or int(page) > len(pages_of(release, visit.lang)):
        raise HTTPException(404)
    return Place(release, int(page) - 1, visit.lang)


def page_faults(place: Place, filling: Filling) -> dict[str, str]:
    """Return what is not right on a page, in the order of its questions."""
    if not filling.faults:
        return {}
    by_question: dict[str, dict[str, str]] = {}
    for name, said in filling.faults.items():
        by_question.setdefault(name.partition(".")[0], {})[name] = said
    return {name: said for code in place.form.fields if code in by_question for name, said in by_question[code].items()}


def first_faulty(visit: Visit, filling: Filling) -> int | None:
    """Return the first page that something is not right on, None where all is."""
    codes = {name.partition(".")[0] for name in filling.faults}
    pages = pages_of(filling.release, visit.lang)
    return next((index for index, page in enumerate(pages) if codes & set(page.fields)), None)


async def begin_again(visit: Visit, place: Place) -> str:
    """Return where to send somebody who asks for a later page without a draft."""
    if visit.returning and await visit.session() is None:
        return f"/{visit.code}/lanjut"
    return f"/{visit.code}/izin/{place.release.permit.code}/isi/1"


def expired(visit: Visit, sent: Sent, nomor: str, why: str, wrong: bool = False) -> Response:
    """Ask for the code of a draft whose session is over, and carry what was typed along."""
    carried = [(name, value) for name, value in sent if name not in {"token", "kode", "tanpa_draf"}]
    context = {
        "draft": "-D-" in nomor,
        "title": visit.voice.say(EXPIRED),
        "explanation": visit.voice.say(why),
        "nomor": nomor,
        "sent": carried,
        "wrong": wrong,
        "action": visit.request.url.path,
    }
    return visit.page("expired.html", context, 403)


def _answer(
    visit: Visit, place: Place, filling: Filling, draft: Draft | None, action: str, shown: set[str]
) -> Response:
    here = f"/{visit.code}/izin/{place.release.permit.code}"
    verb, _, argument = action.partition(":")
    if verb == "bahasa":
        return keep_language(visit.to(f"{here}/isi/{place.page + 1}"), argument, visit.kit)
    if verb in {"tambah", "hapus"}:
        return visit.to(f"{here}/isi/{place.page + 1}#k-{quote(argument.partition('.')[0])}")
    if verb == "simpan":
        return visit.to(f"{here}/tersimpan")
    opened, faults = opened_by(seen(place, filling), shown, page_faults(place, filling))
    if faults or opened:
        news = [(name, label_of(place, name)) for name in opened]
        status = 422 if faults else 200
        return visit.html(filled_page(visit, place, filling, draft, faults, news), status)
    if visit.reviewing:
        return visit.to(f"{here}/periksa")
    return visit.to(_after(visit, place, filling))


def _after(visit: Visit, place: Place, filling: Filling) -> str:
    """Return the next page that has a question which applies, or the documents."""
    here = f"/{visit.code}/izin/{place.release.permit.code}"
    after = [index for index in shown_pages(filling, visit.lang) if index > place.page]
    return f"{here}/isi/{after[0] + 1}" if after else f"{here}/dokumen"


def change_items(fields: Iterable[Field], typed: Typed, action: str) -> bool:
    """Add or remove an item of a `daftar`, where the button says so."""
    verb, _, argument = action.partition(":")
    code, _, index = argument.rstrip(".").partition(".")
    field = next((field for field in fields if field.code == code and field.items), None)
    if field is None or verb not in {"tambah", "hapus"}:
        return False
    given = typed.get(code)
    items: list[Item] = [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
    if verb == "tambah" and len(items) < (field.maximum if isinstance(field.maximum, int) else ITEMS_AT_MOST):
        items.append({item.code: "" for item in field.items})
    elif verb == "hapus" and index in map(str, range(len(items))):
        del items[int(index)]
    typed[code] = items
    return True
