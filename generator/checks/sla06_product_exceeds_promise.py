"""the stages on the way to a product take longer than is promised for it

A product's own `waktu` runs from filing, or, where it has `perlu`, from the issue of the product that it needs. Stages
in a row add up to the signature that issues it, and desks side by side count by the longest.

## Why this matters

The applicant is told a day for this letter, and an office that keeps every one of its times would still miss it.

## Example

    periksa: {oleh: dpmptsp.front_office, waktu: 1 hari kerja, setuju: ttd_krk}
    ttd_krk: {oleh: dpmptsp.kepala, waktu: 2 hari kerja, tanda_tangan: ya, setuju: teknis}
    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk, waktu: 2 hari kerja}

Write instead what the stages come to, or give a stage less time:

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk, waktu: 3 hari kerja}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.exhibit import exhibited
from generator.checks.promise_words import enough, place_of, printed, total
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.promise import allowed_products, longest
from generator.proof.trial import trial
from rules.words import Words

HALAMAN = """\
tahap-tahap menuju sebuah produk lebih lama daripada yang dijanjikan untuknya

`waktu` sebuah produk dihitung sejak diajukan, atau, bila punya `perlu`, sejak produk yang diperlukannya terbit. Waktu
tahap yang berurutan dijumlahkan sampai tanda tangan yang menerbitkannya, dan waktu meja yang serentak dihitung yang
terlama.

## Mengapa ini penting

Pemohon diberi tahu satu hari untuk surat ini, dan kantor yang menepati setiap waktunya tetap meleset.

## Contoh

    periksa: {oleh: dpmptsp.front_office, waktu: 1 hari kerja, setuju: ttd_krk}
    ttd_krk: {oleh: dpmptsp.kepala, waktu: 2 hari kerja, tanda_tangan: ya, setuju: teknis}
    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk, waktu: 2 hari kerja}

Tulislah jumlah tahapnya, atau kurangi waktu sebuah tahap:

    produk:
      - {kode: krk, nama: Keterangan rencana, tahap: ttd_krk, waktu: 3 hari kerja}
"""

WORDING = Wording(
    "SLA-06",
    Severity.ERROR,
    Words(
        "tahap-tahap menuju produk `{product}` dapat memakan {sum}, dijanjikan {allowed}",
        "the stages to the product `{product}` may take {sum}, and {allowed} are promised",
    ),
    Words("jumlah tahapnya lebih besar", "its stages add up to more"),
    Words(
        "tulis `{enough}` di sini, atau kurangi waktu sebuah tahap", "write `{enough}` here, or give a stage less time"
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find products whose own promise some way does not fit into."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        for length in allowed_products(seen.permit):
            found = longest(proof, seen.city.city, length)
            if found is None or not found.over:
                continue
            assert length.product is not None
            told = WORDING.at(
                seen.at(*place_of(seen.permit, length)),
                product=length.product.code,
                sum=total(found),
                allowed=printed(length.duration),
                enough=enough(found, seen.city.city),
            )
            yield exhibited(told, proof, found.shown(proof))


CHECK = Check("SLA-06", "product-exceeds-promise", check, __doc__, HALAMAN)
