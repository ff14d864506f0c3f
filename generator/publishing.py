"""From a catalog folder to the release that is served, as often as the folder changes.

Gains a terminal that tells what happened to each change. A change with errors writes nothing: what was published
before stays what it was.
"""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from generator.build import build, publish
from generator.examination import examine
from generator.finding import Severity
from generator.model import Catalog
from generator.schemas import FOLDER, write_schemas
from generator.terminal import tell, tell_count, tell_findings
from rules.words import Lang, Words

LIVE = Words("{moment}rilis {digest} tampil: {permits} izin", "{moment}release {digest} is live: {permits} permits")
SAME = Words("{moment}tidak ada yang berubah bagi warga", "{moment}nothing changed for citizens")
KEPT = Words(
    "perubahan ini tidak ditampilkan; rilis terakhir yang baik ({digest}) tetap disajikan",
    "this change is not live; the last good release ({digest}) goes on being served",
)
NOTHING_YET = Words(
    "belum ada rilis untuk disajikan; menunggu perbaikan katalog", "there is no release to serve yet; waiting for a fix"
)


class Publisher:
    """Publishes one catalog folder into one folder of releases."""

    def __init__(self, catalog: Path, releases: Path, lang: Lang, on: date | None = None) -> None:
        """Publish nothing yet. With a day, only what is in force on it."""
        self._on = on
        self._catalog = catalog
        self._releases = releases
        self._lang: Lang = lang

    @property
    def published_before(self) -> str | None:
        """Return the digest of the release that is published now, if one is."""
        link = self._releases / "current"
        return link.readlink().name if link.is_symlink() and link.exists() else None

    def publish(self) -> bool:
        """Examine the catalog and publish it when it is sound; tell whether it was."""
        began = time.perf_counter()
        examined = examine(self._catalog, self._on)
        if examined.findings:
            # Notes are many and change nothing today; `satupintu check` shows them, here they are counted.
            pressing = [finding for finding in examined.findings if finding.severity is not Severity.INFO]
            tell_findings(pressing, self._catalog, self._lang)
            tell_count(examined.findings, self._lang)
        before = self.published_before
        if examined.sound is None:
            self._say(NOTHING_YET if before is None else KEPT, digest=_short(before or ""))
            return False
        digest = build(examined.sound, self._releases)
        if digest != before:
            publish(self._releases, digest)
        self._refresh_schemas(examined.sound)
        permits = sum(len(city.permits) for city in examined.sound.cities.values())
        took = f"{time.perf_counter() - began:.1f} s: "
        self._say(SAME if digest == before else LIVE, moment=took, digest=_short(digest), permits=str(permits))
        return True

    def _refresh_schemas(self, catalog: Catalog) -> None:
        """Keep the editor's schemas of a catalog whose author has once asked for them."""
        if any((self._catalog / code / FOLDER).is_dir() for code in catalog.cities):
            write_schemas(catalog, self._catalog)

    def _say(self, words: Words, **arguments: str) -> None:
        tell(Words(words.id.format(**arguments), words.to("en").format(**arguments)), self._lang)


def _short(digest: str) -> str:
    return digest[:12]
