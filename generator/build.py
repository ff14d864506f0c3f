"""A catalog to a release: every artifact of every permit version, written once and named by the digest of all of it.

A half-written release is never seen: it is built beside its place and moved there whole. Nothing in it depends on the
clock, the host, the folder, the locale or the order of a hash.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.lowering.form_layout import form_layout
from generator.lowering.form_pages import form_pages
from generator.lowering.form_schema import form_schema
from generator.lowering.head import head_of
from generator.lowering.standard import standard
from generator.model import Catalog, CityCatalog
from rules.city import City
from rules.codec import canonical
from rules.permit import Permit
from rules.release import city_bytes, digest_of, heads_bytes, manifest_bytes, permit_bytes, sha256


def build(catalog: Catalog, out: Path) -> str:
    """Write the release of a catalog to `out/<digest>` and return the digest."""
    out.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=out))
    try:
        digests: dict[str, str] = {}
        for path, content in artifacts(catalog):
            target = unfinished / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            digests[path] = sha256(content)
        digest = digest_of(digests)
        (unfinished / "manifest.json").write_bytes(manifest_bytes(digests))
        unfinished.chmod(0o755)
        if (out / digest).exists():
            return digest
        unfinished.rename(out / digest)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return digest


def publish(out: Path, digest: str) -> None:
    """Make a built release the one to serve, by one atomic change of the link `current`."""
    link = out / f".current-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(digest)
    link.replace(out / "current")


def artifacts(catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """Yield each file of a release with its content, one at a time, so that thousands need not fit in memory twice."""
    for code in sorted(catalog.cities):
        yield from _city(catalog.cities[code])


def _city(city: CityCatalog) -> Iterator[tuple[str, bytes]]:
    code = city.city.code
    versions = [version.permit for name in sorted(city.permits) for version in city.permits[name]]
    yield f"{code}/city.json", city_bytes(city.city)
    yield f"{code}/index.json", heads_bytes(tuple(head_of(permit, city.city) for permit in versions))
    for permit in versions:
        yield from permit_artifacts(permit, city.city)


def permit_artifacts(permit: Permit, city: City) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one permit version."""
    folder = f"{city.code}/{permit.code}/{permit.valid_from}"
    yield f"{folder}/form.schema.json", canonical(form_schema(permit))
    yield f"{folder}/form.ui.json", canonical(form_layout(permit))
    yield f"{folder}/pages.json", canonical(form_pages(permit))
    yield f"{folder}/rules.json", permit_bytes(permit)
    yield f"{folder}/standard.json", canonical(standard(permit, city))
