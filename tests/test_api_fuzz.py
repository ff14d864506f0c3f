"""The API against its own description: requests that it allows and requests that it does not, made up by the hundred.

Every answer must be one that the OpenAPI document describes, of the shape it describes, and never a failure of ours.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from schemathesis import Case, GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema
from starlette.applications import Starlette
from starlette.testclient import TestClient

from runtime.api.routes import api_routes
from runtime.serving import serving
from runtime.settings import Limits
from tests.sample_office import CITY, settings_for

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = ["listPermits", "permitSchema", "permitStandard", "decide", "giveFile", "submit", "track"]


@dataclass(frozen=True)
class Described:
    """A running API and its description."""

    app: Starlette
    schema: OpenApiSchema


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Described]:
    folder: Path = tmp_path_factory.mktemp("fuzz")
    app = Starlette(routes=api_routes())  # no lifespan: schemathesis would run it anew for each request
    with serving(settings_for(folder, Limits(tries_per_address=10**6, uploads_per_address=10**6))) as opened:
        app.state.serving = opened
        client = TestClient(app)
        document = client.get("/api/openapi.json").json()
        form = client.get(f"/api/{CITY}/izin/warung/skema").json()
        yield Described(app, openapi.from_dict(pointed(document, form)))


def pointed(document: dict[str, object], form: dict[str, object]) -> dict[str, object]:
    """Name a real city and permit, and say what answers are, so that made-up requests get past the door."""
    whole = copy.deepcopy(document)
    paths, components = whole["paths"], whole["components"]
    assert isinstance(paths, dict)
    assert isinstance(components, dict)
    for methods in paths.values():
        for operation in methods.values():
            for parameter in operation["parameters"]:
                names = {"daerah": [CITY, CITY, "kota-lain"], "izin": ["warung", "warung", "tidak-ada"]}
                if parameter["name"] in names:
                    parameter["schema"] = {"type": "string", "enum": names[parameter["name"]][1:]}
    questions = {name: shape for name, shape in form["properties"].items() if not shape.get("readOnly")}  # type: ignore[attr-defined]  # a JSON object
    for name in ("Decide", "Submit"):
        components["schemas"][name]["properties"]["answers"] = {"type": "object", "properties": questions}
    return whole


def fuzz(described: Described, name: str, mode: GenerationMode, count: int) -> Counter[int]:
    """Send so many requests to an operation, check every answer, and count the answers by their status."""
    operation = described.schema.find_operation_by_id(name)
    answers: Counter[int] = Counter()

    @seed(20260701)
    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def one(case: Case[Any]) -> None:
        answer = case.call_and_validate(app=described.app, checks=CHECKS)
        answers[answer.status_code] += 1

    one()
    return answers


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_as_described(described: Described, name: str, mode: GenerationMode) -> None:
    fuzz(described, name, mode, 25)


def test_made_up_requests_get_past_the_door(described: Described) -> None:
    assert fuzz(described, "decide", GenerationMode.POSITIVE, 60).keys() >= {200, 404, 422}
    assert fuzz(described, "submit", GenerationMode.POSITIVE, 60).keys() >= {404, 422}
    # Some of what is made up to be wrong is not: an answer of null is a question left open, which decide allows.
    wrong = fuzz(described, "decide", GenerationMode.NEGATIVE, 60)
    assert wrong[200] * 10 <= wrong.total()


def test_an_answer_that_is_not_described_is_seen(described: Described) -> None:
    document = copy.deepcopy(described.schema.raw_schema)
    del document["paths"]["/api/{daerah}/lacak"]["post"]["responses"]["404"]
    wrong = Described(described.app, openapi.from_dict(document))
    with pytest.raises(FailureGroup, match="Undocumented status code"):
        fuzz(wrong, "track", GenerationMode.POSITIVE, 40)


@pytest.mark.long
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_as_described_400_times(described: Described, name: str, mode: GenerationMode) -> None:
    fuzz(described, name, mode, 400)
