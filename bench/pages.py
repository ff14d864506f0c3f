"""What a page of a form costs, beside a bare Starlette page of as many bytes: server CPU in one run, as ratios.

`python -m bench.pages`. One server process (uvicorn, httptools, uvloop) has all endpoints; a client of 8 connections
asks them in turns, and the medians of the server's CPU time for each request are compared, so that a busy machine slows
all alike. The form has 30 questions on one page.
"""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bench.cpu import cpu_seconds
from bench.report import heading, ratio, row
from generator.build import build, publish
from generator.model import Catalog, CityCatalog, PermitVersion, Places
from rules.field import Field, Section
from rules.kind import Kind
from rules.permit import Free
from rules.words import Words
from runtime.cases.drafts import Draft
from runtime.citizen.drafting import current_draft, known_filling
from runtime.citizen.filling import Filling
from runtime.citizen.form import page_faults, place_of
from runtime.citizen.form_view import filled_page
from runtime.citizen.visit import Visit
from runtime.settings import Limits, Settings
from runtime.site import site
from tests.sample_permit import options, sample_city, sample_permit

CLIENTS, ROUNDS, REQUESTS = 8, 7, 1200
HOST = "127.0.0.1"
PAGE = "/kota-uji/izin/warung/isi/1"
KINDS = (Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.CHOICE, Kind.YES_NO, Kind.PHONE, Kind.TEXT, Kind.MONEY)
TYPED = {
    Kind.TEXT: "Jalan Frans Seda & Co.",
    Kind.INTEGER: "12",
    Kind.DECIMAL: "24,5",
    Kind.DATE: "17/8/2026",
    Kind.CHOICE: "oven",
    Kind.YES_NO: "ya",
    Kind.PHONE: "salah",
    Kind.MONEY: "dua juta",
}


def fields() -> tuple[Field, ...]:
    return tuple(
        Field(
            f"isian_{number}",
            kind,
            Words(f"Pertanyaan nomor {number}", f"Question {number}"),
            options("oven", "kompor", "kulkas") if kind is Kind.CHOICE else (),
            digits=1 if kind is Kind.DECIMAL else 0,
            help=Words("Tulis seperti pada surat.", "As on the letter."),
        )
        for number, kind in ((n, KINDS[n % len(KINDS)]) for n in range(30))
    )


def settings(folder: Path, port: int) -> Settings:
    """Build a release with one permit of 30 questions."""
    asked = fields()
    sample = sample_permit(asked, [Section(Words("Data", "Data"), tuple(field.code for field in asked))])
    permit = replace(sample, derived=(), requirements=(), eligibility=(), stages=sample.stages[2:], fee=Free())
    version = PermitVersion(permit, Places("izin/warung/2026-01-01.yaml", {}))
    catalog = Catalog({"kota-uji": CityCatalog(sample_city(), {}, {"warung": (version,)}, (), {})})
    publish(folder / "rilis", build(catalog, folder / "rilis"))
    plenty = Limits(drafts_per_address=10**9)
    return Settings(folder / "data", folder / "rilis", f"http://{HOST}:{port}", limits=plenty)


def serve(folder: str, port: str, length: str) -> None:
    """Serve the site, and beside it a bare page of as many bytes, reached past the guard and the routes of the site."""
    whole = site(settings(Path(folder), int(port)), alone=True)
    content = "<!DOCTYPE html>" + "x" * (int(length) - 15)

    async def page(_: Request) -> Response:
        return HTMLResponse(content)

    bare = Starlette(routes=[Route("/bare", page)])

    kept: dict[str, tuple[Filling, Draft]] = {}

    async def again(request: Request) -> Response:
        """Render the page anew with values and faults that are at hand: nothing is read from the store."""
        visit = Visit(request)
        place = place_of(visit)
        if not kept:
            draft = await current_draft(visit, "warung")
            assert draft is not None
            kept["one"] = (known_filling(visit, place.release, draft), draft)
        filling, draft = kept["one"]
        filling.shown.clear()
        return visit.html(filled_page(visit, place, filling, draft, page_faults(place, filling)))

    inner = whole._app._app  # type: ignore[attr-defined]  # the application behind the guard
    inner.router.routes.insert(0, Route("/{city}/izin/{permit}/lagi/{page}", again))

    async def both(scope: Scope, receive: Receive, send: Send) -> None:
        await (bare if scope.get("path") == "/bare" else whole)(scope, receive, send)

    uvicorn.run(both, host=HOST, port=int(port), access_log=False, log_level="error", http="httptools", loop="uvloop")


