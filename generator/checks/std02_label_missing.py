"""something that people are shown has no label

A derived fact that stands in a bill or a reason is shown under its label; without one, under its code.

## Why this matters

«koefisien_lantai = 1,09» on a bill tells a citizen nothing.

## Example

    turunan: {luas_total: {rumus: panjang * lebar, jenis: desimal}}

Write instead:

    turunan: {luas_total: {label: Luas seluruhnya, rumus: panjang * lebar, jenis: desimal}}
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.check import Check
from generator.checks.versions import versions_of
from generator.checks.wording import Wording
from generator.finding import Finding, Severity
from generator.model import Catalog
from rules.words import Words

HALAMAN = """\
sesuatu yang diperlihatkan kepada orang belum punya label

Fakta turunan yang muncul dalam tagihan atau alasan tampil dengan labelnya; tanpa label, dengan kodenya.

## Mengapa ini penting

«koefisien_lantai = 1,09» pada tagihan tidak berarti apa-apa bagi warga.

## Contoh

    turunan: {luas_total: {rumus: panjang * lebar, jenis: desimal}}

Tulislah:

    turunan: {luas_total: {label: Luas seluruhnya, rumus: panjang * lebar, jenis: desimal}}
"""

WORDING = Wording(
    "STD-02",
    Severity.WARNING,
    Words("`{code}` tampil kepada orang tanpa label", "`{code}` is shown to people without a label"),
    Words("tidak ada `label`", "no `label`"),
    Words("tulis `label` pada `{code}`", "write a `label` at `{code}`"),
)


def check(catalog: Catalog) -> Iterator[Finding]:
    """Find derived facts without a label."""
    for seen in versions_of(catalog):
        for derived in seen.permit.derived:
            if derived.label is None:
                yield WORDING.at(seen.at(("turunan", derived.code)), code=derived.code)
        for field in seen.permit.fields:
            for derived in field.derived:
                if derived.label is None:
                    yield WORDING.at(seen.at(("isian", field.code, "turunan", derived.code)), code=derived.code)


CHECK = Check("STD-02", "label-missing", check, __doc__, HALAMAN)
