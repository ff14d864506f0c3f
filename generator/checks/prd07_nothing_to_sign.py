"""somebody is asked to sign, and no product is due

At a stage with `tanda_tangan: ya` no product is issued to this application: the `bila` of none holds.

## Why this matters

The file lies on the desk of the signatory for an empty signature, and its applicant may be told that a permit was
issued, and receive nothing.

## Example

    penerbitan: {oleh: dpmptsp.kepala, tanda_tangan: ya, setuju: terbit}
    produk:
      - {kode: kecil, nama: Izin kecil, bila: {luas: "< 100"}}
      - {kode: besar, nama: Izin besar, bila: {luas: "> 100"}}

Write instead products of which everybody gets one, or a `bila` for the desk that signs:

    produk:
      - {kode: kecil, nama: Izin kecil, bila: {luas: "< 100"}}
      - {kode: besar, nama: Izin besar, bila: {luas: ">= 100"}}

An application that is to end without a letter is accepted by `diterima`, with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.exhibit import exhibited
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.proof.product_ways import nothing_to_sign
from generator.proof.trial import trial
from rules.words import Words

HALAMAN = """\
pejabat diminta menandatangani, padahal tidak ada produk yang terbit

Di tahap dengan `tanda_tangan: ya` tidak ada produk yang terbit untuk permohonan ini: tidak satu pun `bila`-nya
terpenuhi.

## Mengapa ini penting

Berkas menunggu di meja pejabat untuk tanda tangan kosong, dan pemohonnya dapat diberi tahu bahwa izinnya terbit tanpa
menerima apa-apa.

## Contoh

    penerbitan: {oleh: dpmptsp.kepala, tanda_tangan: ya, setuju: terbit}
    produk:
      - {kode: kecil, nama: Izin kecil, bila: {luas: "< 100"}}
      - {kode: besar, nama: Izin besar, bila: {luas: "> 100"}}

Tulislah produk-produk yang salah satunya diterima setiap pemohon, atau `bila` untuk meja yang menandatangani:

    produk:
      - {kode: kecil, nama: Izin kecil, bila: {luas: "< 100"}}
      - {kode: besar, nama: Izin besar, bila: {luas: ">= 100"}}

Permohonan yang memang selesai tanpa surat diterima dengan `diterima`, beserta alasannya.
"""

WORDING = Wording(
    "PRD-07",
    Severity.WARNING,
    Words(
        "di tahap `{stage}` pejabat dapat diminta menandatangani tanpa ada produk yang terbit",
        "at the stage `{stage}` somebody may be asked to sign, and no product is due",
    ),
    Words("tidak ada yang terbit", "nothing is issued"),
    Words(
        "lengkapi `bila` produknya, atau tulis `bila` yang sama di meja ini",
        "complete the `bila` of its products, or write the same `bila` at this desk",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find stages that may be signed for nothing."""
    for seen in versions_of(catalog):
        proof = trial(seen.permit)
        for stage, shown in nothing_to_sign(proof):
            place = seen.at(("alur", stage, "tanda_tangan"), ("alur", stage))
            yield exhibited(WORDING.at(place, stage=stage), proof, shown)


CHECK = Check("PRD-07", "nothing-to-sign", check, __doc__, HALAMAN)
