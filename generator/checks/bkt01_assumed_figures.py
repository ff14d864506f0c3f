"""figures are still marked as assumed

`bukti: A` says that a figure was assumed: it is to be confirmed before the public rests on it.

## Why this matters

An assumed fee or time looks like a decreed one on the page. Officers see the mark; somebody must take it away.

## Example

    bukti: {syarat: F, waktu: A}

Write instead, once it was seen in its source:

    bukti: {syarat: F, waktu: F}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
ada angka yang masih berupa anggapan

`bukti: A` menyatakan bahwa sebuah angka masih anggapan: perlu dipastikan sebelum masyarakat bersandar padanya.

## Mengapa ini penting

Retribusi atau waktu yang dianggap tampak sama dengan yang ditetapkan. Petugas melihat tandanya; seseorang harus
menghapusnya.

## Contoh

    bukti: {syarat: F, waktu: A}

Tulislah, setelah terlihat pada sumbernya:

    bukti: {syarat: F, waktu: F}
"""

WORDING = Wording(
    "BKT-01",
    Severity.INFO,
    Words("masih anggapan: {what}", "still assumed: {what}"),
    Words("bukti A", "evidence A"),
    Words("pastikan pada sumbernya, lalu tulis `F`", "confirm it at its source, then write `F`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find what is still assumed in a permit, once for each file."""
    for seen in versions_of(catalog):
        assumed = [key for key, mark in seen.permit.evidence if mark == "A"]
        if assumed:
            keys = ", ".join(f"`{key}`" for key in assumed)
            yield WORDING.at(seen.at(("bukti", assumed[0])), what=Words(keys, keys))


def check_tariffs(catalog: Catalog) -> Iterator[Finding]:
    """Find what is still assumed in a tariff, once for each file."""
    for city in catalog.cities.values():
        for tariff in city.city.tariffs:
            marks = [(item, i, v) for item, values in tariff.series for i, v in enumerate(values) if v.evidence == "A"]
            if marks:
                item, index, _ = marks[0]
                path = ("nilai", index, "bukti") if item is None else ("butir", item, index, "bukti")
                what = Words(f"{len(marks)} nilai `{tariff.code}`", f"{len(marks)} values of `{tariff.code}`")
                yield WORDING.at(city.places[f"tarif/{tariff.code}.yaml"].find(*path), what=what)


def check_lists(catalog: Catalog) -> Iterator[Finding]:
    """Find lists of delegated permits that were put together, and not read in the law."""
    for city in catalog.cities.values():
        for law in city.city.regulations:
            if law.delegates and law.listed == "A":
                what = Words(
                    f"daftar {len(law.delegates)} izin pada `{law.code}`",
                    f"the list of {len(law.delegates)} permits of `{law.code}`",
                )
                yield WORDING.at(city.places[f"peraturan/{law.code}.yaml"].find("bukti_daftar"), what=what)


def check_city(catalog: Catalog) -> Iterator[Finding]:
    """Find what is still assumed outside of permits."""
    yield from check_tariffs(catalog)
    yield from check_lists(catalog)


CHECK = Check("BKT-01", "assumed-figures", check, __doc__, HALAMAN, across=check_city)
