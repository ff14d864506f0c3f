"""Kupang as its people find it: the command serving the built catalog as a demonstration, its bank beside it.

It can be ended and started again at a later moment on the same data, which is how days pass here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.browser.served import free_port, served

SATUPINTU = str(Path(sys.executable).with_name("satupintu"))


class Town:
    """One town; `address` stays the same on all its days."""

    def __init__(self, releases: Path, data: Path) -> None:
        """Serve nothing yet."""
        self.releases, self.data = releases, data
        self._port = free_port()
        self._running = ExitStack()

    @property
    def address(self) -> str:
        """Return where it is."""
        return f"http://127.0.0.1:{self._port}"

    def wake(self, moment: str) -> None:
        """Serve from this moment on, after ending what was served before."""
        self._running.close()
        command = [SATUPINTU, "serve", "--tetap", "--peragaan", "--rilis", str(self.releases)]
        command += ["--port", str(self._port), "--jam", moment]
        self._running.enter_context(served(command, self._port, {"SATUPINTU_DATA": str(self.data)}))

    def sleep(self) -> None:
        """End what is served."""
        self._running.close()


@contextmanager
def town(releases: Path, data: Path, moment: str) -> Iterator[Town]:
    """Serve a town from this moment on."""
    made = Town(releases, data)
    try:
        made.wake(moment)
        yield made
    finally:
        made.sleep()
