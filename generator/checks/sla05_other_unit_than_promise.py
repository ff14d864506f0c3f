"""a stage counts its time in other days than the promise

## Why this matters

Five calendar days over a weekend are three working days. Where a desk counts calendar days and the promise working
days, one of the two is most often a slip, and the desk is late by its own rule while the promise still holds, or the
other way round. A public notice counts calendar days by its nature, and is not told.

## Example

    teknis: {oleh: dinkes, waktu: 5 hari kalender, setuju: terbit}
    waktu_total: 6 hari kerja

Write instead:

    teknis: {oleh: dinkes, waktu: 5 hari kerja, setuju: terbit}
    waktu_total: 6 hari kerja
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, Path
from rules.duration import Unit
from rules.words import Words

HALAMAN = """\
sebuah tahap menghitung waktunya dengan hari yang lain dari waktu total

## Mengapa ini penting

Lima hari kalender yang melewati akhir pekan adalah tiga hari kerja. Bila sebuah meja menghitung hari kalender dan waktu
total hari kerja, salah satunya biasanya salah tulis: meja itu terlambat menurut aturannya sendiri padahal janjinya
masih terpenuhi, atau sebaliknya. Pengumuman memang dihitung dengan hari kalender, dan tidak disebut.

## Contoh

    teknis: {oleh: dinkes, waktu: 5 hari kalender, setuju: terbit}
    waktu_total: 6 hari kerja

Tulislah:

    teknis: {oleh: dinkes, waktu: 5 hari kerja, setuju: terbit}
    waktu_total: 6 hari kerja
"""

WORDING = Wording(
    "SLA-05",
    Severity.WARNING,
    Words(
        "tahap `{stage}` dihitung dengan {unit}, `waktu_total` dengan {promised}",
        "the stage `{stage}` is counted in {unit}, `waktu_total` in {promised}",
    ),
    Words("satuan lain", "another unit"),
    Words("tulis waktunya dalam {promised}", "write its time in {promised}"),
)
WORKING = frozenset({Unit.WORKING_DAY, Unit.WORKING_HOUR, Unit.MINUTE})


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find times of desks in days of the other kind than every promise."""
    for seen in versions_of(catalog):
        promised = {row.value.unit for row in seen.permit.promise.rows}
        kinds = {_works(unit) for unit in promised}
        if len(kinds) != 1:
            continue
        for stage in seen.permit.stages:
            for desk, reviewer in enumerate(stage.reviewers):
                at: Path = ("alur", stage.code, *(("serentak", desk) if stage.side_by_side else ()), "waktu")
                for row, each in enumerate(reviewer.duration.rows if reviewer.duration else ()):
                    if {_works(each.value.unit)} != kinds and not stage.outside:
                        place = seen.at((*at, row, "waktu"), (*at, "baris", row, "waktu"), at)
                        unit, other = each.value.unit.value, sorted(unit.value for unit in promised)[0]
                        yield WORDING.at(place, stage=stage.code, unit=unit, promised=other)


def _works(unit: Unit) -> bool:
    return unit in WORKING


CHECK = Check("SLA-05", "other-unit-than-promise", check, __doc__, HALAMAN)
