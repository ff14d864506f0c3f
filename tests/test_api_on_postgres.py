"""The API on PostgreSQL, which takes less than SQLite does: no NUL in a text, none that is too long."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from schemathesis import GenerationMode, openapi
from starlette.applications import Starlette
from starlette.testclient import TestClient

from runtime.api.routes import api_routes
from runtime.serving import serving
from runtime.settings import Limits
from runtime.site import site
from tests.postgres import Cluster
from tests.sample_office import CITY, settings_for
from tests.test_api_fuzz import Described, fuzz, pointed

MANY = Limits(tries_per_nomor=10**6, tries_per_address=10**6, uploads_per_address=10**6)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster) -> Iterator[Described]:
    app = Starlette(routes=api_routes())
    with cluster.database() as url:
        settings = dataclasses.replace(settings_for(tmp_path_factory.mktemp("api"), MANY), database=url)
        with serving(settings) as opened:
            app.state.serving = opened
            client = TestClient(app)
            document = client.get("/api/openapi.json").json()
            form = client.get(f"/api/{CITY}/izin/warung/skema").json()
            yield Described(app, openapi.from_dict(pointed(document, form)))


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", ["submit", "giveFile", "track"])
def test_every_answer_is_as_described(described: Described, name: str, mode: GenerationMode) -> None:
    fuzz(described, name, mode, 25)


@pytest.mark.parametrize("nomor", ["\0", "KPG\0-2026-000001", "A" * 60, "\N{GRINNING FACE}"])
def test_a_number_that_no_case_can_have_is_not_found(described: Described, nomor: str) -> None:
    client = TestClient(described.app)
    answer = client.post(f"/api/{CITY}/lacak", json={"nomor": nomor, "code": "A" * 12})
    assert answer.status_code in (404, 422)


def test_an_address_that_no_letter_can_have_is_not_found(tmp_path: Path, postgres_url: str) -> None:
    settings = dataclasses.replace(settings_for(tmp_path), database=postgres_url)
    with TestClient(site(settings), raise_server_exceptions=False) as client:
        for tail in ("", "/bukti.txt"):
            answer = client.get(f"/{CITY}/periksa/%00aaaaaaaaaaaaaaaaaaaaa{tail}")
            assert answer.status_code == 404, answer.text
