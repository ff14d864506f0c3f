"""a product is printed from a template that is not there

`templat` names `templat/<code>.typ` of the city: the words and the layout of the letter.

## Why this matters

The application would be approved, and then nothing could be printed.

## Example

    produk: [{kode: sk, nama: Surat izin, templat: sk-umumm}]

Write instead the name of a file in `templat/`:

    produk: [{kode: sk, nama: Surat izin, templat: sk-umum}]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.tks import did_you_mean
from rules.words import Words

HALAMAN = """\
sebuah produk dicetak dari templat yang tidak ada

`templat` menyebut `templat/<kode>.typ` milik daerah: kata-kata dan tata letak suratnya.

## Mengapa ini penting

Permohonan akan disetujui, lalu tidak ada yang dapat dicetak.

## Contoh

    produk: [{kode: sk, nama: Surat izin, templat: sk-umumm}]

Tulislah nama berkas dalam `templat/`:

    produk: [{kode: sk, nama: Surat izin, templat: sk-umum}]
"""

WORDING = Wording(
    "PRD-01",
    Severity.ERROR,
    Words("templat `{name}` tidak ada", "there is no template `{name}`"),
    Words("tidak ada `templat/{name}.typ`", "no `templat/{name}.typ`"),
    Words("{advice}", "{advice}"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find templates that are not there."""
    otherwise = Words("tulis templatnya, atau hapus `templat`", "write the template, or delete `templat`")
    for seen in versions_of(catalog):
        for index, product in enumerate(seen.permit.products):
            if product.template is not None and product.template not in seen.city.templates:
                advice = did_you_mean(product.template, seen.city.templates, otherwise)
                yield WORDING.at(seen.at(("produk", index, "templat")), name=product.template, advice=advice)


CHECK = Check("PRD-01", "unknown-template", check, __doc__, HALAMAN)
