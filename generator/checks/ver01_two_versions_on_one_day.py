"""two versions of a permit are in force on one day

A version ends when the next one starts, or on its own `sampai`, the first day on which it is no longer in force.

## Why this matters

An application filed on such a day would have two answers.

## Example

    # izin/uji/2026-01-01.yaml
    berlaku: {mulai: 2026-01-01, sampai: 2026-09-01}
    # izin/uji/2026-07-01.yaml
    berlaku: {mulai: 2026-07-01}

Write instead no `sampai` where a successor ends the version:

    berlaku: {mulai: 2026-01-01}
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
dua versi sebuah izin berlaku pada hari yang sama

Sebuah versi berakhir saat versi berikutnya mulai, atau pada `sampai`-nya sendiri: hari pertama ia tidak lagi berlaku.

## Mengapa ini penting

Permohonan pada hari itu punya dua jawaban.

## Contoh

    # izin/uji/2026-01-01.yaml
    berlaku: {mulai: 2026-01-01, sampai: 2026-09-01}
    # izin/uji/2026-07-01.yaml
    berlaku: {mulai: 2026-07-01}

Hapuslah `sampai` bila penggantinya yang mengakhiri:

    berlaku: {mulai: 2026-01-01}
"""

WORDING = Wording(
    "VER-01",
    Severity.ERROR,
    Words(
        "`{permit}` punya dua versi mulai {next}: versi ini berlaku sampai {until}",
        "`{permit}` has two versions from {next}: this one lasts until {until}",
    ),
    Words("sampai {until}", "until {until}"),
    Words("hapus `sampai`, atau tulis {next}", "delete `sampai`, or write {next}"),
)
NEXT = plain("versi berikutnya", "the next version")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find versions that outlast the start of the next."""
    for city in catalog.cities.values():
        for code, versions in city.permits.items():
            for version, following in pairwise(versions):
                until, start = version.permit.valid_until, following.permit.valid_from
                if until is not None and until > start:
                    label = Label(following.places.find("berlaku", "mulai"), NEXT)
                    yield WORDING.at(
                        version.places.find("berlaku", "sampai"), label, permit=code, until=until, next=start
                    )


CHECK = Check("VER-01", "two-versions-on-one-day", check, __doc__, HALAMAN)
