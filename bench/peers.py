"""The same 30 questions here, in Django and in fastify: the blank form page and a filed submission, by server CPU.

`python -m bench.peers`. The peers are installed in a folder of their own outside the repository, where they install;
what does not install is named and left out. All servers run at the same time and are asked in turns, a round each, so
that a busy machine slows all alike; the medians of the CPU time for each request are compared. Every submission is
validated and answered after a commit on SQLite with synchronous=FULL. Ours keeps more: the chain of events, the
projection, the outbox, the engine's decision with its comparison.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.report import heading, ratio, row

ROOT = Path(__file__).parent.parent
SITES = Path(__file__).parent / "peer_sites"
INSTALLED = Path(tempfile.gettempdir()) / f"satupintu-bench-peers-{os.getuid()}"
DJANGO = ("django==5.2.19", "jinja2==3.1.6", "gunicorn==27.0.1")
CLIENTS = 8
ROUNDS = 7
REQUESTS = 240
STARTING = 60.0
CITY, PERMIT = "kota-uji", "formulir"

# A standard names its documents; this one is not asked for by the answers that are sent.
DOCUMENT = "syarat: [{dokumen: ktp, wajib_bila: {isian_21: pilihan_a}}]\n"

Question = dict[str, object]


def questions() -> list[Question]:
    """Return 30 questions: texts, numbers, choices, dates."""
    kinds = ["teks"] * 10 + ["bilangan"] * 6 + ["desimal"] * 4 + ["pilihan"] * 5 + ["ya_tidak"] * 3 + ["tanggal"] * 2
    options = {"pilihan": [f"pilihan_{letter}" for letter in "abcde"], "ya_tidak": ["ya", "tidak"]}
    return [
        {
            "code": f"isian_{number}",
            "label": f"Pertanyaan nomor {number} tentang usaha ini",
            "kind": kind,
            "min": 1,
            "max": 10_000,
            "options": options.get(kind, []),
        }
        for number, kind in enumerate(kinds, 1)
    ]


def answers() -> dict[str, object]:
    """Return one answer to each question."""
    given = {"teks": "Maria Bere", "bilangan": 12, "desimal": 120.5, "pilihan": "pilihan_c", "tanggal": "2026-03-02"}
    return {str(asked["code"]): given.get(str(asked["kind"]), True) for asked in questions()}


def catalog(folder: Path) -> Path:
    """Write a catalog with one permit of these questions, on one page, without documents."""
    shutil.copytree(ROOT / "tests" / "cases" / "dasar", folder)
    permit = folder / CITY / "izin" / "uji" / "2026-01-01.yaml"
    text = permit.read_text(encoding="utf-8")
    shutil.rmtree(permit.parent)
    before, rest = text.split("isian:\n", 1)
    after = "alur:\n" + rest.split("alur:\n", 1)[1].split("retribusi:\n", 1)[0].replace(", bila: {bertingkat: ya}", "")
    fields = []
    for asked in questions():
        choices = ", ".join(f"{option}: {option}" for option in asked["options"])  # type: ignore[attr-defined]  # a list
        more = {
            "bilangan": ", minimal: 1, maksimal: 10_000",
            "desimal": ", digit: 2, minimal: 1, maksimal: 10_000",
            "pilihan": f", pilihan: {{{choices}}}",
        }.get(str(asked["kind"]), "")
        fields.append(f"  - {{kode: {asked['code']}, label: {asked['label']}, jenis: {asked['kind']}{more}}}\n")
    target = folder / CITY / "izin" / PERMIT / permit.name
    target.parent.mkdir()
    tail = "retribusi: gratis\n" + "produk:" + rest.split("produk:", 1)[1]
    named = before.replace("izin: uji", f"izin: {PERMIT}")
    target.write_text(
        named + "isian:\n  - bagian: Usaha\n" + "".join(fields) + DOCUMENT + after + tail, encoding="utf-8"
    )
    return folder


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Something to ask: of which process, how, and what it must answer."""

    name: str
    process: psutil.Process
    port: int
    path: str
    body: bytes | None
    status: bytes

    def cpu(self) -> float:
        """Return the CPU seconds that the process and its children have used."""
        used = 0.0
        for process in (self.process, *self.process.children(recursive=True)):
            times = process.cpu_times()
            used += times.user + times.system
        return used


