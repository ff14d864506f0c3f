"""The sample permit served as a demonstration, so that its people may sign in."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.browser.served import free_port, served
from tests.sample_office import sample_release


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = {
        "SATUPINTU_DATA": str(tmp_path_factory.mktemp("data")),
        "SATUPINTU_RILIS": str(sample_release(tmp_path_factory.mktemp("rilis"))),
        "SATUPINTU_JAM": "2026-07-01T09:30:00+08:00",
        "SATUPINTU_PERAGAAN": "ya",
    }
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "runtime.site:site", "--port", str(port)]
    with served([*command, "--log-level", "warning"], port, settings) as address:
        yield address
