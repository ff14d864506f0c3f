"""a permit is delegated in another article than the one it names

The official list of the law says where in it the permit stands, and `pelimpahan` says another place.

## Why this matters

The article is printed on the letter. Who looks it up and finds something else doubts the whole letter.

## Example

    # izin/apotek:                pelimpahan: {peraturan: perwali-kupang-68-2020, pasal: lampiran nomor 4}
    # perwali-kupang-68-2020:     daftar: [{izin: apotek, pasal: lampiran nomor 12}]

Write the same article in both, as the law has it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
sebuah izin menyebut pasal pelimpahan yang lain dari daftar peraturannya

Daftar resmi peraturan itu menyebut di mana izin ini berada, dan `pelimpahan` menyebut tempat lain.

## Mengapa ini penting

Pasalnya tercetak pada surat. Siapa yang mencarinya dan menemukan hal lain meragukan seluruh surat.

## Contoh

    # izin/apotek:                pelimpahan: {peraturan: perwali-kupang-68-2020, pasal: lampiran nomor 4}
    # perwali-kupang-68-2020:     daftar: [{izin: apotek, pasal: lampiran nomor 12}]

Tulislah pasal yang sama di keduanya, seperti dalam peraturannya.
"""
WORDING = Wording(
    "HKM-09",
    Severity.WARNING,
    Words(
        "`{law}` melimpahkan `{permit}` dalam `{listed}`, di sini {written}",
        "`{law}` delegates `{permit}` in `{listed}`, and here {written}",
    ),
    Words("lain dari daftarnya", "differs from the list"),
    Words("tulis `pasal: {listed}`", "write `pasal: {listed}`"),
)
NO_ARTICLE = Words("tanpa pasal", "without an article")
THERE = plain("menurut daftarnya", "as the list has it")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find delegations that name another article than the list."""
    for seen in versions_of(catalog):
        delegation = seen.permit.delegation
        for law in seen.city.city.regulations if delegation is not None else ():
            article = dict(law.articles).get(seen.permit.code)
            assert delegation is not None
            if law.code != delegation.regulation or article is None or article == delegation.article:
                continue
            places = seen.city.places[f"peraturan/{law.code}.yaml"]
            index = law.delegates.index(seen.permit.code)
            yield WORDING.at(
                seen.at(("pelimpahan", "pasal"), ("pelimpahan", "peraturan")),
                Label(places.find("daftar", index, "pasal"), THERE),
                law=law.code,
                permit=seen.permit.code,
                listed=article,
                written=NO_ARTICLE if delegation.article is None else f"`{delegation.article}`",
            )


CHECK = Check("HKM-09", "another-article", check, __doc__, HALAMAN)
