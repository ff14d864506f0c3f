"""a law is cited before it is in force

The day is the first day of the version that cites it; with `--pada`, the day that is named there.

## Why this matters

A decision that rests on a law of the future is void, and its fee must be paid back.

## Example

    berlaku: {mulai: 2026-01-01}
    dasar_hukum: [{peraturan: perwali-baru}]     # in force from 2026-07-01

Write instead a version that starts when the law does: `izin/uji/2026-07-01.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.citations import citations_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
ada peraturan yang dikutip sebelum berlaku

Yang dilihat adalah hari pertama versi yang mengutipnya; dengan `--pada`, hari yang disebut di sana.

## Mengapa ini penting

Keputusan yang bersandar pada peraturan yang belum berlaku batal, dan retribusinya harus dikembalikan.

## Contoh

    berlaku: {mulai: 2026-01-01}
    dasar_hukum: [{peraturan: perwali-baru}]     # berlaku mulai 2026-07-01

Buatlah versi yang mulai bersama peraturannya: `izin/uji/2026-07-01.yaml`.
"""
WORDING = Wording(
    "HKM-02",
    Severity.ERROR,
    Words(
        "`{law}` baru berlaku {since}, sedangkan {day}",
        "`{law}` is in force from {since}, and {day}",
    ),
    Words("berlaku mulai {since}", "in force from {since}"),
    Words(
        "mulai versi ini paling cepat {since}, atau kutip yang berlaku",
        "start it on {since} at the earliest, or cite one in force",
    ),
)
STARTS = ("versi ini mulai {}", "this version starts on {}")
LOOKED_AT = ("yang dilihat adalah {}", "the day looked at is {}")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find laws cited before their first day."""
    for seen in versions_of(catalog):
        day = seen.days.first
        since = {law.code: law.in_force for law in seen.city.city.regulations}
        for citation, place in citations_of(seen):
            first = since.get(citation.regulation)
            if first is not None and first > day:
                says = STARTS if seen.city.on is None else LOOKED_AT
                yield WORDING.at(place, law=citation.regulation, since=first, day=Words(*(w.format(day) for w in says)))


CHECK = Check("HKM-02", "law-not-yet-in-force", check, __doc__, HALAMAN)
