"""a cost is marked as known, and rests on a value that is assumed

`bukti: {biaya: F}` says that the fee was seen in its source; the tariff that it is counted by is still marked `A`.

## Why this matters

The page shows the fee as certain. Whoever pays it pays by a guess, and the mark that would have said so is hidden.

## Example

    # izin/reklame:            bukti: {biaya: F}
    # tarif/nsr-papan.yaml:    nilai: [{mulai: 2026-01-01, nilai: 150_000, bukti: A}]

Write instead, until the value was seen in its source:

    bukti: {biaya: A}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.tariffs_named import tariffs_named
from generator.checks.versions import versions_of
from generator.checks.wording import Wording, plain
from generator.finding import Finding, Label, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
biaya ditandai pasti, padahal bersandar pada nilai anggapan

`bukti: {biaya: F}` menyatakan biayanya terlihat pada sumbernya; tarif yang dipakai menghitungnya masih bertanda `A`.

## Mengapa ini penting

Halaman menampilkan biaya itu sebagai pasti. Siapa yang membayar, membayar menurut dugaan, dan tanda yang seharusnya
mengatakannya tersembunyi.

## Contoh

    # izin/reklame:            bukti: {biaya: F}
    # tarif/nsr-papan.yaml:    nilai: [{mulai: 2026-01-01, nilai: 150_000, bukti: A}]

Tulislah, sampai nilainya terlihat pada sumbernya:

    bukti: {biaya: A}
"""
WORDING = Wording(
    "BKT-02",
    Severity.WARNING,
    Words(
        "biaya ditandai `{mark}`, tetapi tarif `{tariff}` masih anggapan",
        "the cost is marked `{mark}`, and the tariff `{tariff}` is still assumed",
    ),
    Words("lebih pasti dari tarifnya", "surer than its tariff"),
    Words("tulis `biaya: A`", "write `biaya: A`"),
)
ASSUMED = "A"
THERE = plain("bukti A", "evidence A")


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find costs that are surer than what they are counted by."""
    for seen in versions_of(catalog):
        mark = dict(seen.permit.evidence).get("biaya", ASSUMED)
        series = {(tariff.code, item): values for tariff in seen.city.city.tariffs for item, values in tariff.series}
        for value, _ in tariffs_named(seen) if mark != ASSUMED else ():
            values = series.get((value.code, value.item), ())
            guesses = [index for index, each in enumerate(values) if each.evidence == ASSUMED]
            if guesses:
                head = ("nilai",) if value.item is None else ("butir", value.item)
                there = Label(seen.city.places[f"tarif/{value.code}.yaml"].find(*head, guesses[0], "bukti"), THERE)
                yield WORDING.at(seen.at(("bukti", "biaya")), there, mark=mark, tariff=value.code)
                break


CHECK = Check("BKT-02", "rests-on-assumption", check, __doc__, HALAMAN)
