"""What stands before every page and every call of the API: the host, where a change comes from, and what a browser may
do with an answer.

Gains one place for it, as plain ASGI: its cost is a few microseconds. Loses the freedom of a page to differ.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'"
)
_FEATURES = "accelerometer=(), camera=(), geolocation=(self), gyroscope=(), microphone=(), payment=(), usb=()"

Refusal = Callable[[Scope, int], ASGIApp]


class Guard:
    """Refuses strange hosts and changes asked for by other sites; adds the headers of security to every answer.

    What an answer says of itself stands beside them: it can be stricter (a second policy), never laxer. Only what it
    says word for word alike is not said twice, which some headers do not bear.

    `refused` makes the page that explains a refusal. An answer of 413 in plain text is replaced by such a page.
    """

    def __init__(self, app: ASGIApp, public_url: str, refused: Refusal) -> None:
        """Guard `app`, which is reached under `public_url` and nowhere else."""
        self._app = app
        self._refused = refused
        parts = urlsplit(public_url)
        assert parts.hostname is not None
        self._origin = f"{parts.scheme}://{parts.netloc}"
        name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        self._hosts = _LOOPBACK if name in _LOOPBACK else frozenset({name})
        self._headers = security_headers(parts.scheme == "https")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _Guarded(send, self._headers)
        status = self._problem(scope)
        if status is not None:
            await self._refused(scope, status)(scope, receive, guarded.send)
            return
        await self._app(scope, receive, guarded.send)
        if guarded.too_large:
            await self._refused(scope, 413)(scope, receive, guarded.send)

    def _problem(self, scope: Scope) -> int | None:
        host, site, origin = b"", b"", b""
        for name, value in scope["headers"]:
            if name == b"host":
                host = value
            elif name == b"sec-fetch-site":
                site = value
            elif name == b"origin":
                origin = value
        if _name(host) not in self._hosts:
            return 400
        if scope["method"] in SAFE:
            return None
        if site:
            return None if site in {b"same-origin", b"none"} else 403
        return None if not origin or self._own(origin.decode("latin-1"), host.decode("latin-1")) else 403

    def _own(self, origin: str, host: str) -> bool:
        return origin in {self._origin, f"{self._origin.partition(':')[0]}://{host}"}


class _Guarded:
    """The sending side of one request."""

    def __init__(self, send: Send, headers: list[tuple[bytes, bytes]]) -> None:
        self._send = send
        self._headers = headers
        self.too_large = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if message["status"] == 413 and "text/plain" in Headers(raw=message["headers"]).get("content-type", ""):
                self.too_large = True
                return
            self.too_large = False
            said = message["headers"]
            message["headers"] = [*said, *(pair for pair in self._headers if pair not in said)]
        elif self.too_large:
            return
        await self._send(message)


def security_headers(secure: bool) -> list[tuple[bytes, bytes]]:
    """Return the headers that every answer carries."""
    headers = {
        "content-security-policy": _POLICY + ("; upgrade-insecure-requests" if secure else ""),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": _FEATURES,
    }
    if secure:
        headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _name(host: bytes) -> str:
    text = host.decode("latin-1").lower()
    return text.rpartition(":")[0] if text.rpartition(":")[2].isdigit() and ":" in text else text
