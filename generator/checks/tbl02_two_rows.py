"""a table has two rows for some application

Two rows of a desk's `waktu` or `peninjauan`, or of `masa_berlaku`, hold together.

## Why this matters

The desk would have two deadlines, or the permit two ends.

## Example

    waktu:
      - {bila: {luas: "<= 100"}, waktu: 3 hari kerja}
      - {bila: {bertingkat: ya}, waktu: 5 hari kerja}

Write instead rows of which only one holds, or `pertama: ya`, where the first that holds is meant to count:

    waktu:
      - {bila: {bertingkat: tidak}, waktu: 3 hari kerja}
      - {bila: {bertingkat: ya}, waktu: 5 hari kerja}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.decided_table import Area
from generator.checks.gap import overlaps
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
sebuah tabel punya dua baris bagi permohonan tertentu

Dua baris `waktu` atau `peninjauan` sebuah meja, atau `masa_berlaku`, berlaku bersama.

## Mengapa ini penting

Meja itu akan punya dua tenggat, atau izinnya dua akhir.

## Contoh

    waktu:
      - {bila: {luas: "<= 100"}, waktu: 3 hari kerja}
      - {bila: {bertingkat: ya}, waktu: 5 hari kerja}

Tulislah baris yang hanya satu berlaku, atau `pertama: ya` bila yang pertama berlaku dimaksudkan:

    waktu:
      - {bila: {bertingkat: tidak}, waktu: 3 hari kerja}
      - {bila: {bertingkat: ya}, waktu: 5 hari kerja}
"""

WORDING = Wording(
    "TBL-02",
    Severity.ERROR,
    Words("{table} punya dua baris bagi sebagian permohonan", "{table} has two rows for some applications"),
    Words("berlaku bersama baris sebelumnya", "holds with an earlier row"),
    Words("persempit salah satu, atau tulis `pertama: ya`", "narrow one of them, or write `pertama: ya`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find tables of times, visits and validity that say two things of an application."""
    yield from overlaps(catalog, Area.OTHER, WORDING)


CHECK = Check("TBL-02", "two-rows", check, __doc__, HALAMAN)
