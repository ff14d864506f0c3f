"""Two cities in one process: each with its own permits, calendar, time zone, letterhead and people, and nothing of one
shows in the other.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from starlette.testclient import TestClient

from generator.build import build, publish
from generator.examination import examine
from generator.model import Catalog, Example
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, demo_people
from runtime.settings import Settings
from runtime.site import site
from tests.form_walker import FormWalker, read, said

HERE = Path(__file__).parent
CATALOGS = (HERE.parent / "catalog" / "kota-kupang", HERE / "cases" / "kota_kedua" / "kota-ampera")
KUPANG, AMPERA = "kota-kupang", "kota-ampera"
# 09.00 in Kupang is 08.00 in Ampera, where the office has been open since 07.30.
MORNING = datetime.fromisoformat("2026-03-02T09:00+08:00")


@dataclass(frozen=True, slots=True)
class Both:
    """The server, and what both cities have written."""

    client: TestClient
    catalog: Catalog

    def example(self, city: str, permit: str) -> Example:
        return next(one for one in self.catalog.cities[city].examples if one.permit == permit and not one.partial)

    def file(self, city: str, permit: str) -> tuple[str, str]:
        return FormWalker(self.client, city, permit).file(self.example(city, permit))

    def sign_in(self, city: str, nip: str) -> str:
        """Try to come in at a city's office; return where that leads."""
        form = read(self.client.get(f"/{city}/kantor/masuk")).carried
        answer = self.client.post(f"/{city}/kantor/masuk", data={**form, "nip": nip, "sandi": PASSWORD})
        shown = re.search(r'class="besar">(\d{6})<', answer.text)
        if shown is None:
            return str(answer.url.path)
        form = read(answer).carried
        return str(self.client.post(f"/{city}/kantor/masuk/kode", data={**form, "kode": shown[1]}).url.path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Catalog]:
    made = tmp_path_factory.mktemp("dua-kota")
    for city in CATALOGS:
        shutil.copytree(city, made / "catalog" / city.name, ignore=shutil.ignore_patterns(".skema"))
    for few in (made / "catalog" / KUPANG / "izin").iterdir():  # a few permits are enough
        if few.name not in {"sip-dokter", "trayek"}:
            shutil.rmtree(few)
            (made / "catalog" / KUPANG / "contoh" / f"{few.name}.yaml").unlink(missing_ok=True)
    found = examine(made / "catalog")
    assert found.catalog is not None
    publish(made / "rilis", build(found.catalog, made / "rilis"))
    return made / "rilis", found.catalog


@pytest.fixture
def both(folder: tuple[Path, Catalog], tmp_path: Path) -> Iterator[Both]:
    with TestClient(site(Settings(tmp_path, folder[0], "http://testserver", MORNING, demo=True))) as client:
        yield Both(client, folder[1])


def test_a_visitor_chooses_a_city_and_sees_its_own_services_only(both: Both) -> None:
    choice = both.client.get("/")
    assert {"Kota Kupang", "Kota Ampera"} <= {name.strip() for name in re.findall(r">([^<]+)</a>", choice.text)}
    ampera, kupang = said(both.client.get(f"/{AMPERA}/katalog")), said(both.client.get(f"/{KUPANG}/katalog"))
    assert "Legalisasi salinan" in ampera
    assert "Legalisasi salinan" not in kupang
    assert "trayek" in kupang
    assert "trayek" not in ampera
    assert both.client.get(f"/{AMPERA}/izin/trayek").status_code == 404
    assert both.client.get(f"/{KUPANG}/izin/legalisir").status_code == 404
    assert both.client.get(f"/api/{AMPERA}/izin/trayek/skema").status_code == 404


