"""A server, one browser for the session, one context per test, and axe.

Contexts: `page` is a phone 360 points wide; `plain_page` the same with scripts off. Screenshots go to
`test-results/screens/`, where a person can look at them.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, sync_playwright

from tests.sample_office import sample_release

SCREENS = Path("test-results/screens")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

WITHOUT_SCRIPTS: set[Page] = set()

Shot = Callable[[Page, str], None]
Check = Callable[[Page], None]


@pytest.fixture(scope="session")
def release_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The releases that are served; a module with a catalog of its own overrides this."""
    return sample_release(tmp_path_factory.mktemp("rilis"))


@pytest.fixture(scope="session")
def clock_starts() -> str:
    return "2026-07-01T09:30:00+08:00"


@pytest.fixture(scope="session")
def server(release_folder: Path, clock_starts: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "SATUPINTU_DATA": str(tmp_path_factory.mktemp("data")),
        "SATUPINTU_RILIS": str(release_folder),
        "SATUPINTU_URL": address,
        "SATUPINTU_JAM": clock_starts,
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", "runtime.site:site", "--port", str(port)]
    process = subprocess.Popen([*command, "--log-level", "warning"], env=environment)
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx2.get(address, timeout=5)
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not answer at {address} (exit status {process.poll()})")


@pytest.fixture(scope="session")
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
    with _phone(browser, server, scripts=True) as context:
        yield _opened(context)


@pytest.fixture
def plain_page(browser: Browser, server: str) -> Iterator[Page]:
    with _phone(browser, server, scripts=False) as context:
        opened = _opened(context)
        WITHOUT_SCRIPTS.add(opened)
        yield opened
        WITHOUT_SCRIPTS.discard(opened)


def _phone(browser: Browser, server: str, scripts: bool) -> BrowserContext:
    return browser.new_context(
        viewport={"width": 360, "height": 740},
        base_url=server,
        locale="id-ID",
        device_scale_factor=2,
        has_touch=True,
        java_script_enabled=scripts,
    )


def _opened(context: BrowserContext) -> Page:
    """Open a page on which nothing may go wrong unseen: no fault in a script, nothing the policy refuses."""
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    opened.on("pageerror", _fail_on_error)
    opened.on("console", _fail_on_message)
    return opened


def _fail_on_error(fault: Error) -> None:
    raise AssertionError(f"a script failed: {fault}")


def _fail_on_message(message: ConsoleMessage) -> None:
    # A page that shows faults is answered with 422, which the console reports as well.
    if message.type == "error" and "status of 4" not in message.text:
        raise AssertionError(f"the console says: {message.text}")


@pytest.fixture(scope="session")
def shot() -> Shot:
    """Write a picture of a whole page."""
    SCREENS.mkdir(parents=True, exist_ok=True)

    def take(shown: Page, name: str) -> None:
        shown.screenshot(path=SCREENS / f"{name}.png", full_page=True)

    return take


@pytest.fixture(scope="session")
def accessible(browser: Browser, server: str) -> Iterator[Check]:
    """Assert that axe finds nothing, and that nothing is wider than the phone.

    axe itself needs scripts: where they are off it looks at the same HTML, without its scripts, in another page.
    """
    axe = Axe()
    with _phone(browser, server, scripts=True) as context:
        twin = context.new_page()

        def check(shown: Page) -> None:
            wide = shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{shown.url} is {wide} points wider than the screen"
            looked_at = shown
            if shown in WITHOUT_SCRIPTS:
                html = re.sub(r"<script.*?</script>", "", shown.content())
                twin.route("**/sama", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
                twin.goto("/sama")
                twin.unroute("**/sama")
                looked_at = twin
            results = axe.run(looked_at)
            assert results.violations_count == 0, f"{shown.url}\n{results.generate_report()}"

        yield check
