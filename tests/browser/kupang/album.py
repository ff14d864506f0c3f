"""One person's way: each page they see is looked at by axe and must fit the screen.

With `SATUPINTU_SCREENS=1` each is kept as a picture in `test-results/screens/`, in the order in which they were seen.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Page

from tests.browser.looker import Looker

SCREENS = Path("test-results/screens")
WANTED = bool(os.environ.get("SATUPINTU_SCREENS"))
PUBLISHED = Path("docs/screens")
TALLEST, WIDEST = 1800, 800  # of a published picture
PART, MARGIN = 1400, 12


class Album:
    """A folder of pictures; those of an earlier run go."""

    def __init__(self, page: Page, looker: Looker, folder: str) -> None:
        """Begin with the first picture."""
        self._page, self._looker = page, looker
        self._folder = SCREENS / folder
        self._seen = 0
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)

    def see(self, name: str, publish: str = "") -> None:
        """Look at the page and keep a picture; one that README shows is published where that is asked for."""
        self._looker.look(self._page)
        self._seen += 1
        picture = self._folder / f"{self._seen:02}-{name}.png"
        if not WANTED:
            return
        self._page.screenshot(path=picture, full_page=True)
        if publish:
            publish_picture(picture, publish)

    def publish_from(self, heading: str, name: str) -> None:
        """Publish the page from a heading on, where pictures of README are wanted."""
        if not WANTED:
            return
        box = self._page.get_by_role("heading", name=heading).bounding_box()
        size = self._page.viewport_size
        assert box is not None
        assert size is not None
        scrolled = self._page.evaluate("scrollY")
        picture = self._folder / f"{name}.png"
        clip: FloatRect = {"x": 0, "y": box["y"] + scrolled - MARGIN, "width": size["width"], "height": PART}
        self._page.screenshot(path=picture, full_page=True, clip=clip)
        publish_picture(picture, name)


def publish_picture(picture: Path, name: str) -> None:
    """Write the upper part of a picture, no wider than needed and with few colours, where README's are wanted."""
    if not WANTED:
        return
    PUBLISHED.mkdir(parents=True, exist_ok=True)
    with Image.open(picture) as image:
        upper = image.convert("RGB").crop((0, 0, image.width, min(image.height, TALLEST)))
        upper.thumbnail((WIDEST, TALLEST))
        upper.quantize(48, dither=Image.Dither.NONE).save(PUBLISHED / f"{name}.png", optimize=True)
