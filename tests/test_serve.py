"""The catalog served while it changes: what is sound is live without a dropped request, what is not changes nothing."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

import pytest

from generator.cli import main
from generator.command.serve import command, demo_setting

TINY = Path(__file__).parent / "cases" / "dasar"
PERMIT = Path("kota-uji") / "izin" / "uji" / "2026-01-01.yaml"
PAGE = "/kota-uji/izin/uji"
HANG = 60.0


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Serving:
    """`satupintu serve` in a process of its own, on a catalog that the test may change."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.catalog = folder / "catalog"
        self.port = free_port()
        self.told: list[str] = []
        command = [str(Path(sys.executable).with_name("satupintu")), "serve", str(self.catalog), "--lang", "en"]
        command += ["--port", str(self.port), "--rilis", str(folder / "build"), *options]
        environment = {**os.environ, "SATUPINTU_DATA": str(folder / "var")}
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> Serving:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(HANG)
        finally:
            # Whatever is left of it has its process group; nothing outlives the test.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self._reader.join(HANG)
            assert self.process.stdout is not None
            self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.append(line.rstrip("\n"))

    def wait_for(self, so: Callable[[], bool]) -> None:
        until = time.monotonic() + HANG
        while not so():
            assert time.monotonic() < until, self.told
            assert self.process.poll() is None, self.told
            time.sleep(0.05)

    def wait_for_the_end(self) -> None:
        self._reader.join(HANG)

    def wait_until_told(self, words: str, times: int = 1) -> None:
        self.wait_for(lambda: sum(words in line for line in self.told) >= times)

    def get(self, path: str = PAGE) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=HANG)
        try:
            connection.request("GET", path, headers={"accept-language": "id"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def change(self, before: str, after: str) -> None:
        path = self.catalog / PERMIT
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TINY, tmp_path / "catalog")
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Iterator[Serving]:
    with Serving(folder) as started:
        started.wait_until_told("serving at")
        yield started


def test_a_sound_change_is_live_and_no_request_is_dropped(server: Serving) -> None:
    stop = threading.Event()
    seen: list[tuple[int, str]] = []
    dropped: list[BaseException] = []

    def hammer() -> None:
        while not stop.is_set():
            try:
                seen.append(server.get())
            except (OSError, http.client.HTTPException) as fault:
                dropped.append(fault)

    hammers = [threading.Thread(target=hammer) for _ in range(4)]
    for each in hammers:
        each.start()
    try:
        names = ["Izin Uji", "Izin Coba", "Izin Ketiga"]
        for old, new in itertools.pairwise(names):
            server.change(old, new)
            server.wait_for(lambda new=new: new in server.get()[1])  # type: ignore[misc]  # a default cannot be typed
    finally:
        stop.set()
        for each in hammers:
            each.join(HANG)
    assert dropped == []
    assert {status for status, _ in seen} == {200}
    named = [next(name for name in names if f"<h1>{name}" in page or f">{name}<" in page) for _, page in seen]
    assert set(named) == set(names)


def test_a_change_with_findings_leaves_the_last_good_release_and_says_so(server: Serving) -> None:
    before = server.get()
    server.change("dokumen: ktp", "dokumen: ktpp\n    kunci: 1")
    server.wait_until_told("this change is not live; the last good release")
    assert any(line.startswith("error[TKS-") for line in server.told)
    assert any("uji/2026-01-01.yaml:" in line for line in server.told)
    assert server.get() == before
    server.change("dokumen: ktpp\n    kunci: 1", "dokumen: ktp")
    server.wait_until_told("nothing changed for citizens")
    assert server.get() == before


def test_a_catalog_that_starts_with_findings_is_served_when_it_is_mended(folder: Path) -> None:
    path = folder / "catalog" / PERMIT
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace("jenis: desimal", "jenis: desimall"), encoding="utf-8")
    with Serving(folder) as server:
        server.wait_until_told("there is no release to serve yet")
        assert not any("serving at" in line for line in server.told)
        path.write_text(sound, encoding="utf-8")
        server.wait_until_told("serving at")
        assert server.get()[0] == 200


def test_a_fixed_release_is_served_and_nothing_is_watched(folder: Path) -> None:
    assert main(["build", str(folder / "catalog"), "--ke", str(folder / "build"), "--pakai"]) == 0
    with Serving(folder, "--tetap") as server:
        server.wait_until_told("serving at")
        before = server.get()
        assert before[0] == 200
        server.change("Izin Uji", "Izin Coba")
        assert main(["build", str(folder / "catalog"), "--ke", str(folder / "build"), "--pakai"]) == 0
        time.sleep(1.5)  # three times as long as the server takes to see a release
        assert server.get() == before
        assert not any("is live" in line for line in server.told)


def test_a_fixed_release_must_have_been_built(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = str(folder / "build")
    assert main(["serve", str(folder / "catalog"), "--tetap", "--rilis", nothing, "--lang", "en"]) == 2
    said = f"Error: there is no release in `{nothing}`; build one first by `satupintu build --pakai`"
    assert capsys.readouterr().err.splitlines()[-1] == said


def test_a_port_that_is_taken_is_said_and_ends_the_command(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with Serving(folder, "--port", str(port)) as server:
            assert server.process.wait(HANG) == 1
        assert server.told[-1] == f"port {port} of 127.0.0.1 is taken; give another one by `--port`"


def test_a_server_that_ends_by_itself_ends_the_command_with_a_failure(server: Serving) -> None:
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text(encoding="utf-8")
    os.kill(int(children.split()[0]), signal.SIGKILL)
    assert server.process.wait(HANG) == 1
    server.wait_for_the_end()
    assert server.told[-1] == "the server stopped by itself"


def test_people_of_a_demonstration_may_sign_in_where_only_this_machine_can(server: Serving) -> None:
    assert "peragaan" in server.get("/kota-uji/kantor/masuk")[1].lower()


@pytest.mark.parametrize(
    ("host", "asked", "demo"), [("127.0.0.1", None, "ya"), ("127.0.0.1", False, "tidak"), ("0.0.0.0", None, "tidak")]
)
def test_a_demonstration_is_for_this_machine_alone(host: str, asked: bool | None, demo: str) -> None:
    options = [] if asked is None else ["--tanpa-peragaan"]
    given = command("id").make_context("serve", ["catalog", "--host", host, *options]).params["demo"]
    assert demo_setting(given, host, {}) == {"SATUPINTU_PERAGAAN": demo}


def test_the_clock_can_start_at_another_moment(folder: Path) -> None:
    with Serving(folder, "--jam", "2025-12-31T09:00:00+08:00") as server:
        server.wait_until_told("serving at")
        assert server.get()[0] == 404  # the permit is in force from the next day on


def test_a_demonstration_has_a_bank_beside_it_that_ends_with_it(folder: Path) -> None:
    with Serving(folder, "--peragaan") as server:
        server.wait_until_told("trial bank at http://127.0.0.1:")
        line = next(line for line in server.told if "trial bank at" in line)
        port = int(line.rstrip("/").rpartition(":")[2])
        server.wait_for(lambda: answers(port))
        server.process.terminate()
        server.wait_for_the_end()
        assert not answers(port)


def test_without_a_demonstration_there_is_no_bank(folder: Path) -> None:
    with Serving(folder, "--tanpa-peragaan") as server:
        server.wait_until_told("serving at")
        time.sleep(0.5)
        assert not [line for line in server.told if "bank" in line]


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
