"""a product is issued without the one that must come before it

What is named by `perlu` must be issued before, on every way; a provisional product must be issued before the one that
replaces it, and no permit may end with a provisional product and nothing in its place.

## Why this matters

The signatory would be stopped at the last step, with a file that everybody has approved: what is to be signed rests on
a letter that was never written. And a provisional permit that nothing replaces leaves its holder with nothing.

## Example

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk, bila: {luas: "> 100"}}
      - {kode: izin, nama: Izin, perlu: krk}

Write instead the needed one for all who get the other:

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk}
      - {kode: izin, nama: Izin, perlu: krk}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.exhibit import exhibited
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.product_ways import Order, out_of_order
from generator.proof.trial import trial
from rules.words import Words

HALAMAN = """\
sebuah produk terbit tanpa produk yang harus mendahuluinya

Yang disebut `perlu` harus terbit lebih dulu, di setiap jalan; produk sementara harus terbit sebelum yang
menggantikannya, dan tidak ada izin yang boleh selesai dengan produk sementara tanpa penggantinya.

## Mengapa ini penting

Pejabat akan tertahan di langkah terakhir, dengan berkas yang sudah disetujui semua orang: yang akan ditandatangani
bersandar pada surat yang tidak pernah dibuat. Dan izin sementara yang tidak digantikan membuat pemegangnya tidak
memegang apa-apa.

## Contoh

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk, bila: {luas: "> 100"}}
      - {kode: izin, nama: Izin, perlu: krk}

Tulislah yang diperlukan bagi semua yang menerima yang lain:

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk}
      - {kode: izin, nama: Izin, perlu: krk}
"""

NEEDED = Wording(
    "PRD-06",
    Severity.ERROR,
    Words(
        "`{product}` dapat terbit tanpa `{other}`, yang diperlukannya",
        "`{product}` may be issued without `{other}`, which it needs",
    ),
    Words("tidak selalu terbit lebih dulu", "not always issued before"),
    Words(
        "terbitkan `{other}` lebih dulu bagi permohonan ini, dengan `tahap` dan `bila` yang sesuai",
        "issue `{other}` before to this application, by its `tahap` and `bila`",
    ),
)
REPLACED = Wording(
    "PRD-06",
    Severity.ERROR,
    Words(
        "`{product}` dapat terbit sebelum, atau bersama, `{other}` yang digantikannya",
        "`{product}` may be issued before, or together with, `{other}`, which it replaces",
    ),
    Words("tidak terbit lebih dulu", "not issued before"),
    Words("beri `{other}` `tahap` yang lebih awal", "give `{other}` an earlier `tahap`"),
)
LEFT = Wording(
    "PRD-06",
    Severity.ERROR,
    Words(
        "`{other}` dapat terbit tanpa pernah digantikan `{product}`",
        "`{other}` may be issued and never be replaced by `{product}`",
    ),
    Words("izin selesai tanpa ini", "the permit ends without it"),
    Words(
        "samakan `bila` keduanya, atau beri `{other}` pengganti yang lain",
        "let both have the same `bila`, or give `{other}` another to replace it",
    ),
)
SAID = {Order.NEEDED: (NEEDED, "perlu"), Order.REPLACED: (REPLACED, "menggantikan"), Order.LEFT: (LEFT, "menggantikan")}


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find products that are issued without what must come before them."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        for found in out_of_order(proof):
            wording, key = SAID[found.order]
            place = seen.at(("produk", seen.permit.products.index(found.product), key))
            told = wording.at(place, product=found.product.code, other=found.other.code)
            yield exhibited(told, proof, found.shown)


CHECK = Check("PRD-06", "products-out-of-order", check, __doc__, HALAMAN)
