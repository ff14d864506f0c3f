"""A catalog folder to a `Catalog`: every file read, whatever happens to the others.

Gains: what each file means to the others (groups in permits, permits in examples). Loses: the folder. A file with a
finding is left out, and so is whatever stands on it, without a finding of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.finding import Finding, Place
from generator.model import Catalog, CityCatalog, Example, PermitVersion, Places
from generator.proof_cache import ProofCache, digest_of
from generator.reading import tks_permit as tks
from generator.reading.agency_file import agency_file
from generator.reading.calendar_file import calendar_file
from generator.reading.city_file import Office, city_file
from generator.reading.document_file import document_file
from generator.reading.example_file import example_file
from generator.reading.expect import is_date
from generator.reading.folder import BY_ITS_DAY, EVERY, Folder, look
from generator.reading.form_entry import GroupFile
from generator.reading.gap import MARK, beside, gaps
from generator.reading.group_file import group_file
from generator.reading.law_file import law_file
from generator.reading.moved_file import moved_file
from generator.reading.permit_file import permit_file
from generator.reading.sheet import Sheet
from generator.reading.source_text import plain_text, read_bytes
from generator.reading.tariff_file import tariff_file
from generator.reading.tks import did_you_mean, listed
from generator.reading.yaml_tree import Node, read_tree
from rules.city import City
from rules.words import Words

T = TypeVar("T")
USUAL = "baku"
CODE = re.compile(r"[a-z][a-z0-9-]*")
BY_A_CODE = Words(
    "namai dengan huruf kecil, angka, dan `-`, misalnya `sk-umum.typ`",
    "name it with small letters, digits and `-`, such as `sk-umum.typ`",
)


def read_catalog(root: Path) -> tuple[Catalog | None, tuple[Finding, ...]]:
    """Read every city under `root`; None for the catalog when no city could be read."""
    folder = look(root)
    found = list(folder.findings)
    cities: dict[str, CityCatalog] = {}
    for name in folder.cities:
        reading = CityReading(root, folder, name)
        city = reading.shared_part()
        permits = list(reading.permits())
        found.extend(reading.findings)
        if city is not None:
            versions = {permit.code: permit.versions for permit in permits if permit.versions}
            examples = tuple(example for permit in permits for example in permit.examples)
            cities[name] = replace(city, permits=versions, examples=examples, broken=frozenset(reading.broken))
    return (Catalog(cities) if cities else None), in_order(found)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings in the order of the files."""
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))


class PermitRead(NamedTuple):
    """Every version of one permit that could be read, oldest first, and its examples."""

    code: str
    versions: tuple[PermitVersion, ...]
    examples: tuple[Example, ...]


