"""A catalog to a release: every artifact of every permit version, written once and named by the digest of all of it.

A half-written release is never seen: it is built beside its place and moved there whole. Nothing in it depends on the
clock, the host, the folder, the locale or the order of a hash.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from generator.examination import Examination, examine_in_turn
from generator.lowering.form_layout import form_layout
from generator.lowering.form_pages import form_pages
from generator.lowering.form_schema import form_schema
from generator.lowering.head import head_of
from generator.lowering.standard import standard
from generator.model import Catalog, CityCatalog
from rules.city import City
from rules.codec import canonical
from rules.permit import Permit
from rules.release import Head, city_bytes, digest_of, heads_bytes, manifest_bytes, permit_bytes, sha256


def build(catalog: Catalog, out: Path) -> str:
    """Write the release of a catalog to `out/<digest>` and return the digest."""
    with _beside(out) as writing:
        for city in catalog.cities.values():
            writing.permits_of(city)
            writing.city(city)
        return writing.finished()


def build_folder(folder: Path, out: Path, on: date | None = None) -> tuple[Examination, str | None]:
    """Examine a catalog folder and write its release, one permit at a time in memory; no digest when there are errors,
    and then nothing is left in `out`. With a day, the release holds what is in force on it."""
    with _beside(out) as writing:
        examined = examine_in_turn(folder, writing.permits_of, on)
        if examined.sound is None:
            return examined, None
        for city in examined.sound.cities.values():
            writing.city(city)
        return examined, writing.finished()


@contextmanager
def _beside(out: Path) -> Iterator[_Writing]:
    """Give a folder to write a release in, beside its place; what is left of it afterwards is taken away."""
    new = [folder for folder in (out, *out.parents) if not folder.exists()]
    out.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=out))
    try:
        yield _Writing(out, unfinished)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        with suppress(OSError):  # not empty: a release is there
            for folder in new:
                folder.rmdir()


class _Writing:
    """A release while it is written: the digests of its files, and the heads of the permits that are in it."""

    def __init__(self, out: Path, unfinished: Path) -> None:
        self.out, self.unfinished = out, unfinished
        self.digests: dict[str, str] = {}
        self.heads: dict[str, list[Head]] = {}

    def permits_of(self, city: CityCatalog) -> None:
        """Write every version of the permits that are there."""
        heads = self.heads.setdefault(city.city.code, [])
        for version in (version for code in sorted(city.permits) for version in city.permits[code]):
            heads.append(head_of(version.permit, city.city))
            self.write(permit_artifacts(version.permit, city.city))

    def city(self, city: CityCatalog) -> None:
        """Write what a city has once; its permits are written already."""
        code = city.city.code
        heads = tuple(self.heads.get(code, ()))
        self.write([(f"{code}/city.json", city_bytes(city.city)), (f"{code}/index.json", heads_bytes(heads))])
        self.write((f"{code}/templat/{name}.typ", text.encode()) for name, text in sorted(city.templates.items()))

    def write(self, files: Iterable[tuple[str, bytes]]) -> None:
        for path, content in files:
            target = self.unfinished / path
            if not target.parent.exists():
                target.parent.mkdir(parents=True)
            target.write_bytes(content)
            self.digests[path] = sha256(content)

    def finished(self) -> str:
        """Write the manifest and move all of it to its place."""
        digest = digest_of(self.digests)
        (self.unfinished / "manifest.json").write_bytes(manifest_bytes(self.digests))
        self.unfinished.chmod(0o755)
        if not (self.out / digest).exists():
            self.unfinished.rename(self.out / digest)
        return digest


def publish(out: Path, digest: str) -> None:
    """Make a built release the one to serve, by one atomic change of the link `current`."""
    link = out / f".current-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(digest)
    link.replace(out / "current")


def permit_artifacts(permit: Permit, city: City) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one permit version."""
    folder = f"{city.code}/{permit.code}/{permit.valid_from}"
    yield f"{folder}/form.schema.json", canonical(form_schema(permit))
    yield f"{folder}/form.ui.json", canonical(form_layout(permit))
    yield f"{folder}/pages.json", canonical(form_pages(permit))
    yield f"{folder}/rules.json", permit_bytes(permit)
    yield f"{folder}/standard.json", canonical(standard(permit, city))