def begin(port: int) -> tuple[str, str]:
    """Begin a draft with 30 answers, some of them faulty: return the cookie of a visitor who has not begun, and the one
    that opens the draft."""
    connection = http.client.HTTPConnection(HOST, port)
    connection.request("GET", PAGE)
    answer = connection.getresponse()
    cookie = str(answer.getheader("set-cookie")).partition(";")[0]
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.read().decode())
    hidden = {name: unescape(value) for name, value in found}
    typed = {field.code: TYPED[field.kind] for field in fields()}
    form = {"content-type": "application/x-www-form-urlencoded", "cookie": cookie}
    connection.request("POST", PAGE, urlencode({**hidden, **typed}), form)
    answer = connection.getresponse()
    assert answer.status == 422, answer.read()
    answer.read()
    return cookie, str(answer.getheader("set-cookie")).partition(";")[0]


async def client(port: int, path: str, cookie: str, count: int, times: list[float]) -> int:
    reader, writer = await asyncio.open_connection(HOST, port)
    ask = (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{f'Cookie: {cookie}' + chr(13) + chr(10) if cookie else ''}\r\n"
    )
    length = 0
    for _ in range(count):
        began = time.perf_counter()
        writer.write(ask.encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        times.append(time.perf_counter() - began)
    writer.close()
    return length


async def ask(port: int, path: str, cookie: str, times: list[float]) -> int:
    lengths = await asyncio.gather(*(client(port, path, cookie, REQUESTS // CLIENTS, times) for _ in range(CLIENTS)))
    return lengths[0]


def measure(port: int, server: int) -> None:
    visitor, cookie = begin(port)
    kinds = {
        "bare Starlette page": ("/bare", ""),
        "blank form page": (PAGE, ""),
        "blank form page, visitor with a cookie": (PAGE, visitor),
        "rendered anew with values and faults": (PAGE.replace("isi", "lagi"), cookie),
        "shown again: session and draft read, values, faults": (f"{PAGE}?galat=1", cookie),
    }
    cpu: dict[str, list[float]] = {name: [] for name in kinds}
    wall: dict[str, list[float]] = {name: [] for name in kinds}
    size: dict[str, int] = {}
    for turn in range(ROUNDS + 1):
        for name, (path, held) in kinds.items():
            before, times = cpu_seconds(server), list[float]()
            size[name] = asyncio.run(ask(port, path, held, times))
            used = cpu_seconds(server) - before
            if turn:  # the first round warms up
                cpu[name].append(used / REQUESTS)
                wall[name] += times
    heading(f"form pages, 30 questions ({CLIENTS} connections, {ROUNDS} rounds of {REQUESTS} requests)")
    floor = statistics.median(cpu["bare Starlette page"])
    for name in kinds:
        cuts = statistics.quantiles(wall[name], n=100)
        middle = statistics.median(cpu[name])
        spent = f"{middle * 1e6:.0f} us CPU, {1 / middle:.0f} per s"
        row(name, f"{spent}; p50 {cuts[49] * 1e3:.1f} ms, p99 {cuts[98] * 1e3:.1f} ms; {size[name]} bytes")
    for name in ("blank form page", "blank form page, visitor with a cookie"):
        ratio(name, floor / statistics.median(cpu[name]), least=0.7)
    for name in ("rendered anew with values and faults", "shown again: session and draft read, values, faults"):
        ratio(name, floor / statistics.median(cpu[name]), least=0.4)


def main() -> None:
    """Start the server, ask it, and end it."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.pages", folder, str(port), "15000"]
        process = subprocess.Popen(command)
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until:
                try:
                    socket.create_connection((HOST, port), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            measure(port, process.pid)
        finally:
            process.terminate()
            process.wait(20)


if __name__ == "__main__":
    serve(*sys.argv[1:]) if len(sys.argv) == 4 else main()