@contextmanager
def running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[psutil.Process]:
    """Run a server until the end of the block."""
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, cwd=ROOT)
    try:
        until = time.monotonic() + STARTING
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, command
                assert time.monotonic() < until, command
                time.sleep(0.05)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def ours(folder: Path, opened: ExitStack) -> list[Endpoint]:
    """Build and serve the catalog of the 30 questions."""
    command = str(Path(sys.executable).with_name("satupintu"))
    release, port = folder / "build", free_port()
    subprocess.run(
        [command, "build", str(catalog(folder / "catalog")), "--ke", str(release), "--pakai"],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    site = ["-m", "uvicorn", "--factory", "runtime.site:site", "--port", str(port), "--log-level", "error"]
    environment = {
        "SATUPINTU_RILIS": str(release),
        "SATUPINTU_DATA": str(folder / "var"),
        "SATUPINTU_URL": f"http://127.0.0.1:{port}",
        "SATUPINTU_JAM": "2026-07-01T09:00:00+08:00",
    }
    process = opened.enter_context(running([sys.executable, *site], port, environment))
    body = json.dumps({"answers": answers()}).encode()
    return [
        Endpoint("form page: satupintu", process, port, f"/{CITY}/izin/{PERMIT}/isi/1", None, b"200"),
        Endpoint("submission: satupintu", process, port, f"/api/{CITY}/izin/{PERMIT}/pengajuan", body, b"201"),
    ]


def django(folder: Path, opened: ExitStack) -> list[Endpoint]:
    """Install and serve Django; nothing when it does not install."""
    environment = INSTALLED / "django"
    try:
        if not (environment / "bin" / "gunicorn").exists():
            subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
            pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "-q", *DJANGO]
            subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as fault:
        row("Django", f"does not install here: {fault}")
        return []
    port = free_port()
    command = [str(environment / "bin" / "gunicorn"), "-k", "gthread", "--threads", str(CLIENTS), "--keep-alive", "60"]
    command += ["-b", f"127.0.0.1:{port}", "--log-level", "error", "--chdir", str(SITES), "django_site:application"]
    process = opened.enter_context(running(command, port, {"PEER_FOLDER": str(folder)}))
    body = json.dumps(answers()).encode()
    return [
        Endpoint("form page: Django with Jinja", process, port, "/jinja", None, b"200"),
        Endpoint("form page: Django forms", process, port, "/forms", None, b"200"),
        Endpoint("submission: Django", process, port, "/kirim", body, b"201"),
    ]


def fastify(folder: Path, opened: ExitStack) -> list[Endpoint]:
    """Install and serve fastify; nothing when it does not install."""
    packages = INSTALLED / "fastify"
    try:
        if not (packages / "node_modules" / "fastify").exists():
            packages.mkdir(parents=True, exist_ok=True)
            shutil.copy(SITES / "package.json", packages)
            quiet = ["npm", "install", "--silent", "--no-fund", "--no-audit", "--no-package-lock"]
            subprocess.run(quiet, check=True, cwd=packages, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as fault:
        row("fastify", f"does not install here: {fault}")
        return []
    port = free_port()
    environment = {
        "PEER_FOLDER": str(folder),
        "PEER_PACKAGES": str(packages),
        "PEER_PORT": str(port),
        "NODE_ENV": "production",
    }
    process = opened.enter_context(running(["node", str(SITES / "fastify_site.mjs")], port, environment))
    body = json.dumps(answers()).encode()
    return [
        Endpoint("form page: fastify with ejs", process, port, "/form", None, b"200"),
        Endpoint("submission: fastify with ajv", process, port, "/kirim", body, b"201"),
    ]


async def client(endpoint: Endpoint, count: int) -> None:
    """Ask an endpoint over one connection that is kept."""
    reader, writer = await asyncio.open_connection("127.0.0.1", endpoint.port)
    for _ in range(count):
        method = "GET" if endpoint.body is None else "POST"
        head = f"{method} {endpoint.path} HTTP/1.1\r\nHost: 127.0.0.1:{endpoint.port}\r\n"
        if endpoint.body is not None:
            head += f"Content-Type: application/json\r\nContent-Length: {len(endpoint.body)}\r\n"
            head += f"Idempotency-Key: {uuid.uuid4()}\r\n"
        writer.write(f"{head}\r\n".encode() + (endpoint.body or b""))
        answer = await reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 " + endpoint.status):
            raise RuntimeError(f"{endpoint.name}: {answer.decode()}{(await reader.read(2000)).decode()}")
        await reader.readexactly(int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0]))
    writer.close()


async def ask(endpoint: Endpoint) -> None:
    """Ask an endpoint by all clients at once."""
    await asyncio.gather(*(client(endpoint, REQUESTS // CLIENTS) for _ in range(CLIENTS)))


def measured(endpoints: list[Endpoint]) -> dict[str, float]:
    """Return the median CPU seconds per request of each endpoint."""
    used: dict[str, list[float]] = {endpoint.name: [] for endpoint in endpoints}
    for number in range(ROUNDS + 1):
        for endpoint in endpoints:
            before = endpoint.cpu()
            asyncio.run(ask(endpoint))
            if number:  # the first round warms up
                used[endpoint.name].append((endpoint.cpu() - before) / REQUESTS)
    return {name: statistics.median(times) for name, times in used.items()}


TARGETS = {
    "form page: fastify with ejs": 2.0,
    "form page: Django with Jinja": 8.0,
    "form page: Django forms": 50.0,
    "submission: Django": 4.0,
    "submission: fastify with ajv": None,
}


def main() -> None:
    """Measure all that installs, and print how many times as much CPU each peer takes."""
    with tempfile.TemporaryDirectory(prefix="satupintu-bench-") as name, ExitStack() as opened:
        folder = Path(name)
        (folder / "fields.json").write_text(json.dumps(questions()), encoding="utf-8")
        heading("CPU for each request")
        endpoints = [*ours(folder, opened), *django(folder, opened), *fastify(folder, opened)]
        found = measured(endpoints)
        for endpoint, seconds in found.items():
            row(endpoint, f"{seconds * 1e6:.0f} us, {1 / seconds:,.0f} a second on one core")
        heading("times the CPU of ours")
        for endpoint, target in TARGETS.items():
            if endpoint in found:
                times = found[endpoint] / found[f"{endpoint.split(':')[0]}: satupintu"]
                if target is None:
                    row(endpoint, f"{times:.2f} ×")
                else:
                    ratio(endpoint, times, least=target)


if __name__ == "__main__":
    main()
