"""What files a catalog folder holds, and which of them nothing reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.finding import Finding, Place
from generator.reading import tks_permit as tks
from generator.reading.tks import did_you_mean, listed
from generator.reading.tks_text import UNREADABLE
from rules.words import Words

SINGLE = ("daerah.yaml", "instansi.yaml", "dokumen.yaml")
FLAT = {
    "peraturan": ".yaml",
    "kalender": ".yaml",
    "tarif": ".yaml",
    "alihan": ".yaml",
    "isian": ".yaml",
    "contoh": ".yaml",
    "templat": ".typ",
}
FOLDERS = (*FLAT, "izin")
EVERY = "*"  # in place of a permit: the folder of all of them
_NAME = re.compile(r"[\w][\w. -]*")
BY_ITS_DAY = Words(
    "namai dengan hari mulainya, misalnya `2026-07-01.yaml`, atau hapus bila salinan",
    "name it by its first day, such as `2026-07-01.yaml`, or delete it if it is a copy",
)
_PLAIN = Words("namai dengan huruf, angka, titik dan `-` saja", "name it with letters, digits, points and `-` only")
_BESIDE = (".md", ".txt")  # notes may lie anywhere


@dataclass(frozen=True, slots=True)
class Folder:
    """City folders in order, the files of each by the folder they lie in, and the city and permit of each file in
    `izin/` that is not read."""

    cities: tuple[str, ...]
    by_city: Mapping[tuple[str, str], tuple[str, ...]]
    findings: tuple[Finding, ...]
    unread: frozenset[tuple[str, str]] = frozenset()

    def misnamed(self, city: str) -> frozenset[str]:
        """Return the permits of a city with a file that is not read for its name."""
        return frozenset(permit for where, permit in self.unread if where == city)

    def files(self, city: str, under: str) -> tuple[str, ...]:
        """Return the files of a city's folder, relative to the city."""
        return self.by_city.get((city, under), ())


def look(root: Path) -> Folder:
    """Look through `root`."""
    looking = _Looking(root)
    looking.around()
    return Folder(tuple(looking.cities), looking.by_city, tuple(looking.findings), frozenset(looking.unread))


@dataclass(slots=True)
class _Looking:
    """A catalog folder while it is looked through."""

    root: Path
    cities: list[str] = field(default_factory=list)
    by_city: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unread: set[tuple[str, str]] = field(default_factory=set)

    def around(self) -> None:
        """Find the cities, and what lies in each."""
        for folder in self.listed(self.root) if self.root.is_dir() else ():
            if not folder.is_dir() or not self.is_city(folder):
                continue
            self.cities.append(folder.name)
            for entry in self.listed(folder):
                if entry.name in FLAT:
                    self.by_city[(folder.name, entry.name)] = self.flat(entry, FLAT[entry.name])
                elif entry.name == "izin":
                    self.by_city[(folder.name, "izin")] = self.permits(entry)
                elif entry.name not in SINGLE and entry.suffix not in _BESIDE:
                    self.unused(entry, _known_advice(entry.name))
        if not self.cities and not self.findings:
            self.findings.append(tks.NO_CITY.at(Place(".")))

    def is_city(self, folder: Path) -> bool:
        """Tell whether a folder holds anything of a city."""
        try:
            return any(entry.name in (*SINGLE, *FOLDERS) for entry in folder.iterdir())
        except OSError:
            self.findings.append(UNREADABLE.at(Place(self.shown(folder)), file=self.shown(folder)))
            return False

    def listed(self, folder: Path) -> list[Path]:
        """Return what is in a folder, hidden files and backups left out."""
        try:
            entries = sorted(folder.iterdir())
        except OSError:
            if folder.is_dir():
                match folder.relative_to(self.root).parts:
                    case (city, "izin", *permit):
                        self.unread.add((city, permit[0] if permit else EVERY))
                    case _:
                        pass
                self.findings.append(UNREADABLE.at(Place(self.shown(folder)), file=self.shown(folder)))
            elif folder != self.root:
                self.unused(folder, Words("ganti dengan folder bernama sama", "put a folder of that name in its place"))
            return []
        kept = [entry for entry in entries if entry.name[:1] not in (".", "~") and entry.name[-1:] != "~"]
        for entry in [entry for entry in kept if not _NAME.fullmatch(entry.name)]:
            self.unused(entry, BY_ITS_DAY if folder.parent.name == "izin" else _PLAIN)
            kept.remove(entry)
        return kept

    def flat(self, folder: Path, suffix: str) -> tuple[str, ...]:
        """Return the files of a folder that has no folders in it."""
        found = []
        for entry in self.listed(folder):
            if entry.suffix == suffix:
                found.append(f"{folder.name}/{entry.name}")
            elif entry.suffix not in _BESIDE:
                self.unused(entry, _renamed(f"{entry.stem}{suffix}"))
        return tuple(found)

    def permits(self, folder: Path) -> tuple[str, ...]:
        """Return the files of every permit."""
        found = []
        for permit in self.listed(folder):
            if permit.is_dir():
                for entry in self.listed(permit):
                    if entry.suffix == ".yaml":
                        found.append(f"izin/{permit.name}/{entry.name}")
                    elif entry.suffix not in _BESIDE:
                        self.unread.add((folder.parent.name, permit.name))
                        self.unused(entry, _renamed(f"{entry.stem}.yaml"))
            elif permit.suffix not in _BESIDE:
                self.unused(permit, _renamed(f"{permit.stem}/2026-01-01.yaml"))
        return tuple(found)

    def unused(self, entry: Path, advice: Words) -> None:
        """Report a file that nothing reads."""
        self.findings.append(tks.UNKNOWN_FILE.at(Place(self.shown(entry)), name=self.shown(entry), advice=advice))

    def shown(self, path: Path) -> str:
        """Return a path as people are shown it: relative to the catalog, and printable."""
        return "".join(c if c.isprintable() else "·" for c in path.relative_to(self.root).as_posix())


def _renamed(better: str) -> Words:
    return Words(f"namai `{better}`, atau pindahkan", f"name it `{better}`, or move it away")


def _known_advice(name: str) -> Words:
    known = (*SINGLE, *FOLDERS)
    return did_you_mean(name, known, Words(f"yang dibaca: {listed(known)}", f"what is read: {listed(known)}"))
