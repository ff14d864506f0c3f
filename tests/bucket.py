"""A small bucket: what of S3 the store of contents uses, over plain HTTP, and it can be away."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


@dataclass(slots=True)
class Bucket:
    """What is in it, by its key, and whether it answers. `conditions` are those under which was written."""

    address: str
    objects: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)
    conditions: list[str] = field(default_factory=list)
    away: bool = False


class _Answer(BaseHTTPRequestHandler):
    """One request, as S3 answers it."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.bucket.conditions.append(self.headers.get("if-none-match", ""))
        if self.server.bucket.away:
            self._say(503)
        elif self.headers.get("if-none-match") == "*" and self._key() in self.server.bucket.objects:
            self._say(412)
        else:
            self.server.bucket.objects[self._key()] = (content, datetime.now(UTC))
            self._say(200)

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            self._say(200, self._listed(query.get("prefix", [""])[0]).encode())
            return
        content, at = self.server.bucket.objects.get(self._key(), (None, None))
        if content is None or at is None:
            self._say(404)
        else:
            self._say(200, content, at)

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["content-length"])).decode()
        keys = re.findall("<Key>([^<]+)</Key>", asked)
        if not self.server.bucket.away:
            for key in keys:
                self.server.bucket.objects.pop(key, None)
        gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        self._say(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).split("/", 2)[2]

    def _listed(self, prefix: str) -> str:
        found = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>{at.isoformat()}</LastModified>"
            f'<ETag>"x"</ETag><Size>{len(content)}</Size></Contents>'
            for key, (content, at) in sorted(self.server.bucket.objects.items())
            if key.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>"

    def _say(self, status: int, content: bytes = b"", at: datetime | None = None) -> None:
        if self.server.bucket.away:
            status, content = 503, b""
        self.send_response(status)
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", format_datetime(at or datetime.now(UTC), usegmt=True))
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    bucket: Bucket


@contextmanager
def serving_bucket() -> Iterator[Bucket]:
    """Serve an empty bucket on a port of this machine."""
    server = _Server(("127.0.0.1", 0), _Answer)
    server.bucket = Bucket(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
