"""a fee rests on no Perda

The citation of a fee, or of one of its lines, must name a law whose `jenis` is `perda` (or `uu`).

## Why this matters

No local fee or tax may be collected without a Perda (UU 1/2022). A Perwali may set how it is counted, not that it is
owed.

## Example

    retribusi: {dasar: {peraturan: perwali-tarif}, …}

Write instead the Perda on the fee itself, and the Perwali on the factor that it sets.

## In the law

UU 1/2022 pasal 94: taxes and fees, their objects and their rates are set by Perda.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog, fee_path
from rules.words import Words

HALAMAN = """\
ada pungutan yang tidak bersandar pada Perda

Dasar retribusi, atau dasar salah satu barisnya, harus menyebut peraturan yang `jenis`-nya `perda` (atau `uu`).

## Mengapa ini penting

Pajak dan retribusi daerah tidak boleh dipungut tanpa Perda (UU 1/2022). Perwali boleh mengatur cara menghitungnya.

## Contoh

    retribusi: {dasar: {peraturan: perwali-tarif}, …}

Tulislah Perda pada retribusinya, dan Perwali pada faktor yang diaturnya.

## Dalam peraturan

UU 1/2022 pasal 94: jenis, objek dan tarif pajak dan retribusi diatur dengan Perda.
"""
BINDING = frozenset({"perda", "uu"})
WORDING = Wording(
    "HKM-04",
    Severity.ERROR,
    Words("pungutan ini bersandar pada `{law}`, yang bukan Perda", "this fee rests on `{law}`, which is no Perda"),
    Words("berjenis `{kind}`", "of kind `{kind}`"),
    Words("tulis Perda yang menetapkan pungutan ini", "cite the Perda that sets this fee"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find fees with no Perda behind them."""
    for seen, fee in ((one, fee) for one in versions_of(catalog) for fee in one.permit.fees):
        kinds = {law.code: law.kind for law in seen.city.city.regulations}
        lines = [component.citation.regulation for component in fee.components if component.citation is not None]
        cited = [fee.citation.regulation, *lines]
        # An unknown law is a finding of its own; what kind it would be is not known.
        if all(law in kinds for law in cited) and not any(kinds[law] in BINDING for law in cited):
            law = fee.citation.regulation
            yield WORDING.at(seen.at((*fee_path(fee), "dasar", "peraturan")), law=law, kind=kinds[law])


CHECK = Check("HKM-04", "fee-without-perda", check, __doc__, HALAMAN)
