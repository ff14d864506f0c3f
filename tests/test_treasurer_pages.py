"""The treasurer's pages: what is open and what came in, a waiver by two people, money that goes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from generator.model import Catalog
from rules.case_event import APPLICANT, SYSTEM
from rules.command import Pay, Withdraw
from runtime.cases.case_change import Kept
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, demo_people
from runtime.settings import Settings
from runtime.site import site
from tests.kupang_office import CITY, KupangOffice, kupang_catalog, open_office, published
from tests.office_visitor import another, said
from tests.test_payments import DUE, bill_of, to_payment

OFFICE = f"/{CITY}/kantor"
TREASURER, HEAD, OTHER = Post("dpmptsp", "bendahara"), Post("dpmptsp", "kepala"), Post("bapenda", "bendahara")


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


class Officer:
    """An officer's browser in Kupang."""

    def __init__(self, client: TestClient, catalog: Catalog, held: Post) -> None:
        self.client = client
        nip = next(one.nip for one in demo_people(catalog.cities[CITY].city) if one.post == held)
        answer = self.send(f"{OFFICE}/masuk", f"{OFFICE}/masuk", nip=nip, sandi=PASSWORD)
        self.prove(answer, f"{OFFICE}/masuk/kode")

    def prove(self, page: str, path: str) -> str:
        shown = re.search(r'class="besar">(\d{6})<', page)
        assert shown is not None, said(page)
        return self.send(path, path, kode=shown[1])

    def get(self, path: str = "/tagihan") -> str:
        answer = self.client.get(OFFICE + path)
        assert answer.status_code == 200, said(answer.text)
        return answer.text

    def send(self, page: str, path: str, **form: str) -> str:
        token = re.search(r'name="token" value="([^"]*)"', self.client.get(page).text)
        assert token is not None, page
        return self.client.post(path, data={"token": token[1], **form}).text

    def on_bill(self, nomor: str, act: str, **form: str) -> str:
        return self.send(f"{OFFICE}/tagihan/{nomor}", f"{OFFICE}/tagihan/{nomor}/{act}", **form)


@contextmanager
def town(office: KupangOffice, releases: Path, folder: Path) -> Iterator[TestClient]:
    office.store.close()
    settings = Settings(folder, releases, "http://testserver", office.hands(), demo=True)
    with TestClient(site(settings)) as client:
        yield client


def test_a_treasurer_sees_what_is_open_and_what_came_in(
    office: KupangOffice, releases: Path, catalog: Catalog, tmp_path: Path
) -> None:
    nomor, paid = to_payment(office), to_payment(office)
    office.done(paid, Pay("QR-5", DUE + 9, office.hands()), SYSTEM)
    with town(office, releases, tmp_path) as client:
        treasurer = Officer(client, catalog, TREASURER)
        text = said(treasurer.get())
        other = said(Officer(another(client), catalog, OTHER).get())
    assert "Jumlah tagihan: 1. Masih harus dibayar: Rp3.244.500." in text
    assert f"KPG-SKRD-2026-000001 {nomor}, Senin" in text
    assert re.search(rf"{paid} lebih [^R]*QR-5 Rp3\.244\.509", text)
    assert f"{paid} : Rp9 permohonan masih berjalan" in text
    assert "Uang masuk Rp3.244.509 Rp3.244.509" in text
    assert "cocok Yang ditetapkan sama" in text
    assert "Semua tagihan sudah lunas." in other
    assert nomor not in other


