"""between two versions of a permit there are days without one

The earlier version has a `sampai` before the next one starts.

## Why this matters

On those days the permit cannot be applied for, though nobody may have meant that.

## Example

    # izin/uji/2026-01-01.yaml
    berlaku: {mulai: 2026-01-01, sampai: 2026-06-01}
    # izin/uji/2026-07-01.yaml
    berlaku: {mulai: 2026-07-01}

Write instead no `sampai`: the next version ends this one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.checks.check import Check
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
di antara dua versi sebuah izin ada hari tanpa versi

Versi yang lebih dulu punya `sampai` sebelum versi berikutnya mulai.

## Mengapa ini penting

Pada hari-hari itu izin tidak dapat diajukan, walau mungkin tidak ada yang bermaksud begitu.

## Contoh

    # izin/uji/2026-01-01.yaml
    berlaku: {mulai: 2026-01-01, sampai: 2026-06-01}
    # izin/uji/2026-07-01.yaml
    berlaku: {mulai: 2026-07-01}

Hapuslah `sampai`: versi berikutnya mengakhiri versi ini.
"""

WORDING = Wording(
    "VER-02",
    Severity.WARNING,
    Words(
        "dari {until} sampai {next} `{permit}` tidak punya versi", "from {until} to {next} `{permit}` has no version"
    ),
    Words("sampai {until}", "until {until}"),
    Words("hapus `sampai`, atau tulis {next}", "delete `sampai`, or write {next}"),
)
NEXT = plain("versi berikutnya", "the next version")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find days between versions."""
    for city in catalog.cities.values():
        for code, versions in city.permits.items():
            if code in city.broken:
                continue  # a version that could not be read may fill the gap
            for version, following in pairwise(versions):
                until, start = version.permit.valid_until, following.permit.valid_from
                if until is not None and until < start:
                    label = Label(following.places.find("berlaku", "mulai"), NEXT)
                    yield WORDING.at(
                        version.places.find("berlaku", "sampai"), label, permit=code, until=until, next=start
                    )


CHECK = Check("VER-02", "gap-between-versions", check, __doc__, HALAMAN)
