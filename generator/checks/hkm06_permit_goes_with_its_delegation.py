"""a permit is no longer offered once the law that delegated it is revoked

Revoking a Perwali of delegation switches off every version that names it in `pelimpahan`: from that day the permit is
not offered, and cases that are open go on to their end.

## Why this matters

Citizens who come on that day find no service, and nobody in the office may have meant that.

## Example

    # peraturan/perwali-uji.yaml
    dicabut: 2026-09-01
    # izin/uji/2026-01-01.yaml
    berlaku: {mulai: 2026-01-01}
    pelimpahan: {peraturan: perwali-uji}

Write instead the next version, with its own delegation, or say that the permit ends:

    berlaku: {mulai: 2026-01-01, sampai: 2026-09-01}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.law_end import law_ends
from rules.words import Words

HALAMAN = """\
ada izin yang tidak ditawarkan lagi karena pelimpahannya dicabut

Mencabut Perwali pelimpahan mematikan setiap versi yang menyebutnya dalam `pelimpahan`: mulai hari itu izinnya tidak
ditawarkan, dan permohonan yang sedang berjalan diteruskan sampai selesai.

## Mengapa ini penting

Warga yang datang pada hari itu tidak menemukan layanannya, dan mungkin tidak ada yang bermaksud begitu.

## Contoh

    # peraturan/perwali-uji.yaml
    dicabut: 2026-09-01
    # izin/uji/2026-01-01.yaml
    berlaku: {mulai: 2026-01-01}
    pelimpahan: {peraturan: perwali-uji}

Tulislah versi berikutnya dengan pelimpahannya sendiri, atau nyatakan bahwa izinnya berakhir:

    berlaku: {mulai: 2026-01-01, sampai: 2026-09-01}
"""
WORDING = Wording(
    "HKM-06",
    Severity.WARNING,
    Words(
        "`{permit}` tidak ditawarkan lagi mulai {day}, saat `{law}` dicabut",
        "`{permit}` is no longer offered from {day}, when `{law}` is revoked",
    ),
    Words("dicabut {day}", "revoked on {day}"),
    Words(
        "buat versi mulai {day} dengan pelimpahan penggantinya, atau tulis `sampai: {day}`",
        "write a version from {day} with its new delegation, or write `sampai: {day}`",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find versions that end with their delegation, and by nothing else."""
    for seen in versions_of(catalog):
        delegation, days = seen.permit.delegation, seen.days
        end = None if delegation is None else law_ends(seen.city.city).get(delegation.regulation)
        if delegation is None or end is None or seen.city.on is not None:
            continue
        alone = days.ended_by is None and days.until != seen.permit.valid_until
        if alone and end.day > seen.permit.valid_from:  # one revoked before the version starts is HKM-03
            place = seen.at(("pelimpahan", "peraturan"))
            yield WORDING.at(place, permit=seen.permit.code, day=end.day, law=delegation.regulation)


CHECK = Check("HKM-06", "permit-goes-with-its-delegation", check, __doc__, HALAMAN)
