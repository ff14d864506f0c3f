"""The server as a child process: started, watched, ended.

Gains a wall: the generator knows the runtime as a program with settings, never as a module.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from generator.bank_process import BANK_SETTING, BankProcess
from generator.terminal import tell
from rules.words import Lang, Words

SERVING = Words("disajikan di http://{host}:{port}/", "serving at http://{host}:{port}/")
TAKEN = Words(
    "porta {port} di {host} sudah dipakai; beri yang lain dengan `--port`",
    "port {port} of {host} is taken; give another one by `--port`",
)
STOPPED = Words("server berhenti sendiri", "the server stopped by itself")
GRACE = 10.0  # seconds for requests that are being answered
KNOCK = 0.05


class ServerProcess:
    """One server; `stop` is set when it ends without having been asked to."""

    def __init__(
        self,
        releases: Path,
        host: str,
        port: int,
        environment: Mapping[str, str],
        stop: threading.Event,
        lang: Lang,
        bank: BankProcess | None = None,
    ) -> None:
        """Start nothing yet. `bank` is started and ended with it."""
        self._bank = bank
        self._host, self._port = host, port
        self._environment = {
            "SATUPINTU_URL": f"http://{host}:{port}",
            **environment,
            **({} if bank is None else {BANK_SETTING: bank.address}),
            "SATUPINTU_RILIS": str(releases.resolve()),
        }
        self._stop = stop
        self._lang: Lang = lang
        self._process: subprocess.Popen[bytes] | None = None
        self.failed = False

    @property
    def running(self) -> bool:
        """Tell whether it was started."""
        return self._process is not None

    def start(self) -> None:
        """Start it, and say where once it answers; say so when somebody else answers there already."""
        if self._answers():
            self._end(TAKEN)
            return
        arguments = ["--host", self._host, "--port", str(self._port), "--log-level", "warning", "--no-server-header"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "--factory", "runtime.site:site", *arguments], env=self._environment
        )
        threading.Thread(target=self._watch, args=(self._process,), daemon=True).start()
        while not self._stop.wait(KNOCK):
            if self._answers():
                if self._bank is not None:
                    self._bank.start(self._environment)
                self._say(SERVING)
                return

    def stop(self) -> None:
        """Ask it to finish what it is doing and end."""
        if self._bank is not None:
            self._bank.stop()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        if not self._stop.is_set():
            self._end(STOPPED)

    def _end(self, why: Words) -> None:
        self._say(why)
        self.failed = True
        self._stop.set()

    def _say(self, words: Words) -> None:
        where = {"host": self._host, "port": self._port}
        tell(Words(words.id.format(**where), words.to("en").format(**where)), self._lang)

    def _answers(self) -> bool:
        try:
            socket.create_connection((self._host, self._port), timeout=1).close()
        except OSError:
            return False
        return True
