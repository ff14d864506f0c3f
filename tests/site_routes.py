"""Every route of the site, as method and path, walked out of Starlette's tree and the API's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from starlette.routing import BaseRoute, Mount, Route

from runtime.api.operation import ApiPath
from runtime.page_kit import PageKit
from runtime.settings import Limits
from runtime.site import site_routes

ANY = "*"  # an endpoint that answers whatever method there is


def every_route() -> list[tuple[str, str]]:
    """Return what the site can be asked."""
    return list(walk(site_routes(PageKit(), Limits())))


def walk(routes: Iterable[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield method and path of every route of a tree; one of a kind that is not known here is an error."""
    for route in routes:
        match route:
            case Route(endpoint=ApiPath() as endpoint):
                for method in sorted(endpoint.methods):
                    yield method, before + route.path
            case Route(methods=None):
                yield ANY, before + route.path
            case Route(methods=set() as methods):
                for method in sorted(methods - {"HEAD"}):
                    yield method, before + route.path
            case Mount():
                yield from walk(route.routes, before + route.path)
            case _:
                raise AssertionError(f"a route of a kind that the matrix can not be asked about: {route!r}")
