"""What files a catalog folder holds, and which of them nothing reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.finding import Finding, Place
from generator.reading import tks_permit as tks
from generator.reading.tks import did_you_mean, listed
from rules.words import Words

SINGLE = ("daerah.yaml", "instansi.yaml", "dokumen.yaml")
FLAT = {
    "peraturan": ".yaml",
    "kalender": ".yaml",
    "tarif": ".yaml",
    "isian": ".yaml",
    "contoh": ".yaml",
    "templat": ".typ",
}
FOLDERS = (*FLAT, "izin")
_BESIDE = (".md", ".txt")  # notes may lie anywhere


@dataclass(frozen=True, slots=True)
class Folder:
    """City folders in order, and the files of each by the folder they lie in."""

    cities: tuple[str, ...]
    by_city: Mapping[tuple[str, str], tuple[str, ...]]
    findings: tuple[Finding, ...]

    def files(self, city: str, under: str) -> tuple[str, ...]:
        """Return the files of a city's folder, relative to the city."""
        return self.by_city.get((city, under), ())


def look(root: Path) -> Folder:
    """Look through `root`."""
    if not root.is_dir():
        return Folder((), {}, (tks.NO_CITY.at(Place(".")),))
    cities: list[str] = []
    by_city: dict[tuple[str, str], tuple[str, ...]] = {}
    findings: list[Finding] = []
    for folder in _listed(root):
        if not folder.is_dir() or not any((folder / name).exists() for name in (*SINGLE, *FOLDERS)):
            continue
        cities.append(folder.name)
        for entry in _listed(folder):
            if entry.name in FLAT:
                found = _flat(entry, folder.name, FLAT[entry.name], findings)
                by_city[(folder.name, entry.name)] = found
            elif entry.name == "izin":
                by_city[(folder.name, "izin")] = _permits(entry, folder.name, findings)
            elif entry.name not in SINGLE and entry.suffix not in _BESIDE:
                findings.append(_unknown(f"{folder.name}/{entry.name}", entry.name, (*SINGLE, *FOLDERS)))
    if not cities:
        findings.append(tks.NO_CITY.at(Place(".")))
    return Folder(tuple(cities), by_city, tuple(findings))


def _listed(folder: Path) -> list[Path]:
    """Return what is in a folder, hidden files and backups left out."""
    if not folder.is_dir():
        return []
    return sorted(entry for entry in folder.iterdir() if entry.name[:1] not in (".", "~") and entry.name[-1:] != "~")


def _flat(folder: Path, city: str, suffix: str, findings: list[Finding]) -> tuple[str, ...]:
    found = []
    for entry in _listed(folder):
        if entry.suffix == suffix:
            found.append(f"{folder.name}/{entry.name}")
        elif entry.suffix not in _BESIDE:
            findings.append(_renamed(f"{city}/{folder.name}/{entry.name}", f"{entry.stem}{suffix}"))
    return tuple(found)


def _permits(folder: Path, city: str, findings: list[Finding]) -> tuple[str, ...]:
    found = []
    for permit in _listed(folder):
        if not permit.is_dir():
            if permit.suffix not in _BESIDE:
                findings.append(_renamed(f"{city}/izin/{permit.name}", f"{permit.stem}/2026-01-01.yaml"))
            continue
        for entry in _listed(permit):
            if entry.suffix == ".yaml":
                found.append(f"izin/{permit.name}/{entry.name}")
            elif entry.suffix not in _BESIDE:
                findings.append(_renamed(f"{city}/izin/{permit.name}/{entry.name}", f"{entry.stem}.yaml"))
    return tuple(found)


def _renamed(file: str, better: str) -> Finding:
    advice = Words(f"namai `{better}`, atau pindahkan", f"name it `{better}`, or move it away")
    return tks.UNKNOWN_FILE.at(Place(file), name=file, advice=advice)


def _unknown(file: str, name: str, known: tuple[str, ...]) -> Finding:
    otherwise = Words(f"yang dibaca: {listed(known)}", f"what is read: {listed(known)}")
    return tks.UNKNOWN_FILE.at(Place(file), name=file, advice=did_you_mean(name, known, otherwise))
