"""One line for each request: moment, method, path, status, time taken; nothing that anybody typed.

Queries, bodies, cookies, codes and addresses are never written. A path is written with its odd signs escaped, so that
no request can write a line of its own.
"""

from __future__ import annotations

import logging
import sys
import time
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("satupintu.access")
LONGEST_PATH = 200


def to_standard_output() -> None:
    """Write the lines to the standard output, each with the moment in UTC."""
    lines = logging.Formatter("%(asctime)sZ %(message)s", "%Y-%m-%dT%H:%M:%S")
    lines.converter = time.gmtime
    output = logging.StreamHandler(sys.stdout)
    output.setFormatter(lines)
    log.setLevel(logging.INFO)
    log.handlers = [output]


class AccessLog:
    """Writes the line when the answer begins, or when there is none."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand around an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request and write its line."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            milliseconds = (time.perf_counter() - began) * 1000
            path = quote(scope["path"][:LONGEST_PATH], safe="/-._~")
            log.info("%s %s %d %.1f ms", scope["method"], path, status, milliseconds)
