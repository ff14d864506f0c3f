"""A server that is killed and started again, and clients that file with it until all is acknowledged."""

from __future__ import annotations

import io
import json
import random
import signal
import socket
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from PIL import Image

from runtime.audit.inspection import Report
from runtime.audit.requests import Acknowledged
from runtime.clock import fixed
from tests.faults.forks import FORKS
from tests.faults.ledger import Ledger, faults, kept_in
from tests.faults.looked_over import look_over
from tests.faults.sample_server import serve
from tests.sample_office import ANSWERS, CITY, NOW

CLIENTS = 8
SUBMIT = f"/api/{CITY}/izin/warung/pengajuan"
PATIENCE = 240.0
UNAVAILABLE = 503


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
    statuses: Counter[int] = field(default_factory=Counter)
    enough: threading.Event = field(default_factory=threading.Event)
    filing: list[threading.Thread] = field(default_factory=list)
    url: str | None = None
    port: int = 0
    patience: float = 60.0  # of a client, in seconds
    server: ForkServerProcess | None = None

    def start(self, point: str = "") -> None:
        """Start the server, which ends at a point where one is named, and wait until it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        arguments = (self.folder, self.port, self.url, point, self.careless)
        self.server = FORKS.Process(target=serve, args=arguments)
        self.server.start()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if self.ask("GET", f"/api/{CITY}/izin", b"", {})[0] == 200:
                    return
            except (OSError, HTTPException):
                status = self.server.exitcode
                if point and status == -signal.SIGKILL:
                    return  # a client was there before us
                assert status is None, f"the server does not start: {status}"
                time.sleep(0.02)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """kill -9."""
        assert self.server is not None
        self.server.kill()
        self.ended()

    def ended(self) -> int | None:
        """Wait until the server has ended, and return how."""
        assert self.server is not None
        self.server.join(PATIENCE)
        status = self.server.exitcode
        self.server.close()
        return status

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, object]]:
        """Ask once, on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            connection.request(method, path, body, headers)
            answer: HTTPResponse = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def until_answered(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, dict[str, object]]:
        """Ask until there is an answer, and again where it is that nothing could be kept."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                status, answer = self.ask(method, path, body, headers)
            except (OSError, HTTPException, ValueError):
                self.unanswered += 1
                time.sleep(0.01)
                continue
            self.statuses[status] += 1
            if status != UNAVAILABLE:
                return status, answer
            time.sleep(0.05)
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

    @contextmanager
    def clients(self, submissions: int = 100_000) -> Iterator[None]:
        """Let clients file so many, or until it is `enough`, and wait for them at the end."""
        waiting = iter(range(submissions))
        lock = threading.Lock()
        troubles: list[str] = []

        def client() -> None:
            while not self.enough.is_set() and not troubles:
                with lock:
                    number = next(waiting, None)
                if number is None:
                    return
                try:
                    self.file(number)
                except AssertionError as trouble:
                    troubles.append(str(trouble))

        self.filing = [threading.Thread(target=client, daemon=True) for _ in range(CLIENTS)]
        for thread in self.filing:
            thread.start()
        yield
        for thread in self.filing:
            thread.join(PATIENCE)
            assert not thread.is_alive()
        assert troubles == []

    def until_told(self, count: int) -> None:
        """Wait until so many are acknowledged, or nobody files any more."""
        while len(self.ledger.told) < count and any(thread.is_alive() for thread in self.filing):
            time.sleep(0.0005)

    def run(self, submissions: int, kills: int) -> None:
        """Let the clients file, and kill the server that often at random moments meanwhile, and once at the end."""
        chance = random.Random(self.seed)
        self.start()
        with self.clients(submissions):
            for moment in sorted(chance.sample(range(submissions), kills)):
                self.until_told(moment)
                time.sleep(chance.uniform(0, 0.02))
                self.kill()
                self.start()
        self.kill()

    @property
    def book(self) -> list[Acknowledged]:
        """Return what clients were told, as they would show it."""
        return [Acknowledged(CITY, f"api:{key}", nomor) for key, nomor in self.ledger.told.items()]

    def audit(self) -> Report:
        """Look through all that is kept."""
        clock = fixed(NOW + timedelta(hours=1))
        return look_over(self.folder / "data", self.folder / "rilis", self.url, clock, self.book)

    def faults(self) -> list[str]:
        """Check the database and the files against what clients were told."""
        data = self.folder / "data"
        return faults(self.ledger, kept_in(data), data / "berkas" / CITY, self.needs_file)
