"""a dated value is named that the city does not have

`tarif` names a file of `tarif/`; `butir` one of its items, and stands there exactly when the tariff has items.

## Why this matters

A fee whose rate is not found has no amount.

## Example

    faktor: {shst: {tarif: shst-kupan}}

Write instead the code of a file in `tarif/`:

    faktor: {shst: {tarif: shst-kupang}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.tariffs_named import place_of, tariffs_named
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from generator.reading.tks import did_you_mean, listed
from rules.words import Words

HALAMAN = """\
ada nilai bertanggal yang disebut tetapi tidak dimiliki daerah ini

`tarif` menyebut berkas dalam `tarif/`; `butir` menyebut salah satu butirnya, dan ditulis hanya bila tarif itu punya
butir.

## Mengapa ini penting

Retribusi yang tarifnya tidak ditemukan tidak punya jumlah.

## Contoh

    faktor: {shst: {tarif: shst-kupan}}

Tulislah kode berkas dalam `tarif/`:

    faktor: {shst: {tarif: shst-kupang}}
"""

WORDING = Wording(
    "RET-05",
    Severity.ERROR,
    Words("{fault}", "{fault}"),
    Words("tidak ada", "not there"),
    Words("{advice}", "{advice}"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find tariffs and items that are not there."""
    for seen in versions_of(catalog):
        items = {tariff.code: [item for item, _ in tariff.series] for tariff in seen.city.city.tariffs}
        for value, heads in tariffs_named(seen):
            name, item = value.code, value.item
            if name not in items:
                known = tuple(items)
                otherwise = Words(f"tarif yang ada: {listed(known)}", f"tariffs there are: {listed(known)}")
                fault = Words(f"tarif `{name}` tidak ada di daerah ini", f"this city has no tariff `{name}`")
                yield WORDING.at(
                    place_of(seen, heads, "tarif"), fault=fault, advice=did_you_mean(name, known, otherwise)
                )
            elif item not in items[name]:
                inside = tuple(each for each in items[name] if each is not None)
                place = place_of(seen, heads, "tarif" if item is None else "butir")
                yield WORDING.at(place, fault=_fault(name, item), advice=_advice(item, inside))


def _fault(name: str, item: str | None) -> Words:
    if item is None:
        return Words(
            f"tarif `{name}` punya butir, dan tidak satu pun disebut", f"`{name}` has items, and none is named"
        )
    return Words(f"tarif `{name}` tidak punya butir `{item}`", f"the tariff `{name}` has no item `{item}`")


def _advice(item: str | None, inside: tuple[str, ...]) -> Words:
    if not inside:
        return Words("hapus `butir`", "delete `butir`")
    otherwise = Words(f"tulis `butir`: {listed(inside)}", f"write `butir`: {listed(inside)}")
    return did_you_mean(item or "", inside, otherwise)


CHECK = Check("RET-05", "unknown-tariff", check, __doc__, HALAMAN)
