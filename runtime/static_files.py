"""The few files that pages link to, read once and held compressed.

Their address carries a digest of all of them, so that a browser may keep them for ever.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _File:
    plain: bytes
    small: bytes
    type: str


class StaticFiles:
    """The files of `static/`."""

    def __init__(self) -> None:
        """Read and compress them."""
        folder = Path(__file__).parent / "static"
        self._files = {
            path.name: _File(path.read_bytes(), gzip.compress(path.read_bytes(), 9, mtime=0), _TYPES[path.suffix])
            for path in sorted(folder.iterdir())
            if path.suffix in _TYPES
        }
        together = hashlib.sha256(b"".join(name.encode() + file.plain for name, file in self._files.items()))
        self.digest = together.hexdigest()[:12]

    def link(self, name: str) -> str:
        """Return the address of a file."""
        assert name in self._files, name
        return f"/static/{self.digest}/{name}"

    def wire_size(self, name: str) -> int:
        """Return how many bytes of a file go over the wire."""
        return len(self._files[name].small)

    async def serve(self, request: Request) -> Response:
        """Answer with a file; one asked for by another digest is given as it is now, and not kept."""
        file = self._files.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        kept = _FOR_EVER if request.path_params["digest"] == self.digest else "no-cache"
        headers = {"cache-control": kept, "content-type": file.type, "vary": "accept-encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(file.small, headers={**headers, "content-encoding": "gzip"})
        return Response(file.plain, headers=headers)
