"""a law is cited after it was revoked

It was revoked by its own `dicabut`, or by another law of the register that names it in `mencabut`. The day is the first
day of the version that cites it.

## Why this matters

A permit that rests on a revoked delegation is issued by nobody: revoking it switches the permit off.

## Example

    pelimpahan: {peraturan: perwali-lama}     # dicabut 2025-06-01

Write instead the law that took its place.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.citations import citations_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, CityCatalog
from rules.words import Words

HALAMAN = """\
ada peraturan yang dikutip sesudah dicabut

Peraturan itu dicabut oleh `dicabut` miliknya sendiri, atau oleh peraturan lain yang menyebutnya dalam `mencabut`. Yang
dilihat adalah hari pertama versi yang mengutipnya.

## Mengapa ini penting

Izin yang bersandar pada pelimpahan yang dicabut tidak diterbitkan oleh siapa pun.

## Contoh

    pelimpahan: {peraturan: perwali-lama}     # dicabut 2025-06-01

Kutiplah peraturan penggantinya.
"""
WORDING = Wording(
    "HKM-03",
    Severity.ERROR,
    Words(
        "`{law}` sudah dicabut {since}, sebelum versi ini mulai",
        "`{law}` was revoked on {since}, before this version starts",
    ),
    Words("dicabut {since}", "revoked on {since}"),
    Words("{advice}", "{advice}"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find laws cited after their last day."""
    for seen in versions_of(catalog):
        ended = _ended(seen.city)
        for citation, place in citations_of(seen):
            day, by = ended.get(citation.regulation, (None, None))
            if day is not None and day <= seen.permit.valid_from:
                advice = (
                    Words(f"kutip `{by}`", f"cite `{by}`") if by else Words("kutip penggantinya", "cite its successor")
                )
                yield WORDING.at(place, law=citation.regulation, since=day, advice=advice)


def _ended(city: CityCatalog) -> dict[str, tuple[str | None, str | None]]:
    """Return when each law ended, and by which other law where one is named."""
    ended: dict[str, tuple[str | None, str | None]] = {}
    for law in city.city.regulations:
        for revoked in law.revokes:
            if law.in_force is not None:
                ended[revoked] = (law.in_force, law.code)
    for law in city.city.regulations:
        if law.revoked_on is not None:
            ended[law.code] = (law.revoked_on, ended.get(law.code, (None, None))[1])
    return ended


CHECK = Check("HKM-03", "law-revoked", check, __doc__, HALAMAN)
