"""a permit is delegated to the office and not in the catalog

`daftar` of a regulation lists the permits that it delegates; each should stand in `izin/`.

## Why this matters

Citizens look for it at the office that was given it, and find nothing.

## Example

    # peraturan/perwali-kupang-68-2020.yaml
    daftar: [apotek, toko-obat]     # there is no izin/toko-obat

Write instead the permit, or take it from the list when the delegation ended. A list that nobody has read in the law yet
is still of use: write what is known of it, and `bukti_daftar: A` (or `K`, `F~`). It is missed here what such a list has
and the catalog has not; what is not on it is no fault (HKM-07) until the list was read, and bears no mark any more.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check, nothing
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.law_end import law_ends
from rules.words import Words

HALAMAN = """\
ada izin yang dilimpahkan kepada kantor, tetapi tidak ada dalam katalog

`daftar` pada sebuah peraturan menyebut izin yang dilimpahkannya; masing-masing seharusnya ada dalam `izin/`.

## Mengapa ini penting

Warga mencarinya di kantor yang diberi wewenang, dan tidak menemukannya.

## Contoh

    # peraturan/perwali-kupang-68-2020.yaml
    daftar: [apotek, toko-obat]     # tidak ada izin/toko-obat

Tulislah izinnya, atau keluarkan dari daftar bila pelimpahannya berakhir. Daftar yang naskahnya belum terbaca tetap
berguna: tulis yang diketahui, beserta `bukti_daftar: A` (atau `K`, `F~`). Yang ada pada daftar itu dan tidak ada dalam
katalog disebut di sini; yang tidak ada pada daftar belum dipersoalkan (HKM-07) sampai naskahnya terbaca dan tandanya
dihapus.
"""

WORDING = Wording(
    "HKM-05",
    Severity.WARNING,
    Words(
        "`{permit}` dilimpahkan oleh `{law}`, dan tidak ada dalam katalog",
        "`{law}` delegates `{permit}`, which is not in the catalog",
    ),
    Words("tidak ada `izin/{permit}`", "no `izin/{permit}`"),
    Words("tulis `izin/{permit}/<hari mulai>.yaml`", "write `izin/{permit}/<first day>.yaml`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find permits that are delegated and not there."""
    for city in catalog.cities.values():
        ends = law_ends(city.city)
        there = {*city.permits, *city.broken, *(moved.code for moved in city.city.moved)}
        for law in (law for law in city.city.regulations if law.code not in ends):
            places = city.places[f"peraturan/{law.code}.yaml"]
            for index, permit in enumerate(law.delegates):
                if permit not in there:
                    yield WORDING.at(places.find("daftar", index), permit=permit, law=law.code)


CHECK = Check("HKM-05", "delegated-and-missing", nothing, __doc__, HALAMAN, across=check)
