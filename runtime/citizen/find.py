"""The first page of a city: what do you want to apply for?"""

from __future__ import annotations

from functools import lru_cache

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from rules.city import Moved
from rules.duration import Duration
from rules.printed import printed_duration
from rules.release import Head
from rules.words import Lang
from runtime.citizen.fault import mark
from runtime.citizen.match import Finder
from runtime.citizen.name_order import in_order
from runtime.citizen.visit import Visit, chosen_language, language
from runtime.html_page import PUBLIC
from runtime.page_kit import kit_of

TITLE = mark("Urus izin dari satu pintu")
CITIES = mark("Pilih kota")
LONGEST = 100


async def cities(request: Request) -> Response:
    """Show the cities, or go to the only one."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    kit = kit_of(request)
    voice, release = kit.voices[language(request)], kit.releases.current
    if len(release.cities) == 1:
        return RedirectResponse(f"/{next(iter(release.cities))}/", 303)
    named = [(code, city.city.name.to(voice.lang)) for code, city in release.cities.items()]
    context = {
        **{"title": voice.say(CITIES), "cities": named, "office": "", "contact": "", "city": "", "home": "/"},
        "assets": kit.assets,
    }
    return HTMLResponse(voice.page("cities.html", context), headers={"cache-control": PUBLIC, "vary": "cookie"})


async def find(request: Request) -> Response:
    """Show the services of a city: all, those that some words name, or those that an agency looks at."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    sought = request.query_params.get("cari", "").strip()[:LONGEST]
    agency = request.query_params.get("instansi", "")
    names = {one.code: one.name.to(visit.lang) for one in visit.city.city.agencies}
    heads = visit.city.heads_on(visit.today)
    asked = tuple(dict.fromkeys(code for head in heads for code in head.agencies))
    within: tuple[Head | Moved, ...] = (
        tuple(head for head in heads if agency in head.agencies)
        if agency in asked
        else (*heads, *visit.city.moved_on(visit.today))
    )
    fitting = _finder(visit.release.digest, within, tuple(sorted(names.items()))).find(sought) if sought else ()
    context = {
        "title": visit.voice.say(TITLE),
        "sought": sought,
        "found": [_entry(visit, one.head) for one in fitting],
        "guessed": bool(fitting) and not any(one.surely for one in fitting),
        "everything": [_entry(visit, one) for one in sorted(within, key=lambda one: in_order(one.name.to(visit.lang)))],
        "agency": agency if agency in asked else "",
        "agency_name": names.get(agency, ""),
        "agencies": sorted(((code, names.get(code, code)) for code in asked), key=lambda pair: in_order(pair[1])),
    }
    return visit.page("find.html", context, personal=False)


@lru_cache(maxsize=32)
def _finder(digest: str, heads: tuple[Head | Moved, ...], names: tuple[tuple[str, str], ...]) -> Finder:
    assert digest
    return Finder(heads, dict(names))


def _entry(visit: Visit, head: Head | Moved) -> dict[str, object]:
    if isinstance(head, Moved):
        return {"code": head.code, "name": head.name.to(visit.lang), "moved": head.to.to(visit.lang), "summary": ""}
    return {
        "code": head.code,
        "name": head.name.to(visit.lang),
        "moved": "",
        "summary": "" if head.summary is None else head.summary.to(visit.lang),
        "free": head.free,
        "days": printed_range(head.days, visit.lang),
    }


def printed_range(lengths: tuple[Duration, ...], lang: Lang) -> str:
    """Say the shortest and the longest of several lengths of time: 5–30 hari kerja."""
    if not lengths:
        return ""
    first, last = lengths[0], lengths[-1]
    if first == last:
        return printed_duration(first, lang)
    shortest = str(first.amount) if first.unit is last.unit else printed_duration(first, lang)
    return f"{shortest}–{printed_duration(last, lang)}"
