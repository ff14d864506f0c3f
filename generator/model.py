"""A catalog that has been read: pure definitions from `rules`, and beside them where each part was written.

The definitions hold no place; `places` maps a path of words and numbers to one, as the officer's file is laid out:
`("izin",)`, `("isian", "luas")`, `("isian", "luas", "tampil_bila")`, `("isian", "apoteker", "isian", "sipa")`,
`("turunan", "jumlah")`, `("syarat", 3)`, `("syarat", 3, "dokumen")`, `("syarat", 3, "wajib_bila")`,
`("kelayakan", 0, "dasar")`, `("alur", "teknis")`, `("alur", "teknis", "serentak", 1, "instansi")`,
`("alur", "teknis", "setuju", 0, "ke")`, `("waktu_total", 0)`, `("retribusi", "faktor", "ilo")`,
`("retribusi", "komponen", 0, "rumus")`, … : the keys of the YAML, a field or factor by its code, a list by its index.
One fee among several stands at its code: `("retribusi", "survei", "komponen", 0)`.
A condition's own tests stand below it under the field's code: `("syarat", 3, "wajib_bila", "luas")` (first mention).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.finding import Place
from rules.city import City
from rules.field import Field, Section
from rules.permit import Fee, Permit

Path = tuple[str | int, ...]


def fee_path(fee: Fee) -> Path:
    """Return the path of a fee: `retribusi`, or its code in it where there are several."""
    return ("retribusi", fee.code) if fee.code else ("retribusi",)


@dataclass(frozen=True, slots=True)
class Places:
    """Where each part was written. A part with no place of its own is found at its nearest ancestor."""

    file: str
    at: Mapping[Path, Place]

    def find(self, *path: str | int) -> Place:
        """Return the place of `path`, or of the nearest part above it."""
        for length in range(len(path), -1, -1):
            if (place := self.at.get(path[:length])) is not None:
                return place
        return Place(self.file)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding an officer has accepted in the file (`diterima`), with the reason."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class PermitVersion:
    """One file of `izin/`."""

    permit: Permit
    places: Places
    accepted: tuple[Accepted, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A shared group of questions, one file of `isian/`."""

    code: str
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    places: Places


@dataclass(frozen=True, slots=True)
class Example:
    """One example of `contoh/`, for the permit `permit`; `answers`, `officers` and `expected` are as written, typed by
    the fields of the version in force on `on`. `index` is its position in the file; `proposed` says that it was written
    by the program (`usulan: ya`) and waits for a person to confirm it."""

    permit: str
    index: int
    note: str
    on: str
    answers: Mapping[str, object]
    officers: Mapping[str, object]
    expected: Mapping[str, object]
    partial: bool
    place: Place
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class CityCatalog:
    """Everything of one city: its shared definitions, every version of every permit (oldest first), its examples.

    `places` has the places of the shared files by file name: `places["peraturan/uu-30-2014.yaml"]`. `broken` are the
    codes of permits with a file that could not be read (nothing is concluded from their absence), `templates` the text
    of each `templat/<code>.typ`. `on` (YYYY-MM-DD) is set where the city is looked at as it is on one day.
    """

    city: City
    groups: Mapping[str, Group]
    permits: Mapping[str, tuple[PermitVersion, ...]]
    examples: tuple[Example, ...]
    places: Mapping[str, Places]
    broken: frozenset[str] = frozenset()
    templates: Mapping[str, str] = field(default_factory=dict)
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Catalog:
    """All cities of a catalog folder, by code."""

    cities: Mapping[str, CityCatalog]
