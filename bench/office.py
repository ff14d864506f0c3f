"""What the pages of a case cost, by server CPU: the applicant's page, an officer's page of the file, and an approval.

`python -m bench.office`. The catalog that ships and the whole site, a case of a shop each time; the figures have no
target and are printed beside a bare page of the same server. An approval is the answer of the front office that finds a
file complete: engine, events, projection, desks, dates, and the redirect that follows the commit.
"""

from __future__ import annotations

import re
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import httpx2
import uvicorn

from bench.cpu import cpu_seconds
from bench.report import heading, row
from bench.submission import wait_for
from runtime.people.demo import PASSWORD, demo_people
from runtime.settings import Limits, Settings
from runtime.site import site
from tests.kupang_office import CITY, FILED, kupang_catalog, open_office, published
from tests.officer import FRONT, OFFICE, hidden

ROUNDS = 7
EACH = 24


def serve(folder: str, port: str) -> None:
    here = Path(folder)
    settings = Settings(here / "data", here / "rilis", f"http://127.0.0.1:{port}", FILED, Limits(), demo=True)
    uvicorn.run(
        site(settings, alone=True),
        host="127.0.0.1",
        port=int(port),
        access_log=False,
        log_level="error",
        http="httptools",
    )


def filed(folder: Path) -> dict[str, str]:
    """File a case for each approval, and return the code of each by its number."""
    catalog = kupang_catalog()
    office = open_office(folder / "data", published(folder / "rilis", catalog), catalog)
    numbers = [office.file() for _ in range((ROUNDS + 1) * EACH)]
    codes = {number: office.store.submissions.code(CITY, number) for number in numbers}
    office.store.close()
    office.releases.close()
    return codes


def front_office(base: str) -> httpx2.Client:
    """Sign in as the demonstration's person at the front office."""
    client = httpx2.Client(base_url=base)
    city = kupang_catalog().cities[CITY].city
    nip = next(one.nip for one in demo_people(city) if one.post == FRONT)
    page = client.get(f"{OFFICE}/masuk").text
    asked = client.post(f"{OFFICE}/masuk", data={**hidden(page), "nip": nip, "sandi": PASSWORD}, follow_redirects=True)
    shown = re.search(r'class="besar">(\d{6})<', asked.text)
    assert shown is not None, asked.text
    entered = client.post(f"{OFFICE}/masuk/kode", data={**hidden(asked.text), "kode": shown[1]})
    assert entered.status_code == 303, entered.text
    return client


def applicant(base: str, number: str, code: str) -> httpx2.Client:
    """Open a case as its applicant."""
    client = httpx2.Client(base_url=base)
    page = client.get(f"/{CITY}/lacak").text
    opened = client.post(f"/{CITY}/lacak", data={**hidden(page), "nomor": number, "kode": code})
    assert opened.status_code == 303, opened.text
    return client


def measure(base: str, server: int, codes: dict[str, str]) -> None:
    officer, numbers = front_office(base), list(codes)
    reader = applicant(base, numbers[0], codes[numbers[0]])
    used: dict[str, list[float]] = {}

    def timed(name: str, ask: Callable[[str], httpx2.Response], cases: list[str], status: int) -> list[str]:
        before = cpu_seconds(server)
        answers = [ask(number) for number in cases]
        used.setdefault(name, []).append((cpu_seconds(server) - before) / len(cases))
        assert {answer.status_code for answer in answers} == {status}, answers
        return [answer.text for answer in answers]

    def approve(number: str) -> httpx2.Response:
        form = {**hidden(pages[number], "kelengkapan"), "putusan": "setuju"}
        return officer.post(f"{OFFICE}/berkas/{number}/kelengkapan", data=form)

    for start in range(0, len(numbers), EACH):
        cases = numbers[start : start + EACH]
        timed("a small page: asking for number and code", lambda _: reader.get(f"/{CITY}/lacak"), cases, 200)
        timed("the applicant's page", lambda _: reader.get(f"/{CITY}/permohonan/{numbers[0]}"), cases, 200)
        texts = timed("an officer's page of the file", lambda it: officer.get(f"{OFFICE}/berkas/{it}"), cases, 200)
        pages = dict(zip(cases, texts, strict=True))
        timed("an approval", approve, cases, 303)
    heading(f"pages of a case, {EACH} in turn, {ROUNDS} rounds: server CPU a request")
    for name, seconds in used.items():
        row(name, f"{statistics.median(seconds[1:]) * 1e3:.1f} ms")  # the first round warms up


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        codes = filed(folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen([sys.executable, "-m", "bench.office", name, str(port)])
        try:
            wait_for(port)
            measure(f"http://127.0.0.1:{port}", server.pid, codes)
        finally:
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(*sys.argv[1:])
    else:
        main()
