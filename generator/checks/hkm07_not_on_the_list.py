"""a permit names a law as its delegation whose list does not have it

The law in `pelimpahan` carries its official list (`daftar`), and the permit is not on it.

## Why this matters

An office that issues what nobody gave it to issue issues nothing: a court voids it, and the citizen has built.

## Example

    # izin/apotek:                pelimpahan: {peraturan: perwali-kupang-68-2020}
    # perwali-kupang-68-2020:     daftar: [toko-obat]

Write the law that delegates it, or complete the list from the law itself.

## In the law

UU 30/2014 pasal 13: authority is delegated by a regulation, and what is not delegated is not held.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from generator.reading.tks import did_you_mean
from rules.words import Words

HALAMAN = """\
sebuah izin menyebut peraturan pelimpahan yang daftarnya tidak memuatnya

Peraturan dalam `pelimpahan` membawa daftar resminya (`daftar`), dan izin ini tidak ada di sana.

## Mengapa ini penting

Kantor yang menerbitkan apa yang tidak dilimpahkan kepadanya tidak menerbitkan apa-apa: pengadilan membatalkannya,
sedangkan warga sudah membangun.

## Contoh

    # izin/apotek:                pelimpahan: {peraturan: perwali-kupang-68-2020}
    # perwali-kupang-68-2020:     daftar: [toko-obat]

Tulislah peraturan yang melimpahkannya, atau lengkapi daftarnya dari peraturan itu sendiri.

## Dalam peraturan

UU 30/2014 pasal 13: wewenang dilimpahkan dengan peraturan; yang tidak dilimpahkan tidak dimiliki.
"""
WORDING = Wording(
    "HKM-07",
    Severity.WARNING,
    Words("`{permit}` tidak ada dalam daftar `{law}`", "`{permit}` is not on the list of `{law}`"),
    Words("tidak melimpahkan izin ini", "does not delegate it"),
    Words("{advice}", "{advice}"),
)
LIST = plain("daftarnya", "its list")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find permits that are not on the list they point to."""
    for seen in versions_of(catalog):
        delegation, city = seen.permit.delegation, seen.city
        lists = {law.code: law.official for law in city.city.regulations if law.official}
        if delegation is None or seen.permit.code in lists.get(delegation.regulation, (seen.permit.code,)):
            continue
        code, law = seen.permit.code, delegation.regulation
        other = next((each for each, permits in lists.items() if code in permits), None)
        advice = (
            did_you_mean(code, lists[law], _complete(code, law))
            if other is None
            else Words(f"tulis `{other}`", f"write `{other}`")
        )
        there = Label(city.places[f"peraturan/{law}.yaml"].find("daftar"), LIST)
        yield WORDING.at(seen.at(("pelimpahan", "peraturan")), there, permit=code, law=law, advice=advice)


def _complete(code: str, law: str) -> Words:
    return Words(
        f"tambahkan `{code}` pada `daftar` di peraturan/{law}.yaml, bila peraturan itu menyebutnya",
        f"add `{code}` to `daftar` in peraturan/{law}.yaml, if that law names it",
    )


CHECK = Check("HKM-07", "not-on-the-list", check, __doc__, HALAMAN)
