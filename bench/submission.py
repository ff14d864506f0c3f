"""What a whole submission costs, beside a bare Starlette endpoint with one INSERT: server CPU in one run, as ratios.

`python -m bench.submission`. One server process has all endpoints; a client of 16 connections asks them in turns, and
the server's CPU time for each request is compared between neighbours of one round, so that a busy machine slows both
alike; medians of the rounds. Each request is another applicant's. A whole submission is all of it: answers, facts and
decision sealed under a new key of the person, the case begun with its events in a chain, their projection, desks and
what no checkpoint covers yet.

First on SQLite, where every answer comes after a commit with synchronous=FULL that all who wait share, then on a
PostgreSQL of its own with fsync and synchronous_commit on. There the CPU of our process alone counts, not the
database's, at every endpoint.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import uvicorn
from sqlalchemy import Connection, bindparam, insert
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bench.cpu import cpu_seconds
from bench.report import heading, ratio, row
from runtime.cases.numbering import next_nomor
from runtime.cases.prepared import Prepared
from runtime.cases.sqlite_database import SqliteDatabase
from runtime.cases.tables import counter
from runtime.cases.writer import Writer
from runtime.serving import serving_of
from tests.faults.sample_server import prepare
from tests.postgres import Cluster, binaries
from tests.sample_office import ANSWERS, CITY, api_app, settings_for

CLIENTS = 16
ROUNDS = 7
REQUESTS = 320
SUBMIT = f"/api/{CITY}/izin/warung/pengajuan"
_PEOPLE = itertools.count()

_INSERT = Prepared(
    insert(counter).values(
        daerah=bindparam("daerah"), series=bindparam("series"), year=bindparam("year"), value=bindparam("value")
    )
)


def somebodys(answers: Mapping[str, object]) -> bytes:
    """Return what another applicant sends each time: somebody else, with another name, capital and floor."""
    number = next(_PEOPLE)
    own = {
        "nama": f"Maria Bere {number}",
        "nik": f"537101{41 + number // 9999 % 31}0685{1 + number % 9999:04d}",
        "modal": 5_000_000 + 1_000 * (number % 20_000),
        "luas": 10 + number % 800 / 10,
    }
    return json.dumps({"answers": {**answers, **own}}).encode()


async def bare_page(request: Request) -> Response:  # noqa: ARG001 - the signature of an endpoint
    return PlainTextResponse("ok")


async def bare_insert(request: Request) -> Response:
    body = await request.body()
    values = {"daerah": uuid.uuid4().hex, "series": "bench", "year": len(body), "value": 1}
    await serving_of(request).store.database.write(lambda connection: _INSERT.run(connection, values))
    return PlainTextResponse(str(values["daerah"]))


def serve(folder: str, port: str, *database: str) -> None:
    app = api_app(replace(settings_for(Path(folder)), database=database[0] if database else None))
    app.router.routes.insert(0, Route("/bare-page", bare_page, methods=["POST"]))
    app.router.routes.insert(0, Route("/bare-insert", bare_insert, methods=["POST"]))
    begun = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with begun(app):
            gc.collect()  # what is loaded by now is kept out of the collector's way, as by the whole site
            gc.freeze()
            yield

    app.router.lifespan_context = lifespan
    uvicorn.run(app, host="127.0.0.1", port=int(port), access_log=False, log_level="error", http="httptools")


@dataclass(frozen=True, slots=True)
class Kind:
    """An endpoint: what it must answer to which answers, the CPU seconds of a request in each round, and how long each
    request took."""

    name: str
    path: str
    status: bytes
    answers: Mapping[str, object]
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    def round(self, port: int, server: int) -> None:
        before = cpu_seconds(server)
        self.wall.extend(asyncio.run(ask(port, self.path, self.answers, REQUESTS, self.status)))
        self.cpu.append((cpu_seconds(server) - before) / REQUESTS)

    def tell(self) -> None:
        middle, cuts = statistics.median(self.cpu), statistics.quantiles(self.wall, n=100)
        spread = f"p50 {cuts[49] * 1e3:.1f} ms, p99 {cuts[98] * 1e3:.1f} ms"
        row(self.name, f"{middle * 1e6:.0f} us, {1 / middle:.0f} per core and second; {spread}")


async def client(port: int, path: str, bodies: list[bytes], status: bytes, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for body in bodies:
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: {uuid.uuid4()}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        began = time.perf_counter()
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 " + status), answer
        length = int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        times.append(time.perf_counter() - began)
    writer.close()


async def ask(port: int, path: str, answers: Mapping[str, object], count: int, status: bytes) -> list[float]:
    times: list[float] = []
    bodies = [[somebodys(answers) for _ in range(count // CLIENTS)] for _ in range(CLIENTS)]
    await asyncio.gather(*(client(port, path, each, status, times) for each in bodies))
    return times


def measure(port: int, server: int, least: float, least_refused: float | None) -> None:
    page = Kind("bare page", "/bare-page", b"200", ANSWERS)
    insert_alone = Kind("bare + one INSERT", "/bare-insert", b"200", ANSWERS)
    filed = Kind("whole submission", SUBMIT, b"201", ANSWERS)
    refused = Kind("refused submission", SUBMIT, b"422", {**ANSWERS, "buka_24_jam": True})
    kinds = (page, insert_alone, filed, refused)
    for kind in kinds:
        asyncio.run(ask(port, kind.path, kind.answers, REQUESTS, kind.status))  # warms up
    for _ in range(ROUNDS):
        for kind in kinds:
            kind.round(port, server)
    for kind in kinds:
        kind.tell()
    for kind, target in ((filed, least), (refused, least_refused)):
        beside = zip(insert_alone.cpu, kind.cpu, strict=True)
        ratio(
            f"{kind.name} / {insert_alone.name}", statistics.median(one / other for one, other in beside), least=target
        )
    cuts = statistics.quantiles(filed.wall, n=100)
    ratio("whole submission: p99 / p50", cuts[98] / cuts[49], most=6)


def group_commit(folder: Path) -> None:
    """Compare commits shared by those that wait with one transaction each, at 8 clients that wait for their answer."""

    def work(connection: Connection) -> str:
        return next_nomor(connection, CITY, "bench", 2026)

    def rate(writer: Writer, clients: int, each: int) -> float:
        def one() -> None:
            for _ in range(each):
                writer.submit(work).result()

        threads = [threading.Thread(target=one) for _ in range(clients)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return clients * each / (time.perf_counter() - began)

    with SqliteDatabase(folder) as database:
        engine = database.writing
        alone, together = Writer(engine, together=1), Writer(engine)
        pairs = [(rate(together, 8, 100), rate(alone, 8, 100)) for _ in range(ROUNDS)]
        for writer in (alone, together):
            writer.close()
    grouped, single = (statistics.median(rates) for rates in zip(*pairs, strict=True))
    heading("8 clients that wait for their answer, SQLite with synchronous=FULL")
    row("waiting works committed together", f"{grouped:.0f} per second")
    row("one transaction each", f"{single:.0f} per second")
    ratio("together / one each", statistics.median(one / other for one, other in pairs), least=2)


def served(folder: Path, *database: str, least: float, least_refused: float | None) -> None:
    """Measure a server on a database: SQLite in the folder where none is named."""
    prepare(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "bench.submission", str(folder), str(port), *database])
    try:
        wait_for(port)
        measure(port, server.pid, least, least_refused)
    finally:
        server.terminate()
        server.wait(30)


def main() -> None:
    how = (
        f"{CLIENTS} clients, {REQUESTS} requests at each endpoint in turn, {ROUNDS} rounds: CPU of our server a request"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        heading(f"SQLite, synchronous=FULL; {how}")
        served(folder / "sqlite", least=0.3, least_refused=0.38)
        group_commit(folder / "group")
        found = binaries()
        if found is None:
            heading("no PostgreSQL is installed")
            return
        cluster = Cluster(found, durable=True)
        try:
            cluster.start()
            cluster.make_template()
            with cluster.database() as url:
                heading(f"PostgreSQL, fsync=on, synchronous_commit=on; {how}")
                served(folder / "postgres", url, least=0.35, least_refused=None)
        finally:
            cluster.destroy()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the server does not start")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(*sys.argv[1:])
    else:
        main()
