"""a table has no row for some application

Every row of a desk's `waktu` or `peninjauan`, or of `masa_berlaku`, has a condition, and for this application none
holds.

## Why this matters

Nobody could say until when the desk has to answer, or how long the permit is valid.

## Example

    waktu:
      - {bila: {luas: "< 100"}, waktu: 3 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 5 hari kerja}

Write instead rows that touch; the row to paste is shown with the finding:

    waktu:
      - {bila: {luas: "<= 100"}, waktu: 3 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 5 hari kerja}
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
sebuah tabel tidak punya baris bagi permohonan tertentu

Setiap baris `waktu` atau `peninjauan` sebuah meja, atau `masa_berlaku`, punya kondisi, dan untuk permohonan ini tidak
satu pun berlaku.

## Mengapa ini penting

Tidak ada yang dapat mengatakan sampai kapan meja itu harus menjawab, atau berapa lama izinnya berlaku.

## Contoh

    waktu:
      - {bila: {luas: "< 100"}, waktu: 3 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 5 hari kerja}

Tulislah baris yang bersambung; baris untuk ditempel ada pada temuannya:

    waktu:
      - {bila: {luas: "<= 100"}, waktu: 3 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 5 hari kerja}
"""

WORDING = Wording(
    "TBL-01",
    Severity.ERROR,
    Words("{table} tidak punya baris bagi sebagian permohonan", "{table} has no row for some applications"),
    Words("tidak satu baris pun berlaku", "no row holds"),
    Words(
        "tempel baris ini dan isi nilainya, atau lebarkan salah satu baris",
        "paste this row and fill in its value, or widen one of the rows",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find tables of times, visits and validity that say nothing of an application."""
    yield from gaps(catalog, Area.OTHER, WORDING)


CHECK = Check("TBL-01", "no-row", check, __doc__, HALAMAN)
