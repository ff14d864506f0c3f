"""A line to PostgreSQL that can be told to break just after the next COMMIT: done, and nobody is told so."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

COMMIT = b"COMMIT"


@dataclass(slots=True)
class CuttingLine:
    """A port before another; `armed` counts how many COMMITs are still to be cut off from their answer."""

    to: int
    armed: int = 0
    cut: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def port(self) -> int:
        """Return the port to connect to."""
        port: int = self.listening.getsockname()[1]
        return port

    def serve(self) -> None:
        """Take connections until it is closed."""
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.to))
            for work in (self._out, self._back):
                threading.Thread(target=work, args=(near, far), daemon=True).start()

    def _out(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError), near, far:
            while said := near.recv(65536):
                mine = COMMIT in said and self._mine()
                if mine:
                    near.shutdown(socket.SHUT_WR)  # whatever is answered is lost
                far.sendall(said)
                if mine:
                    time.sleep(0.2)
                    return

    def _back(self, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while said := far.recv(65536):
                near.sendall(said)

    def _mine(self) -> bool:
        with self.lock:
            if self.armed == 0:
                return False
            self.armed -= 1
            self.cut += 1
            return True


@contextmanager
def cutting_line(to: int) -> Iterator[CuttingLine]:
    """Open a line to a port."""
    line = CuttingLine(to)
    thread = threading.Thread(target=line.serve, daemon=True)
    thread.start()
    yield line
    line.listening.shutdown(socket.SHUT_RDWR)
    line.listening.close()
    thread.join(10)
