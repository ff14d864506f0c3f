"""The process that is killed: a server of the API on the sample permit.

`careless` answers before it commits: the control that shows that losses would be seen.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generator.build import build, publish
from generator.model import Catalog, CityCatalog, PermitVersion, Places
from rules.condition.tree import OneOf
from rules.kind import Kind
from rules.permit import Requirement
from runtime.access_log import AccessLog
from runtime.cases.crash_point import end_at, reached
from runtime.cases.writer import Writer, _tell
from tests.sample_office import api_app, settings_for
from tests.sample_permit import sample_city, sample_permit


def prepare(folder: Path) -> None:
    """Build a release whose permit asks for a document only where the form of business is `badan`."""
    city = sample_city()
    permit = replace(sample_permit(), requirements=(Requirement("ktp", OneOf("bentuk", Kind.CHOICE, ("badan",))),))
    versions = {permit.code: (PermitVersion(permit, Places("izin/warung/2026-01-01.yaml", {})),)}
    catalog = Catalog({city.code: CityCatalog(city, {}, versions, (), {})})
    publish(folder / "rilis", build(catalog, folder / "rilis"))


def careless_serve(writer: Writer) -> None:
    """Answer first and commit a little later."""
    going = True
    connection = writer._engine.connect()
    while going:
        bundles, going = writer._next_bundles()
        jobs = [job for bundle in bundles for job in bundle.jobs if job.wanted()]
        writer._begin(connection)
        for job in jobs:
            job.run(connection)
        for bundle in bundles:
            bundle.settle()
        time.sleep(0.05)
        _tell(connection, "COMMIT")
    connection.close()


class AnswerPoints:
    """An application whose answers pass the crash points before and after them."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; reading something is no answer that matters."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                reached("before-response")
            await send(message)

        matters = scope["type"] == "http" and scope["method"] != "GET"
        await self._app(scope, receive, sent if matters else send)
        if matters:
            reached("after-response")


def serve(folder: Path, port: int, url: str | None = None, point: str = "", careless: bool = False) -> None:
    """Serve until killed, or until a crash point is reached."""
    if careless:
        Writer._serve = careless_serve  # type: ignore[method-assign, assignment]  # the fault to be seen
    settings = replace(settings_for(folder), database=url)
    app = AccessLog(AnswerPoints(api_app(settings)))
    end_at(point)
    uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_level="error", http="httptools")
