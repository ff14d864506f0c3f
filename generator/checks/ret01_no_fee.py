"""a fee has no row for some application

Every row of a table of the fee has a condition, and for this application none of them holds, though its bill needs one.

## Why this matters

No bill can be made, and the application stands still until somebody decides what the law already decided.

## Example

    baris:
      - {bila: {luas: "< 8"}, tarif: {tetap: 150 ribu}}
      - {bila: {luas: "> 8"}, tarif: {tetap: 300 ribu}}

Write instead rows that touch; the row to paste is shown with the finding:

    baris:
      - {bila: {luas: "<= 8"}, tarif: {tetap: 150 ribu}}
      - {bila: {luas: "> 8"}, tarif: {tetap: 300 ribu}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.decided_table import Area
from generator.checks.gap import gaps
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
sebuah retribusi tidak punya baris bagi permohonan tertentu

Setiap baris sebuah tabel retribusi punya kondisi, dan untuk permohonan ini tidak satu pun berlaku, padahal tagihannya
membutuhkan satu.

## Mengapa ini penting

Tagihan tidak dapat dibuat, dan permohonan berhenti sampai seseorang memutuskan apa yang sudah diputuskan peraturan.

## Contoh

    baris:
      - {bila: {luas: "< 8"}, tarif: {tetap: 150 ribu}}
      - {bila: {luas: "> 8"}, tarif: {tetap: 300 ribu}}

Tulislah baris yang bersambung; baris untuk ditempel ada pada temuannya:

    baris:
      - {bila: {luas: "<= 8"}, tarif: {tetap: 150 ribu}}
      - {bila: {luas: "> 8"}, tarif: {tetap: 300 ribu}}
"""

WORDING = Wording(
    "RET-01",
    Severity.ERROR,
    Words("{table} tidak punya baris bagi sebagian permohonan", "{table} has no row for some applications"),
    Words("tidak satu baris pun berlaku", "no row holds"),
    Words(
        "tempel baris ini dan isi angkanya dari peraturan, atau lebarkan salah satu baris",
        "paste this row and fill in the figure from the law, or widen one of the rows",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find tables of a fee that leave an application without a bill."""
    yield from gaps(catalog, Area.FEE, WORDING)


CHECK = Check("RET-01", "no-fee", check, __doc__, HALAMAN)
