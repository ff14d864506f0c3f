"""The applicant's bill: what is to be paid and why, how, and what has come in, for whoever holds nomor and code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from generator.model import Catalog
from rules.case_event import APPLICANT, SYSTEM
from rules.citation import Citation
from rules.command import Pay, Waive, Withdraw
from runtime.settings import Settings
from runtime.site import site
from tests.kupang_office import CITY, HEAD, TESTED, KupangOffice, kupang_catalog, open_office, published
from tests.test_payments import DUE, bill_of, to_payment


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def releases(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog)


@pytest.fixture
def office(tmp_path: Path, releases: Path, catalog: Catalog) -> Iterator[KupangOffice]:
    opened = open_office(tmp_path, releases, catalog)
    yield opened
    opened.releases.close()


def said(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


class Reader:
    """Somebody who holds nomor and code, looking at the bill of a case as the office has left it."""

    def __init__(self, office: KupangOffice, releases: Path, folder: Path, nomor: str, bank: str | None = None) -> None:
        self.code = office.store.submissions.code(CITY, nomor)
        self.page = f"/{CITY}/permohonan/{nomor}/tagihan"
        self.nomor = nomor
        office.store.close()
        self.client = TestClient(site(Settings(folder, releases, "http://testserver", office.hands(), bank=bank)))

    def __enter__(self) -> Reader:
        self.client.__enter__()
        return self

    def __exit__(self, *fault: object) -> None:
        self.client.__exit__(None, None, None)

    def read(self) -> str:
        form = self.client.get(f"/{CITY}/lacak").text
        found = re.search(r'name="token" value="([^"]*)"', form)
        assert found is not None
        self.client.post(
            f"/{CITY}/lacak", data={"token": found[1], "nomor": self.nomor, "kode": self.code}, follow_redirects=False
        )
        answer = self.client.get(self.page)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        return answer.text


def test_a_bill_says_what_is_to_be_paid_why_and_how(office: KupangOffice, releases: Path, tmp_path: Path) -> None:
    nomor = to_payment(office)
    record = bill_of(office, nomor)
    with Reader(office, releases, tmp_path, nomor) as reader:
        html = reader.read()
    text = said(html)
    assert "Tagihan KPG-SKRD-2026-000001" in text
    assert "Surat Ketetapan Retribusi Daerah (SKRD)" in text
    assert "Jumlah ketetapan Rp3.244.500 menunggu pembayaran" in text
    assert f"{record.code[:6]} {record.code[6:12]} {record.code[12:]}" in text
    assert "Bayar di bank percobaan" not in text
    for line in ("Mengapa sejumlah ini?", "Cara menghitung", "Dasar: ", "2 Maret 2026", record.digest):
        assert line in text
    assert "<script" not in html
    assert 'src="data:image/svg+xml' in html


def test_who_does_not_hold_the_code_sees_no_bill(office: KupangOffice, releases: Path, tmp_path: Path) -> None:
    nomor = to_payment(office)
    with Reader(office, releases, tmp_path, nomor) as reader:
        answer = reader.client.get(reader.page, follow_redirects=False)
        other = reader.client.get(reader.page.replace("000001", "000077"), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{CITY}/lacak?nomor={nomor}")
    assert other.status_code == 303


def test_a_page_to_pay_at_is_offered_where_there_is_one(office: KupangOffice, releases: Path, tmp_path: Path) -> None:
    nomor = to_payment(office)
    code = bill_of(office, nomor).code
    with Reader(office, releases, tmp_path, nomor, "http://127.0.0.1:8001") as reader:
        assert f'href="http://127.0.0.1:8001/{CITY}/?kode={code}"' in reader.read()


def test_what_came_in_is_shown_and_what_is_still_open(office: KupangOffice, releases: Path, tmp_path: Path) -> None:
    nomor = to_payment(office)
    office.done(nomor, Pay("QR-7", 244_500, office.hands()), SYSTEM)
    with Reader(office, releases, tmp_path, nomor) as reader:
        text = said(reader.read())
    assert "Sudah dibayar Rp244.500 Masih harus dibayar Rp3.000.000" in text
    assert re.search(r"QR-7, belum cukup Rp244.500", text)


def test_a_waiver_is_shown_with_its_law(office: KupangOffice, releases: Path, tmp_path: Path) -> None:
    nomor = to_payment(office)
    office.done(nomor, Waive(Citation("uu-1-2022", "96"), "bendahara"), HEAD)
    with Reader(office, releases, tmp_path, nomor) as reader:
        text = said(reader.read())
    assert "Rp3.244.500 dari tagihan ini dibebaskan. Dasar: UU 1/2022 Pasal 96." in text
    assert "Kode billing" not in text


def test_money_that_is_not_needed_is_said_to_come_back(office: KupangOffice, releases: Path, tmp_path: Path) -> None:
    nomor = to_payment(office)
    office.done(nomor, Withdraw(), APPLICANT)
    office.done(nomor, Pay("QR-1", DUE, office.hands()), SYSTEM)
    with Reader(office, releases, tmp_path, nomor) as reader:
        text = said(reader.read())
    assert "dibatalkan" in text
    assert "Yang masuk lebih dari yang diperlukan: Rp3.244.500. Bendahara mengembalikannya" in text
    assert "QR-1, datang terlambat" in text


def test_a_nil_bill_says_so(office: KupangOffice, releases: Path, tmp_path: Path) -> None:
    nomor = office.file(note="MBR: bebas retribusi")
    office.approve_all(nomor)
    for desk in office.state(nomor).open_desks:
        office.approve(nomor, desk, TESTED if desk.agency == "pupr" else {})
    office.approve_all(nomor)
    with Reader(office, releases, tmp_path, nomor) as reader:
        text = said(reader.read())
    assert "Surat Ketetapan Retribusi Daerah Nihil (SKRD Nihil)" in text
    assert "Rp0 nihil: tidak ada yang harus dibayar" in text
    assert "Anda dibebaskan dari pembayaran." in text
    assert "Kode billing" not in text


def test_before_there_is_a_bill_the_page_says_so(office: KupangOffice, releases: Path, tmp_path: Path) -> None:
    with Reader(office, releases, tmp_path, office.file()) as reader:
        assert "belum ada tagihan" in said(reader.read())


def test_it_speaks_english_too(office: KupangOffice, releases: Path, tmp_path: Path) -> None:
    nomor = to_payment(office)
    with Reader(office, releases, tmp_path, nomor) as reader:
        reader.read()
        chosen = reader.client.get(f"{reader.page}?bahasa=en")
    text = said(chosen.text)
    assert "Assessment of a regional levy (SKRD)" in text
    assert "waiting for payment" in text
    assert "Why this amount?" in text
