"""The table of everything the API can be asked, and the routes made of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rules.words import Words
from runtime.api import applications, permits
from runtime.api.openapi import openapi
from runtime.api.operation import ApiPath, Operation, nowhere
from runtime.serving import serving_of

_PERMIT = "/api/{daerah}/izin/{izin}"

OPERATIONS = (
    Operation(
        "GET",
        "/api/{daerah}/izin",
        "listPermits",
        Words("Daftar izin yang berlaku hari ini", "The permits in force today"),
        permits.list_permits,
        gives="PermitList",
        problems=("not_found",),
    ),
    Operation(
        "GET",
        f"{_PERMIT}/skema",
        "permitSchema",
        Words("Skema isian sebuah izin", "The schema of a permit's form"),
        permits.permit_schema,
        gives="PermitSchema",
        problems=("not_found",),
    ),
    Operation(
        "GET",
        f"{_PERMIT}/standar",
        "permitStandard",
        Words("Standar pelayanan sebuah izin", "The service standard of a permit"),
        permits.permit_standard,
        gives="Standard",
        problems=("not_found",),
    ),
    Operation(
        "POST",
        f"{_PERMIT}/keputusan",
        "decide",
        Words("Apa yang berlaku untuk jawaban-jawaban ini", "What follows from some answers"),
        permits.decide,
        gives="Decided",
        takes="Decide",
        problems=("not_found", "json", "media_type", "too_large", "body", "answers"),
    ),
    Operation(
        "POST",
        "/api/{daerah}/berkas",
        "giveFile",
        Words("Menyerahkan sebuah berkas", "Give a file"),
        applications.give_file,
        gives="Upload",
        takes="UploadForm",
        media_type="multipart/form-data",
        status=201,
        problems=("not_found", "bad_request", "media_type", "too_large", "body", "file", "too_many", "unavailable"),
    ),
    Operation(
        "POST",
        f"{_PERMIT}/pengajuan",
        "submit",
        Words("Mengajukan permohonan", "File an application"),
        applications.submit,
        gives="Filed",
        takes="Submit",
        status=201,
        once=True,
        problems=(
            "not_found",
            "json",
            "key_missing",
            "media_type",
            "too_large",
            "version",
            "body",
            "not_filed",
            "file_gone",
            "key_reused",
            "unavailable",
        ),
    ),
    Operation(
        "POST",
        "/api/{daerah}/lacak",
        "track",
        Words("Melacak permohonan dengan nomor dan kode", "Track an application by nomor and code"),
        applications.track,
        gives="Tracked",
        takes="Track",
        problems=("not_found", "json", "media_type", "too_large", "body", "too_many", "unavailable"),
    ),
)


async def describe(request: Request) -> Response:
    """Give the OpenAPI document."""
    return permits.written(openapi(OPERATIONS, serving_of(request).settings.public_url), headers=permits.PUBLIC)


DESCRIBE = Operation(
    "GET",
    "/api/openapi.json",
    "openapi",
    Words("Dokumen OpenAPI ini", "This OpenAPI document"),
    describe,
    gives="PermitSchema",
)


def api_routes() -> list[BaseRoute]:
    """Return the routes of the API; they find what they serve in `app.state.serving`."""
    paths: dict[str, dict[str, Operation]] = {}
    for operation in (DESCRIBE, *OPERATIONS):
        paths.setdefault(operation.path, {})[operation.method] = operation
    routes: list[BaseRoute] = [Route(path, ApiPath(operations)) for path, operations in paths.items()]
    return [*routes, Route("/api/{rest:path}", nowhere_route)]


class _Nowhere:
    """Every other path under /api."""

    __call__ = staticmethod(nowhere)


nowhere_route = _Nowhere()
