"""a product is issued to no application

No application that is issued comes to the product's `tahap` with its `bila` met.

## Why this matters

Somebody wanted this letter, and nobody will ever receive it; the service standard promises it all the same.

## Example

    - {kode: luas, maksimal: 5000, …}
    produk:
      - {kode: besar, nama: Izin bangunan besar, bila: {luas: "> 5000"}}

Write instead a condition that an application meets:

    produk:
      - {kode: besar, nama: Izin bangunan besar, bila: {luas: "> 500"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.never_met import reasons
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.product_ways import never_issued_products
from generator.proof.trial import trial
from rules.words import Words

HALAMAN = """\
sebuah produk tidak pernah terbit untuk permohonan mana pun

Tidak ada permohonan yang terbit yang sampai ke `tahap` produk ini dengan `bila`-nya terpenuhi.

## Mengapa ini penting

Penulisnya menginginkan surat ini, dan tidak seorang pun akan menerimanya; standar pelayanan tetap menjanjikannya.

## Contoh

    - {kode: luas, maksimal: 5000, …}
    produk:
      - {kode: besar, nama: Izin bangunan besar, bila: {luas: "> 5000"}}

Tulislah kondisi yang dipenuhi sebuah permohonan:

    produk:
      - {kode: besar, nama: Izin bangunan besar, bila: {luas: "> 500"}}
"""

WORDING = Wording(
    "PRD-05",
    Severity.ERROR,
    Words("produk `{product}` tidak pernah terbit", "the product `{product}` is never issued"),
    Words("tidak pernah terbit", "never issued"),
    Words(
        "betulkan `bila` atau `tahap`-nya, atau hapus produk ini", "mend its `bila` or `tahap`, or delete this product"
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find products that no application gets."""
    for seen in versions_of(catalog):
        for product in never_issued_products(trial(seen.permit)):
            index = seen.permit.products.index(product)
            place = seen.at(("produk", index, "bila"), ("produk", index, "tahap"), ("produk", index))
            yield WORDING.at(place, *reasons(seen, product.when), product=product.code)


CHECK = Check("PRD-05", "product-never-issued", check, __doc__, HALAMAN)
