"""The simulated bank of a demonstration as a child process, beside the server."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Mapping

from generator.terminal import tell
from rules.words import Lang, Words

BANK_SETTING = "SATUPINTU_BANK"
PAYING = Words("bank percobaan di {address}/", "trial bank at {address}/")
NEAR = 20  # how many ports after the server's are looked at
GRACE = 5.0


class BankProcess:
    """One bank, near the server's port."""

    def __init__(self, host: str, port: int, lang: Lang) -> None:
        """Choose a port, and start nothing yet."""
        self._host, self._port = host, _free_port(host, port)
        self._lang: Lang = lang
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Return where it can be paid."""
        return f"http://{self._host}:{self._port}"

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it with the settings of the server, and say where it is."""
        command = [sys.executable, "-m", "runtime.bank_simulator", "--host", self._host, "--port", str(self._port)]
        self._process = subprocess.Popen(command, env=environment)
        words = (PAYING.id.format(address=self.address), PAYING.to("en").format(address=self.address))
        tell(Words(*words), self._lang)

    def stop(self) -> None:
        """Ask it to end."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _free_port(host: str, port: int) -> int:
    """Return the first free port after this one, or any."""
    for candidate in [*range(port + 1, min(port + NEAR, 65535)), 0]:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return 0
