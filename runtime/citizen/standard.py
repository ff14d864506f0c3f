"""The service standard of a permit, before anything is filled in: what, how, how long, how much, and by which law."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from rules.cited import cited
from rules.city import Moved
from rules.codec import Json
from rules.printed import printed_date
from rules.words import Lang
from runtime.citizen.drafting import current_draft
from runtime.citizen.fault import mark
from runtime.citizen.visit import Visit, chosen_language

FIND = mark("Cari layanan")
PUBLISHED = 7  # the six components that must be published, and the law they rest on
ASSUMED = "A"


async def standard(request: Request) -> Response:
    """Show the published components of a permit's standard."""
    if (chosen := chosen_language(request)) is not None:
        return chosen
    visit = Visit(request)
    if (gone := elsewhere(visit)) is not None:
        return gone
    release = visit.permit()
    permit = release.permit
    draft = await current_draft(visit, permit.code)
    here = f"/{visit.code}/izin/{permit.code}"
    context = {
        "title": permit.name.to(visit.lang),
        "summary": "" if permit.summary is None else permit.summary.to(visit.lang),
        "trail": [(f"/{visit.code}/", visit.voice.say(FIND))],
        "components": components(release.standard, visit.lang),
        "start": f"{here}/isi/1" if draft is None else f"{here}/isi/1?baru=1",
        "draft": "" if draft is None else draft.nomor,
        "draft_link": f"{here}/isi/1",
        "whole": f"{here}/standar",
    }
    return visit.page("standard.html", context, personal=draft is not None)


def elsewhere(visit: Visit) -> Response | None:
    """Say where a service has gone, since when and by which law; None where it is given here."""
    code = visit.request.path_params["permit"]
    moved = next((one for one in visit.city.moved_on(visit.today) if one.code == code), None)
    return None if moved is None else _gone(visit, moved)


def _gone(visit: Visit, moved: Moved) -> Response:
    context = {
        "title": moved.name.to(visit.lang),
        "trail": [(f"/{visit.code}/", visit.voice.say(FIND))],
        "to": moved.to.to(visit.lang),
        "message": moved.message.to(visit.lang),
        "address": moved.address or "",
        "since": printed_date(moved.since, visit.lang),
        "law": cited(moved.citation, visit.city.city),
        "assumed": moved.evidence == ASSUMED,
    }
    return visit.page("moved.html", context, personal=False)


def components(standard: dict[str, Json], lang: Lang, most: int = PUBLISHED) -> list[dict[str, object]]:
    """Return the first components, in one language, those without a word left out."""
    found = standard["components"]
    assert isinstance(found, list)
    shown: list[dict[str, object]] = []
    for component in found[:most]:
        assert isinstance(component, dict)
        if entries := _list(component["entries"]):
            shown.append(
                {
                    "key": component["key"],
                    "title": _said(component["title"], lang),
                    "assumed": component["evidence"] == ASSUMED,
                    "entries": [_entry(entry, lang) for entry in entries],
                    "tables": [_table(table, lang) for table in _list(component["tables"])],
                }
            )
    return shown


def _entry(entry: Json, lang: Lang) -> dict[str, object]:
    assert isinstance(entry, dict)
    return {
        "words": _said(entry["words"], lang),
        "citation": entry.get("citation"),
        "because": _said(entry["because"], lang) if "because" in entry else "",
        "note": _said(entry["note"], lang) if "note" in entry else "",
    }


def _table(table: Json, lang: Lang) -> dict[str, object]:
    assert isinstance(table, dict)
    return {
        "title": _said(table["title"], lang),
        "citation": table["citation"],
        "entries": [_entry(entry, lang) for entry in _list(table["entries"])],
    }


def _list(value: Json) -> list[Json]:
    assert isinstance(value, list)
    return value


def _said(words: Json, lang: Lang) -> str:
    assert isinstance(words, dict)
    return str(words[lang])
