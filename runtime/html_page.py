"""A page of HTML as an answer, and how long a browser may keep it."""

from __future__ import annotations

from starlette.responses import Response

PERSONAL = "no-store"
PUBLIC = "private, no-cache"


class HtmlPage(Response):
    """HTML with its headers as they are sent: making them of a mapping costs as much as a read of the store."""

    def __init__(self, body: bytes, status: int, personal: bool) -> None:
        """Answer with these bytes."""
        self.status_code = status
        self.background = None
        self.body = body
        self.raw_headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", PERSONAL.encode() if personal else PUBLIC.encode()),
            (b"vary", b"cookie"),
        ]
