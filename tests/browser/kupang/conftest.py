"""The seven permits of the real catalog, built and served by the command a city would use, on a fixed day."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.kupang.journey import Journey
from tests.browser.kupang.paper import Papers, papers
from tests.browser.looker import Looker
from tests.browser.phone import phone, watched
from tests.browser.served import free_port, served

SATUPINTU = str(Path(sys.executable).with_name("satupintu"))
MORNING = "2026-03-02T09:00+08:00"  # a Monday

Begin = Callable[[str], Journey]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    releases, port = str(tmp_path_factory.mktemp("rilis")), free_port()
    subprocess.run([SATUPINTU, "build", "catalog", "--ke", releases, "--pakai"], check=True, timeout=120)
    command = [SATUPINTU, "serve", "--tetap", "--rilis", releases, "--port", str(port), "--jam", MORNING]
    with served(command, port, {"SATUPINTU_DATA": str(tmp_path_factory.mktemp("data"))}) as address:
        yield address


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return papers(tmp_path_factory.mktemp("berkas"))


@pytest.fixture(params=[True, False], ids=["dengan-skrip", "tanpa-skrip"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the phone runs scripts: a test that names this runs once with and once without."""
    assert isinstance(request.param, bool)
    return request.param


@pytest.fixture
def begin(browser: Browser, server: str, looker: Looker, files: Papers, scripts: bool) -> Iterator[Begin]:
    """Begin a journey on a fresh phone, as often as it is called."""
    with ExitStack() as opened:

        def journey(name: str) -> Journey:
            page = opened.enter_context(watched(opened.enter_context(phone(browser, server, scripts))))
            return Journey(page, looker, files, f"{name}-{'skrip' if scripts else 'polos'}", scripts)

        yield journey
