"""a fee rests on a tariff that begins after the permit

The permit is offered from a day on which the tariff that it uses has no value yet.

## Why this matters

Whoever files on one of the days between has a bill that cannot be computed, and waits until somebody notices.

## Example

    # izin/reklame/2026-01-01.yaml:   faktor: {nsr: {tarif: nsr-papan}}
    # tarif/nsr-papan.yaml:           nilai: [{mulai: 2026-07-01, nilai: 150_000}]

Write the value that holds from the first day too, or let the version begin with the tariff:

    nilai: [{mulai: 2025-01-01, nilai: 125_000}, {mulai: 2026-07-01, nilai: 150_000}]
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.tariffs_named import place_of, tariffs_named
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Label, Said, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
sebuah pungutan bersandar pada tarif yang mulai sesudah izinnya

Izin ini sudah dibuka pada hari ketika tarif yang dipakainya belum punya nilai.

## Mengapa ini penting

Siapa yang mengajukan pada hari di antaranya mendapat tagihan yang tidak dapat dihitung, dan menunggu sampai ada yang
menyadarinya.

## Contoh

    # izin/reklame/2026-01-01.yaml:   faktor: {nsr: {tarif: nsr-papan}}
    # tarif/nsr-papan.yaml:           nilai: [{mulai: 2026-07-01, nilai: 150_000}]

Tulislah juga nilai yang berlaku sejak hari pertama, atau mulailah versi ini bersama tarifnya:

    nilai: [{mulai: 2025-01-01, nilai: 125_000}, {mulai: 2026-07-01, nilai: 150_000}]
"""
WORDING = Wording(
    "RET-07",
    Severity.ERROR,
    Words(
        "tarif `{tariff}` baru mulai {first}, izin ini mulai {begins}",
        "the tariff `{tariff}` begins on {first}, this permit on {begins}",
    ),
    Words("belum ada nilai", "no value yet"),
    Words(
        "tulis nilai `{tariff}` yang berlaku pada {begins} di tarif/{tariff}.yaml",
        "write the value of `{tariff}` of {begins} in tarif/{tariff}.yaml",
    ),
)
FIRST = Words("nilai pertama", "the first value")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find tariffs whose first value comes after the first day of the permit."""
    for seen in versions_of(catalog):
        series = {(tariff.code, item): values for tariff in seen.city.city.tariffs for item, values in tariff.series}
        begins, told = seen.permit.valid_from, set[tuple[str, str | None]]()
        for value, heads in tariffs_named(seen):
            values = series.get((value.code, value.item), ())
            first = min((each.valid_from for each in values), default=begins)
            if first > begins and (value.code, value.item) not in told:
                told.add((value.code, value.item))
                index = [each.valid_from for each in values].index(first)
                path = ("nilai", index, "mulai") if value.item is None else ("butir", value.item, index, "mulai")
                there = Label(seen.city.places[f"tarif/{value.code}.yaml"].find(*path), Said(FIRST))
                yield WORDING.at(place_of(seen, heads, "tarif"), there, tariff=value.code, first=first, begins=begins)


CHECK = Check("RET-07", "tariff-begins-late", check, __doc__, HALAMAN)