def test_a_waiver_takes_a_treasurer_a_head_and_two_proofs(
    office: KupangOffice, releases: Path, catalog: Catalog, tmp_path: Path
) -> None:
    nomor = to_payment(office)
    page = f"/tagihan/{nomor}"
    with town(office, releases, tmp_path) as client:
        treasurer, head = Officer(client, catalog, TREASURER), Officer(another(client), catalog, HEAD)
        assert "Usulkan pembebasan" in treasurer.get(page)  # the proof of the way in is fresh
        assert "Dasar hukum belum dipilih" in said(treasurer.on_bill(nomor, "pembebasan", alasan="Ya"))
        assert "Alasan belum ditulis" in said(treasurer.on_bill(nomor, "pembebasan", peraturan="uu-1-2022"))
        kept = {"peraturan": "uu-1-2022", "pasal": "96", "alasan": "Korban bencana"}
        unseen = said(treasurer.on_bill(nomor, "pembebasan", **{**kept, "pasal": "9\x006"}))
        assert "Pasalnya tidak dapat dipakai" in unseen
        told = said(treasurer.on_bill(nomor, "pembebasan", **kept))
        assert "Rp3.244.500, menunggu keputusan Korban bencana UU 1/2022 Pasal 96." in told
        assert "Setujui pembebasan" not in told
        assert treasurer.client.post(f"{OFFICE}{page}/keputusan", data={}).status_code == 404
        assert nomor in said(head.get())
        seq = re.search(r'name="usulan" value="(\d+)"', head.get(page))
        assert seq is not None
        assert "Alasan belum ditulis" in said(head.on_bill(nomor, "keputusan", usulan=seq[1], putusan="tolak"))
        done = said(head.on_bill(nomor, "keputusan", usulan=seq[1], putusan="setuju"))
        assert "Keadaan lunas" in done
        assert "Rp3.244.500, disetujui" in done
        again = said(head.on_bill(nomor, "keputusan", usulan=seq[1], putusan="setuju"))
        assert "Keadaannya sudah berubah" in again
    after = open_office(tmp_path, releases, catalog, office.hands)
    assert after.state(nomor).status == "penandatanganan"
    after.store.close()
    after.releases.close()


def test_money_that_no_bill_needs_goes_back_with_its_reference(
    office: KupangOffice, releases: Path, catalog: Catalog, tmp_path: Path
) -> None:
    nomor = to_payment(office)
    office.done(nomor, Withdraw(), APPLICANT)
    office.done(nomor, Pay("QR-1", DUE, office.hands()), SYSTEM)
    assert bill_of(office, nomor).open == 0
    with town(office, releases, tmp_path) as client:
        treasurer = Officer(client, catalog, TREASURER)
        assert f"{nomor} : Rp3.244.500 kembalikan" in said(treasurer.get())
        assert "Referensi belum ditulis" in said(treasurer.on_bill(nomor, "pengembalian", referensi=" "))
        done = said(treasurer.on_bill(nomor, "pengembalian", referensi="TRF-77"))
        assert "Uang titipan" not in done
        assert "Dikembalikan Rp3.244.500 Rp3.244.500" in said(treasurer.get())


def test_money_of_somebody_who_was_forgotten_goes_back_too(
    office: KupangOffice, releases: Path, catalog: Catalog, tmp_path: Path
) -> None:
    nomor = to_payment(office)
    case = office.store.journal.case(CITY, nomor)
    assert case is not None
    forget = partial(office.store.people.forget, daerah=CITY, person=case.person, at=office.hands())
    office.run(office.store.database.write(forget))
    kept = office.run(office.casework.act(CITY, nomor, Pay("QR-1", DUE, office.hands()), SYSTEM))
    assert isinstance(kept, Kept)
    with town(office, releases, tmp_path) as client:
        treasurer = Officer(client, catalog, TREASURER)
        assert f"{nomor} : Rp3.244.500 kembalikan" in said(treasurer.get())
        assert "Data pemohonnya sudah dihapus" in said(treasurer.get(f"/tagihan/{nomor}"))
        done = said(treasurer.on_bill(nomor, "pengembalian", referensi="TRF-78"))
        assert "Uang titipan" not in done
        assert "Dikembalikan Rp3.244.500 Rp3.244.500" in said(treasurer.get())


def test_a_head_proposes_nothing_and_another_treasurer_sees_nothing(
    office: KupangOffice, releases: Path, catalog: Catalog, tmp_path: Path
) -> None:
    nomor = to_payment(office)
    with town(office, releases, tmp_path) as client:
        head = Officer(another(client), catalog, HEAD)
        assert "Usulkan pembebasan" not in head.get(f"/tagihan/{nomor}")
        other = Officer(client, catalog, OTHER)
        assert other.client.get(f"{OFFICE}/tagihan/{nomor}").status_code == 404
