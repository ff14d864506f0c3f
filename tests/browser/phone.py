"""A phone of a person: 360 points wide, with scripts or without, on which nothing may go wrong unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

WIDTH, HEIGHT = 360, 740


def phone(browser: Browser, server: str, scripts: bool, sharp: int = 1) -> BrowserContext:
    """Return a fresh context: no cookies, nothing stored."""
    return browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        base_url=server,
        locale="id-ID",
        device_scale_factor=sharp,
        has_touch=True,
        java_script_enabled=scripts,
    )


@contextmanager
def watched(context: BrowserContext) -> Iterator[Page]:
    """Open a page; at the end no script may have failed and the content policy may have refused nothing."""
    troubles: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A page that shows faults is answered with 422, which the console reports as well.
        if message.type == "error" and "status of 4" not in message.text:
            troubles.append(f"{message.text} ({message.location.get('url')})")

    opened = context.new_page()
    opened.set_default_timeout(15_000)
    opened.on("pageerror", lambda fault: troubles.append(f"a script failed: {fault}"))
    opened.on("console", note)
    yield opened
    assert not troubles, "\n".join(troubles)
