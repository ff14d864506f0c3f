"""more of something costs less

Two applications that differ in one number alone: the greater one is charged less. So it is where a bracket has a lower
price for all of the quantity, and not only for what lies above its bound.

## Why this matters

Whoever has a little more pays less than a neighbour, and everybody near the bound writes the number that is cheaper.

## Example

    retribusi:
      baris:
        - {bila: {luas: "<= 100"}, tarif: {per: luas, rupiah: 5_000}}
        - {bila: {luas: "> 100"}, tarif: {per: luas, rupiah: 2_000}}

Write instead the second price for what is above the bound:

    - {bila: {luas: "> 100"}, rumus: 500_000 + (luas - 100) * 2_000}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from generator.checks.check import Check
from generator.checks.versions import Seen, versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, fee_path
from generator.proof.fee_falls import Falls, fee_falls
from generator.proof.replay import plain
from rules.permit import Fee
from rules.printed import printed_number, printed_rupiah
from rules.words import Words

HALAMAN = """\
yang lebih banyak dikenai biaya lebih kecil

Dua permohonan yang hanya berbeda dalam satu angka: yang lebih besar dikenai biaya lebih kecil. Itu terjadi bila sebuah
jenjang berharga lebih rendah untuk seluruh jumlahnya, bukan hanya untuk yang di atas batasnya.

## Mengapa ini penting

Siapa yang punya sedikit lebih banyak membayar lebih murah daripada tetangganya, dan semua yang di dekat batas menulis
angka yang lebih murah.

## Contoh

    retribusi:
      baris:
        - {bila: {luas: "<= 100"}, tarif: {per: luas, rupiah: 5_000}}
        - {bila: {luas: "> 100"}, tarif: {per: luas, rupiah: 2_000}}

Tulislah harga kedua hanya untuk yang di atas batas:

    - {bila: {luas: "> 100"}, rumus: 500_000 + (luas - 100) * 2_000}
"""
FALLS = Wording(
    "RET-03",
    Severity.WARNING,
    Words(
        "biaya turun dari {costs} menjadi {then} bila `{quantity}` naik dari {from_} menjadi {to}",
        "the fee falls from {costs} to {then} when `{quantity}` grows from {from_} to {to}",
    ),
    Words("lebih banyak, lebih murah", "more costs less"),
    Words(
        "hitung jenjang atas hanya untuk yang di atas batasnya, atau `diterima` dengan alasannya",
        "charge the upper bracket only for what is above its bound, or accept it with a reason",
    ),
)
UNTOLD = Wording(
    "RET-03",
    Severity.WARNING,
    Words(
        "tidak dapat dibuktikan bahwa biaya tidak turun bila `{quantity}` naik",
        "it could not be proven that the fee does not fall when `{quantity}` grows",
    ),
    Words("belum terbukti", "not proven"),
    Words(
        "sederhanakan rumusnya, atau `diterima` dengan alasannya",
        "make the formula plainer, or accept it with a reason",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find numbers of which more costs less."""
    for seen in versions_of(catalog):
        for fee in seen.permit.fees:
            for found in fee_falls(seen.permit, seen.city.city, fee):
                yield _told(seen, fee, found)


def _told(seen: Seen, fee: Fee, found: Falls) -> Finding:
    place = seen.at((*fee_path(fee), "komponen"), fee_path(fee))
    code = found.quantity
    if found.form is None or found.greater is None:
        return UNTOLD.at(place, quantity=code)
    finding = FALLS.at(
        place,
        quantity=code,
        costs=_rupiah(found.costs),
        then=_rupiah(found.then),
        from_=_number(found.form.facts[code]),
        to=_number(found.greater),
    )
    facts = {name: plain(value) for name, value in found.form.facts.items()}
    read = {name: facts[name] for name in found.telling if name in facts}
    return replace(finding, example=facts, telling=read)


def _rupiah(amount: int) -> Words:
    return Words(printed_rupiah(amount, "id"), printed_rupiah(amount, "en"))


def _number(value: object) -> Words:
    assert isinstance(value, int | Decimal)
    return Words(printed_number(value, "id"), printed_number(value, "en"))


CHECK = Check("RET-03", "fee-falls", check, __doc__, HALAMAN)
