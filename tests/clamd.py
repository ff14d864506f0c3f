"""A small clamd: it speaks INSTREAM as the real one does, and can be told to fail in each way in which that one can."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# The test file of the antivirus makers, in two parts so that no scanner takes this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 5 * 1024 * 1024


@dataclass(slots=True)
class FakeClamd:
    """What a scanner saw, and how it behaves: `answers`, or it is `silent`, `garbled`, or `hangs_up`."""

    address: str
    behaviour: str = "answers"
    seen: list[bytes] = field(default_factory=list)
    signatures: dict[bytes, str] = field(default_factory=lambda: {EICAR: "Eicar-Test-Signature"})
    over: threading.Event = field(default_factory=threading.Event)

    def verdict(self, content: bytes) -> str:
        """Say what a real one says of a stream."""
        if len(content) > LARGEST:
            return "INSTREAM size limit exceeded. ERROR"
        found = next((name for signature, name in self.signatures.items() if signature in content), None)
        return "stream: OK" if found is None else f"stream: {found} FOUND"


class _Talk(socketserver.StreamRequestHandler):
    """One command: `zINSTREAM`, then portions with their lengths, then a length of nothing."""

    server: _Server

    def handle(self) -> None:
        clamd = self.server.clamd
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while (length := struct.unpack(">I", self.rfile.read(4))[0]) > 0:
            content += self.rfile.read(length)
            if clamd.behaviour == "hangs_up":
                return
        clamd.seen.append(content)
        if clamd.behaviour == "silent":
            clamd.over.wait(30)
            return
        self.wfile.write(
            b"\xff\xfe what?\0" if clamd.behaviour == "garbled" else clamd.verdict(content).encode() + b"\0"
        )


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    clamd: FakeClamd

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no fault of the scanner's."""


class _UnixServer(socketserver.ThreadingUnixStreamServer, _Server):
    pass


@contextmanager
def listening(socket: Path | None = None) -> Iterator[FakeClamd]:
    """Listen on a socket of this machine, or on a port."""
    server = _Server(("127.0.0.1", 0), _Talk) if socket is None else _UnixServer(str(socket), _Talk)
    clamd = FakeClamd(str(socket) if socket is not None else f"127.0.0.1:{server.server_address[1]}")
    server.clamd = clamd
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield clamd
    finally:
        clamd.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
        if socket is not None:
            socket.unlink()
