"""a fee has two rows for some application

Two rows of a table of the fee hold together.

## Why this matters

The applicant would owe two amounts for one thing. Which of them is right is said by the law, not by the program.

## Example

    baris:
      - {bila: {luas: "<= 24"}, tarif: {tetap: 150 ribu}}
      - {bila: {luas: ">= 24"}, tarif: {tetap: 300 ribu}}

Write instead rows of which only one holds (or `pertama: ya`, where the first is meant to count, or `jumlahkan: ya`,
where they add up):

    baris:
      - {bila: {luas: "<= 24"}, tarif: {tetap: 150 ribu}}
      - {bila: {luas: "> 24"}, tarif: {tetap: 300 ribu}}
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
sebuah retribusi punya dua baris bagi permohonan tertentu

Dua baris sebuah tabel retribusi berlaku bersama.

## Mengapa ini penting

Pemohon akan berutang dua jumlah untuk satu hal. Mana yang benar dikatakan peraturan, bukan program.

## Contoh

    baris:
      - {bila: {luas: "<= 24"}, tarif: {tetap: 150 ribu}}
      - {bila: {luas: ">= 24"}, tarif: {tetap: 300 ribu}}

Tulislah baris yang hanya satu berlaku (atau `pertama: ya` bila yang pertama dimaksudkan berlaku, atau `jumlahkan: ya`
bila semuanya dijumlahkan):

    baris:
      - {bila: {luas: "<= 24"}, tarif: {tetap: 150 ribu}}
      - {bila: {luas: "> 24"}, tarif: {tetap: 300 ribu}}
"""

WORDING = Wording(
    "RET-02",
    Severity.ERROR,
    Words("{table} punya dua baris bagi sebagian permohonan", "{table} has two rows for some applications"),
    Words("berlaku bersama baris sebelumnya", "holds with an earlier row"),
    Words(
        "persempit salah satu, atau tulis `pertama: ya` atau `jumlahkan: ya`",
        "narrow one of them, or write `pertama: ya` or `jumlahkan: ya`",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find tables of a fee that say two amounts."""
    yield from overlaps(catalog, Area.FEE, WORDING)


CHECK = Check("RET-02", "two-fees", check, __doc__, HALAMAN)
