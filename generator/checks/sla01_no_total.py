"""a permit promises no time

`waktu_total` is the promise that the applicant reads before filing: from filing to the answer.

## Why this matters

A service standard without a time is no standard (UU 25/2009), and without it no office is ever late.

## Example

    alur: …
    retribusi: gratis

Write instead:

    alur: …
    waktu_total: 7 hari kerja
    retribusi: gratis
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
sebuah izin tidak menjanjikan waktu

`waktu_total` adalah janji yang dibaca pemohon sebelum mengajukan: dari pengajuan sampai jawaban.

## Mengapa ini penting

Standar pelayanan tanpa waktu bukan standar (UU 25/2009), dan tanpa itu kantor tidak pernah terlambat.

## Contoh

    alur: …
    retribusi: gratis

Tulislah:

    alur: …
    waktu_total: 7 hari kerja
    retribusi: gratis
"""

WORDING = Wording(
    "SLA-01",
    Severity.ERROR,
    Words("`{permit}` tidak menjanjikan waktu", "`{permit}` promises no time"),
    Words("tidak ada `waktu_total`", "no `waktu_total`"),
    Words("tulis `waktu_total: … hari kerja`", "write `waktu_total: … hari kerja`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find permits without a promise."""
    for seen in versions_of(catalog):
        if not seen.permit.promise.rows:
            yield WORDING.at(seen.at(("izin",)), permit=seen.permit.code)


CHECK = Check("SLA-01", "no-total", check, __doc__, HALAMAN)
