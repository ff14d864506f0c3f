"""The seven permits of the real catalog, built and served by the command a city would use, on a fixed day."""

from __future__ import annotations

import fcntl
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.kupang.journey import Journey
from tests.browser.kupang.officer import Officer
from tests.browser.kupang.paper import Papers, papers
from tests.browser.kupang.town import SATUPINTU, Town, town
from tests.browser.looker import Looker
from tests.browser.phone import phone, watched
from tests.browser.served import free_port, served

MORNING = "2026-03-02T09:00+08:00"  # a Monday

DESK: ViewportSize = {"width": 1280, "height": 800}

Begin = Callable[[str], Journey]
Meet = Callable[[str, bool], Journey]
Seat = Callable[..., Officer]


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the catalog as a city would, once for all processes that share this run."""
    base = tmp_path_factory.getbasetemp()
    shared = base if os.environ.get("PYTEST_XDIST_WORKER") is None else base.parent
    folder = shared / "rilis-kupang"
    with (shared / "rilis-kupang.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "current").exists():
            subprocess.run([SATUPINTU, "build", "catalog", "--ke", folder, "--pakai"], check=True, timeout=300)
    return folder


@pytest.fixture(scope="session")
def server(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    command = [SATUPINTU, "serve", "--tetap", "--rilis", str(releases), "--port", str(port), "--jam", MORNING]
    with served(command, port, {"SATUPINTU_DATA": str(tmp_path_factory.mktemp("data"))}) as address:
        yield address


@pytest.fixture
def kupang(releases: Path, tmp_path: Path) -> Iterator[Town]:
    """A town whose days pass: a test's own, so that no day passes for another."""
    with town(releases, tmp_path / "data", MORNING) as made:
        yield made


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


@pytest.fixture
def meet(browser: Browser, kupang: Town, looker: Looker, files: Papers) -> Iterator[Meet]:
    """Meet somebody of the town on a fresh phone, with scripts or without."""
    with ExitStack() as opened:

        def journey(name: str, scripts: bool) -> Journey:
            page = opened.enter_context(watched(opened.enter_context(phone(browser, kupang.address, scripts))))
            return Journey(page, looker, files, f"{name}-{'skrip' if scripts else 'polos'}", scripts)

        yield journey


@pytest.fixture
def seat(browser: Browser, kupang: Town, looker: Looker) -> Iterator[Seat]:
    """Seat an officer of the town at a desk, or give them a phone."""
    with ExitStack() as opened:

        def officer(name: str, on_phone: bool = False, scripts: bool = True) -> Officer:
            return opened.enter_context(officer_at(browser, kupang.address, looker, name, on_phone, scripts))

        yield officer


@contextmanager
def officer_at(
    browser: Browser, address: str, looker: Looker, name: str, on_phone: bool = False, scripts: bool = True
) -> Iterator[Officer]:
    """Seat an officer at a desk, or give them a phone."""
    screen = (
        phone(browser, address, scripts)
        if on_phone
        else browser.new_context(viewport=DESK, base_url=address, locale="id-ID", java_script_enabled=scripts)
    )
    with screen, watched(screen) as page:
        yield Officer(page, looker, f"{name}-{'telepon' if on_phone else 'meja'}")
