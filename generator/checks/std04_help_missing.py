"""a measure is asked without saying what is measured

A question for money, or for a number with a unit (`satuan`), has no `bantuan`.

## Why this matters

«Luas» with or without the terrace? Two citizens with the same house answer differently, pay differently, and both are
right.

## Example

    - {kode: luas, label: Luas ruangan, jenis: desimal, satuan: m2}

Write instead what counts and what does not:

    - {kode: luas, label: Luas ruangan, jenis: desimal, satuan: m2, bantuan: Semua ruang, tanpa teras.}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, Path, Places
from rules.field import Field
from rules.kind import NUMBERS, Kind
from rules.words import Words

HALAMAN = """\
sebuah ukuran ditanyakan tanpa keterangan apa yang diukur

Pertanyaan berupa uang, atau angka dengan `satuan`, tidak punya `bantuan`.

## Mengapa ini penting

«Luas» dengan teras atau tanpa teras? Dua warga dengan rumah yang sama menjawab berbeda, membayar berbeda, dan keduanya
benar.

## Contoh

    - {kode: luas, label: Luas ruangan, jenis: desimal, satuan: m2}

Tulislah apa yang dihitung dan apa yang tidak:

    - {kode: luas, label: Luas ruangan, jenis: desimal, satuan: m2, bantuan: Semua ruang, tanpa teras.}
"""
WORDING = Wording(
    "STD-04",
    Severity.WARNING,
    Words("`{code}` meminta ukuran tanpa `bantuan`", "`{code}` asks for a measure without `bantuan`"),
    Words("tidak ada `bantuan`", "no `bantuan`"),
    Words(
        "tulis `bantuan` pada `{code}`: apa yang dihitung, dan apa yang tidak",
        "write a `bantuan` at `{code}`: what counts, and what does not",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find measures asked without help in a permit's own questions."""
    for seen in versions_of(catalog):
        own = [
            f for f in seen.permit.fields if seen.version.places.find("isian", f.code).file == seen.version.places.file
        ]
        yield from _without(own, seen.version.places)


def check_groups(catalog: Catalog) -> Iterator[Finding]:
    """Find measures asked without help in the shared groups."""
    for city in catalog.cities.values():
        for group in city.groups.values():
            yield from _without(group.fields, group.places)


def _without(fields: tuple[Field, ...] | list[Field], places: Places) -> Iterator[Finding]:
    for field in fields:
        path: Path = ("isian", field.code)
        asked = [(path, field), *(((*path, "isian", item.code), item) for item in field.items)]
        for at, one in asked:
            measured = one.kind is Kind.MONEY or (one.kind in NUMBERS and one.unit is not None)
            if measured and one.help is None:
                yield WORDING.at(places.find(*at), code=one.code)


CHECK = Check("STD-04", "help-missing", check, __doc__, HALAMAN, across=check_groups)
