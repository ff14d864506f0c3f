"""A case whose release is gone says in words what is kept of it, to who may see it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from generator.build import build, publish
from generator.model import Catalog
from rules.case_event import APPLICANT
from rules.command import Withdraw
from runtime.product.register import prepare
from runtime.product.statement_key import open_statement_keys
from runtime.settings import Settings
from runtime.site import site
from tests.case_reader import CaseReader, said
from tests.kupang_office import CITY, kupang_catalog, open_office
from tests.officer import FRONT, served_office
from tests.sample_letter import WANTED


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """Return a city of one permit, which is quickly built."""
    kupang = kupang_catalog().cities[CITY]
    few = replace(kupang, permits={"pbg": kupang.permits["pbg"]})
    return Catalog({CITY: few})


def released(folder: Path, catalog: Catalog, contact: str | None) -> str:
    """Publish the catalog as it is with another contact; return the digest."""
    kupang = catalog.cities[CITY]
    words = None if contact is None else replace(kupang.city.office, id=contact)
    made = Catalog({CITY: replace(kupang, city=replace(kupang.city, contact=words))})
    release = build(made, folder)
    publish(folder, release)
    return (folder / "current").readlink().name


def test_an_ended_case_without_its_release_says_what_is_kept_and_how_the_rest_comes_back(
    tmp_path: Path, catalog: Catalog
) -> None:
    data, releases = tmp_path / "data", tmp_path / "rilis"
    old = released(releases, catalog, None)
    office = open_office(data, releases, catalog)
    nomor = office.file()
    office.done(nomor, Withdraw(), APPLICANT)
    keys = open_statement_keys(data)
    letter = replace(WANTED, nomor=nomor)
    office.run(office.store.database.write(lambda connection: prepare(connection, CITY, letter, keys, office.hands())))
    code = office.store.submissions.code(CITY, nomor)
    office.store.close()
    office.releases.close()
    released(releases, catalog, "Jalan Timor Raya 1")
    shutil.move(releases / old, tmp_path / "lama")
    settings = Settings(data, releases, "http://testserver", office.hands())
    with TestClient(site(settings)) as client:
        reader = CaseReader(client, nomor, code)
        text = said(reader.open().text)
        assert reader.read().status_code == 200
        for words in (
            f"Permohonan {nomor} sudah dibatalkan pemohon",
            "Persetujuan Bangunan Gedung (PBG), diajukan Senin, 2 Maret 2026.",
            "Selesai Senin, 2 Maret 2026.",
            f"{letter.title}, nomor 503/001/WRG/DPMPTSP/VII/2026: belum terbit.",
            "Semua yang tercatat tetap tersimpan, tidak ada yang hilang.",
            f"Untuk admin: kembalikan rilis {old} ke folder rilis",
        ):
            assert words in text
        asked = {"nomor": nomor, "code": code}
        assert client.post(f"/api/{CITY}/lacak", json=asked).status_code == 503
    with served_office(data, releases, catalog) as served:
        assert "sudah dibatalkan pemohon" in said(served.at(FRONT).file(nomor).text)
        shutil.move(tmp_path / "lama", releases / old)
        assert "sudah dibatalkan pemohon" not in served.at(FRONT).file(nomor).text.partition("<h1>")[2][:40]
        assert served.at(FRONT).file(nomor).status_code == 200
