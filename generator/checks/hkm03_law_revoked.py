"""a law is cited after it was revoked

It was revoked by its own `dicabut`, or by another law of the register that names it in `mencabut`. Every day counts on
which the version is offered: until the next version starts, its own `sampai` comes, or its delegation is revoked.

## Why this matters

A permit that rests on a revoked delegation is issued by nobody: revoking it switches the permit off.

## Example

    pelimpahan: {peraturan: perwali-lama}     # dicabut 2025-06-01

Write instead the law that took its place; where it ends while the version goes on, a version from that day.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.citations import citations_of
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.in_force import Days
from generator.model import Catalog
from rules.law_end import LawEnd, law_ends
from rules.words import Words

HALAMAN = """\
ada peraturan yang dikutip sesudah dicabut

Peraturan itu dicabut oleh `dicabut` miliknya sendiri, atau oleh peraturan lain yang menyebutnya dalam `mencabut`. Yang
dilihat adalah setiap hari versi itu ditawarkan: sampai versi berikutnya mulai, `sampai`-nya tiba, atau pelimpahannya
dicabut.

## Mengapa ini penting

Izin yang bersandar pada pelimpahan yang dicabut tidak diterbitkan oleh siapa pun.

## Contoh

    pelimpahan: {peraturan: perwali-lama}     # dicabut 2025-06-01

Kutiplah peraturan penggantinya; bila dicabut di tengah masa versi, buatlah versi yang mulai pada hari itu.
"""
WORDING = Wording(
    "HKM-03",
    Severity.ERROR,
    Words("`{law}` {when}", "`{law}` {when}"),
    Words("dicabut {since}", "revoked on {since}"),
    Words("{advice}", "{advice}"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find laws cited on a day after their last."""
    for seen in versions_of(catalog):
        ends, days = law_ends(seen.city.city), seen.days
        for citation, place in citations_of(seen):
            end = ends.get(citation.regulation)
            if end is None:
                continue
            before = end.day <= days.first
            if not before and not days.reach(end.day):
                continue
            when, advice = _before(end) if before else _within(end, days)
            yield WORDING.at(place, law=citation.regulation, since=end.day, when=when, advice=advice)


def _before(end: LawEnd) -> tuple[Words, Words]:
    """Say that the law had ended already, and which to cite instead."""
    advice = (
        Words(f"kutip `{end.by}`", f"cite `{end.by}`") if end.by else Words("kutip penggantinya", "cite its successor")
    )
    return Words(
        f"sudah dicabut {end.day}, sebelum versi ini mulai", f"was revoked on {end.day}, before this version starts"
    ), advice


def _within(end: LawEnd, days: Days) -> tuple[Words, Words]:
    """Say that the law ends while the version goes on, and from when another version is needed."""
    lasts = ("tanpa akhir", "without an end") if days.until is None else (f"sampai {days.until}", f"until {days.until}")
    instead = (f" yang mengutip `{end.by}`", f" that cites `{end.by}`") if end.by else ("", "")
    return Words(
        f"dicabut {end.day}, sedangkan versi ini berlaku {lasts[0]}",
        f"is revoked on {end.day}, and this version lasts {lasts[1]}",
    ), Words(f"buat versi mulai {end.day}{instead[0]}", f"write a version from {end.day}{instead[1]}")


CHECK = Check("HKM-03", "law-revoked", check, __doc__, HALAMAN)
