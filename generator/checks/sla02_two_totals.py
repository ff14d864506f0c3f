"""two rows promise a time for the same application

Two rows of `waktu_total` have the same condition, or one of them always holds.

## Why this matters

The applicant would be promised two dates. (Rows that overlap without being equal are found by proof.)

## Example

    waktu_total:
      - {bila: selalu, waktu: 7 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 14 hari kerja}

Write instead rows of which exactly one holds:

    waktu_total:
      - {bila: {luas: "<= 100"}, waktu: 7 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 14 hari kerja}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from rules.condition.tree import Always
from rules.table import Policy
from rules.words import Words

HALAMAN = """\
dua baris menjanjikan waktu untuk permohonan yang sama

Dua baris `waktu_total` punya kondisi yang sama, atau salah satunya selalu berlaku.

## Mengapa ini penting

Pemohon akan dijanjikan dua tanggal. (Baris yang bertumpuk tanpa sama ditemukan oleh pembuktian.)

## Contoh

    waktu_total:
      - {bila: selalu, waktu: 7 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 14 hari kerja}

Tulislah baris yang tepat satu berlaku:

    waktu_total:
      - {bila: {luas: "<= 100"}, waktu: 7 hari kerja}
      - {bila: {luas: "> 100"}, waktu: 14 hari kerja}
"""

WORDING = Wording(
    "SLA-02",
    Severity.ERROR,
    Words("dua baris `waktu_total` berlaku bersama", "two rows of `waktu_total` hold together"),
    Words("berlaku bersama baris sebelumnya", "holds with an earlier row"),
    Words("buat tepat satu baris berlaku", "make exactly one row hold"),
)
EARLIER = plain("baris sebelumnya", "the earlier row")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find rows that surely hold together."""
    for seen in versions_of(catalog):
        promise = seen.permit.promise
        if promise.policy is not Policy.UNIQUE:
            continue
        rows = [(i, row.when) for i, row in enumerate(promise.rows) if not row.otherwise]
        for position, (index, when) in enumerate(rows):
            for before, other in rows[:position]:
                if when == other or isinstance(when, Always) or isinstance(other, Always):
                    first = Label(seen.at(("waktu_total", before, "bila")), EARLIER)
                    yield WORDING.at(seen.at(("waktu_total", index, "bila")), first)
                    break


CHECK = Check("SLA-02", "two-totals", check, __doc__, HALAMAN)
