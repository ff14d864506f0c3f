"""A child program that opens what nobody trusts: confined, with nothing inherited, and gone when its time is over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CONFINEMENT = Path(__file__).with_name("confinement.py")
MEGABYTES, CPU_SECONDS = 768, 10


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended, and what it said."""

    status: int
    said: bytes


def run(child: Path, arguments: Sequence[str], folder: Path, given: bytes = b"", seconds: float = 20.0) -> Ended | None:
    """Run a child program in a folder and wait for it; None when it had to be killed.

    It sees no variable of ours, no open file of ours, and whatever it spools goes to the folder.
    """
    with subprocess.Popen(
        [sys.executable, "-I", str(CONFINEMENT), str(MEGABYTES), str(CPU_SECONDS), str(child), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "TMPDIR": str(folder)},
        cwd=folder,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # with what it started: all of it is one group
            return None
    return Ended(process.returncode, said)
