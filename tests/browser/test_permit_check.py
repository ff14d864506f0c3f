"""Somebody holds a permit and scans its code on a phone: valid, revoked, over, and a code that was tampered with."""

from __future__ import annotations

import dataclasses
import hashlib
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Connection

from rules.letter import SignedBy
from runtime.cases.store import Store
from runtime.clock import fixed
from runtime.product.register import Entry, Wanted, issue, prepare, revoke
from runtime.product.statement_key import open_statement_keys
from tests.browser.served import free_port, served
from tests.sample_letter import AT, CITY, WANTED
from tests.sample_office import sample_release

pytestmark = pytest.mark.browser

Shot = Callable[[Page, str], None]
Check = Callable[[Page], None]
PDF = b"%PDF-1.7 the letter"
LONG = dataclasses.replace(
    WANTED,
    nomor="UJI-2026-000777",
    title="Rekomendasi penyelenggaraan apotek dan toko obat pada bangunan bertingkat",
    holder="PT Perusahaan Dengan Nama Yang Sangat Panjang",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def entries(data: Path) -> dict[str, Entry]:
    """What was issued before the server starts."""
    with Store(data, fixed(AT)) as store:
        keys = open_statement_keys(data)

        def done(work: Callable[[Connection], Entry]) -> Entry:
            return store.database.submit(work).result(60)

        def issued(wanted: Wanted) -> Entry:
            entry = done(lambda c: prepare(c, CITY, wanted, keys, AT))
            sha256 = hashlib.sha256(PDF).hexdigest()
            return done(lambda c: issue(c, CITY, entry.id, sha256, SignedBy.ELECTRONIC, keys, AT))

        gone = issued(dataclasses.replace(WANTED, nomor="UJI-2026-000124"))
        why = "Perda Kota Uji 1/2024 Pasal 9"
        return {
            "valid": issued(WANTED),
            "long": issued(LONG),
            "over": issued(dataclasses.replace(WANTED, nomor="UJI-2026-000125", valid_until=date(2026, 6, 30))),
            "revoked": done(lambda c: revoke(c, CITY, gone.id, why, AT)),
        }


@pytest.fixture(scope="module")
def server(data: Path, entries: dict[str, Entry], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assert entries
    settings = {
        "SATUPINTU_DATA": str(data),
        "SATUPINTU_RILIS": str(sample_release(tmp_path_factory.mktemp("rilis"))),
        "SATUPINTU_JAM": "2026-07-01T10:00:00+08:00",
    }
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "runtime.site:site", "--port", str(port)]
    with served([*command, "--log-level", "warning"], port, settings) as address:
        yield address


def seen(page: Page, entry: Entry, name: str, shot: Shot, accessible: Check, statement: str | None = None) -> None:
    page.goto(f"/{CITY}/periksa/{entry.id}?s={statement or entry.statement}")
    shot(page, name)
    accessible(page)


def test_a_scanned_permit_is_valid_with_scripts_off(
    plain_page: Page, entries: dict[str, Entry], shot: Shot, accessible: Check
) -> None:
    seen(plain_page, entries["valid"], "periksa-berlaku", shot, accessible)
    expect(plain_page.get_by_text("Surat ini benar diterbitkan kantor kami dan masih berlaku.")).to_be_visible()
    expect(plain_page.get_by_text("Kode QR yang Anda pindai cocok dengan catatan kami.")).to_be_visible()
    expect(plain_page.locator("#pilih-berkas")).to_be_hidden()
    plain_page.get_by_role("link", name="English").click()
    expect(plain_page.get_by_text("The QR code you scanned agrees with our register.")).to_be_visible()
    shot(plain_page, "periksa-berlaku-en")


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("revoked", "Surat ini sudah dicabut dan tidak berlaku lagi."),
        ("over", "tetapi masa berlakunya sudah berakhir."),
        ("long", "Surat ini benar diterbitkan kantor kami dan masih berlaku."),
    ],
)
def test_a_permit_that_is_no_longer_valid_says_so(
    plain_page: Page, entries: dict[str, Entry], shot: Shot, accessible: Check, which: str, words: str
) -> None:
    seen(plain_page, entries[which], f"periksa-{which}", shot, accessible)
    expect(plain_page.get_by_text(words)).to_be_visible()


def test_a_code_of_another_permit_is_warned_of(
    plain_page: Page, entries: dict[str, Entry], shot: Shot, accessible: Check
) -> None:
    seen(plain_page, entries["valid"], "periksa-palsu", shot, accessible, entries["long"].statement)
    expect(plain_page.get_by_role("alert")).to_contain_text("Jangan percaya surat itu.")


def test_a_file_is_compared_in_the_browser_and_sent_nowhere(
    page: Page, entries: dict[str, Entry], shot: Shot, accessible: Check, tmp_path: Path
) -> None:
    page.goto(f"/{CITY}/periksa/{entries['valid'].id}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for content, words in ((PDF, "Sama: berkas ini asli."), (PDF + b" ", "Beda: berkas ini bukan yang kami terbitkan")):
        path = tmp_path / f"surat-{len(content)}.pdf"
        path.write_bytes(content)
        page.get_by_label("Pilih berkas PDF").set_input_files(path)
        expect(page.get_by_role("status")).to_contain_text(words)
        accessible(page)
        shot(page, "periksa-berkas-sama" if content == PDF else "periksa-berkas-beda")
    assert asked == []
