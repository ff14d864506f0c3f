"""The catalog of Kupang served on cases that stand at every station of their life, each with its nomor and code."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from rules.case_event import SYSTEM, ItemKind, RepairItem, RepairReason
from rules.command import Expire, Refuse, Return, Revoke
from runtime.cases.case_change import Said
from runtime.cases.open_case import ITEM_NOTES, NEXT_STEP
from runtime.json_text import Json
from runtime.settings import Signing
from tests.browser.served import free_port, served
from tests.kupang_office import CITY, HEAD, KupangOffice, kupang_catalog, officer, open_office, published
from tests.test_issuing import Signatory
from tests.test_issuing import _paid as paid
from tests.test_issuing import _signing as signing_of

NOTES: Mapping[str, str] = {
    "isian.ada_prasarana": "Di gambar ada pagar keliling.",
    "dokumen.ktp": "Foto KTP buram, angka NIK tidak terbaca.",
}


@dataclass(frozen=True, slots=True)
class Stations:
    """Where the cases are served, and nomor and code of each, by what it stands at."""

    address: str
    cases: Mapping[str, tuple[str, str]]


@pytest.fixture(scope="session")
def stations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stations]:
    """Lead the cases to where they stand, then serve them."""
    data, releases = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("rilis")
    with ThreadPoolExecutor(1) as apart:  # playwright has an event loop of its own in this thread
        cases, now = apart.submit(lead, data, releases).result()
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "runtime.site:site", "--port", str(port)]
    setting = {
        "SATUPINTU_DATA": str(data),
        "SATUPINTU_RILIS": str(releases),
        "SATUPINTU_JAM": now,
    }
    with served([*command, "--log-level", "warning"], port, setting) as address:
        yield Stations(address, cases)


@pytest.fixture(scope="session")
def server(stations: Stations) -> str:
    return stations.address


def lead(data: Path, releases: Path) -> tuple[dict[str, tuple[str, str]], str]:
    """Lead every case to its station; return nomor and code of each, and the moment it is then."""
    catalog = kupang_catalog()
    office = open_office(data, published(releases, catalog), catalog)
    numbers = {
        "berdampingan": beside(office),
        "perbaikan": repairing(office),
        "perbaikan-polos": repairing(office),
        "tarik": repairing(office),
        "pembayaran": to_payment(office),
        "terbit": issued(office, data),
        "ditolak": refused(office, data),
        "dicabut": revoked(office, data),
        "kedaluwarsa": expired(office),
    }
    cases = {name: (nomor, office.store.submissions.code(CITY, nomor)) for name, nomor in numbers.items()}
    office.store.close()
    office.releases.close()
    return cases, office.hands().isoformat()


def beside(office: KupangOffice) -> str:
    nomor = office.file()
    office.approve_all(nomor)
    office.approve(nomor, office.state(nomor).open_desks[1])
    return nomor


def repairing(office: KupangOffice) -> str:
    nomor = office.file()
    office.approve_all(nomor)
    pupr, dlhk, dishub = office.state(nomor).open_desks
    items = (
        RepairItem(ItemKind.FIELD, "ada_prasarana", RepairReason.MISTAKEN, "teknis", pupr.place),
        RepairItem(ItemKind.DOCUMENT, "ktp", RepairReason.UNREADABLE, "teknis", pupr.place),
    )
    notes: dict[str, Json] = dict(NOTES)
    said = Said(note="Setelah diperbaiki kami periksa lagi dalam satu hari.", more={ITEM_NOTES: notes})
    office.done(nomor, Return("teknis", pupr.place, 0, items), officer(pupr), said)
    office.approve(nomor, dlhk)
    office.approve(nomor, dishub)
    return nomor


def to_payment(office: KupangOffice) -> str:
    nomor = office.file()
    for _ in range(3):
        office.approve_all(nomor)
    return nomor


def issued(office: KupangOffice, folder: Path) -> str:
    nomor = paid(office)
    head = Signatory(office, folder, signing_of(office, folder, Signing.LOCAL))
    head.ask(nomor)
    head.send()
    return nomor


def refused(office: KupangOffice, folder: Path) -> str:
    nomor = office.file()
    (desk,) = office.state(nomor).open_desks
    law = office.case(nomor).permit.permit.legal_basis[0]
    said = Said(note="Tanahnya masih disengketakan.", more={NEXT_STEP: "Ajukan lagi setelah ada putusan pengadilan."})
    office.done(nomor, Refuse(desk.stage, 0, 0, law), officer(desk), said)
    head = Signatory(office, folder, signing_of(office, folder, Signing.LOCAL))
    head.ask(nomor)
    head.send()
    return nomor


def revoked(office: KupangOffice, folder: Path) -> str:
    nomor = issued(office, folder)
    office.done(nomor, Revoke(office.case(nomor).permit.permit.legal_basis[0]), HEAD)
    return nomor


def expired(office: KupangOffice) -> str:
    nomor = repairing(office)
    later = office.hands()
    office.hands.pass_by(days=190)
    office.done(nomor, Expire(), SYSTEM)
    office.hands.at = later
    return nomor
