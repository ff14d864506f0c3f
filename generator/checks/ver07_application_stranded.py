"""a version moves the cases that are open

`peralihan` says what becomes of the cases that are open when a version starts. A case stays on the version it was filed
under (`tetap`): its documents, its desks, its fee and its dates are those that its applicant was told. Moving cases
(`pindah`) is not done by this program: one that stands at a stage which the new version does not have, or does not lead
to, would be stranded.

## Why this matters

An applicant who was promised a permit under one rule would be held by another, at a stage that nobody works on.

## Example

    # izin/uji/2026-07-01.yaml
    peralihan: pindah

Write instead that they stay, or nothing, which means the same:

    peralihan: tetap

Where the law orders that open cases follow the new rules, return each of them for repair by hand, with its article.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
sebuah versi memindahkan permohonan yang sedang berjalan

`peralihan` menyebut nasib permohonan yang masih berjalan saat sebuah versi mulai. Permohonan tetap pada versi saat
diajukan (`tetap`): dokumen, peninjau, retribusi dan tenggatnya adalah yang sudah diberitahukan kepada pemohon.
Memindahkannya (`pindah`) tidak dilakukan program ini: permohonan yang sedang di tahap yang tidak dimiliki versi baru,
atau tidak dilaluinya, akan terlantar.

## Mengapa ini penting

Pemohon yang dijanjikan izin menurut satu aturan akan ditahan oleh aturan lain, di tahap yang tidak dikerjakan siapa
pun.

## Contoh

    # izin/uji/2026-07-01.yaml
    peralihan: pindah

Tulislah bahwa permohonan tetap, atau jangan tulis apa pun, yang artinya sama:

    peralihan: tetap

Bila peraturannya memerintahkan permohonan berjalan mengikuti aturan baru, kembalikan masing-masing untuk diperbaiki,
dengan pasalnya.
"""
WORDING = Wording(
    "VER-07",
    Severity.ERROR,
    Words(
        "permohonan `{permit}` yang berjalan akan terlantar: program ini tidak memindahkannya ke versi {since}",
        "open cases of `{permit}` would be stranded: this program does not move them to the version of {since}",
    ),
    Words("tidak dipindahkan", "are not moved"),
    Words("tulis `peralihan: tetap`", "write `peralihan: tetap`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find versions that are to move open cases."""
    for seen in versions_of(catalog):
        if seen.version.moves:
            yield WORDING.at(seen.at(("peralihan",)), permit=seen.permit.code, since=seen.permit.valid_from)


CHECK = Check("VER-07", "application-stranded", check, __doc__, HALAMAN)
