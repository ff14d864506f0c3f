"""kill -9 at random moments: everything that was acknowledged is there exactly once, under the number that was told."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path

import pytest
from PIL import Image

from tests.faults.ledger import Kept, Ledger, faults, kept_in
from tests.faults.sample_server import prepare
from tests.sample_office import ANSWERS, CITY

CLIENTS = 8
SUBMIT = f"/api/{CITY}/izin/warung/pengajuan"
PATIENCE = 240.0


@dataclass(slots=True)
class Office:
    """A server that is killed and started again, and the clients that file with it until all is acknowledged."""

    folder: Path
    seed: int
    careless: bool = False
    retry: bool = True
    ledger: Ledger = field(default_factory=Ledger)
    needs_file: dict[str, bool] = field(default_factory=dict)
    unanswered: int = 0
    port: int = 0
    server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "tests.faults.sample_server", str(self.folder), str(self.port)]
        self.server = subprocess.Popen([*command, *(["careless"] if self.careless else [])])
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if self.ask("GET", f"/api/{CITY}/izin", b"", {})[0] == 200:
                    return
            except (OSError, HTTPException):
                assert self.server.poll() is None, "the server does not start"
                time.sleep(0.02)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """kill -9."""
        assert self.server is not None
        os.kill(self.server.pid, signal.SIGKILL)
        self.server.wait(60)

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, object]]:
        """Ask once, on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer: HTTPResponse = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def until_answered(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, dict[str, object]]:
        """Ask until there is an answer."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                return self.ask(method, path, body, headers)
            except (OSError, HTTPException, ValueError):
                self.unanswered += 1
                time.sleep(0.01)
        raise AssertionError("nobody answers")

    def upload(self) -> str:
        """Give a file and return its id."""
        photo = io.BytesIO()
        Image.new("RGB", (20, 20), "white").save(photo, "JPEG")
        body = (
            b'--b\r\nContent-Disposition: form-data; name="document"\r\n\r\nktp\r\n'
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
            + photo.getvalue()
            + b"\r\n--b--\r\n"
        )
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        status, taken = self.until_answered("POST", f"/api/{CITY}/berkas", body, headers)
        assert status == 201, taken
        return str(taken["id"])

    def file(self, number: int) -> None:
        """File one application; one in ten has a document."""
        key, name = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.seed} {number}")), f"Pemohon {number}"
        self.needs_file[key] = number % 10 == 0 and not self.careless
        body: dict[str, object] = {"answers": {**ANSWERS, "nama": name}}
        if self.needs_file[key]:
            answers = {**ANSWERS, "nama": name, "bentuk": "badan", "nib": "1234567890123"}
            body = {"answers": answers, "files": [self.upload()]}
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        for _ in range(2):  # once more, as an impatient client does
            status, filed = self.until_answered("POST", SUBMIT, json.dumps(body).encode(), headers)
            assert status == 201, filed
            self.ledger.note(key, str(filed["nomor"]), name)
            if not self.retry:
                break

    def run(self, submissions: int, kills: int) -> None:
        """Let the clients file, and kill the server that often at random moments meanwhile, and once at the end."""
        chance = random.Random(self.seed)
        waiting = list(range(submissions))
        lock = threading.Lock()
        troubles: list[str] = []

        def client() -> None:
            while True:
                with lock:
                    if not waiting or troubles:
                        return
                    number = waiting.pop(0)
                try:
                    self.file(number)
                except AssertionError as trouble:
                    troubles.append(str(trouble))

        self.start()
        clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
        moments = sorted(chance.sample(range(submissions), kills))
        for thread in clients:
            thread.start()
        for moment in moments:
            while len(self.ledger.told) < moment and any(thread.is_alive() for thread in clients):
                time.sleep(0.0005)
            time.sleep(chance.uniform(0, 0.02))
            self.kill()
            self.start()
        for thread in clients:
            thread.join(PATIENCE)
        self.kill()
        assert troubles == []

    def faults(self) -> list[str]:
        """Check the database and the files against what clients were told."""
        data = self.folder / "data"
        return faults(self.ledger, kept_in(data), data / "berkas" / CITY, self.needs_file)


def survive(folder: Path, submissions: int, kills: int, seed: int) -> Office:
    prepare(folder)
    office = Office(folder, seed)
    office.run(submissions, kills)
    assert len(office.ledger.told) == submissions
    assert office.unanswered > 0, "no kill met a request"
    assert office.faults() == []
    return office


def test_twenty_submissions_survive_four_kills(tmp_path: Path) -> None:
    survive(tmp_path, 20, 4, seed=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", [2, 3])
def test_two_hundred_submissions_survive_forty_kills(tmp_path: Path, seed: int) -> None:
    survive(tmp_path, 200, 40, seed)


def test_a_server_that_answers_before_it_commits_is_caught(tmp_path: Path) -> None:
    prepare(tmp_path)
    office = Office(tmp_path, seed=4, careless=True, retry=False)
    office.run(12, 4)
    assert any("was acknowledged as" in fault for fault in office.faults())


def lost(kept: list[Kept]) -> list[Kept]:
    return kept[1:]


def doubled(kept: list[Kept]) -> list[Kept]:
    return [*kept, replace(kept[0], nomor="UJI-2026-000004")]


def renumbered(kept: list[Kept]) -> list[Kept]:
    return [replace(kept[0], nomor="UJI-2026-000009"), *kept[1:]]


def swapped(kept: list[Kept]) -> list[Kept]:
    return [replace(kept[0], name="Pemohon 9"), *kept[1:]]


def unasked(kept: list[Kept]) -> list[Kept]:
    return [*kept, Kept("x", "UJI-2026-000004", "Pemohon 4", ())]


def without_file(kept: list[Kept]) -> list[Kept]:
    return [replace(kept[0], files=(("0" * 64, "BERSIH"),)), *kept[1:]]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda kept: kept, []),
        (lost, ["a was acknowledged as UJI-2026-000001 and is not there", "the numbers have gaps"]),
        (doubled, ["a is there 2 times", "a was acknowledged as UJI-2026-000001 and is UJI-2026-000004"]),
        (renumbered, ["a was acknowledged as UJI-2026-000001 and is UJI-2026-000009", "the numbers have gaps"]),
        (swapped, ["a has the answers of another"]),
        (unasked, ["x is there and nobody was told"]),
        (without_file, ["a has 1 files", "a has lost its file"]),
    ],
)
def test_the_check_goes_red(tmp_path: Path, harm: Callable[[list[Kept]], list[Kept]], said: list[str]) -> None:
    ledger = Ledger()
    kept = [Kept(key, f"UJI-2026-00000{n}", f"Pemohon {n}", ()) for n, key in enumerate("abc", 1)]
    for row in kept:
        ledger.note(row.key, row.nomor, row.name)
    assert faults(ledger, harm(kept), tmp_path, dict.fromkeys("abc", False)) == said


def test_two_answers_to_one_key_are_seen() -> None:
    ledger = Ledger()
    ledger.note("a", "UJI-2026-000001", "x")
    ledger.note("a", "UJI-2026-000002", "x")
    assert ledger.wrong == ["a was told UJI-2026-000001 and then UJI-2026-000002"]
