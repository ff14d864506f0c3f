"""A server whose chores have failed does not go on as if it did them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.sample_office import sample_release

BROKEN = """
import runtime.chores.rounds as rounds
async def broken(store, casework, daerah): raise AssertionError("a fault of ours")
rounds.compare = broken
import runtime.site, uvicorn, sys
runtime.site.CHORES_BEGIN = 0.2
uvicorn.run(runtime.site.site(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
"""


def test_a_server_ends_in_good_order_when_a_chore_fails(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {
        **os.environ,
        "SATUPINTU_DATA": str(tmp_path / "data"),
        "SATUPINTU_RILIS": str(sample_release(tmp_path / "rilis")),
    }
    began = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", BROKEN, port], env=environment, capture_output=True, text=True, timeout=60
    )
    assert "a chore has failed, so the server ends" in ended.stderr
    assert "a fault of ours" in ended.stderr
    assert time.monotonic() - began < 50
