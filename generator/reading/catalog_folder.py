"""A catalog folder to a `Catalog`: every file read, whatever happens to the others.

Gains: what each file means to the others (groups in permits, permits in examples). Loses: the folder. A file with a
finding is left out, and so is whatever stands on it, without a finding of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator.finding import Finding, Place
from generator.model import Catalog, CityCatalog, Example, PermitVersion, Places
from generator.reading import tks_permit as tks
from generator.reading.agency_file import agency_file
from generator.reading.calendar_file import calendar_file
from generator.reading.city_file import Office, city_file
from generator.reading.document_file import document_file
from generator.reading.example_file import example_file
from generator.reading.expect import is_date
from generator.reading.folder import BY_ITS_DAY, EVERY, Folder, look
from generator.reading.form_entry import GroupFile
from generator.reading.group_file import group_file
from generator.reading.law_file import law_file
from generator.reading.permit_file import permit_file
from generator.reading.sheet import Sheet
from generator.reading.source_text import read_bytes
from generator.reading.tariff_file import tariff_file
from generator.reading.tks import did_you_mean, listed
from generator.reading.yaml_tree import Node, read_tree
from rules.city import City
from rules.words import Words

T = TypeVar("T")
USUAL = "baku"


def read_catalog(root: Path) -> tuple[Catalog | None, tuple[Finding, ...]]:
    """Read every city under `root`; None for the catalog when no city could be read."""
    found: list[Finding] = []
    cities: dict[str, CityCatalog] = {}
    folder = look(root)
    found.extend(folder.findings)
    for name in folder.cities:
        reading = _Reading(root, name)
        city = reading.city(folder)
        found.extend(reading.findings)
        if city is not None:
            cities[name] = city
    ordered = tuple(sorted(found, key=lambda finding: finding.sort_key))
    return (Catalog(cities) if cities else None), ordered


@dataclass(slots=True)
class _Reading:
    """One city while its files are read."""

    root: Path
    name: str
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, Places] = field(default_factory=dict)
    sound: bool = True  # every shared file was read

    def city(self, folder: Folder) -> CityCatalog | None:
        """Read all files; None when one that everything stands on could not be read."""
        office = self.shared("daerah.yaml", partial(city_file, folder=self.name))
        agencies = self.shared("instansi.yaml", agency_file)
        documents = self.shared("dokumen.yaml", document_file)
        laws = self.each(folder, "peraturan", law_file)
        years = self.each(folder, "kalender", calendar_file)
        tariffs = self.each(folder, "tarif", tariff_file)
        groups: dict[str, GroupFile] = {}
        for file in folder.files(self.name, "isian"):
            groups[_stem(file)] = self.read(file, partial(group_file, named=_stem(file)))
        permits, broken = self.permits(folder.files(self.name, "izin"), groups)
        broken |= folder.misnamed(self.name)
        examples, orphans = self.examples(folder.files(self.name, "contoh"), permits, broken)
        broken |= orphans
        if office is None or agencies is None or documents is None or not self.sound:
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
        )
        templates = frozenset(Path(file).stem for file in folder.files(self.name, "templat"))
        read = {code: group for code, group in groups.items() if group is not None}
        permits = {code: tuple(_whole(each, office) for each in versions) for code, versions in permits.items()}
        return CityCatalog(city, read, permits, examples, self.places, broken, templates)

    def read(self, file: str, reader: Callable[[Sheet, Node], T]) -> T | None:
        """Read one file of the city; None when something was found in it."""
        shown = f"{self.name}/{file}"
        raw, fault = read_bytes(self.root / self.name / file, shown)
        if raw is None:
            self.findings.extend([fault] if fault is not None else [])
            return None
        node, faults = read_tree(raw, shown)
        self.findings.extend(faults)
        if node is None:
            return None
        sheet = Sheet(shown)
        result = reader(sheet, node)
        self.findings.extend(sheet.findings)
        self.places[file] = sheet.places()
        return result if sheet.clean else None

    def shared(self, file: str, reader: Callable[[Sheet, Node], T]) -> T | None:
        """Read a file that the whole city stands on."""
        if not (self.root / self.name / file).exists():
            shown = f"{self.name}/{file}"
            self.findings.append(tks.MISSING_FILE.at(Place(shown), name=shown))
            result = None
        else:
            result = self.read(file, reader)
        self.sound = self.sound and result is not None
        return result

    def each(self, folder: Folder, under: str, reader: Callable[..., T]) -> tuple[T, ...]:
        """Read every file of a shared folder."""
        found = []
        for file in folder.files(self.name, under):
            result = self.shared(file, partial(reader, named=_stem(file)))
            if result is not None:
                found.append(result)
        return tuple(found)

    def permits(
        self, files: Iterable[str], groups: Mapping[str, GroupFile]
    ) -> tuple[dict[str, tuple[PermitVersion, ...]], frozenset[str]]:
        """Read every version of every permit, and tell which permits have a file that could not be read."""
        versions: dict[str, list[PermitVersion]] = {}
        broken: set[str] = set()
        for file in files:
            _, code, day = Path(file).with_suffix("").parts
            if not is_date(day):
                shown = f"{self.name}/{file}"
                self.findings.append(tks.UNKNOWN_FILE.at(Place(shown), name=shown, advice=BY_ITS_DAY))
                broken.add(code)
                continue
            version = self.read(file, partial(permit_file, groups=groups, code=code, valid_from=day))
            if version is None:
                broken.add(code)
            else:
                versions.setdefault(code, []).append(version)
        in_order = {
            code: tuple(sorted(found, key=lambda version: version.permit.valid_from))
            for code, found in sorted(versions.items())
        }
        return in_order, frozenset(broken)

    def examples(
        self, files: Iterable[str], permits: Mapping[str, tuple[PermitVersion, ...]], broken: frozenset[str]
    ) -> tuple[tuple[Example, ...], frozenset[str]]:
        """Read the examples of every permit that was read whole, and tell which permits have nothing but examples."""
        found: list[Example] = []
        orphans: set[str] = set()
        for file in files:
            code = _stem(file)
            if code in broken or EVERY in broken:
                continue
            if code not in permits:
                orphans.add(code)
                shown = f"{self.name}/{file}"
                known = tuple(permits)
                otherwise = Words(f"izin yang ada: {listed(known)}", f"permits there are: {listed(known)}")
                advice = did_you_mean(code, known, otherwise)
                self.findings.append(tks.EXAMPLE_OF_NOTHING.at(Place(shown), code=code, advice=advice))
                continue
            read = self.read(file, partial(example_file, permit=code, versions=permits[code]))
            found.extend(read or ())
        return tuple(found), frozenset(orphans)


def _whole(version: PermitVersion, office: Office) -> PermitVersion:
    """Complete the service standard: a component left out, or written as `baku`, is the city's."""
    written = {key: words for key, words in version.permit.standard if words.id != USUAL}
    standard = tuple((key, words) for key, words in ({**dict(office.standard), **written}).items())
    kept = tuple((key, words) for key, words in version.permit.standard if key not in dict(standard))
    return replace(version, permit=replace(version.permit, standard=(*standard, *kept)))


def _stem(file: str) -> str:
    return Path(file).stem
