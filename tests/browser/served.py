"""A server as a child process on a free port, ended when the tests are."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import httpx2


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        assert isinstance(port, int)
        return port


@contextmanager
def served(command: Sequence[str], port: int, settings: Mapping[str, str]) -> Iterator[str]:
    """Run a command that serves on a port, and return its address once it answers."""
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(command, env={**os.environ, "SATUPINTU_URL": address, **settings})
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx2.get(address, timeout=5)
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not answer at {address} (exit status {process.poll()})")
