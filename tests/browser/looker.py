"""What looks at every page for those who cannot see it, or see it on a narrow screen."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What differs between two showings of the same page: tokens, keys, codes, pictures that hold them; and every digit.
OF_THE_MOMENT = re.compile(
    r'name="(token|kunci)" value="[^"]*"|[0-9A-Z]{4}(-[0-9A-Z]{4}){2}|src="data:[^"]*"|\b[0-9a-f]{32,64}\b|[0-9]+'
)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": STANDARDS}}


class Looker:
    """axe, and a page of its own in which it looks at pages without scripts; the same HTML is looked at once
    on each screen."""

    def __init__(self, axe: Axe, twin: Page) -> None:
        """Look with these."""
        self._axe = axe
        self._twin = twin
        self._clean: set[tuple[str, str]] = set()

    def look(self, shown: Page) -> None:
        """Assert that axe finds nothing, and that nothing is wider than the screen.

        axe itself needs scripts: where they are off it looks at the same HTML, without its scripts, in another page.
        """
        shown.locator("main").wait_for()  # a page on its way has no document to look at
        shown.wait_for_load_state()
        self.fits(shown)
        seen = (str(shown.viewport_size), OF_THE_MOMENT.sub("", shown.content()))
        if seen in self._clean:
            return
        without_scripts = shown.evaluate("matchMedia('(scripting: none)').matches")
        looked_at = self._same(shown) if without_scripts else shown
        results = self._axe.run(looked_at, options=OPTIONS)
        assert results.violations_count == 0, f"{shown.url}\n{results.generate_report()}"
        self._clean.add(seen)

    def fits(self, shown: Page) -> None:
        """Assert that nothing is wider than the screen."""
        wide = shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{shown.url} is {wide} points wider than the screen"

    def _same(self, shown: Page) -> Page:
        """Show the same HTML at the same address in the twin; its style comes from the server as before."""
        html = re.sub(r"<script.*?</script>", "", shown.content())
        size = shown.viewport_size
        assert size is not None
        self._twin.set_viewport_size(size)
        place = urlsplit(shown.url)
        address = f"{place.scheme}://{place.netloc}/sama"
        self._twin.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        self._twin.goto(address)
        self._twin.unroute(address)
        return self._twin
