"""The office of Kota Ampera with a few of its permits, served: whoever files there, and whoever works there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.testclient import TestClient

from generator.build import build, publish
from generator.model import Catalog
from generator.reading.catalog_folder import read_catalog
from runtime.people.actor import Post
from runtime.people.demo import PASSWORD, demo_people
from tests.form_walker import FormWalker, read
from tests.office_visitor import Visitor, said

CITY = "kota-ampera"
OFFICE = f"/{CITY}/kantor"
FOLDER = Path(__file__).parent / "cases" / "kota_kedua" / CITY
MORNING = datetime.fromisoformat("2026-03-02T09:00+07:00")


def published(made: Path, permits: Collection[str]) -> Catalog:
    """Publish the catalog with these permits only, in a folder."""
    shutil.copytree(FOLDER, made / "catalog" / CITY, ignore=shutil.ignore_patterns(".skema"))
    for few in (made / "catalog" / CITY / "izin").iterdir():
        if few.name not in permits:
            shutil.rmtree(few)
            (made / "catalog" / CITY / "contoh" / f"{few.name}.yaml").unlink(missing_ok=True)
    catalog, findings = read_catalog(made / "catalog")
    assert catalog is not None, findings
    publish(made / "rilis", build(catalog, made / "rilis"))
    return catalog


@dataclass(frozen=True, slots=True)
class AmperaOffice:
    """The server and its catalog."""

    visitor: Visitor
    catalog: Catalog

    @property
    def client(self) -> TestClient:
        """Return the browser of whoever files."""
        return self.visitor.client

    def file(self, permit: str, note: str) -> str:
        """File the example of a permit whose note holds these words; return its number."""
        examples = self.catalog.cities[CITY].examples
        example = next(one for one in examples if one.permit == permit and note in one.note)
        return FormWalker(self.client, CITY, permit).file(example)[0]

    def enter(self, held: Post) -> Visitor:
        """Return the browser of the demonstration's person at a post, signed in."""
        away = self.visitor.away()
        nip = next(one.nip for one in demo_people(self.catalog.cities[CITY].city) if one.post == held)
        form = read(away.client.get(f"{OFFICE}/masuk")).carried
        answer = away.client.post(f"{OFFICE}/masuk", data={**form, "nip": nip, "sandi": PASSWORD})
        shown = re.search(r'class="besar">(\d{6})<', answer.text)
        assert shown is not None, said(answer.text)
        form = read(answer).carried
        answer = away.client.post(f"{OFFICE}/masuk/kode", data={**form, "kode": shown[1]})
        assert answer.url.path == f"{OFFICE}/", said(answer.text)
        return away
