"""What a page costs on slow and costly data: each page of each form of the real catalog, over the wire.

Counted are the bytes of a real server's answers as a phone's browser asks for them: head and body of the page, and of
the style, scripts and icon that the first page of a visit brings along.
"""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import httpx2
import pytest

from generator.build import build, publish
from generator.examination import examine
from tests.browser.served import free_port, served

CATALOG = Path(__file__).parent.parent / "catalog"
MOST = 30 * 1024
OPENING = {  # the answers of a first page that open most of the others
    "apotek": {"permohonan": "perpanjangan", "kepemilikan": "badan"},
    "pbg": {"permohonan": "baru", "pemohon_tipe": "badan", "fungsi": "hunian"},
    "penelitian": {"permohonan": "perpanjangan", "jenis_peneliti": "badan_usaha"},
    "reklame-insidentil": {"permohonan": "perpanjangan", "pemohon_tipe": "badan"},
    "reklame-tetap": {"permohonan": "perpanjangan", "pemohon_tipe": "badan", "jenis_reklame": "billboard"},
    "sip-dokter": {"permohonan": "perpanjangan"},
    "trayek": {"permohonan": "perpanjangan", "pemohon_tipe": "badan"},
}
HOMES = {"id": "203.0.113.1", "en": "203.0.113.2"}
LIKELY = {"permohonan": "baru", "pemohon_tipe": "badan"}
PERMITS = tuple(sorted(folder.name for folder in (CATALOG / "kota-kupang" / "izin").iterdir()))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    releases = tmp_path_factory.mktemp("rilis")
    sound = examine(CATALOG).sound
    assert sound is not None
    assert set(sound.cities["kota-kupang"].permits) == set(PERMITS)
    publish(releases, build(sound, releases))
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "runtime.site:site", "--port", str(port)]
    settings = {
        "SATUPINTU_DATA": str(tmp_path_factory.mktemp("data")),
        "SATUPINTU_RILIS": str(releases),
        "SATUPINTU_JAM": "2026-03-02T09:00:00+08:00",
    }
    with served([*command, "--log-level", "warning"], port, settings) as address:
        yield address


def over_the_wire(address: str, path: str, cookie: str = "") -> bytes:
    """Ask as a browser does and return every byte of the answer."""
    place = urlsplit(address)
    assert place.hostname is not None
    asked = (
        f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nAccept-Encoding: gzip, deflate, br\r\nConnection: close\r\n"
    )
    with socket.create_connection((place.hostname, place.port or 80), timeout=20) as line:
        line.sendall(f"{asked}{cookie}\r\n".encode())
        answer = b""
        while part := line.recv(65536):
            answer += part
    return answer


@pytest.mark.parametrize(
    ("lang", "permit"), [*(("id", permit) for permit in PERMITS), *(("en", permit) for permit in OPENING)]
)
def test_no_page_of_a_form_costs_more_than_thirty_kilobytes(server: str, lang: str, permit: str) -> None:
    """Each with style, scripts and icon, though only the first of a visit brings them, and with every fault shown."""
    here = f"/kota-kupang/izin/{permit}/isi"
    from_home = {"X-Forwarded-For": HOMES[lang]}  # one address may not begin as many drafts as all this takes
    with httpx2.Client(base_url=server, cookies={"bahasa": lang}, headers=from_home, follow_redirects=True) as visitor:
        form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', visitor.get(f"{here}/1").text))
        visitor.post(
            f"{here}/1", data={**form, **OPENING.get(permit, LIKELY), "aksi": "simpan"}
        )  # from now on there is a draft
        cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    weights: dict[str, int] = {}
    shared = skipped = 0
    for number in range(1, 30):
        path = f"{here}/{number}?galat=1"
        page = over_the_wire(server, path, f"Cookie: {cookie}\r\n")
        if page.startswith(b"HTTP/1.1 404 "):
            break
        if page.startswith(b"HTTP/1.1 303 "):  # nothing on it applies
            skipped += 1
            continue
        assert page.startswith(b"HTTP/1.1 200 ")
        text = page.decode()
        assert f'<html lang="{lang}">' in text
        linked = {*re.findall(r'(?:href|src)="(/static/[^"]+)"', text), *imported(server, text)}
        assert {link.rpartition("/")[2] for link in linked} == {"site.css", "icon.svg", "form.js", "condition.js"}
        shared = shared or sum(len(over_the_wire(server, link)) for link in linked)
        weights[path] = len(page) + shared
    assert len(weights) >= (5 if permit in OPENING else 4)
    assert skipped <= (1 if permit in OPENING else 4)
    assert {path: weight for path, weight in weights.items() if weight > MOST} == {}


def imported(server: str, text: str) -> set[str]:
    """Return the modules that the scripts of a page bring along."""
    found: set[str] = set()
    for script in re.findall(r'src="(/static/[^"]+\.js)"', text):
        with urlopen(server + script, timeout=20) as answer:
            code = answer.read().decode()
        folder = script.rpartition("/")[0]
        found |= {f"{folder}/{name}" for name in re.findall(r'from "\./([a-z_]+\.js)"', code)}
    return found
