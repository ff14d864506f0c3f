"""from a stage there is no way on for some application

Every row of `setuju` has a condition, and for this application none of them holds.

## Why this matters

The file is approved at the stage and then goes nowhere: nobody holds it, and no clock runs.

## Example

    setuju:
      - {ke: teknis, bila: {luas: "<= 100"}}
      - {ke: kepala, bila: {luas: "> 200"}}

Write instead rows of which one holds for every application; the row to paste is shown with the finding:

    setuju:
      - {ke: teknis, bila: {luas: "<= 200"}}
      - {ke: kepala, bila: {luas: "> 200"}}
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
dari sebuah tahap tidak ada jalan bagi permohonan tertentu

Setiap baris `setuju` punya kondisi, dan untuk permohonan ini tidak satu pun berlaku.

## Mengapa ini penting

Berkas disetujui di tahap itu lalu tidak ke mana-mana: tidak ada yang memegangnya, dan tidak ada waktu yang berjalan.

## Contoh

    setuju:
      - {ke: teknis, bila: {luas: "<= 100"}}
      - {ke: kepala, bila: {luas: "> 200"}}

Tulislah baris yang salah satunya berlaku untuk setiap permohonan; baris untuk ditempel ada pada temuannya:

    setuju:
      - {ke: teknis, bila: {luas: "<= 200"}}
      - {ke: kepala, bila: {luas: "> 200"}}
"""

WORDING = Wording(
    "RUT-01",
    Severity.ERROR,
    Words("{table} tidak punya jalan bagi sebagian permohonan", "{table} has no way on for some applications"),
    Words("tidak satu baris pun berlaku", "no row holds"),
    Words(
        "tempel baris ini dan isi `ke`, atau lebarkan salah satu baris",
        "paste this row and fill in `ke`, or widen one of the rows",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find stages that a file is approved at and does not leave."""
    yield from gaps(catalog, Area.ROUTE, WORDING)


CHECK = Check("RUT-01", "no-route", check, __doc__, HALAMAN)
