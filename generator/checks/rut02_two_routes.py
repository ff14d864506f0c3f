"""from a stage two ways are open for some application

Two rows of `setuju` hold together.

## Why this matters

A file can be in one place only. Which way it took would hang on the order of the lines, which nobody decided.

## Example

    setuju:
      - {ke: teknis, bila: {luas: "<= 200"}}
      - {ke: kepala, bila: {luas: ">= 200"}}

Write instead rows of which only one holds:

    setuju:
      - {ke: teknis, bila: {luas: "<= 200"}}
      - {ke: kepala, bila: {luas: "> 200"}}
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
dari sebuah tahap terbuka dua jalan bagi permohonan tertentu

Dua baris `setuju` berlaku bersama.

## Mengapa ini penting

Sebuah berkas hanya dapat berada di satu tempat. Jalan mana yang diambil akan bergantung pada urutan baris, yang tidak
diputuskan siapa pun.

## Contoh

    setuju:
      - {ke: teknis, bila: {luas: "<= 200"}}
      - {ke: kepala, bila: {luas: ">= 200"}}

Tulislah baris yang hanya satu berlaku:

    setuju:
      - {ke: teknis, bila: {luas: "<= 200"}}
      - {ke: kepala, bila: {luas: "> 200"}}
"""

WORDING = Wording(
    "RUT-02",
    Severity.ERROR,
    Words("{table} membuka dua jalan bagi sebagian permohonan", "{table} opens two ways for some applications"),
    Words("berlaku bersama baris sebelumnya", "holds with an earlier row"),
    Words("persempit salah satu dari dua baris ini", "narrow one of these two rows"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find stages that lead two ways at once."""
    yield from overlaps(catalog, Area.ROUTE, WORDING)


CHECK = Check("RUT-02", "two-routes", check, __doc__, HALAMAN)