class CityReading:
    """One city while its files are read: first what its permits share, then permit by permit, so that nobody needs to
    hold all of them. `broken` are the permits with a file that could not be read, of those that were come to."""

    def __init__(
        self,
        root: Path,
        folder: Folder,
        name: str,
        texts: Mapping[str, bytes] | None = None,
        kept: ProofCache | None = None,
    ) -> None:
        """Read nothing yet. What `texts` holds, by file of the city, is read in place of what is in the folder. With
        `kept`, examples in which nothing was found are not read again, and are not there."""
        self.findings: list[Finding] = []
        self.broken: set[str] = set(folder.misnamed(name))
        self._root, self._folder, self._name, self._texts, self._kept = root, folder, name, texts or {}, kept
        self._places: dict[str, Places] = {}
        self._groups: dict[str, GroupFile] = {}
        self._office: Office | None = None
        self._sound = True  # every shared file was read

    def saying(self, texts: Mapping[str, bytes]) -> CityReading:
        """Return a reading with the same shared part, in which some of the other files say something else."""
        other = copy(self)
        other.findings, other.broken, other._texts = [], set(self._folder.misnamed(self._name)), texts
        return other

    def shared_part(self) -> CityCatalog | None:
        """Read what permits share: a city with no permits yet, None when a file of these could not be read."""
        self._office = office = self.shared("daerah.yaml", partial(city_file, folder=self._name))
        agencies = self.shared("instansi.yaml", agency_file)
        documents = self.shared("dokumen.yaml", document_file)
        laws = self.each("peraturan", law_file)
        years = self.each("kalender", calendar_file)
        tariffs = self.each("tarif", tariff_file)
        moved = self.each("alihan", moved_file)
        for file in self._folder.files(self._name, "isian"):
            self._groups[_stem(file)] = self.kept(file, partial(group_file, named=_stem(file)))
        if office is None or agencies is None or documents is None or not self._sound:
            return None
        city = City(
            office.code,
            office.name,
            office.office,
            office.zone,
            office.openings,
            agencies,
            laws,
            tuple(sorted(year.year for year in years)),
            tuple(holiday for year in sorted(years, key=lambda year: year.year) for holiday in year.holidays),
            tariffs,
            documents,
            office.letterhead,
            office.contact,
            moved=moved,
            survey=office.survey,
        )
        templates = {_stem(file): self.template(file) for file in self._folder.files(self._name, "templat")}
        groups = {code: group for code, group in self._groups.items() if group is not None}
        return CityCatalog(city, groups, {}, (), self._places, frozenset(), templates)

    def template(self, file: str) -> str:
        """Read the template of a letter as it was written; empty when something was found in it."""
        shown = f"{self._name}/{file}"
        if not CODE.fullmatch(_stem(file)):
            self.findings.append(tks.UNKNOWN_FILE.at(Place(shown), name=shown, advice=BY_A_CODE))
        raw, fault = read_bytes(self._root / self._name / file, shown)
        text = None
        if raw is not None:
            text, fault = plain_text(raw, shown)
        self.findings.extend([fault] if fault is not None else [])
        return text or ""

    def permits(self) -> Iterator[PermitRead]:
        """Read permit by permit, in the order of their codes; one with no version that could be read has none."""
        by_permit = self.files_by_permit()
        for code in sorted(by_permit):
            yield self.permit(code, by_permit[code])
        for file in self._folder.files(self._name, "contoh"):
            if _stem(file) not in by_permit and self.whole(_stem(file)):
                self.orphaned(_stem(file), file, tuple(sorted(by_permit)))

    def files_by_permit(self) -> dict[str, list[str]]:
        """Return the files of the versions of each permit."""
        by_permit: dict[str, list[str]] = {}
        for file in self._folder.files(self._name, "izin"):
            by_permit.setdefault(Path(file).parts[1], []).append(file)
        return by_permit

    def permit(self, code: str, files: Iterable[str]) -> PermitRead:
        """Read one permit and its examples."""
        versions = self.versions(code, files)
        read: tuple[Example, ...] | None = None
        examples = f"contoh/{code}.yaml"
        if examples in self._folder.files(self._name, "contoh") and self.whole(code):
            read = self.examples(examples, code, versions)
        return PermitRead(code, tuple(_whole(each, self._office) for each in versions), read or ())

    def examples(self, file: str, code: str, versions: tuple[PermitVersion, ...]) -> tuple[Example, ...] | None:
        """Read the examples of a permit, unless it is known that nothing is to be said of them."""
        reader = partial(example_file, permit=code, versions=versions)
        if self._kept is None:
            return self.read(file, reader)
        raw, _ = read_bytes(self._root / self._name / file, file)
        key = digest_of("examples", self._name, file, raw, [version.permit for version in versions])
        if self._kept.known(key) == ():
            return ()
        before = len(self.findings)
        read = self.read(file, reader)
        if read is not None and len(self.findings) == before and not any(example.proposed for example in read):
            self._kept.keep(key, ())
        return read

    def whole(self, code: str) -> bool:
        """Tell whether every file of a permit could be read, as far as is known."""
        return code not in self.broken and EVERY not in self.broken

    def orphaned(self, code: str, file: str, known: tuple[str, ...]) -> None:
        """Report examples of a permit that is not there."""
        self.broken.add(code)
        otherwise = Words(f"izin yang ada: {listed(known)}", f"permits there are: {listed(known)}")
        advice = did_you_mean(code, known, otherwise)
        self.findings.append(tks.EXAMPLE_OF_NOTHING.at(Place(f"{self._name}/{file}"), code=code, advice=advice))

    def read(self, file: str, reader: Callable[[Sheet, Node], T]) -> T | None:
        """Read one file of the city; None when something was found in it."""
        return self._read(file, reader)[0]

    def kept(self, file: str, reader: Callable[[Sheet, Node], T]) -> T | None:
        """Read a file that permits share, and keep where its parts stand."""
        result, places = self._read(file, reader)
        if places is not None:
            self._places[file] = places
        return result

    def _read(self, file: str, reader: Callable[[Sheet, Node], T]) -> tuple[T | None, Places | None]:
        shown = f"{self._name}/{file}"
        raw, fault = self._texts.get(file), None
        if raw is None:
            raw, fault = read_bytes(self._root / self._name / file, shown)
        if raw is None:
            self.findings.extend([fault] if fault is not None else [])
            return None, None
        node, faults = read_tree(raw, shown)
        self.findings.extend(faults)
        if node is None:
            return None, None
        open_gaps = tuple(gaps(node)) if MARK.encode() in raw else ()
        sheet = Sheet(shown)
        result = reader(sheet, node)
        self.findings.extend((*open_gaps, *beside(sheet.findings, open_gaps)))
        return (result if sheet.clean and not open_gaps else None), sheet.places()

    def shared(self, file: str, reader: Callable[[Sheet, Node], T]) -> T | None:
        """Read a file that the whole city stands on."""
        if not (self._root / self._name / file).exists():
            shown = f"{self._name}/{file}"
            self.findings.append(tks.MISSING_FILE.at(Place(shown), name=shown))
            result = None
        else:
            result = self.kept(file, reader)
        self._sound = self._sound and result is not None
        return result

    def each(self, under: str, reader: Callable[..., T]) -> tuple[T, ...]:
        """Read every file of a shared folder."""
        found = []
        for file in self._folder.files(self._name, under):
            result = self.shared(file, partial(reader, named=_stem(file)))
            if result is not None:
                found.append(result)
        return tuple(found)

    def versions(self, code: str, files: Iterable[str]) -> tuple[PermitVersion, ...]:
        """Read every version of a permit, oldest first."""
        found: list[PermitVersion] = []
        for file in files:
            day = _stem(file)
            if not is_date(day):
                shown = f"{self._name}/{file}"
                self.findings.append(tks.UNKNOWN_FILE.at(Place(shown), name=shown, advice=BY_ITS_DAY))
                self.broken.add(code)
                continue
            version = self.read(file, partial(permit_file, groups=self._groups, code=code, valid_from=day))
            if version is None:
                self.broken.add(code)
            else:
                found.append(version)
        return tuple(sorted(found, key=lambda version: version.permit.valid_from))


def _whole(version: PermitVersion, office: Office | None) -> PermitVersion:
    """Complete the service standard: a component left out, or written as `baku`, is the city's."""
    if office is None:
        return version
    written = {key: words for key, words in version.permit.standard if words.id != USUAL}
    standard = tuple((key, words) for key, words in ({**dict(office.standard), **written}).items())
    kept = tuple((key, words) for key, words in version.permit.standard if key not in dict(standard))
    return replace(version, permit=replace(version.permit, standard=(*standard, *kept)))


def _stem(file: str) -> str:
    return Path(file).stem
