"""Everything a city gives, on one page: what each costs, how long it takes, and who looks at it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.city import Moved
from rules.release import Head
from runtime.citizen.fault import mark
from runtime.citizen.find import cities, printed_range
from runtime.citizen.name_order import in_order
from runtime.citizen.standard import FIND
from runtime.citizen.visit import Visit, chosen_language
from runtime.page_kit import kit_of

TITLE, FREE, PAID = mark("Semua layanan"), mark("gratis"), mark("berbayar")
HERE = mark("{office} saja")


async def catalogs(request: Request) -> Response:
    """Lead to the only city's catalog, or to the choice of a city."""
    codes = list(kit_of(request).releases.current.cities)
    return RedirectResponse(f"/{codes[0]}/katalog", 303) if len(codes) == 1 else await cities(request)


async def show(request: Request) -> Response:
    """List all services in force today, and those that have moved away."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    heads = sorted(visit.city.heads_on(visit.today), key=lambda head: in_order(head.name.to(visit.lang)))
    context = {
        "title": visit.voice.say(TITLE),
        "trail": [(f"/{visit.code}/", visit.voice.say(FIND))],
        "services": [_service(visit, head) for head in heads],
        "moved": sorted(
            (_moved(visit, one) for one in visit.city.moved_on(visit.today)), key=lambda one: in_order(one["name"])
        ),
    }
    return visit.page("catalog.html", context, personal=False)


def _service(visit: Visit, head: Head) -> dict[str, str]:
    names = {one.code: one.name.to(visit.lang) for one in visit.city.city.agencies}
    agencies = ", ".join(names.get(code, code) for code in head.agencies)
    return {
        "link": f"/{visit.code}/izin/{head.code}",
        "standard": f"/{visit.code}/izin/{head.code}/standar",
        "name": head.name.to(visit.lang),
        "official": head.official_code or "",
        "cost": visit.voice.say(FREE if head.free else PAID) if head.cost is None else head.cost.to(visit.lang),
        "days": printed_range(head.days, visit.lang),
        "agencies": agencies or visit.voice.say(HERE, office=visit.city.city.office.to(visit.lang)),
    }


def _moved(visit: Visit, one: Moved) -> dict[str, str]:
    link = f"/{visit.code}/izin/{one.code}"
    return {"link": link, "name": one.name.to(visit.lang), "to": one.to.to(visit.lang)}
