"""The whole service standard of a permit, its fourteen components: a page, a PDF to print, and JSON."""

from __future__ import annotations

import asyncio
from datetime import datetime, time
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from rules.letter import LetterKind
from rules.standard_letter import standard_letter
from runtime import json_text
from runtime.citizen.fault import mark
from runtime.citizen.standard import components, elsewhere
from runtime.citizen.visit import Visit, chosen_language
from runtime.html_page import PUBLIC
from runtime.product.permit_pdf import template_for

TITLE = mark("Standar pelayanan: {permit}")
ALL = 14
TO_ALL = {"cache-control": PUBLIC}


async def show(request: Request) -> Response:
    """Show all components."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    if (gone := elsewhere(visit)) is not None:
        return gone
    release = visit.permit()
    name, here = release.permit.name.to(visit.lang), f"/{visit.code}/izin/{release.permit.code}"
    context = {
        "title": visit.voice.say(TITLE, permit=name),
        "trail": [(here, name)],
        "components": components(release.standard, visit.lang, ALL),
        "whole": True,
        "here": f"{here}/standar",
    }
    return visit.page("whole_standard.html", context, personal=False)


async def as_json(request: Request) -> Response:
    """Give the standard as it was generated."""
    visit = Visit(request)
    body = json_text.write(visit.permit().standard)
    return visit.with_cookie(Response(body, 200, TO_ALL, media_type="application/json"))


async def as_pdf(request: Request) -> Response:
    """Give the standard as a PDF, in the visitor's language; the same version gives the same bytes."""
    visit = Visit(request)
    release, city = visit.permit(), visit.city.city
    since = release.permit.valid_from
    letter = standard_letter(release.standard, release.permit, city, visit.lang)
    moment = datetime.combine(datetime.fromisoformat(since), time(), ZoneInfo(city.zone))
    template = template_for(visit.city, LetterKind.STANDARD)
    printed = await asyncio.to_thread(visit.kit.signing.office.press.print, template, letter, moment)
    name = f"standar-{release.permit.code}-{since}.pdf"
    headers = {**TO_ALL, "content-disposition": f'attachment; filename="{name}"'}
    return visit.with_cookie(Response(printed.pdf, 200, headers, media_type="application/pdf"))
