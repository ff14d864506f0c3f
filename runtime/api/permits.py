"""What can be asked about permits: the list, a form's schema, the service standard, and what would be decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from rules.codec import Json, encode
from rules.decision import Decision
from rules.words import Words
from runtime import json_text
from runtime.api.body import checker, json_body
from runtime.api.problem import entry_of, fail
from runtime.api.shapes import DECIDE
from runtime.cases.examination import examine
from runtime.release import CityRelease, PermitRelease, Release
from runtime.serving import Serving, serving_of

PRIVATE: Mapping[str, str] = {"Cache-Control": "no-store"}
PUBLIC: Mapping[str, str] = {"Cache-Control": "public, max-age=60"}
_DECIDE = checker(DECIDE)


@dataclass(frozen=True, slots=True)
class Place:
    """What a path names, all from one release."""

    serving: Serving
    release: Release
    city: CityRelease


def place_of(request: Request) -> Place:
    """Return the city that the path names, or end the request."""
    serving = serving_of(request)
    release = serving.releases.current
    city = release.cities.get(request.path_params["daerah"])
    if city is None:
        raise fail("not_found")
    return Place(serving, release, city)


def permit_of(request: Request, place: Place) -> PermitRelease:
    """Return the permit that the path names, in the version in force today, or end the request."""
    permit = place.city.permit_on(request.path_params["izin"], place.serving.today(place.city.city))
    if permit is None:
        raise fail("not_found")
    return permit


def written(body: object, status: int = 200, headers: Mapping[str, str] = PRIVATE) -> Response:
    """Answer with JSON."""
    return Response(json_text.write(body), status, headers, media_type="application/json")


async def list_permits(request: Request) -> Response:
    """List the permits in force today."""
    place = place_of(request)
    heads = place.city.heads_on(place.serving.today(place.city.city))
    permits: list[Json] = [
        {
            "code": head.code,
            "version": head.valid_from,
            "name": encode(Words, head.name),
            "summary": None if head.summary is None else encode(Words, head.summary),
            "kind": head.kind,
            "free": head.free,
            "agencies": list(head.agencies),
        }
        for head in heads
    ]
    return written({"city": place.city.code, "release": place.release.digest, "permits": permits}, headers=PUBLIC)


async def permit_schema(request: Request) -> Response:
    """Give the JSON Schema of a permit's form."""
    return written(permit_of(request, place_of(request)).schema, headers=PUBLIC)


async def permit_standard(request: Request) -> Response:
    """Give the service standard of a permit."""
    return written(permit_of(request, place_of(request)).standard, headers=PUBLIC)


async def decide(request: Request) -> Response:
    """Say what follows from some answers, without keeping anything."""
    place = place_of(request)
    permit = permit_of(request, place)
    body = await json_body(request, place.serving.settings.limits.api_body, _DECIDE)
    answers = body["answers"]
    assert isinstance(answers, dict)
    examined = examine(permit, answers, place.serving.now())
    if examined.wrong:
        raise fail("answers", entries=[entry_of(error) for error in examined.wrong])
    unanswered = [entry_of(error) for error in examined.unanswered]
    return written(
        {
            "permit": permit.permit.code,
            "version": permit.permit.valid_from,
            "release": place.release.digest,
            "eligible": examined.decision.found_eligible,
            "unanswered": [
                {"pointer": e.pointer, "code": e.code, "message": e.words.id, "message_en": e.words.to("en")}
                for e in unanswered
            ],
            "decision": encode(Decision, examined.decision),
        }
    )
