"""A built release, opened: verified against its digests, its permit versions read only when they are first used.

Gains typed definitions and compiled validators; a file whose bytes differ from the manifest is never used.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jsonschema_rs

from rules.city import City, Moved
from rules.codec import Json, MalformedError
from rules.decider import Decider
from rules.lifecycle import Lifecycle
from rules.permit import Permit
from rules.release import Head, Manifest, in_force, read_city, read_heads, read_json, read_manifest, read_permit, sha256


class BrokenReleaseError(RuntimeError):
    """A release that must not be served: a file is missing or is not the one that was built."""


@dataclass(frozen=True, slots=True, eq=False)
class PermitRelease:
    """One permit version, ready to serve: one object for as long as it is served, so what is made of it is looked up by
    identity.

    `validator` checks answers with their derived facts; `pages` are the form's segments by language; `decider` decides
    documents, reviewers, fee and deadline; `lifecycle` leads its cases.
    """

    head: Head
    permit: Permit
    schema: dict[str, Json]
    layout: dict[str, Json]
    pages: dict[str, Json]
    standard: dict[str, Json]
    validator: jsonschema_rs.Draft202012Validator
    decider: Decider
    lifecycle: Lifecycle


class CityRelease:
    """One city of a release."""

    def __init__(self, files: _Files, code: str) -> None:
        """Read what all permits of the city share; no permit is read yet."""
        self._files = files
        self.code = code
        self.city: City = read_city(files.read(f"{code}/city.json"))
        self.heads: tuple[Head, ...] = read_heads(files.read(f"{code}/index.json"))
        self._by_code: dict[str, tuple[Head, ...]] = {}
        for head in self.heads:
            self._by_code[head.code] = (*self._by_code.get(head.code, ()), head)
        self._versions: dict[tuple[str, str], PermitRelease] = {}
        self._lock = threading.Lock()

    @property
    def versions(self) -> tuple[tuple[Head, ...], ...]:
        """Return the versions of each permit, the oldest first."""
        return tuple(tuple(sorted(heads, key=lambda head: head.valid_from)) for heads in self._by_code.values())

    def heads_on(self, on: date) -> tuple[Head, ...]:
        """Return the version of each permit that is in force on a day, in the order of the index."""
        return tuple(head for versions in self._by_code.values() if (head := in_force(versions, on)) is not None)

    def moved_on(self, on: date) -> tuple[Moved, ...]:
        """Return the services that have moved away by a day, and of which no version is in force here."""
        day, here = on.isoformat(), {head.code for head in self.heads_on(on)}
        return tuple(moved for moved in self.city.moved if moved.since <= day and moved.code not in here)

    def permit_on(self, code: str, on: date) -> PermitRelease | None:
        """Return the version of a permit that is in force on a day, None where there is none."""
        head = in_force(self._by_code.get(code, ()), on)
        return None if head is None else self.version(code, head.valid_from)

    def version(self, code: str, valid_from: str) -> PermitRelease | None:
        """Return the version of a permit that begins on `valid_from` (YYYY-MM-DD)."""
        key = (code, valid_from)
        if (known := self._versions.get(key)) is not None:
            return known
        head = next((h for h in self._by_code.get(code, ()) if h.valid_from == valid_from), None)
        if head is None:
            return None
        with self._lock:
            if key not in self._versions:
                self._versions[key] = self._load(head)
            return self._versions[key]

    @property
    def templates(self) -> tuple[str, ...]:
        """Return the codes of the city's own letter templates."""
        return self._files.under(f"{self.code}/templat/", ".typ")

    def template(self, code: str) -> str | None:
        """Return a letter template of the city, None where it has none of that code."""
        if code not in self.templates:
            return None
        return self._files.read(f"{self.code}/templat/{code}.typ").decode()

    def close(self) -> None:
        """Free the engines of all versions that were read."""
        with self._lock:
            for version in self._versions.values():
                version.lifecycle.close()
                version.decider.close()
            self._versions.clear()

    def _load(self, head: Head) -> PermitRelease:
        folder = f"{self.code}/{head.code}/{head.valid_from}"
        schema = self._object(f"{folder}/form.schema.json")
        permit = read_permit(self._files.read(f"{folder}/rules.json"))
        decider = Decider(permit, self.city)
        return PermitRelease(
            head=head,
            permit=permit,
            schema=schema,
            layout=self._object(f"{folder}/form.ui.json"),
            pages=self._object(f"{folder}/pages.json"),
            standard=self._object(f"{folder}/standard.json"),
            validator=jsonschema_rs.Draft202012Validator(schema, validate_formats=True),
            decider=decider,
            lifecycle=Lifecycle(decider),
        )

    def _object(self, path: str) -> dict[str, Json]:
        data = read_json(self._files.read(path))
        if not isinstance(data, dict):
            raise BrokenReleaseError(f"{path} is not a JSON object")
        return data


class Release:
    """All cities of one build. Opening verifies the manifest and the files every page needs; the files of a permit
    version are verified when it is first used."""

    def __init__(self, folder: Path) -> None:
        """Open the release in `folder`; BrokenReleaseError when it must not be served."""
        try:
            manifest = read_manifest((folder / "manifest.json").read_bytes())
        except (OSError, MalformedError) as problem:
            raise BrokenReleaseError(f"{folder}: {problem}") from problem
        self.digest = manifest.digest
        files = _Files(folder, manifest)
        codes = sorted(
            path.split("/")[0] for path in manifest.files if path.count("/") == 1 and path.endswith("/city.json")
        )
        self.cities: Mapping[str, CityRelease] = {code: CityRelease(files, code) for code in codes}

    def close(self) -> None:
        """Free what the engines hold."""
        for city in self.cities.values():
            city.close()


def verify(folder: Path) -> Release:
    """Open a release and read every file of it, as a canary does before it is published."""
    release = Release(folder)
    for city in release.cities.values():
        for head in city.heads:
            city.version(head.code, head.valid_from)
        for code in city.templates:
            city.template(code)
    return release


@dataclass(frozen=True, slots=True)
class _Files:
    folder: Path
    manifest: Manifest

    def under(self, folder: str, suffix: str) -> tuple[str, ...]:
        """Return the names, without the suffix, of the files of a folder."""
        found = [path for path in self.manifest.files if path.startswith(folder) and path.endswith(suffix)]
        return tuple(sorted(path.removeprefix(folder).removesuffix(suffix) for path in found))

    def read(self, path: str) -> bytes:
        """Return the bytes of a file, which must be the ones that were built."""
        try:
            content = (self.folder / path).read_bytes()
        except OSError as problem:
            raise BrokenReleaseError(f"{path}: {problem.strerror}") from problem
        if sha256(content) != self.manifest.files.get(path):
            raise BrokenReleaseError(f"{path} is not the file that was built")
        return content
