"""A server, one browser per module, one context per test, and axe.

A browser open in a thread leaves an event loop running there, so it closes before another module begins.

Contexts: `page` is a phone 360 points wide; `plain_page` the same with scripts off. With `SATUPINTU_SCREENS=1`
screenshots go to `test-results/screens/`, where a person can look at them.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.looker import Looker
from tests.browser.phone import phone, watched
from tests.browser.served import free_port, served
from tests.sample_office import sample_release

SCREENS = Path("test-results/screens")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-smooth-scrolling"),
]
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

Shot = Callable[[Page, str], None]
Check = Callable[[Page], None]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample permit, served; a folder of tests with a catalog of its own overrides this."""
    settings = {
        "SATUPINTU_DATA": str(tmp_path_factory.mktemp("data")),
        "SATUPINTU_RILIS": str(sample_release(tmp_path_factory.mktemp("rilis"))),
        "SATUPINTU_JAM": "2026-07-01T09:30:00+08:00",
    }
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "runtime.site:site", "--port", str(port)]
    with served([*command, "--log-level", "warning"], port, settings) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next((path for name in CHROMIUM if (path := shutil.which(name)) is not None), None)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium here")
        pytest.skip("there is no Chromium here")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    with phone(browser, server, scripts=True, sharp=2) as context, watched(context) as opened:
        yield opened


@pytest.fixture
def plain_page(browser: Browser, server: str) -> Iterator[Page]:
    with phone(browser, server, scripts=False, sharp=2) as context, watched(context) as opened:
        yield opened


@pytest.fixture(scope="session")
def shot() -> Shot:
    """Write a picture of a whole page."""
    SCREENS.mkdir(parents=True, exist_ok=True)

    def take(shown: Page, name: str) -> None:
        if os.environ.get("SATUPINTU_SCREENS"):
            shown.screenshot(path=SCREENS / f"{name}.png", full_page=True)

    return take


@pytest.fixture(scope="module")
def looker(browser: Browser) -> Iterator[Looker]:
    with phone(browser, "", scripts=True) as context:
        yield Looker(Axe(), context.new_page())


@pytest.fixture(scope="module")
def accessible(looker: Looker) -> Check:
    """Assert that axe finds nothing, and that nothing is wider than the phone."""
    return looker.look
