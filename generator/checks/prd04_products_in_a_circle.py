"""products wait for each other in a circle

Each of them names by `perlu` one that needs it in turn, or replaces the one that replaces it.

## Why this matters

None of them could ever be issued first.

## Example

    produk:
      - {kode: krk, nama: Keterangan rencana, perlu: izin}
      - {kode: izin, nama: Izin, perlu: krk}

Write instead which of them comes first, by leaving its `perlu` out:

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk}
      - {kode: izin, nama: Izin, perlu: krk}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.circle import circles, drawn
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
produk saling menunggu dalam lingkaran

Masing-masing menyebut dengan `perlu` produk yang juga memerlukannya, atau menggantikan produk yang menggantikannya.

## Mengapa ini penting

Tidak satu pun dapat terbit lebih dulu.

## Contoh

    produk:
      - {kode: krk, nama: Keterangan rencana, perlu: izin}
      - {kode: izin, nama: Izin, perlu: krk}

Tulislah mana yang lebih dulu, dengan menghapus `perlu`-nya:

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk}
      - {kode: izin, nama: Izin, perlu: krk}
"""

WORDING = Wording(
    "PRD-04",
    Severity.ERROR,
    Words("produk saling menunggu: {circle}", "products wait for each other: {circle}"),
    Words("menunggu dirinya sendiri", "waits for itself"),
    Words("hapus `{key}` dari salah satunya", "delete `{key}` from one of them"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find products that need, or replace, each other in a circle."""
    for seen in versions_of(catalog):
        products = seen.permit.products
        codes = [product.code for product in products]
        for key, named in (
            ("perlu", {product.code: product.needs for product in products}),
            ("menggantikan", {product.code: product.replaces for product in products}),
        ):
            graph = {code: [] if name is None or name == code else [name] for code, name in named.items()}
            for circle in circles(graph):
                place = seen.at(("produk", codes.index(circle[0]), key))
                yield WORDING.at(place, circle=drawn(circle), key=key)


CHECK = Check("PRD-04", "products-in-a-circle", check, __doc__, HALAMAN)
