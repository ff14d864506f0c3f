"""What a bank calls over HTTP: believed by its signature alone, answered alike when told again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from generator.model import Catalog
from runtime.money.bank_message import MOMENT, SIGNATURE, BankKeys, open_bank_keys
from runtime.money.bill_record import new_code
from runtime.serving import BANK_KEYS
from runtime.settings import Settings
from runtime.site import site
from tests.kupang_office import CITY, kupang_catalog, open_office, published
from tests.postgres import Cluster
from tests.test_payments import DUE, bill_of, to_payment

TELL, ASK = f"/{CITY}/bayar/panggilan", f"/{CITY}/bayar/tagihan"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return kupang_catalog()


@pytest.fixture(scope="module")
def releases(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("rilis"), catalog)


class Bank:
    """A bank with the shared key, calling the site."""

    def __init__(self, client: TestClient, keys: BankKeys, code: str, now: datetime) -> None:
        self.client, self.keys, self.code, self.now = client, keys, code, now

    def tell(self, reference: str = "QR-1", amount: object = DUE, **other: object) -> Response:
        return self.send(TELL, self.paid(reference, amount, **other))

    def paid(self, reference: str = "QR-1", amount: object = DUE, **other: object) -> bytes:
        at = (self.now - timedelta(seconds=4)).isoformat()
        whole = {"referensi": reference, "kode_billing": self.code, "jumlah": amount, "dibayar_pada": at, **other}
        return json.dumps(whole).encode()

    def send(self, path: str, body: bytes, signed: dict[str, str] | None = None) -> Response:
        given = self.keys.headers(path, body, self.now) if signed is None else signed
        headers = [(name.encode(), value.encode("latin-1")) for name, value in given.items()]
        return self.client.post(path, content=body, headers=headers)


@pytest.fixture
def bank(tmp_path: Path, releases: Path, catalog: Catalog) -> Iterator[Bank]:
    office = open_office(tmp_path, releases, catalog)
    record = bill_of(office, to_payment(office))
    office.store.close()
    office.releases.close()
    settings = Settings(tmp_path, releases, "http://testserver", office.hands())
    with TestClient(site(settings), raise_server_exceptions=False) as client:
        yield Bank(client, open_bank_keys(tmp_path / BANK_KEYS), record.code, office.hands())


def test_a_bank_asks_what_is_open_and_tells_that_it_was_paid(bank: Bank) -> None:
    asked = bank.send(ASK, json.dumps({"kode_billing": bank.code}).encode())
    assert asked.json() == {"nomor": "KPG-SKRD-2026-000001", "status": "terbuka", "jumlah": DUE, "terbuka": DUE}
    answer = bank.tell()
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    said = answer.json()
    assert (said["referensi"], said["hasil"], said["dipakai"], said["titipan"]) == ("QR-1", "pas", DUE, 0)
    assert bank.tell().json() == said
    asked = bank.send(ASK, json.dumps({"kode_billing": bank.code}).encode())
    assert asked.json()["terbuka"] == 0


def test_who_does_not_sign_as_the_bank_is_nobody(bank: Bank) -> None:
    body = bank.paid()
    good = bank.keys.headers(TELL, body, bank.now)
    late = bank.keys.headers(TELL, body, bank.now - timedelta(seconds=320))
    early = bank.keys.headers(TELL, body, bank.now + timedelta(seconds=320))
    wrong = [
        ({}, "Tanpa tanda tangan"),
        ({MOMENT: good[MOMENT]}, "Tanpa tanda tangan"),
        ({SIGNATURE: good[SIGNATURE]}, "Tanpa tanda tangan"),
        ({**good, MOMENT: "²⁰²⁶".encode().decode("latin-1")}, "Tanpa tanda tangan"),
        ({**good, MOMENT: str(int(good[MOMENT]) + 1)}, "Tanda tangannya tidak cocok"),
        ({**good, SIGNATURE: "0" * 64}, "Tanda tangannya tidak cocok"),
        ({**good, SIGNATURE: "é"}, "Tanda tangannya tidak cocok"),
        (bank.keys.headers(ASK, body, bank.now), "Tanda tangannya tidak cocok"),
        (bank.keys.headers(TELL.replace(CITY, "kota-lain"), body, bank.now), "Tanda tangannya tidak cocok"),
        (BankKeys((b"k" * 32,)).headers(TELL, body, bank.now), "Tanda tangannya tidak cocok"),
        (late, "Ditandatangani lebih dari lima menit lalu"),
        (early, "Ditandatangani lebih dari lima menit lalu"),
    ]
    for headers, why in wrong:
        answer = bank.send(TELL, body, headers)
        assert (answer.status_code, answer.json()["detail"]) == (401, why), headers
    assert bank.send(TELL, bank.paid(amount=1), good).status_code == 401
    assert bank.tell().json()["hasil"] == "pas"


def test_four_minutes_apart_is_still_the_bank(bank: Bank) -> None:
    for minutes in (4, -4):
        body = bank.paid(f"QR{minutes}")
        headers = bank.keys.headers(TELL, body, bank.now + timedelta(minutes=minutes))
        assert bank.send(TELL, body, headers).status_code == 200


def test_an_older_key_is_still_believed_and_another_bank_never(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "two.bank"
    path.write_text(f"{'ab' * 32}\n{'cd' * 32}\n")
    both = open_bank_keys(path)
    old, other = BankKeys((bytes.fromhex("cd" * 32),)), BankKeys((bytes.fromhex("ef" * 32),))
    assert both.distrust("/x", old.headers("/x", b"", bank.now), b"", bank.now) is None
    assert both.distrust("/x", other.headers("/x", b"", bank.now), b"", bank.now) is not None


NO_PAYMENTS: list[tuple[dict[str, object], str]] = [
    ({"jumlah": 0}, "body"),
    ({"jumlah": -5}, "body"),
    ({"jumlah": 5.5}, "body"),
    ({"jumlah": 5.0}, "body"),
    ({"jumlah": True}, "body"),
    ({"jumlah": "5"}, "body"),
    ({"jumlah": 10**15}, "body"),
    ({"referensi": ""}, "body"),
    ({"referensi": "a b"}, "body"),
    ({"referensi": "R" * 65}, "body"),
    ({"dibayar_pada": "2026-03-02T10:00:00"}, "body"),
    ({"dibayar_pada": "2099-03-02T10:00:00Z"}, "body"),
    ({"dibayar_pada": "besok"}, "body"),
    ({"kode_billing": "1"}, "body"),
    ({"kode_billing": new_code()}, "no_such_bill"),
    ({"kode_billing": "123456789012345678"}, "no_such_bill"),
    ({"catatan": "x"}, "body"),
]


def test_what_is_not_a_payment_is_refused(bank: Bank) -> None:
    for other, kind in NO_PAYMENTS:
        answer = bank.send(TELL, json.dumps({**json.loads(bank.paid()), **other}).encode())
        assert (answer.status_code, answer.json()["type"]) == (422, f"urn:satupintu:problem:{kind}"), other
    assert bank.tell().json()["hasil"] == "pas"


def test_a_reference_is_one_payment(bank: Bank) -> None:
    assert bank.tell("QR-1", 5).json()["hasil"] == "kurang"
    answer = bank.tell("QR-1", 6)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:satupintu:problem:reference_reused")
    assert bank.tell("QR-2", DUE - 5).json()["hasil"] == "pas"


def test_no_city_and_no_body_is_refused_in_words(bank: Bank) -> None:
    assert bank.send("/kota-lain/bayar/panggilan", bank.paid()).status_code == 404
    assert bank.send(TELL, b"{").json()["type"] == "urn:satupintu:problem:json"
    assert bank.send(TELL, b" " * 5000).status_code == 413


def test_a_fault_of_ours_is_told_as_ours(tmp_path: Path, releases: Path, catalog: Catalog, cluster: Cluster) -> None:
    with cluster.database() as url:
        office = open_office(tmp_path, releases, catalog, url=url)
        record = bill_of(office, to_payment(office))
        office.store.close()
        office.releases.close()
        settings = Settings(tmp_path, releases, "http://testserver", office.hands(), database=url)
        with TestClient(site(settings), raise_server_exceptions=False) as client:
            bank = Bank(client, open_bank_keys(tmp_path / BANK_KEYS), record.code, office.hands())
            assert bank.tell("QR-1", 1).status_code == 200
            cluster.tell(f"DROP DATABASE {url.rpartition('/')[2].partition('?')[0]} WITH (FORCE)")
            answer = bank.tell("QR-2", 1)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:satupintu:problem:unavailable")
    assert answer.headers["retry-after"] == "2"
