"""The simulated bank, a program of its own: it pays as people and banks do, and the office records it once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path

import httpx2
import pytest

from generator.model import Catalog
from runtime.money.payments import Payments
from runtime.money.sums import faults
from tests.browser.served import free_port, served
from tests.kupang_office import CITY, KupangOffice, kupang_catalog, open_office, published
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


class Town:
    """A site and a bank, each a process of its own."""

    def __init__(self, data: Path, releases: Path, at: str) -> None:
        self._ends = ExitStack()
        site_port, bank_port = free_port(), free_port()
        settings = {
            "SATUPINTU_DATA": str(data),
            "SATUPINTU_RILIS": str(releases),
            "SATUPINTU_JAM": at,
            "SATUPINTU_BANK": f"http://127.0.0.1:{bank_port}",
            "SATUPINTU_URL": f"http://127.0.0.1:{site_port}",
        }
        site = [sys.executable, "-m", "uvicorn", "--factory", "runtime.site:site", "--port", str(site_port)]
        bank = [sys.executable, "-m", "runtime.bank_simulator", "--port", str(bank_port)]
        self._ends.enter_context(served([*site, "--log-level", "warning"], site_port, settings))
        self.bank = self._ends.enter_context(served(bank, bank_port, settings))

    def close(self) -> None:
        self._ends.close()

    def look(self, code: str) -> str:
        return said(httpx2.get(f"{self.bank}/{CITY}/", params={"kode": code}, timeout=30))

    def pay(self, code: str, way: str) -> str:
        answer = httpx2.post(
            f"{self.bank}/{CITY}/bayar", data={"kode": code, "cara": way}, timeout=60, follow_redirects=True
        )
        return said(answer)

    def tell_what_is_late(self, code: str) -> str:
        html = httpx2.get(f"{self.bank}/{CITY}/", params={"kode": code}, timeout=30).text
        (reference,) = re.findall(r'name="referensi" value="([^"]+)"', html)
        return said(httpx2.post(f"{self.bank}/{CITY}/kabari", data={"referensi": reference}, timeout=60))


def said(answer: httpx2.Response) -> str:
    assert answer.status_code == 200, answer.text
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def test_each_way_of_paying_is_recorded_as_it_is(
    office: KupangOffice, releases: Path, catalog: Catalog, tmp_path: Path
) -> None:
    ways = ("pas", "kurang", "lebih", "dua_kali", "ulang", "nanti")
    codes = {way: bill_of(office, to_payment(office)).code for way in ways}
    office.store.close()
    town = Town(tmp_path, releases, office.hands().isoformat())
    try:
        assert "Masih harus dibayar Rp3.244.500 Bayar tepat" in town.look(codes["pas"])
        wrong = codes["pas"][:-1] + str((int(codes["pas"][-1]) + 1) % 10)
        assert "Kode ini tidak dikenal kantor" in town.look(wrong)
        told = {way: town.pay(code, way) for way, code in codes.items()}
        assert "belum tahu" in told["nanti"]
        assert "Masih harus dibayar Rp1.000" in town.look(codes["kurang"])
        assert "Tidak ada yang perlu dibayar lagi" in town.look(codes["pas"])
        assert "Jawaban kantor: pas." in town.tell_what_is_late(codes["nanti"])
        assert "belum tahu" not in town.look(codes["nanti"])
    finally:
        town.close()
    answers = {way: re.findall(r"Jawaban kantor: (\w+)\.", words) for way, words in told.items()}
    assert answers == {
        "pas": ["pas"],
        "kurang": ["kurang"],
        "lebih": ["lebih"],
        "dua_kali": ["pas", "lebih"],
        "ulang": ["pas", "pas"],
        "nanti": [],
    }
    after = open_office(tmp_path, releases, catalog, office.hands)
    payments = Payments(after.store, after.casework)
    amounts = {}
    for way, code in codes.items():
        record = payments.bill(CITY, code)
        assert record is not None
        amounts[way] = [one.amount for one in payments.of_case(CITY, record.nomor)]
    twice = {"dua_kali": [DUE, DUE], "kurang": [DUE - 1000], "lebih": [DUE + 5000]}
    assert amounts == {**{way: [DUE] for way in ways}, **twice}
    assert after.store.database.read(lambda connection: list(faults(connection, CITY))) == []
    after.store.close()
    after.releases.close()


def test_a_bank_tells_again_once_the_office_answers(office: KupangOffice, releases: Path, tmp_path: Path) -> None:
    code = bill_of(office, to_payment(office)).code
    office.store.close()
    at = office.hands().isoformat()
    bank_port, site_port = free_port(), free_port()
    settings = {
        "SATUPINTU_DATA": str(tmp_path),
        "SATUPINTU_JAM": at,
        "SATUPINTU_BANK": f"http://127.0.0.1:{bank_port}",
        "SATUPINTU_URL": f"http://127.0.0.1:{site_port}",
    }
    bank = [sys.executable, "-m", "runtime.bank_simulator", "--port", str(bank_port)]
    with served(bank, bank_port, settings) as address:
        nobody = said(httpx2.get(f"{address}/{CITY}/", params={"kode": code}, timeout=60))
    assert "Kantor tidak menjawab" in nobody
