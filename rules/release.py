"""The artifact format, both ways: what the generator writes and the runtime reads.

    <release>/manifest.json                       {"format", "digest", "files": {path: sha256}}
    <release>/<city>/city.json                    a `City`
    <release>/<city>/index.json                   a list of `Head`, one per permit version, for finding and listing
    <release>/<city>/<permit>/<date>/…            `rules.json` (a `Permit`), `form.schema.json`, `form.ui.json`,
                                                  `pages.json`, `standard.json`
    <release>/<city>/templat/<code>.typ           the templates of the city's letters, as they were written

No clock, host, path or random value is in any of them: same catalog, same bytes, same digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules.citation import Citation
from rules.city import City
from rules.codec import Json, MalformedError, canonical, decode, written
from rules.duration import Duration
from rules.permit import Permit
from rules.words import Words

FORMAT = 1
PARTS = ("form.schema.json", "form.ui.json", "pages.json", "rules.json", "standard.json")


@dataclass(frozen=True, slots=True)
class Head:
    """What a list of permits shows of one version, so that none has to be loaded whole for it."""

    code: str
    official_code: str | None
    name: Words
    summary: Words | None
    kind: str
    valid_from: str
    valid_until: str | None
    search_words: tuple[str, ...]
    agencies: tuple[str, ...]  # codes of those that may review, the door itself left out
    free: bool
    days: tuple[Duration, ...]  # the distinct promises of `waktu_total`
    delegation: Citation | None
    cost: Words | None = None
    moves: bool = False  # open cases of the version before follow it


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of a release's files with their sha256, and one digest over all of it."""

    format: int
    digest: str
    files: Mapping[str, str]


def digest_of(files: Mapping[str, str]) -> str:
    """Return the digest of a release from the digests of its files."""
    return sha256(canonical({"format": FORMAT, "files": dict(files)}))


def sha256(content: bytes) -> str:
    """Return the sha256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def manifest_bytes(files: Mapping[str, str]) -> bytes:
    """Write the manifest of these files."""
    return canonical({"format": FORMAT, "digest": digest_of(files), "files": dict(files)})


def read_manifest(content: bytes) -> Manifest:
    """Read a manifest and verify that its digest is that of its list; MalformedError otherwise."""
    try:
        data = json.loads(content)
        manifest = Manifest(
            int(data["format"]), str(data["digest"]), {str(k): str(v) for k, v in data["files"].items()}
        )
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise MalformedError(f"not a manifest: {problem}") from problem
    if manifest.format != FORMAT:
        raise MalformedError(f"the release has format {manifest.format}, this program reads {FORMAT}: build it again")
    if digest_of(manifest.files) != manifest.digest:
        raise MalformedError("the manifest's digest is not that of its files")
    return manifest


def read_json(content: bytes) -> Json:
    """Read JSON with exact numbers: one with a point becomes a Decimal."""
    data: Json = json.loads(content, parse_float=Decimal)
    return data


def permit_bytes(permit: Permit) -> bytes:
    """Write one permit version as `rules.json`."""
    return written(Permit, permit).encode()


def read_permit(content: bytes) -> Permit:
    """Read `rules.json`."""
    permit = decode(Permit, json.loads(content))
    assert isinstance(permit, Permit)
    return permit


def city_bytes(city: City) -> bytes:
    """Write `city.json`."""
    return written(City, city).encode()


def read_city(content: bytes) -> City:
    """Read `city.json`."""
    city = decode(City, json.loads(content))
    assert isinstance(city, City)
    return city


def heads_bytes(heads: tuple[Head, ...]) -> bytes:
    """Write `index.json`."""
    return f"[{','.join(written(Head, head) for head in heads)}]".encode()


def read_heads(content: bytes) -> tuple[Head, ...]:
    """Read `index.json`."""
    data = json.loads(content)
    if not isinstance(data, list):
        raise MalformedError("index.json is not a list")
    heads = [decode(Head, item) for item in data]
    assert all(isinstance(head, Head) for head in heads)
    return tuple(head for head in heads if isinstance(head, Head))


def in_force(versions: Iterable[Head], on: date) -> Head | None:
    """Return which version of one permit is in force on a day: the latest begun, unless its own end has come.

    Validity is half-open: a version's `sampai` is the first day on which it no longer holds.
    """
    day = on.isoformat()
    begun = [head for head in versions if head.valid_from <= day]
    latest = max(begun, key=lambda head: head.valid_from, default=None)
    return None if latest is None or (latest.valid_until is not None and latest.valid_until <= day) else latest
