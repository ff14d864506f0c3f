"""Services are listed by their names as people read them, and a list of many can be narrowed before it begins."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from runtime.citizen.name_order import in_order
from runtime.settings import Settings
from runtime.site import site
from tests.kupang_office import kupang_catalog, published


def test_capitals_accents_and_figures_are_read_as_people_read_them() -> None:
    names = ["Zona 10", "izin apotek", "Ékspor", "zona 2", "Izin Apotek", "Izin Bidan", "eksim"]
    read = ["eksim", "Ékspor", "Izin Apotek", "izin apotek", "Izin Bidan", "zona 2", "Zona 10"]
    assert sorted(names, key=in_order) == sorted(reversed(names), key=in_order) == read


def test_the_home_page_and_the_catalog_list_by_name_and_offer_agencies_before_the_long_list(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "data", published(tmp_path / "rilis", kupang_catalog()), "http://testserver")
    with TestClient(site(settings)) as client:
        home, catalog = client.get("/kota-kupang/").text, client.get("/kota-kupang/katalog").text
    listed = re.findall(r'<li><a href="/kota-kupang/izin/[^"]+">([^<]+)</a>', home)
    assert len(listed) > 40
    assert listed == sorted(listed, key=in_order)
    assert home.index('type="search"') < home.index("Menurut instansi yang memeriksa") < home.index(listed[0])
    services = re.findall(r'<h2 id="l-\d+"><a href="[^"]+">([^<]+)</a>', catalog)
    assert services == sorted(services, key=in_order)
    assert set(services) <= set(listed)