def test_each_city_counts_its_own_hours_in_its_own_zone_and_days_off(both: Both) -> None:
    def told(city: str, permit: str) -> str:
        nomor, _ = both.file(city, permit)
        return said(both.client.get(f"/{city}/tanda-terima/{nomor}"))

    assert "Selesai Senin, 2 Maret 2026 pukul 08.45 WIB" in told(AMPERA, "legalisir")
    assert "WITA" in told(KUPANG, "sip-dokter")
    # Thursday 5 March is the day of Ampera; on Saturday its office is open.
    assert "Selesai Sabtu, 7 Maret 2026" in told(AMPERA, "kartu-angkutan")


def test_a_number_and_its_code_open_nothing_in_the_other_city(both: Both) -> None:
    nomor, code = both.file(AMPERA, "legalisir")
    assert both.client.get(f"/{AMPERA}/permohonan/{nomor}").status_code == 200
    for path in ("tanda-terima", "permohonan"):
        wrong = both.client.get(f"/{KUPANG}/{path}/{nomor}")
        assert wrong.status_code == 404 or "/lacak" in wrong.url.path
        assert "Siti Aminah" not in wrong.text
    asked = read(both.client.get(f"/{KUPANG}/lacak")).carried
    tried = both.client.post(f"/{KUPANG}/lacak", data={**asked, "nomor": nomor, "kode": code})
    assert "Siti Aminah" not in tried.text
    assert tried.url.path == f"/{KUPANG}/lacak"


def test_an_officer_of_one_city_is_nobody_in_the_other(both: Both) -> None:
    nomor, _ = both.file(AMPERA, "legalisir")
    posts = {
        city: {one.post: one.nip for one in demo_people(both.catalog.cities[city].city)} for city in (KUPANG, AMPERA)
    }
    clerk = posts[AMPERA][Post("dpmptsp", "front_office")]
    both.client.cookies.clear()
    assert both.sign_in(AMPERA, clerk) == f"/{AMPERA}/kantor/"
    assert nomor in both.client.get(f"/{AMPERA}/kantor/").text
    elsewhere = both.client.get(f"/{KUPANG}/kantor/")
    assert elsewhere.url.path == f"/{KUPANG}/kantor/masuk"
    assert nomor not in elsewhere.text
    both.client.cookies.clear()
    everybody = {city: {one.nip for one in demo_people(both.catalog.cities[city].city)} for city in (KUPANG, AMPERA)}
    only_here = everybody[AMPERA] - everybody[KUPANG]
    for nip in sorted(only_here)[:1]:
        assert both.sign_in(KUPANG, nip) != f"/{KUPANG}/kantor/"
    kupang_clerk = posts[KUPANG][Post("dpmptsp", "front_office")]
    assert both.sign_in(KUPANG, kupang_clerk) == f"/{KUPANG}/kantor/"
    stranger = both.client.get(f"/{KUPANG}/kantor/berkas/{nomor}")
    assert stranger.status_code == 404
    assert both.client.get(f"/{AMPERA}/kantor/berkas/{nomor}").url.path == f"/{AMPERA}/kantor/masuk"


def test_what_is_printed_has_the_letterhead_of_its_city(both: Both, tmp_path: Path) -> None:
    for city, permit, office in (
        (AMPERA, "menara", "PEMERINTAH KOTA AMPERA"),
        (KUPANG, "trayek", "PEMERINTAH KOTA KUPANG"),
    ):
        answer = both.client.get(f"/{city}/izin/{permit}/standar.pdf")
        with pikepdf.open(io.BytesIO(answer.content)) as pdf:
            assert pdf.pages
        assert office.split()[-1].lower() in city
        assert office in printed(answer.content, tmp_path)


def printed(pdf: bytes, folder: Path) -> str:
    (folder / "standar.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", folder / "standar.pdf", "-"], check=True, capture_output=True, text=True)
    return done.stdout


def test_public_figures_count_each_city_by_itself(both: Both) -> None:
    for _ in range(6):
        both.file(AMPERA, "legalisir")
    assert "Belum ada permohonan." in said(both.client.get(f"/{KUPANG}/kinerja"))
    assert "Belum ada permohonan." not in said(both.client.get(f"/{AMPERA}/kinerja"))
