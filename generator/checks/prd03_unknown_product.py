"""a product names a stage or a product that is not there

`tahap` names a stage with `tanda_tangan: ya`, `perlu` and `menggantikan` another product of the same permit.

## Why this matters

A product that goes out at a stage where nobody signs would never be signed, and one that waits for a product which is
not there would never be issued.

## Example

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: teknis}
      - {kode: izin, nama: Izin, perlu: kkr}

Write instead a stage at which somebody signs, and the code of a product:

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk}
      - {kode: izin, nama: Izin, perlu: krk}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import Seen, versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.tks import did_you_mean
from rules.permit import Product
from rules.words import Words

HALAMAN = """\
sebuah produk menyebut tahap atau produk yang tidak ada

`tahap` menyebut tahap dengan `tanda_tangan: ya`; `perlu` dan `menggantikan` menyebut produk lain dari izin yang sama.

## Mengapa ini penting

Produk yang terbit di tahap tanpa tanda tangan tidak akan pernah ditandatangani, dan produk yang menunggu produk yang
tidak ada tidak akan pernah terbit.

## Contoh

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: teknis}
      - {kode: izin, nama: Izin, perlu: kkr}

Tulislah tahap yang ditandatangani, dan kode sebuah produk:

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk}
      - {kode: izin, nama: Izin, perlu: krk}
"""

UNKNOWN = Wording(
    "PRD-03",
    Severity.ERROR,
    Words(
        "produk `{product}` menyebut produk `{name}`, yang tidak ada",
        "the product `{product}` names the product `{name}`, and there is none",
    ),
    Words("tidak ada produk ini", "no such product"),
    Words("{advice}", "{advice}"),
)
ITSELF = Wording(
    "PRD-03",
    Severity.ERROR,
    Words("produk `{product}` menyebut dirinya sendiri", "the product `{product}` names itself"),
    Words("produk ini sendiri", "this product itself"),
    Words("tulis kode produk yang lain, atau hapus", "write the code of another product, or delete it"),
)
NOT_SIGNED = Wording(
    "PRD-03",
    Severity.ERROR,
    Words(
        "produk `{product}` terbit di tahap `{name}`, yang tidak ditandatangani",
        "the product `{product}` goes out at the stage `{name}`, where nobody signs",
    ),
    Words("tidak ada tanda tangan", "nobody signs here"),
    Words("{advice}", "{advice}"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find names of products and of stages that lead to nothing."""
    for seen in versions_of(catalog):
        for index, product in enumerate(seen.permit.products):
            yield from _stage(seen, index, product)
            for key, name in (("perlu", product.needs), ("menggantikan", product.replaces)):
                place = seen.at(("produk", index, key))
                codes = [one.code for one in seen.permit.products if one.code != product.code]
                if name == product.code:
                    yield ITSELF.at(place, product=product.code)
                elif name is not None and name not in codes:
                    otherwise = Words("tulis produk itu, atau hapus", "write that product, or delete this")
                    yield UNKNOWN.at(
                        place, product=product.code, name=name, advice=did_you_mean(name, codes, otherwise)
                    )


def _stage(seen: Seen, index: int, product: Product) -> Iterator[Finding]:
    signed = [stage.code for stage in seen.permit.stages if stage.signature]
    if product.stage is None or product.stage in signed:
        return
    otherwise = Words(
        "sebut tahap dengan `tanda_tangan: ya`, atau hapus `tahap`",
        "name a stage with `tanda_tangan: ya`, or delete `tahap`",
    )
    advice = did_you_mean(product.stage, signed, otherwise)
    yield NOT_SIGNED.at(seen.at(("produk", index, "tahap")), product=product.code, name=product.stage, advice=advice)


CHECK = Check("PRD-03", "unknown-product", check, __doc__, HALAMAN)
