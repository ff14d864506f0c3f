"""a bill comes to less than nought, or divides by nought

Every row is there, and still no bill can be made for this application: what is taken away is more than the rest, or a
formula divides by a number that may be nought.

## Why this matters

The file waits for somebody of the office, as no bill below nought is ever sent, and nobody can say what is to be paid.

## Example

    komponen: [{nama: Retribusi, rumus: 100_000 - luas * 500}]

Write instead where it ends:

    komponen: [{nama: Retribusi, rumus: "terbesar(0, 100_000 - luas * 500)"}]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from generator.checks.check import Check
from generator.checks.exhibit import exhibited
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, fee_path
from generator.proof.fee_faults import Fault, FeeFault, fee_faults
from generator.proof.replay import plain
from generator.proof.trial import Shown, Trial, trial
from rules.printed import printed_rupiah
from rules.words import Words

HALAMAN = """\
sebuah tagihan kurang dari nol, atau membagi dengan nol

Semua barisnya ada, tetapi tagihan tetap tidak dapat dibuat untuk permohonan ini: pengurangannya lebih besar daripada
sisanya, atau sebuah rumus membagi dengan angka yang dapat nol.

## Mengapa ini penting

Berkas menunggu orang kantor, karena tagihan di bawah nol tidak pernah dikirim, dan tidak ada yang dapat menyebut berapa
yang harus dibayar.

## Contoh

    komponen: [{nama: Retribusi, rumus: 100_000 - luas * 500}]

Tulislah batasnya:

    komponen: [{nama: Retribusi, rumus: "terbesar(0, 100_000 - luas * 500)"}]
"""
NEGATIVE = Wording(
    "RET-04",
    Severity.ERROR,
    Words("tagihan dapat menjadi {amount}, kurang dari nol", "the bill may come to {amount}, less than nought"),
    Words("dapat kurang dari nol", "may be below nought"),
    Words("tulis `terbesar(0, …)` di sekeliling rumusnya", "write `terbesar(0, …)` around the formula"),
)
DIVIDES = Wording(
    "RET-04",
    Severity.ERROR,
    Words(
        "komponen “{component}” membagi dengan nol untuk sebuah permohonan",
        "the component “{component}” divides by nought for an application",
    ),
    Words("pembaginya dapat nol", "its divisor may be nought"),
    Words("beri pembaginya `minimal` di atas nol", "give the divisor a `minimal` above nought"),
)
UNTOLD = Wording(
    "RET-04",
    Severity.WARNING,
    Words(
        "tidak dapat dibuktikan bahwa komponen “{component}” tidak kurang dari nol dan tidak membagi dengan nol",
        "it could not be proven that the component “{component}” is not below nought and does not divide by nought",
    ),
    Words("belum terbukti", "not proven"),
    Words(
        "sederhanakan rumusnya, atau `diterima` dengan alasannya",
        "make the formula plainer, or accept it with a reason",
    ),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find bills that can not be made though every row is there."""
    for seen, fee in ((one, fee) for one in versions_of(catalog) for fee in one.permit.fees):
        proof = trial(seen.permit)
        for found in fee_faults(proof, seen.city.city, fee):
            at = (*fee_path(fee), "komponen", found.component)
            place = seen.at((*at, "rumus"), (*at, "tarif"), at)
            name = fee.components[found.component].name
            match found.fault:
                case Fault.NEGATIVE:
                    finding = NEGATIVE.at(place, amount=_rupiah(round(found.comes_to or 0)))
                case Fault.DIVIDES:
                    finding = DIVIDES.at(place, component=name)
                case Fault.UNTOLD:
                    finding = UNTOLD.at(place, component=name)
                case _:
                    assert_never(found.fault)
            yield finding if found.shown is None else _with_form(finding, proof, found, found.shown)


def _with_form(finding: Finding, proof: Trial, found: FeeFault, shown: Shown) -> Finding:
    """Put the form beside a finding, and of its answers those that the sum is made of."""
    facts = {**shown.filled.facts, **(shown.filled.item or {})}
    telling = {code: plain(facts[code]) for code in sorted(found.telling) if code in facts}
    return replace(exhibited(finding, proof, shown, found.items), telling=telling, region=None)


def _rupiah(amount: int) -> Words:
    return Words(printed_rupiah(amount, "id"), printed_rupiah(amount, "en"))


CHECK = Check("RET-04", "bill-not-made", check, __doc__, HALAMAN)
